"""Arcs between two positions of a ring."""

from __future__ import annotations

import pytest
from geographiclib.geodesic import Geodesic

from openline.areas.notam.arcs import SAGITTA_M, along, find_arcs, straightened
from openline.areas.notam.positions import find_positions
from openline.areas.notam.text_areas import read_areas
from openline.areas.shapes import Polygon, Position

WEST, EAST, CENTER = "540500N 0065258E", "540500N 0072702E", "540500N 0071000E"
"""West and east of the centre by 10 nautical miles, to the second."""


def text(sense: str = "CLOCKWISE", radius: str = "10NM", end: str = EAST) -> str:
    return (
        f"AREA BOUNDED BY {WEST} THENCE {sense} BY THE ARC OF A CIRCLE RADIUS {radius} CENTRED ON {CENTER}"
        f" TO {end} - 540000N 0071000E - {WEST}"
    )


def metres(one: Position, other: Position) -> float:
    return float(Geodesic.WGS84.Inverse(one[1], one[0], other[1], other[0])["s12"])


@pytest.mark.parametrize(("sense", "north"), [("CLOCKWISE", True), ("ANTI-CLOCKWISE", False), ("CCW", False)])
def test_an_arc_goes_the_way_it_says(sense: str, north: bool) -> None:
    found = read_areas(text(sense))
    (area,) = found.areas
    assert isinstance(area, Polygon)
    bent = area.ring[1:-2]
    assert len(bent) > 10
    assert found.refused == ()
    center = (7.0 + 10 / 60, 54.0 + 5 / 60)
    assert all((lat > center[1]) == north for _, lat in bent)
    assert all(abs(metres(center, position) - 18_520) < 1 for position in bent)


def test_the_drawn_edge_stays_near_the_arc() -> None:
    places = find_positions(text())
    (arc,) = find_arcs(text(), places).values()
    vertices = along(arc, places[0], places[2])
    assert vertices
    middles = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in zip(vertices, vertices[1:], strict=False)]
    assert all(0 <= 18_520 - metres(arc.center.position, middle) <= SAGITTA_M + 1 for middle in middles)


def test_a_text_without_arcs_is_as_it_was() -> None:
    assert straightened("AREA", {}) == "AREA"
    whole = text()
    assert len(straightened(whole, find_arcs(whole, find_positions(whole)))) == len(whole)


@pytest.mark.parametrize(
    "other",
    [
        text(radius="5NM"),
        text(end="541000N 0072702E"),
        text(sense="ALONG"),
        text().replace(" RADIUS 10NM", ""),
        text().replace(f" CENTRED ON {CENTER}", " CENTRED ON HLG VOR"),
        text().replace(EAST, "POINT X"),
    ],
)
def test_an_arc_that_does_not_fit_or_lacks_a_word_is_refused(other: str) -> None:
    found = read_areas(other)
    assert [area for area in found.areas if isinstance(area, Polygon)] == []
    assert found.refused
