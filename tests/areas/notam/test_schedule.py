"""Item D written out. What the 25 schedules mean is ours, from Doc 8126 and OPADD."""

from __future__ import annotations

import json

import pytest

from openline.areas.notam.schedule import Periods, fault, write_out
from openline.areas.notam.times import read_ten, written
from openline.areas.windows import EndKind
from tests.areas.notam.samples import DATA

BERNE = (7.45, 46.95)

MEANT = {
    "FEB 08-28 2000-2200, MAR 01-05 1800-2200": (
        "2602010000",
        "2603312359",
        26,
        "02-08T20:00 02-08T22:00",
        "03-05T18:00 03-05T22:00",
    ),
    "16 23 H24, 19 21-24 28 0600-1700": (
        "2605010000",
        "2605312359",
        7,
        "05-16T00:00 05-17T00:00",
        "05-28T06:00 05-28T17:00",
    ),
    "MAY 27 0530-1000, 30 0800-2100, 31 0530-2100, JUN 05 0800-2159, 06-08 0530-2159, 09 0530-1400": (
        "2605270530",
        "2606091400",
        8,
        "05-27T05:30 05-27T10:00",
        "06-09T05:30 06-09T14:00",
    ),
    "JUN 13-15 JUL 04-06 0530-2159, 08 10 0800-2159": (
        "2606130530",
        "2607102159",
        8,
        "06-13T05:30 06-13T21:59",
        "07-10T08:00 07-10T21:59",
    ),
    "MON-FRI 0700-1100 1300-1700": (
        "2605040000",
        "2605102359",
        10,
        "05-04T07:00 05-04T11:00",
        "05-08T13:00 05-08T17:00",
    ),
    "FEB 01-MAR 31 0700-1100 EXC FRI": (
        "2602010000",
        "2603312359",
        51,
        "02-01T07:00 02-01T11:00",
        "03-31T07:00 03-31T11:00",
    ),
    "SR-SS": ("2605010000", "2605022359", 2, "05-01T04:15 05-01T18:41", "05-02T04:13 05-02T18:42"),
    "22 0700-1700 23 0430-1800 24 0430-1400": (
        "2605220700",
        "2605241400",
        3,
        "05-22T07:00 05-22T17:00",
        "05-24T04:30 05-24T14:00",
    ),
    "05 1130-1330": ("2605010000", "2605312359", 1, "05-05T11:30 05-05T13:30", "05-05T11:30 05-05T13:30"),
    "05 09 13 1130-1330": ("2605010000", "2605312359", 3, "05-05T11:30 05-05T13:30", "05-13T11:30 05-13T13:30"),
    "FEB 05 MAR 06 1100-1200": ("2602010000", "2603312359", 2, "02-05T11:00 02-05T12:00", "03-06T11:00 03-06T12:00"),
    "05-18 1130-1330 EXC FRI": ("2605010000", "2605312359", 12, "05-05T11:30 05-05T13:30", "05-18T11:30 05-18T13:30"),
    "08 29 2100-0600": ("2605010000", "2605312359", 2, "05-08T21:00 05-09T06:00", "05-29T21:00 05-30T06:00"),
    "DEC 30-JAN 02 H24": ("2612300000", "2701022359", 4, "12-30T00:00 12-31T00:00", "01-02T00:00 01-02T23:59"),
    "MON 0700-1900": ("2605010000", "2605312359", 4, "05-04T07:00 05-04T19:00", "05-25T07:00 05-25T19:00"),
    "MON-TUE 0700-1900 EXC FEB 15": (
        "2602090000",
        "2602222359",
        4,
        "02-09T07:00 02-09T19:00",
        "02-17T07:00 02-17T19:00",
    ),
    "MON 2200-0400": ("2605010000", "2605312359", 4, "05-04T22:00 05-05T04:00", "05-25T22:00 05-26T04:00"),
    "08 0800-12 2000": ("2605080800", "2605122000", 1, "05-08T08:00 05-12T20:00", "05-08T08:00 05-12T20:00"),
    "FEB 08 0800-MAR 12 2000": ("2602080800", "2603122000", 1, "02-08T08:00 03-12T20:00", "02-08T08:00 03-12T20:00"),
    "MAY 29 2200-MAY 30 2200": ("2605292200", "2605302200", 1, "05-29T22:00 05-30T22:00", "05-29T22:00 05-30T22:00"),
    "MON 0700-1100 2300-0200": ("2605010000", "2605312359", 8, "05-04T07:00 05-04T11:00", "05-25T23:00 05-26T02:00"),
    "DAILY 1000-2000": ("2605011000", "2605312000", 31, "05-01T10:00 05-01T20:00", "05-31T10:00 05-31T20:00"),
    "DAILY 2200-0500": ("2605012200", "2605310500", 30, "05-01T22:00 05-02T05:00", "05-30T22:00 05-31T05:00"),
    "SR MINUS30-1500": ("2605010000", "2605012359", 1, "05-01T03:45 05-01T15:00", "05-01T03:45 05-01T15:00"),
    "1000-SS PLUS30": ("2605010000", "2605012359", 1, "05-01T10:00 05-01T19:11", "05-01T10:00 05-01T19:11"),
}


