"""Areas keep their kind on the way through JSON, and cannot be changed."""

from __future__ import annotations

import msgspec
import pytest

from openline.areas.shapes import METRES_PER_NM, Area, Circle, Edges, Named, Point, Polygon, Track

EVERY: list[Area] = [
    Point((1.0, 2.0), "buoy"),
    Circle((1.0, 2.0), 10 * METRES_PER_NM, 10.0),
    Polygon(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)), Edges.RHUMB),
    Track(((0.0, 0.0), (1.0, 1.0)), 500.0, Edges.GEODESIC),
    Named("BLACK SEA"),
]


@pytest.mark.parametrize("area", EVERY, ids=lambda area: type(area).__name__)
def test_an_area_comes_back_from_json_as_the_same_kind(area: Area) -> None:
    assert msgspec.json.decode(msgspec.json.encode(area), type=Area) == area
    assert hash(area) == hash(msgspec.json.decode(msgspec.json.encode(area), type=Area))


def test_a_mile_is_1852_metres() -> None:
    assert METRES_PER_NM == 1852.0
