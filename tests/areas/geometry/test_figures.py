"""Areas made ready to be measured, many at once or one by one."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from openline.areas.geometry.figures import figure, figures, meant
from openline.areas.shapes import Bounded, Circle, Edges, Point, Polygon, Track

AREAS: list[Bounded] = [
    Point((20.0, 35.0)),
    Circle((20.0, 35.0), 20_000.0),
    Polygon(((19.0, 34.0), (21.0, 34.0), (21.0, 36.0), (19.0, 36.0)), Edges.PLANE),
    Track(((19.0, 34.0), (21.0, 36.0)), 5_000.0, Edges.GEODESIC),
    Polygon(((19.0, 34.0), (21.0, 34.0), (20.0, 36.0)), holes=(((19.9, 34.5), (20.1, 34.5), (20.0, 34.7)),)),
]
DRAW = random.Random(3)
LON = np.array([DRAW.uniform(18.0, 22.0) for _ in range(60)])
LAT = np.array([DRAW.uniform(33.0, 37.0) for _ in range(60)])


def test_many_at_once_are_the_same_as_one_by_one() -> None:
    for area, together in zip(AREAS, figures(AREAS), strict=True):
        alone = figure(area)
        assert np.array_equal(alone.within(LON, LAT), together.within(LON, LAT))
        assert np.allclose(alone.distances_m(LON, LAT), together.distances_m(LON, LAT), atol=1e-6)


def test_within_is_distance_nought() -> None:
    for each in figures(AREAS):
        assert np.array_equal(each.within(LON, LAT), each.distances_m(LON, LAT) == 0.0)


def test_a_distance_is_the_shortest_to_any_point_of_the_line() -> None:
    """Against every filled point of the boundary, each measured with geographiclib."""
    triangle = figure(AREAS[4])
    found = triangle.to_line_m(LON[:3], LAT[:3])
    corners = triangle.line[~np.isnan(triangle.line[:, 0])]
    for lon, lat, metres in zip(LON[:3], LAT[:3], found, strict=True):
        every = [Geodesic.WGS84.Inverse(lat, lon, at[1], at[0], Geodesic.DISTANCE)["s12"] for at in corners]
        assert metres <= min(every) + 0.01
        assert metres > min(every) - 15_000.0
        assert Geodesic.WGS84.Inverse(lat, lon, *corners[0][::-1])["s12"] >= metres


def test_a_hole_is_outside() -> None:
    holed = figure(AREAS[4])
    lon, lat = np.array([20.0, 20.0]), np.array([34.6, 35.0])
    assert holed.within(lon, lat).tolist() == [False, True]
    assert holed.distances_m(lon, lat)[0] == pytest.approx(holed.to_line_m(lon, lat)[0])


def test_the_reading_is_the_askers_then_the_areas_then_the_charts() -> None:
    assert meant(Polygon((), Edges.PLANE), Edges.GEODESIC) is Edges.GEODESIC
    assert meant(Polygon((), Edges.PLANE), None) is Edges.PLANE
    assert meant(Polygon(()), None) is Edges.RHUMB


def test_the_seams_of_the_plane_are_no_edges() -> None:
    cap = figure(Polygon(((45.0, 80.0), (135.0, 80.0), (-135.0, 80.0), (-45.0, 80.0))))
    lon, lat = np.array([0.0, 77.0, 180.0, -180.0, 0.0]), np.array([90.0, 90.0, 85.0, 85.0, -90.0])
    assert cap.within(lon, lat).tolist() == [True, True, True, True, False]


WIDE = ((-30.0, 40.0), (-5.0, 45.0), (5.0, 58.0), (-12.0, 52.0), (-28.0, 60.0))


def winds_around(lon: float, lat: float) -> bool:
    """Whether geodesics through the corners of WIDE wind around a position: the turn of the azimuth to them, summed."""
    azimuths = [Geodesic.WGS84.Inverse(lat, lon, north, east, Geodesic.AZIMUTH)["azi1"] for east, north in WIDE]
    turns = [math.remainder(b - a, 360.0) for a, b in zip(azimuths, [*azimuths[1:], azimuths[0]], strict=True)]
    return abs(sum(turns)) > 180.0


def crosses_mercator(lon: float, lat: float) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times on a Mercator chart of the ellipsoid."""

    def chart(north: float) -> float:
        sine, e = math.sin(math.radians(north)), 0.0818191908426215
        return math.degrees(math.atanh(sine) - e * math.atanh(e * sine))

    ring = [(east, chart(north)) for east, north in WIDE]
    odd, y = False, chart(lat)
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and lon < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            odd = not odd
    return odd


def test_containment_agrees_with_two_other_ways_to_find_it() -> None:
    draw = random.Random(8)
    places = [(draw.uniform(-32, 7), draw.uniform(38, 62)) for _ in range(150)]
    lon, lat = (np.array([place[axis] for place in places]) for axis in (0, 1))
    for kind, other in ((Edges.GEODESIC, winds_around), (Edges.RHUMB, crosses_mercator)):
        measured = figure(Polygon(WIDE, kind))
        clear = measured.to_line_m(lon, lat) > 2.0
        expected = [other(*place) for place in places]
        assert 20 < sum(expected) < 130
        assert np.array_equal(measured.within(lon, lat)[clear], np.array(expected)[clear])
