"""Time phrases as issuers write them; a list of days is never a range."""

from __future__ import annotations

import pytest

from openline.areas.navwarn import as_json
from tests.areas.navwarn.warnings import codes, operation, refused, times


def short(time: str) -> list[str]:
    """Windows as `01T0900-01T1400`, in August."""
    return [f"{a[8:13]}{a[14:16]}-{b[8:13]}{b[14:16]}" for a, b in times(operation(time)) if a and b]


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("010900Z TO 011400Z AUG", ["01T0900-01T1400"]),
        ("FROM 010900Z TO 011400Z AUG 19", ["01T0900-01T1400"]),
        ("BETWEEN 010900Z AUG AND 011400Z AUG", ["01T0900-01T1400"]),
        ("FROM 010900 TO 011400 UTC AUG", ["01T0900-01T1400"]),
        ("010900Z TO 011000Z, 020900Z TO 021000Z AND 040900Z TO 041000Z AUG",
         ["01T0900-01T1000", "02T0900-02T1000", "04T0900-04T1000"]),
        ("0900Z TO 1000Z DAILY 01, 03 AND 05 AUG", ["01T0900-01T1000", "03T0900-03T1000", "05T0900-05T1000"]),
        ("0900Z TO 1000Z DAILY 01 THRU 03 AUG", ["01T0900-01T1000", "02T0900-02T1000", "03T0900-03T1000"]),
        ("0900Z TO 1000Z DAILY 01 AND 03 AUG", ["01T0900-01T1000", "03T0900-03T1000"]),
        ("DAILY FROM 0900 TO 1000 UTC, 01 TO 02 AUG", ["01T0900-01T1000", "02T0900-02T1000"]),
        ("01 AND 02 AUG, 0900Z TO 1000Z DAILY", ["01T0900-01T1000", "02T0900-02T1000"]),
        ("2200Z TO 0400Z DAILY 01 AND 02 AUG", ["01T2200-02T0400", "02T2200-03T0400"]),
        ("0100Z TO 0200Z AND 0900Z TO 1000Z DAILY 01 AND 02 AUG",
         ["01T0100-01T0200", "01T0900-01T1000", "02T0100-02T0200", "02T0900-02T1000"]),
        ("0900Z TO 1000Z DAILY 01 AND 02, 030500Z TO 031100Z, AND 0900Z TO 1900Z DAILY 05 AUG",
         ["01T0900-01T1000", "02T0900-02T1000", "03T0500-03T1100", "05T0900-05T1900"]),
        ("0900Z TO 1000Z DAILY 02 THRU 06 AUG EXCEPT SATURDAYS AND SUNDAYS",
         ["02T0900-02T1000", "05T0900-05T1000", "06T0900-06T1000"]),
        ("0900Z TO 1000Z DAILY 02 THRU 05 AUG EXCEPT 03 AND 04 AUG", ["02T0900-02T1000", "05T0900-05T1000"]),
        ("12 THRU 25 AUG", ["12T0000-26T0000"]),
        ("24 HOURS DAILY 12 THRU 13 AUG", ["12T0000-14T0000"]),
        ("THURSDAY 01 AUG 0900Z TO 1000Z", ["01T0900-01T1000"]),
    ],
)  # fmt: skip
def test_every_manner(time: str, expected: list[str]) -> None:
    reading = operation(time)
    assert short(time) == expected
    assert (refused(reading), codes(reading)) == ([], ["no-cancel"])


def test_alternate_times_are_kept_apart() -> None:
    found = as_json(operation("010900Z TO 011400Z AUG, ALTERNATE 020900Z TO 021400Z AND 030900Z TO 031400Z AUG"))
    assert len(found["windows"]) == 1
    assert [start for start, _ in found["alternate_windows"]] == ["2019-08-02T09:00:00Z", "2019-08-03T09:00:00Z"]


@pytest.mark.parametrize(
    ("time", "start", "end"),
    [
        ("IN PROGRESS UNTIL 31 AUG", "2019-07-26T21:53:20Z", "2019-09-01T00:00:00Z"),
        ("UNTIL 192030Z AUG", "2019-07-26T21:53:20Z", "2019-08-19T20:30:00Z"),
        ("UNTIL FURTHER NOTICE", "2019-07-26T21:53:20Z", None),
        ("30 JUL UNTIL FURTHER NOTICE", "2019-07-30T00:00:00Z", None),
        ("COMMENCING 010900Z AUG", "2019-08-01T09:00:00Z", None),
        ("IN PROGRESS THRU 30 APR 20", "2019-07-26T21:53:20Z", "2020-05-01T00:00:00Z"),
    ],
)
def test_open_times(time: str, start: str, end: str | None) -> None:
    reading = operation(time)
    assert times(reading) == [[start, end]]
    assert refused(reading) == []


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("010900Z TO 01140 AUG", "010900Z TO"),
        ("010900Z TO 011400Z", "010900Z"),
        ("0900Z TO 1000Z DAILY", "0900Z TO 1000Z DAILY"),
        ("1500Z TO 2000Z DALY 28 AND 29 AUG", "1500Z TO 2000Z"),
        ("0900 TO 1000 LOCAL 01 AUG", "0900 TO 1000 LOCAL"),
        ("SUNRISE TO SUNSET 01 THRU 03 AUG", "SUNRISE TO SUNSET"),
        ("0900Z TO 1000Z DAILY 01 THU 03 AUG", "0900Z TO 1000Z DAILY"),
        ("010900Z TO 011400Z AUG, ALTERNATE", "010900Z TO 011400Z AUG, ALTERNATE"),
        ("010900Z TO 011400Z AUG EXCEPT MOONDAYS", "EXCEPT MOONDAYS"),
        ("011400Z TO 010900Z AUG", "011400Z TO 010900Z"),
        ("WEDNESDAY THRU SATURDAY 0900Z TO 1000Z", "WEDNESDAY THRU SATURDAY"),
    ],
)
def test_a_broken_phrase_is_refused(time: str, words: str) -> None:
    assert any(each.startswith(words) for each in refused(operation(time))), refused(operation(time))


