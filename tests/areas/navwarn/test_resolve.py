"""Months and years roll over; what is out of order is flagged and left."""

from __future__ import annotations

import pytest

from openline.areas import navwarn
from openline.terms import Instant
from tests.areas.navwarn.warnings import codes, operation, refused, times

DECEMBER = Instant(1_576_000_000_000)
"""10 December 2019."""


@pytest.mark.parametrize(
    ("time", "first", "last"),
    [
        ("302200Z DEC TO 020400Z JAN", "2019-12-30T22:00:00Z", "2020-01-02T04:00:00Z"),
        ("0900Z TO 1000Z DAILY 30 DEC THRU 02 JAN", "2019-12-30T09:00:00Z", "2020-01-02T10:00:00Z"),
        ("0900Z TO 1000Z DAILY 30 DEC, 01 AND 03 JAN", "2019-12-30T09:00:00Z", "2020-01-03T10:00:00Z"),
        ("UNTIL 31 MAR 2021", "2019-12-10T17:46:40Z", "2021-04-01T00:00:00Z"),
    ],
)
def test_the_year_rolls_over(time: str, first: str, last: str) -> None:
    text = f"1. HAZARDOUS OPERATIONS {time} IN 12-44N 017-44W."
    found = times(navwarn.read(text, issued=DECEMBER))
    assert (found[0][0], found[-1][1]) == (first, last)


def test_without_an_issue_the_year_is_that_of_the_cancelling_line() -> None:
    text = "1. FIRING 010900Z TO 011400Z AUG IN 12-44N 017-44W.\n2. CANCEL THIS MSG 011500Z AUG 19."
    assert times(navwarn.read(text)) == [["2019-08-01T09:00:00Z", "2019-08-01T14:00:00Z"]]
    assert refused(navwarn.read(text.replace("AUG 19", "AUG"))) != []


def test_an_implied_month_before_is_flagged() -> None:
    reading = operation("310900Z TO 011400Z AUG")
    assert times(reading) == [["2019-07-31T09:00:00Z", "2019-08-01T14:00:00Z"]]
    assert "month-implied" in codes(reading)


@pytest.mark.parametrize(
    ("time", "code"),
    [
        ("0900Z TO 1000Z DAILY 03 AND 01 AUG", "days-out-of-order"),
        ("180600Z TO 181800Z AND 090600Z TO 191200Z AUG", "days-out-of-order"),
        ("010600Z TO 011800Z AND 011200Z TO 012000Z AUG", "windows-overlap"),
        ("FRIDAY 01 AUG 0900Z TO 1000Z", "weekday"),
        ("0900Z TO 0900Z DAILY 01 AUG", "whole-day"),
    ],
)
def test_what_is_odd_is_flagged(time: str, code: str) -> None:
    assert code in codes(operation(time))


@pytest.mark.parametrize("time", ["0900Z TO 1000Z DAILY 31 JUN", "0900Z TO 1000Z DAILY 03 THRU 03 AUG EXCEPT 03 AUG"])
def test_no_such_day_is_refused(time: str) -> None:
    assert refused(operation(time)) != []


def test_too_many_times_are_refused() -> None:
    clocks = " AND ".join(["0900Z TO 1000Z"] * 8)
    reading = operation(f"{clocks} DAILY 01 JAN THRU 31 DEC")
    assert "More times" in reading.refused[0].why
