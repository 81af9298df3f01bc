"""Exercises from the command line; the one that the guide shows is checked and played as the guide says.

Those that ship are played in tests/incidents/test_pages.py and tests/docs/test_tutorial.py, too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from openline.cli.exercises import FILE, PAGE, REPORT
from openline.cli.playing import shelf
from tests.docs.documents import ROOT, blocks
from tests.exercises.samples import SMALL
from tests.pair import command, done, environment, program, refused

MOST_SECONDS = 600.0
(GUIDE,) = [block.text for block in blocks(ROOT / "docs/guides/exercises.md") if block.language == "toml"]


def play(*words: str) -> tuple[int, Any, str]:
    """Run `openline exercise run` with --json: its status, what it printed, and its story."""
    ran = subprocess.run(
        [sys.executable, "-m", "openline.cli", "exercise", "run", *words, "--json"],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=MOST_SECONDS,
    )
    return ran.returncode, json.loads(ran.stdout), ran.stderr


def test_the_example_of_the_guide_is_played_and_proved(tmp_path: Path) -> None:
    """All of it: reactions, a call that nobody answers, a cut, goals, the report, and what is read from it again."""
    file, folder = tmp_path / "radio-check.toml", tmp_path / "boat"
    file.write_text(GUIDE)
    assert done(tmp_path, "exercise", "check", str(file)) == {"ok": True, "findings": []}
    code, value, told = play(str(file), "--speed", "600", "--skip", "--out", str(folder))
    assert code == 0, told
    assert (value["ok"], value["proved"], value["complete"], value["exercise_only"]) == (True, True, True, True)
    assert [each["state"] for each in value["results"]] == ["met"] * 4
    assert "South: strait: IMMEDIATE passed on “Coast guard, station 4”" in told
    faults = [row["text"] for row in value["rows"] if row["sort"] == "fault"]
    assert faults == ["The path between North and South is cut.", "The path between North and South is whole again."]
    wrote = [row for row in value["rows"] if row["sort"] == "wrote" and "message" in row["text"]]
    assert [(row["party"], row["at"][:15]) for row in wrote] == [("North", "2026-03-01T02:0")]
    assert sorted(path.name for path in (folder / "proof").glob("*.bundle")) == [
        "strait.north.bundle",
        "strait.south.bundle",
    ]
    assert (folder / FILE).read_text() == GUIDE
    check_afterwards(folder, value)


def check_afterwards(folder: Path, value: Any) -> None:
    """Score and report tell the same again, from what lies in the directory."""
    assert done(folder, "exercise", "score", str(folder)) == {key: value[key] for key in value if key != "folder"}
    page = (folder / PAGE).read_text()
    (folder / PAGE).unlink()
    assert Path(done(folder, "exercise", "report", str(folder))["page"]).read_text() == page
    said = program("exercise", "score", str(folder)).stdout
    assert "4 of 4 goals met, 0 late, 0 missed." in said
    assert "proved: strait as South has it" in said
    (folder / REPORT).write_text("{}")
    assert refused(folder, "exercise", "score", str(folder)) == (1, "bad-exercise")


MISSED = {
    "chiefs-call-2024": {"The ministry only confirms, as was agreed": "missed"},
    "dirty-bomb-2022": {},
    "przewodow-2022": {
        "Moscow is asked before the first report names it": "late",
        "Moscow's watch answers the FLASH": "missed",
    },
}
"""What went wrong then goes wrong when scripts play what happened; everything else comes out as it should."""


def ships(name: str, folder: Path) -> None:
    """An exercise that ships is played whole by its scripts, and every record of it is proved."""
    code, value, told = play(name, "--speed", "1200", "--skip", "--out", str(folder))
    assert [row["text"] for row in value["rows"] if row["sort"] == "not done"] == []
    assert (code, value["proved"], value["exercise_only"]) == (0, True, True), told
    assert {each["goal"]: each["state"] for each in value["results"] if each["state"] != "met"} == MISSED[name]


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(MISSED))
def test_all_that_ship_are_played_whole(name: str, tmp_path: Path) -> None:
    assert sorted(MISSED) == sorted(shelf.shipped())
    ships(name, tmp_path / "run")
    statement = tmp_path / "run/files/statement.html"
    if name == "dirty-bomb-2022":
        cards = [word for card in (tmp_path / "run/cards").iterdir() for word in ("--card", str(card))]
        assert done(tmp_path / "nobody", "verify", str(statement), *cards)["ok"]
    if name == "przewodow-2022":
        cards = [word for card in (tmp_path / "run/cards").iterdir() for word in ("--card", str(card))]
        certificate = str(tmp_path / "run/files/moscow.certificate")
        assert done(tmp_path / "nobody", "verify", certificate, *cards)["ok"]


def test_what_ships_is_listed(tmp_path: Path) -> None:
    value = done(tmp_path, "exercise", "list")["exercises"]
    assert all(each["title"] and len(each["parties"]) > 1 for each in value)
    said = program("exercise", "list").stdout
    assert all(each["name"] in said for each in value)


def test_a_tired_author_is_told_which_line_is_wrong_and_why(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SMALL.replace("take {it}", "tkae {it}").replace('within = "5m"', 'within = "soon"'))
    code, value = command(tmp_path, "exercise", "check", str(file))
    assert (code, value["ok"], [each["line"] for each in value["findings"]]) == (1, False, [43, 55])
    ran = program("exercise", "check", str(file))
    assert ran.returncode == 1
    assert f"{file}:43: 'openline tkae 00000000' is not understood: Unknown command \"tkae\"." in ran.stdout
    assert f"{file}:55: 'soon' is no span of time: write 90s, 25m, 1h 30m or 2d." in ran.stdout
    assert refused(tmp_path, "exercise", "run", str(file)) == (1, "bad-exercise")


def test_what_is_refused_before_anything_runs(tmp_path: Path) -> None:
    file, taken = tmp_path / "boat.toml", tmp_path / "taken"
    file.write_text(SMALL)
    taken.mkdir()
    (taken / "mine").write_text("mine")
    name = str(file)
    assert refused(tmp_path, "exercise", "run", "nothing") == (1, "unknown-name")
    assert refused(tmp_path, "exercise", "run", name, "--play", "West") == (1, "unknown-name")
    assert refused(tmp_path, "exercise", "run", name, "--speed", "-1") == (2, "misuse")
    assert refused(tmp_path, "exercise", "run", name, "--play", "North", "--skip") == (2, "misuse")
    assert refused(tmp_path, "exercise", "run", name, "--out", str(taken)) == (2, "misuse")
    assert refused(tmp_path, "exercise", "run", name, "--out", str(file / "under")) == (1, "cannot-write")
    assert refused(tmp_path, "exercise", "score", str(taken)) == (1, "cannot-read")
    assert [path.name for path in taken.iterdir()] == ["mine"]


@pytest.mark.parametrize("verb", ["status", "pause", "go", "jump", "end"])
def test_where_no_exercise_runs(tmp_path: Path, verb: str) -> None:
    assert refused(tmp_path, "exercise", verb, str(tmp_path)) == (3, "not-running")
