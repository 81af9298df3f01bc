"""The sketch: well-formed, everything within its frame, seams not drawn as edges."""

from __future__ import annotations

import re

import pytest
from defusedxml.ElementTree import fromstring

from openline.areas.shapes import Area, Circle, Named, Point, Polygon
from openline.areas.writing.sketch import SIZE, sketch
from tests.areas.bulletins import EVERYTHING, FIRING

SVG = "{http://www.w3.org/2000/svg}"
ACROSS = Polygon(((170.0, 40.0), (-170.0, 40.0), (-170.0, 50.0), (170.0, 50.0)))
CAP = Polygon(((0.0, 84.0), (120.0, 84.0), (-120.0, 84.0)))


def edges(areas: list[Area]) -> list[tuple[float, float, float, float]]:
    """Every piece of an edge as it is drawn: from x, y to x, y."""
    root = fromstring(sketch(areas))
    found = []
    for path in root.iter(f"{SVG}path"):
        if path.get("class") == "edge":
            for run in re.findall(r"M[^M]+", path.get("d") or ""):
                points = [tuple(map(float, pair.split())) for pair in re.findall(r"[\d.-]+ [\d.-]+", run)]
                found += [(*one, *other) for one, other in zip(points, points[1:], strict=False)]
    return [(x1, y1, x2, y2) for x1, y1, x2, y2 in found]


@pytest.mark.parametrize("areas", [list(FIRING.areas), list(EVERYTHING.areas), [ACROSS], [CAP], [Point((0.0, 0.0))]])
def test_it_is_well_formed_and_within_its_frame(areas: list[Area]) -> None:
    fromstring(sketch(areas))
    for ends in edges(areas):
        assert all(-1 <= number <= SIZE + 1 for number in ends)


@pytest.mark.parametrize("area", [ACROSS, CAP, Circle((180.0, -80.0), 300_000.0)])
def test_where_an_outline_was_cut_or_closed_no_edge_is_drawn(area: Area) -> None:
    """Edges are all near the rim of what is shown: none runs through the middle."""
    drawn = edges([area])
    assert len(drawn) > 10
    for x1, y1, x2, y2 in drawn:
        assert max(abs((x1 + x2) / 2 - SIZE / 2), abs((y1 + y2) / 2 - SIZE / 2)) > SIZE / 8


def test_north_is_up_and_east_is_right() -> None:
    root = fromstring(sketch([Point((10.0, 50.0)), Point((11.0, 51.0))]))
    (one, other) = [(float(dot.get("cx") or 0), float(dot.get("cy") or 0)) for dot in root.iter(f"{SVG}circle")]
    assert other[0] > one[0]
    assert other[1] < one[1]


def test_nothing_to_draw_is_nothing() -> None:
    assert sketch([]) == ""
    assert sketch([Named("BLACK SEA")]) == ""


def test_names_of_areas_and_lines_stand_on_it() -> None:
    words = [each.text for each in fromstring(sketch([ACROSS, CAP])).iter(f"{SVG}text")]
    assert {"A", "B", "180", "60N"} <= set(words)
