"""Sizes against geographiclib's polygons, and rings that make no sense."""

from __future__ import annotations

import pytest
from geographiclib.geodesic import Geodesic

from openline.areas.geometry.sizing import size
from openline.areas.shapes import Edges, Polygon, Position

RING: tuple[Position, ...] = ((-30.0, 40.0), (-5.0, 45.0), (-12.0, 60.0))


def geodesic_km2(ring: tuple[Position, ...]) -> float:
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in ring:
        polygon.AddPoint(lat, lon)
    _, _, area = polygon.Compute(False, True)
    return abs(float(area)) / 1e6


def test_a_geodesic_polygon_has_the_size_that_geographiclib_says() -> None:
    assert size(Polygon(RING, Edges.GEODESIC)).square_km == pytest.approx(geodesic_km2(RING), rel=1e-4)
    assert size(Polygon(RING, Edges.RHUMB)).square_km != pytest.approx(geodesic_km2(RING), rel=1e-3)


def test_a_hole_is_taken_away() -> None:
    hole = ((-18.0, 48.0), (-16.0, 48.0), (-17.0, 50.0))
    whole, holed = size(Polygon(RING, Edges.GEODESIC)), size(Polygon(RING, Edges.GEODESIC, (hole,)))
    assert whole.square_km - holed.square_km == pytest.approx(geodesic_km2(hole), rel=5e-3)
    assert not holed.loose_hole
    assert size(Polygon(RING, holes=(((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)),))).loose_hole


def test_a_crossing_is_named_by_its_place() -> None:
    found = size(Polygon(((174.0, 34.0), (-174.0, 36.0), (-174.0, 34.0), (174.0, 36.0)), Edges.PLANE))
    lon, lat = map(float, found.crossing.split(","))
    assert abs(lon) == pytest.approx(180.0)
    assert lat == pytest.approx(35.0)


def test_a_bow_tie_counts_both_its_wings() -> None:
    bow = size(Polygon(((0.0, -1.0), (2.0, 1.0), (2.0, -1.0), (0.0, 1.0)), Edges.PLANE))
    half = size(Polygon(((0.0, -1.0), (1.0, 0.0), (0.0, 1.0)), Edges.PLANE))
    assert bow.square_km == pytest.approx(2 * half.square_km, rel=1e-5)


def test_the_whole_world_is_the_whole_world() -> None:
    world = size(Polygon(((-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0)), Edges.PLANE))
    assert world.square_km == pytest.approx(510_065_622, rel=1e-6)
    assert not world.around_pole
