"""Filled edges lie on the lines that they stand for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from openline.areas.geometry import edges, ellipsoid
from openline.areas.geometry.figures import figure
from openline.areas.shapes import Edges, Position, Track

LINES = [((-30.0, 45.0), (-10.0, 55.0)), ((170.0, -10.0), (-170.0, 20.0)), ((5.0, 60.0), (25.0, 60.0))]


def rhumb_course(start: Position, end: Position) -> float:
    """The constant course in radians, from the closed form of the isometric latitude."""

    def isometric(lat: float) -> float:
        sine, e = math.sin(math.radians(lat)), 0.0818191908426215
        return math.atanh(sine) - e * math.atanh(e * sine)

    across = math.radians(math.remainder(end[0] - start[0], 360.0))
    return math.atan2(across, isometric(end[1]) - isometric(start[1]))


def sailed(start: Position, course: float, metres: float) -> Position:
    """Where a ship gets by steering one course: integrated in small steps over the ellipsoid's radii of curvature."""
    lon, lat = math.radians(start[0]), math.radians(start[1])
    square, axis, count = 0.0818191908426215**2, 6378137.0, 4000
    for _ in range(count):
        half_lat, north, east = lat, 0.0, 0.0
        for fraction in (0.5, 1.0):
            flat = 1 - square * math.sin(half_lat) ** 2
            north = metres / count * math.cos(course) / (axis * (1 - square) / flat**1.5)
            east = metres / count * math.sin(course) / (axis / math.sqrt(flat) * math.cos(half_lat))
            half_lat = lat + north * fraction
        lat, lon = lat + north, lon + east
    return (math.remainder(math.degrees(lon), 360.0), math.degrees(lat))


@pytest.mark.parametrize(("start", "end"), LINES)
def test_a_rhumb_line_is_what_a_ship_sails_on_one_course(start: Position, end: Position) -> None:
    track = figure(Track((start, end), edges=Edges.RHUMB))
    course = rhumb_course(start, end)
    for metres in (200_000.0, 700_000.0):
        assert track.to_line_m(*ellipsoid.at(sailed(start, course, metres)))[0] < 2.0


@pytest.mark.parametrize(("start", "end"), LINES)
def test_a_geodesic_is_the_shortest_line(start: Position, end: Position) -> None:
    track = figure(Track((start, end), edges=Edges.GEODESIC))
    line = Geodesic.WGS84.InverseLine(start[1], start[0], end[1], end[0])
    for part in (0.1, 0.37, 0.5, 0.93):
        at = line.Position(part * line.s13)
        assert track.to_line_m(*ellipsoid.at((at["lon2"], at["lat2"])))[0] < 1.0


def test_a_plane_edge_is_straight_in_longitude_and_latitude() -> None:
    track = figure(Track(((0.0, 50.0), (20.0, 60.0)), edges=Edges.PLANE))
    assert track.to_line_m(*ellipsoid.at((5.0, 52.5)))[0] < 1.0
    assert track.to_line_m(*ellipsoid.at((5.0, 52.6)))[0] > 5_000.0


def test_the_readings_of_a_long_parallel_lie_far_apart() -> None:
    """Over 20 degrees of longitude at 60 north, by Napier's rules on a sphere: 60.376 north in the middle."""
    rhumb, shortest = (figure(Track(((5.0, 60.0), (25.0, 60.0)), edges=kind)) for kind in (Edges.RHUMB, Edges.GEODESIC))
    middle = math.degrees(math.atan(math.tan(math.radians(60.0)) / math.cos(math.radians(10.0))))
    assert rhumb.to_line_m(*ellipsoid.at((15.0, 60.0)))[0] < 1.0
    assert shortest.to_line_m(*ellipsoid.at((15.0, 60.0)))[0] == pytest.approx((middle - 60.0) * 111_400, rel=0.01)


@pytest.mark.parametrize("kind", [Edges.RHUMB, Edges.GEODESIC, Edges.PLANE])
def test_edges_go_the_shorter_way_around(kind: Edges) -> None:
    line = edges.chain(((179.0, 10.0), (-179.0, 12.0)), kind, 1.0)
    assert line[0] == pytest.approx([179.0, 10.0])
    assert line[-1] == pytest.approx([181.0, 12.0])


def test_a_geodesic_over_the_pole_turns_there() -> None:
    line = edges.chain(((0.0, 85.0), (180.0, 85.0)), Edges.GEODESIC, 1.0)
    assert np.max(line[:, 1]) > 89.9999999
    assert set(np.abs(np.round(line[:, 0]))) == {0.0, 180.0}


def test_points_have_a_maximum() -> None:
    zigzag = tuple((0.0 if at % 2 else 170.0, -70.0 + at / 100) for at in range(10_000))
    assert len(edges.chain(zigzag, Edges.RHUMB, 1.0)) <= edges.FILLED_MAX + 5 * len(zigzag)
