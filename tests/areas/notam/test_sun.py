"""Sunrise and sunset against items B and C that were set to them by the issuer."""

from __future__ import annotations

from datetime import date

from openline.areas.notam.sun import sun_event

NAGPUR = (79 + 14 / 60, 19 + 56 / 60)


def test_the_times_that_an_issuer_gave() -> None:
    """A0634/26 of VABF: SR-SS from 21 April 0020 until 20 July 1327; two minutes for rounding and height."""
    rise = sun_event(NAGPUR, date(2026, 4, 21), rise=True)
    down = sun_event(NAGPUR, date(2026, 7, 20), rise=False)
    assert rise is not None
    assert down is not None
    assert abs(rise.hour * 60 + rise.minute - 20) <= 4
    assert abs(down.hour * 60 + down.minute - (13 * 60 + 27)) <= 4


def test_an_event_of_the_far_side_falls_on_the_day_asked_for() -> None:
    rise = sun_event((150.0, -33.0), date(2026, 4, 21), rise=True)
    assert rise is not None
    assert rise.date() == date(2026, 4, 21)
    assert rise.hour == 20


def test_no_sunset_in_the_north() -> None:
    assert sun_event((20.0, 70.0), date(2026, 6, 21), rise=False) is None
