"""Contradictions inside one NOTAM are told."""

from __future__ import annotations

import pytest

from openline.areas.notam.checks import contradictions, is_limit, level, reach_nm
from openline.areas.notam.notam import NotamReading
from openline.areas.notam.times import DAY_MS, read_ten
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
    assert codes(lower_fl=0, upper_fl=20, lower="100M AGL", upper="450M AMSL") == []
    assert codes(lower_fl=20, lower="450M AMSL") == ["q-lower"]
    assert codes(upper_fl=10, upper="450M AMSL") == ["q-upper"]
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


def test_numbers() -> None:
    starts = read_ten("2607040921")
    assert codes(id="A2431/26", starts=starts) == []
    assert codes(id="A2431/25", starts=starts) == []
    assert codes(id="A2431/99", starts=read_ten("0001010000")) == []
    assert codes(id="A243/26", starts=starts) == ["number"]
    assert codes(id="A2431/24", starts=starts) == ["number-year"]
    assert codes(id="A2431/27", starts=starts) == ["number-year"]


def test_the_region_of_item_a() -> None:
    assert codes(fir="EDGG", locations=("EDDF",)) == []
    assert codes(fir="EDGG", locations=("ZBAA",)) == ["other-region"]
    assert codes(fir="EDGG", locations=("ZBAA", "EDDF")) == []
    assert codes(fir="GOOO", locations=("DIAP",)) == []
    assert codes(fir="EDGG", locations=("TJSJ",)) == []


def test_the_hemisphere_of_the_fir() -> None:
    assert codes(fir="SAEF") == ["other-hemisphere"]


def test_an_end_years_away() -> None:
    starts = read_ten("2601131406")
    assert starts is not None
    assert codes(starts=starts, ends=starts + 1_000 * DAY_MS) == []
    assert codes(starts=starts, ends=starts + 1_001 * DAY_MS) == ["window-long"]


def test_the_one_circle_of_item_e_is_that_of_the_q_line() -> None:
    ten, one, aside = Circle(CENTER, 18520.0), Circle(CENTER, 1852.0), Circle((10.0, 50.05), 18520.0)
    assert codes(q_radius_nm=10, scope="W", areas=(ten,)) == []
    assert codes(q_radius_nm=10, scope="W", areas=(one,)) == ["q-circle"]
    assert codes(q_radius_nm=15, scope="W", areas=(aside,)) == ["q-circle"]
    assert codes(q_radius_nm=10, scope="AE", areas=(one,)) == []
    assert codes(q_radius_nm=10, scope="W", areas=(one, ten)) == []


def test_words_of_a_limit() -> None:
    for words in (
        "SFC",
        "GND",
        "UNL",
        "FL195",
        "FL 95",
        "2500FT AMSL",
        "12 200 m (40 000 ft) MSL",
        "100M AGL",
        "900M STD",
    ):
        assert is_limit(words), words
    for words in ("SFCX", "FT 2500", "FL1955", "2500 AMSL", "SFC TO FL100", "", "25OOFT AMSL", "HIGH"):
        assert not is_limit(words), words
