"""`make bench` itself: quick runs of its cheap parts, and the shape of what they print. No figure is held to a goal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from bench.rows import Floor, Row, quantile, row, table

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 600.0
"""Until a run is taken to hang: long, for the machine may be busy."""


class Document(msgspec.Struct, forbid_unknown_fields=True):
    """What is on stdout."""

    at: str
    seconds: float
    quick: bool
    machine: dict[str, object]
    rows: list[Row]
    failed: dict[str, str]


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The benchmark as people run it."""
    return subprocess.run(
        [sys.executable, ROOT / "bench" / "run.py", *arguments], check=False, capture_output=True, timeout=WAIT_SECONDS
    )


def test_quick_parts_print_one_document_in_which_every_goal_has_its_floor(tmp_path: Path) -> None:
    ended = run("--quick", "--only", "latency", "--only", "idle", "--folder", str(tmp_path))
    assert ended.returncode == 0, ended.stderr.decode()
    document = msgspec.json.decode(ended.stdout, type=Document)
    assert document.quick
    assert document.failed == {}
    rows = {each.name: each for each in document.rows}
    assert {"message-p50", "message-p99", "receipt-p50", "idle-memory", "start"} <= rows.keys()
    for each in document.rows:
        assert (each.met is None) == (each.goal is None)
        assert each.goal is None or each.floor is not None
        assert each.spread is None or each.spread.min <= each.spread.median <= each.spread.max
    arrival, receipt = rows["message-p50"], rows["receipt-p50"]
    assert arrival.floor is not None
    assert arrival.spread is not None
    assert receipt.spread is not None
    assert arrival.unit == "ms"
    assert arrival.value < receipt.value
    assert 0 < arrival.floor.value < arrival.spread.max, "a busy machine slows the floor too, but not only the floor"
    assert receipt.spread.min < 1_000
    assert 10 < rows["idle-memory"].value < 500
    assert 0.1 < rows["start"].value < 30
    assert b"latency: load" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_part_is_misuse() -> None:
    ended = run("--only", "everything")
    assert ended.returncode == 2
    assert ended.stdout == b""


@pytest.mark.parametrize(
    ("value", "goal", "more_is_better", "met"),
    [
        (1.9, 2.0, False, True),
        (2.1, 2.0, False, False),
        (2_600, 2_500, True, True),
        (2_400, 2_500, True, False),
        (1.0, None, False, None),
    ],
)
def test_a_goal_is_met_or_missed_or_absent(
    value: float, goal: float | None, more_is_better: bool, met: bool | None
) -> None:
    assert row("name", "what", value, "ms", goal=goal, more_is_better=more_is_better).met is met


def test_samples_give_the_spread_and_the_tail() -> None:
    samples = [float(each) for each in range(1, 101)]
    spread = row("name", "what", 1.0, "ms", samples=samples).spread
    assert spread is not None
    assert (spread.min, spread.median, spread.max) == (1, 50.5, 100)
    assert quantile(samples, 0.99) == 100
    assert quantile(samples, 0.5) == 51


def test_the_table_marks_what_is_missed_and_names_floors_and_notes() -> None:
    rows = [
        row("fast", "one thing", 1.0, "ms", goal=2.0, floor=Floor("the disk", 0.5), samples=[1.0, 1.0, 2.0]),
        row("slow", "another thing", 30.0, "1/s", goal=40.0, more_is_better=True, note="others worked, too"),
    ]
    said = table(rows).splitlines()
    assert said[1].startswith("ok  fast")
    assert "<= 2" in said[1]
    assert "1 / 1 / 2" in said[1]
    assert said[2].strip() == "floor: the disk"
    assert said[3].startswith("--  slow")
    assert ">= 40" in said[3]
    assert said[4].strip() == "others worked, too"
