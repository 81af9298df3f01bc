"""The words of a schedule."""

from __future__ import annotations

from openline.areas.notam.schedule_words import Kind, cut


def test_each_kind() -> None:
    words = cut("EV MON, MARCH 05 0800-SS PLUS30 EXC HOL AND H24 DLY (NEXT DAY) 2212090647 HUH")
    assert [(word.kind, word.value) for word in words] == [
        (Kind.WEEKDAY, 0),
        (Kind.COMMA, 0),
        (Kind.MONTH, 3),
        (Kind.NUMBER, 5),
        (Kind.TIME, 480),
        (Kind.DASH, 0),
        (Kind.SUN, 30),
        (Kind.EXCEPT, 0),
        (Kind.HOLIDAY, 0),
        (Kind.COMMA, 0),
        (Kind.WHOLE, 0),
        (Kind.DAILY, 0),
        (Kind.NEXT_DAY, 0),
        (Kind.TEN, 0),
        (Kind.UNKNOWN, 0),
    ]


def test_minus_thirty() -> None:
    assert [word.value for word in cut("SR MINUS30-1500")] == [-30, 0, 900]
