"""Contradictions inside one NOTAM are told."""

from __future__ import annotations

import pytest

from openline.areas.notam.checks import contradictions, level, reach_nm
from openline.areas.notam.notam import NotamReading
from openline.areas.reading import Reading
from openline.areas.shapes import Circle, Point, Polygon, Track

CENTER = (10.0, 50.0)


def notam(**fields: object) -> NotamReading:
    areas = fields.pop("areas", ())
    return NotamReading(reading=Reading(format="notam", source="", areas=areas), q_center=CENTER, **fields)  # type: ignore[arg-type]


def codes(**fields: object) -> list[str]:
    return [flag.code for flag in contradictions(notam(**fields))]


def test_the_circle_of_the_q_line() -> None:
    near, far = Circle(CENTER, 9260.0), Circle((10.0, 50.5), 9260.0)
    assert codes(q_radius_nm=5, areas=(near,)) == []
    assert codes(q_radius_nm=5, areas=(near, far)) == ["q-circle"]
    assert codes(q_radius_nm=999, areas=(far,)) == []


def test_limits() -> None:
    assert codes(upper_fl=50, upper="FL195") == ["q-upper"]
    assert codes(lower_fl=100, lower="5000FT AMSL") == ["q-lower"]
    assert codes(lower="FL200", upper="FL100") == ["upside-down"]
    assert codes(lower_fl=0, upper_fl=30, lower="GND", upper="900M AMSL") == []


def test_levels() -> None:
    assert [level(words) for words in ("SFC", "UNL", "FL195", "10000FT AMSL", "12 200 m MSL", "HIGH", None)] == [
        0,
        999,
        195,
        100,
        pytest.approx(400.26, abs=0.1),
        None,
        None,
    ]


def test_reach() -> None:
    assert reach_nm(CENTER, Point(CENTER)) == 0
    assert reach_nm(CENTER, Polygon(((10.0, 51.0), (10.0, 49.0), (11.0, 50.0)))) == pytest.approx(60.07, abs=0.1)
    assert reach_nm(CENTER, Track((CENTER,))) == 0
