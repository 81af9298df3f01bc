"""Real warnings against what is expected of them; damaged ones; and time and memory for the worst."""

from __future__ import annotations

import json
import sys
import time
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from openline import limits
from openline.areas import navwarn
from openline.errors import BadField, TooLarge
from openline.terms import Instant
from tests.areas.navwarn.warnings import DATA, ISSUED, golden

CANCELS_TWO = {"HYDROARC 207/12", "HYDROLANT 1697/12"}
"""The sample leaves out the second warning that these cancel; the text names two, and so do we."""


def test_the_golden_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    right = wrong = refused = flagged = 0
    found = navwarn.read_many((DATA / "hydro_golden.jsonl").read_text())
    for record, reading in zip(golden(), found, strict=True):
        made, expected = navwarn.as_json(reading), dict(record["expected"])
        if record["id"] in CANCELS_TWO:
            assert made["cancels"][:1] == expected.pop("cancels")
            assert len(made["cancels"]) == 2
        equal = all(made[name] == value for name, value in expected.items())
        right += equal
        wrong += not equal and not made["flags"] and not made["refused"]
        refused += bool(made["refused"])
        flagged += equal and bool(made["flags"])
    counts = f"{len(found)} golden: {right} right, {refused} refused, {flagged} right and flagged, {wrong} wrong"
    with capsys.disabled():
        sys.stdout.write(f"\nnavwarn: {counts}\n")
    assert (right, refused, wrong) == (246, 0, 0)
    assert flagged <= 0.02 * right


def test_an_issue_in_no_year_of_this_age() -> None:
    with pytest.raises(BadField):
        navwarn.read("UNLIT.", issued=Instant(10**18))


def test_the_source_is_kept_as_it_came() -> None:
    text = "  1. Firing 010900z to 011400z Aug in 12-44n 017-44w.\r\n"
    reading = navwarn.read(text, issued=ISSUED)
    assert (reading.source, len(reading.windows), len(reading.areas)) == (text, 1, 1)


PIECES = [
    *("010900Z", "TO", "THRU", "AND", "DAILY", "ALTERNATE", "UNTIL", "FURTHER", "NOTICE", "AUG", "01", "31", "19", ","),
    *("0900Z", "IN", "AREA", "BOUND", "BY", "WITHIN", "TEN", "MILES", "OF", "12-44N", "017-44W", "A.", "B.", "1.", "."),
    *(
        "CANCEL",
        "THIS",
        "MSG",
        "HYDROLANT",
        "12/22",
        "TRACKLINE",
        "JOINING",
        "(",
        ")",
        "EXCEPT",
        "SUNDAYS",
        "M/V",
        "\n",
    ),
    *("9-", "Z", "99", "0001", "HUNDRED", "RADIUS", "AT", "ON", "FROM", "COMMENCING", "BETWEEN", "-", "LISTED", "HERE"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.text(max_size=300))
@example("CANCEL THIS THIS MSG AND THIS")
@example("DAILY UNTIL")
def test_any_words_are_read(text: str) -> None:
    reading = navwarn.read(text, issued=ISSUED)
    assert all(reading.source[each.first : each.last] == each.words for each in reading.refused)
    json.dumps(navwarn.as_json(reading))


WORST = {
    "digits": "1",
    "coordinates": "12-44N 017-44W, ",
    "ring": "IN AREA BOUND BY " + "12-44N 017-44W, " * 3_000,
    "zigzag": "IN AREA BOUND BY " + "12-44N 017-44W, 13-44N 018-44W, 12-45N 017-48W, " * 1_000,
    "days": "01, ",
    "day lists": "01, " * 300 + "X ",
    "clocks": "0900Z TO 1000Z AND ",
    "years": "0900Z TO 1000Z DAILY 01 JAN THRU 31 DEC, ",
    "hundreds": "HUNDRED ",
    "brackets": "ALONG TRACKLINE JOINING " + "A (" * 9_000,
    "lines": "ALONG TRACKLINE JOINING A A A A A A A A ",
    "cancels": "CANCEL HYDROLANT " + "12/22, " * 9_000,
    "labels": "IN AREAS BOUND BY: " + "A. B. " * 9_000,
    "dashes": "1-",
    "dots": "1.",
    "names": "M/V ",
    "nothing": "\0",
}
FULL = limits.WARNING_MAX_BYTES
WORST = {name: (text * FULL)[:FULL] for name, text in WORST.items()}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST.keys())
def test_the_worst_is_over_within_a_second(text: str) -> None:
    begun = time.process_time()
    navwarn.read(text, issued=ISSUED)
    assert time.process_time() - begun < 1.0


def test_the_worst_takes_little_memory() -> None:
    tracemalloc.start()
    navwarn.read(WORST["zigzag"], issued=ISSUED)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100 << 20


def test_200000_positions_are_refused_at_once() -> None:
    with pytest.raises(TooLarge):
        navwarn.read("IN AREA BOUND BY " + "12-44N 017-44W, " * 200_000)