def periods(text: str, starts: str, ends: str) -> Periods:
    since, until = read_ten(starts), read_ten(ends)
    assert since is not None
    assert until is not None
    return write_out(text, since, until, EndKind.FIXED, BERNE)


def shown(found: Periods) -> list[str]:
    return [f"{str(written(w.start))[5:-1]} {str(written(w.end))[5:-1]}" for w in found.windows]


@pytest.mark.parametrize("text", json.loads((DATA / "schedules.json").read_text("utf-8"))["d_items"])
def test_the_schedules_of_others(text: str) -> None:
    starts, ends, count, first, last = MEANT[text]
    found = shown(periods(text, starts, ends))
    assert (len(found), found[0], found[-1]) == (count, first, last)


@pytest.mark.parametrize(
    ("text", "starts", "ends", "meant"),
    [
        ("2200-1000 (NEXT DAY)DLY", "2606152200", "2606171000", ["06-15T22:00 06-16T10:00", "06-16T22:00 06-17T10:00"]),
        ("1100/1400", "2607231100", "2607241400", ["07-23T11:00 07-23T14:00", "07-24T11:00 07-24T14:00"]),
        ("BTN 0931UTC - 1024UTC", "2309050931", "2309051024", ["09-05T09:31 09-05T10:24"]),
        (
            "2212090647 TO 2212090800\n 2212100400 TO 2212101000",
            "2212090647",
            "2212101000",
            ["12-09T06:47 12-09T08:00", "12-10T04:00 12-10T10:00"],
        ),
        (
            "APR 03 07 AND 08 0730 TO 1500",
            "2604030730",
            "2604081500",
            ["04-03T07:30 04-03T15:00", "04-07T07:30 04-07T15:00", "04-08T07:30 04-08T15:00"],
        ),
        ("0541-0705,0856-1020", "2412120541", "2412121020", ["12-12T05:41 12-12T07:05", "12-12T08:56 12-12T10:20"]),
        (
            "EV FRI AND SAT 0600-1200 EXC APR 10 0600-1300",
            "2604100600",
            "2604111200",
            ["04-10T06:00 04-10T13:00", "04-11T06:00 04-11T12:00"],
        ),
        (
            "MAR 30-APR 01 MON-WED 1300-0400 FRI 1300-2200",
            "2603301300",
            "2604041300",
            ["03-30T13:00 03-31T04:00", "03-31T13:00 04-01T04:00", "04-01T13:00 04-02T04:00"],
        ),
        (
            "29 JUN 0327-0443 AND 03 JUL 0155-0311",
            "2606290327",
            "2607030311",
            ["06-29T03:27 06-29T04:43", "07-03T01:55 07-03T03:11"],
        ),
        (
            "30 MAR - 01 APR 0215-1030",
            "2603300215",
            "2604011030",
            ["03-30T02:15 03-30T10:30", "03-31T02:15 03-31T10:30", "04-01T02:15 04-01T10:30"],
        ),
        ("HJ", "2606152200", "2606162159", ["06-16T03:34 06-16T19:28"]),
        ("HN", "2606152200", "2606162159", ["06-15T22:00 06-16T03:34", "06-16T19:28 06-16T21:59"]),
    ],
)
def test_schedules_as_states_write_them(text: str, starts: str, ends: str, meant: list[str]) -> None:
    assert shown(periods(text, starts, ends)) == meant


@pytest.mark.parametrize("text", ["HX", "MON-FRI", "SEE AIP", "0800-1000 AND HUH", "09 0800-1000"])
def test_what_is_not_understood_is_refused(text: str) -> None:
    """The last names a day of which there are two."""
    assert periods(text, "2605010000", "2606302359").refused_from is not None


def test_periods_outside_the_bounds_are_counted() -> None:
    found = periods("MAY 10 0800-1000, MAY 20 0800-1000", "2605010000", "2605152359")
    assert (len(found.windows), found.outside) == (1, 1)


def test_holidays_are_not_left_out() -> None:
    found = periods("MON-FRI 0700-1100 EXC HOL", "2605040000", "2605102359")
    assert (len(found.windows), found.holidays) == (5, True)


def test_the_fault_of_a_schedule_whatever_the_dates() -> None:
    assert fault("09 0800-1000") == ("", 0)
    assert fault("DAILY 0800-1000 HUH")[1] == 16


def test_a_period_of_the_first_day_may_be_over_when_it_begins() -> None:
    text = "MAR 26-APR 23 0600-0930 1030-1300"
    assert periods(text, "2603261215", "2604231300").outside == 0
    assert periods(text, "2603271215", "2604231300").outside == 2


def test_months_before_and_behind_their_days_are_not_mixed() -> None:
    for text in ("20 APR 1319-1428, APR 21 1314-1424", "20 APR 21 1319-1428"):
        assert periods(text, "2604200000", "2605302359").refused_from is not None
