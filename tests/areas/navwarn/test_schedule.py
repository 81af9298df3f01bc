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
        ("010900Z TO 011400 AUG", "010900Z TO"),
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