def test_times_with_a_strange_word_between_are_refused() -> None:
    assert "How these times" in operation("010900Z TO 011400Z AUG, ALTERNAT 020900Z TO 021400Z AUG").refused[0].why


A01, A02, A03 = "2019-08-01", "2019-08-02", "2019-08-03"


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2140Z TO 0120Z COMMENCING DAILY 01 AND 02 AUG", [(A01, "21:40", A02, "01:20"), (A02, "21:40", A03, "01:20")]),
        ("2140Z TO 0120Z DAILY COMMENCING 01 AUG", [(A01, "21:40", A02, "01:20")]),
        ("010900Z T0 011400Z AUG", [(A01, "09:00", A01, "14:00")]),
        ("010900Z TO 011400 AUG", [(A01, "09:00", A01, "14:00")]),
        ("0900Z TO 1400 DAILY 01 AUG", [(A01, "09:00", A01, "14:00")]),
        ("0900Z TO 1400Z DAILY 01 THRU 03 AUG, EXCEPT 02 AUG",
         [(A01, "09:00", A01, "14:00"), (A03, "09:00", A03, "14:00")]),
        ("0900Z TO 1400Z DAILY 01 THRU 04 AUG EXCEPT WEEKENDS",
         [(A01, "09:00", A01, "14:00"), (A02, "09:00", A02, "14:00")]),
        ("0900Z TO 1400Z DAILY 01 THRU 04 AUG EXCEPT FRIDAYS THRU SUNDAYS", [(A01, "09:00", A01, "14:00")]),
    ],
)  # fmt: skip
def test_days_as_issuers_also_write_them(time: str, expected: list[tuple[str, str, str, str]]) -> None:
    reading = operation(time)
    assert times(reading) == [[f"{a}T{b}:00Z", f"{c}T{d}:00Z"] for a, b, c, d in expected]
    assert refused(reading) == []


def test_daily_until_a_day_begins_with_the_issue_and_says_so() -> None:
    reading = operation("0500Z TO 1700Z DAILY UNTIL 29 JUL EXCEPT SUNDAYS", end="2. CANCEL THIS MSG 291800Z JUL 19.")
    assert [each[0] for each in times(reading)] == ["2019-07-27T05:00:00Z", "2019-07-29T05:00:00Z"]
    assert codes(reading) == ["from-issue"]
    assert refused(operation("0500Z TO 1700Z DAILY UNTIL 29 DEC 21")) != []
    assert refused(operation("0500Z TO 0600Z DAILY UNTIL 26 JUL")) != []


def test_holidays_are_doubted_and_not_left_out() -> None:
    reading = operation("0900Z TO 1400Z DAILY 02 THRU 04 AUG EXCEPT SATURDAYS, SUNDAYS AND HOLIDAYS")
    assert (len(times(reading)), refused(reading)) == (1, [])
    assert "holidays" in codes(reading)


def test_reserve_days_are_alternate_ones() -> None:
    reading = operation("010900Z TO 011400Z, RESERVE 020900Z TO 021400Z AUG")
    assert len(reading.windows) == len(reading.alternate_windows) == 1


@pytest.mark.parametrize(
    ("time", "end", "start", "told"),
    [
        ("020900Z TO 021400Z", "021500Z AUG 19", "2019-08-02T09:00:00Z", False),
        ("302200Z TO 302300Z", "310001Z JUL 19", "2019-07-30T22:00:00Z", True),
        ("300900Z TO 302300Z", "010001Z AUG 19", "2019-07-30T09:00:00Z", True),
        ("312200Z TO 312300Z", "010000Z JAN 20", "2019-12-31T22:00:00Z", False),
    ],
)
def test_a_month_that_is_not_stated_is_that_of_the_cancelling_line(time: str, end: str, start: str, told: bool) -> None:
    reading = operation(time, end=f"2. CANCEL THIS MSG {end}.")
    assert times(reading)[0][0] == start
    assert ("month-lent" in codes(reading)) == told
    assert refused(operation(time)) != [], "without that line there is none"
