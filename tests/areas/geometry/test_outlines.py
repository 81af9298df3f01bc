"""Outlines of circles and tracks, and the box around them."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic

from openline.areas.geometry.figures import figure
from openline.areas.geometry.outlines import bounds, outline
from openline.areas.shapes import Bounded, Circle, Edges, Point, Polygon, Track


def test_a_circle_is_round_in_metres() -> None:
    drawn = outline(Circle((30.0, 60.0), 50_000.0))
    for lon, lat in shapely.get_coordinates(drawn):
        assert Geodesic.WGS84.Inverse(60.0, 30.0, lat, lon)["s12"] == pytest.approx(50_000.0, abs=0.01)


def test_a_circle_over_the_pole_covers_it() -> None:
    drawn = outline(Circle((10.0, -89.0), 200_000.0))
    assert drawn.covers(shapely.LineString([(-180.0, -90.0), (180.0, -90.0)]))
    assert bounds(drawn)[:2] == (-180.0, -90.0)
    assert bounds(drawn)[3] == pytest.approx(-89.0 + 200_000 / 111_690, abs=1e-3)


def test_a_circle_on_the_antimeridian_is_two_pieces_and_one_box() -> None:
    drawn = outline(Circle((179.9, 0.0), 30_000.0))
    assert len(shapely.get_parts(drawn)) == 2
    west, _, east, _ = bounds(drawn)
    assert (west, east) == pytest.approx((179.6305, -179.8305), abs=1e-3)


def test_a_track_with_a_width_covers_what_lies_beside_it() -> None:
    drawn = outline(Track(((0.0, 0.0), (3.0, 0.0), (3.0, 3.0)), 10_000.0, Edges.RHUMB))
    assert drawn.covers(shapely.Point(1.5, 0.08))
    assert drawn.covers(shapely.Point(3.05, -0.05))
    assert not drawn.covers(shapely.Point(1.5, 0.1))
    assert isinstance(drawn, shapely.Polygon)
    assert len(drawn.interiors) == 0


def test_a_track_around_something_leaves_a_hole() -> None:
    around = Track(((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)), 10_000.0)
    drawn = outline(around)
    assert isinstance(drawn, shapely.Polygon)
    assert len(drawn.interiors) == 1


def test_lines_and_points_are_drawn_as_they_are() -> None:
    assert outline(Point((5.0, 6.0))).wkt == "POINT (5 6)"
    assert len(shapely.get_parts(outline(Track(((170.0, 0.0), (-170.0, 0.0)))))) == 2


POLES = [
    (Track(((0.0, 85.0), (180.0, 85.0)), 50_000.0, Edges.GEODESIC), 80.0, 90.0),
    (Track(((0.0, 88.0), (120.0, 88.5)), 80_000.0, Edges.GEODESIC), 80.0, 90.0),
    (Track(((0.0, 89.0), (170.0, 89.0)), 20_000.0, Edges.RHUMB), 85.0, 90.0),
    (Circle((10.0, -88.0), 400_000.0), -90.0, -80.0),
    (Circle((10.0, 90.0), 400_000.0), 80.0, 90.0),
    (Polygon(((0.0, 80.0), (90.0, 80.0), (180.0, 80.0), (-90.0, 80.0)), Edges.GEODESIC), 75.0, 90.0),
    (Polygon(((0.0, 85.0), (180.0, 85.0), (90.0, 80.0)), Edges.GEODESIC), 75.0, 90.0),
    (Polygon(((0.0, 90.0), (10.0, 80.0), (60.0, 80.0)), Edges.RHUMB), 75.0, 90.0),
    (Track(((170.0, 0.0), (-170.0, 10.0), (-160.0, -5.0)), 200_000.0, Edges.RHUMB), -10.0, 20.0),
]


@pytest.mark.parametrize(("area", "south", "north"), POLES)
def test_what_is_drawn_is_what_is_measured_at_poles_and_the_antimeridian_too(
    area: Bounded, south: float, north: float
) -> None:
    draw = np.random.default_rng(1)
    lon, lat = draw.uniform(-180.0, 180.0, 1_000), draw.uniform(south, north, 1_000)
    measured = figure(area)
    drawn = shapely.intersects_xy(outline(area, None, 20.0), lon, lat)
    clear = np.abs(measured.to_line_m(lon, lat) - measured.reach_m) > 100.0
    inside = measured.distances_m(lon, lat) == 0.0
    assert inside.sum() > 10
    assert np.array_equal(drawn[clear], inside[clear])
