"""A drawn geometry that shows another place is found out."""

from __future__ import annotations

import pytest
import shapely

from openline.areas.geometry.drawn import same_place
from openline.areas.geometry.outlines import outline
from openline.areas.shapes import Bounded, Circle, Edges, Named, Polygon, Track

AREAS: list[Bounded] = [
    Circle((179.9, 40.0), 50_000.0),
    Polygon(((170.0, 40.0), (-170.0, 40.0), (-170.0, 50.0)), Edges.GEODESIC),
    Track(((0.0, 0.0), (3.0, 3.0)), 5_000.0),
]


@pytest.mark.parametrize("area", AREAS, ids=lambda area: type(area).__name__)
def test_its_own_outline_shows_it_and_another_does_not(area: Bounded) -> None:
    drawn = shapely.to_geojson(outline(area)).encode()
    assert same_place(area, drawn)
    assert [other for other in AREAS if other is not area and same_place(other, drawn)] == []


@pytest.mark.parametrize("geometry", [b"null", b"{}", b'{"type":"Point","coordinates":["a"]}', b"\xff"])
def test_what_draws_nothing_shows_nothing(geometry: bytes) -> None:
    assert not same_place(AREAS[0], geometry)


def test_a_name_is_not_drawn() -> None:
    assert same_place(Named("BLACK SEA"), b"null")
    assert not same_place(Named("BLACK SEA"), b'{"type":"Point","coordinates":[1,2]}')
