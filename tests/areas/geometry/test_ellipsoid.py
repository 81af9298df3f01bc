"""Geodesics against published values and against geographiclib."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from openline.areas.geometry import ellipsoid

# Latitude, longitude, azimuth at the start; the same at the end; metres. From C. F. F. Karney, Test set for geodesics
# (2010), doi:10.5281/zenodo.32156.
PUBLISHED = [
    (35.60777, -139.44815, 111.098748429560326, -11.17491, -69.95921, 8935244.5604818305),
    (55.52454, 106.05087, 22.020059880982801, 77.03196, 197.18234, 4105086.1713924406),
    (-21.97856, 142.59065, -32.44456876433189, 41.84138, 98.56635, 8394328.894657671),
    (-66.99028, 112.2363, 173.73491240878403, -12.70631, 285.90344, 11150344.2312080241),
]


@pytest.mark.parametrize(("lat1", "lon1", "azimuth", "lat2", "lon2", "metres"), PUBLISHED)
def test_published_lines(lat1: float, lon1: float, azimuth: float, lat2: float, lon2: float, metres: float) -> None:
    length, bearing = ellipsoid.inverse(*ellipsoid.at((lon1, lat1)), *ellipsoid.at((lon2, lat2)))
    assert length[0] == pytest.approx(metres, abs=1e-3)
    assert bearing[0] == pytest.approx(azimuth, abs=1e-8)
    lon, lat = ellipsoid.direct(*ellipsoid.at((lon1, lat1)), np.array([azimuth]), metres)
    assert lat[0] == pytest.approx(lat2, abs=1e-8)
    assert math.remainder(lon[0] - lon2, 360.0) == pytest.approx(0.0, abs=1e-8)


def test_many_lines_agree_with_geographiclib_nearly_antipodal_ones_too() -> None:
    draw = random.Random(5)
    ends = [
        [draw.uniform(-180, 180), draw.uniform(-90, 90), draw.uniform(-180, 180), draw.uniform(-90, 90)]
        for _ in range(150)
    ]
    ends += [[0.0, 0.0, 179.7, 0.1], [10.0, 20.0, -170.0, -20.0], [5.0, 5.0, 5.0, 5.0], [0.0, 90.0, 50.0, -90.0]]
    ends += [[12.0, 0.0, 13.0, 0.0], [12.0, 60.0, 12.0, 61.0]]
    lon1, lat1, lon2, lat2 = np.array(ends).T
    length, _ = ellipsoid.inverse(lon1, lat1, lon2, lat2)
    wanted = [Geodesic.WGS84.Inverse(b, a, d, c)["s12"] for a, b, c, d in ends]
    assert length == pytest.approx(wanted, abs=2e-3)


def test_a_mile_is_a_minute_of_latitude_near_enough() -> None:
    length, _ = ellipsoid.inverse(*ellipsoid.at((0.0, 45.0)), *ellipsoid.at((0.0, 45.0 + 1 / 60)))
    assert length[0] == pytest.approx(1852.0, rel=1e-3)


def test_the_isometric_latitude_is_that_of_the_ellipsoid() -> None:
    """The closed form of Snyder, USGS PP 1395, equation 7-7."""
    assert ellipsoid.isometric(np.array([0.0]))[0] == 0.0
    sine, e = math.sin(math.radians(35.0)), ellipsoid.ECCENTRICITY
    by_hand = 0.5 * math.log((1 + sine) / (1 - sine) * ((1 - e * sine) / (1 + e * sine)) ** e)
    assert ellipsoid.isometric(np.array([35.0]))[0] == pytest.approx(by_hand, rel=1e-14)


def test_cartesian_lengths_are_the_axes() -> None:
    assert ellipsoid.cartesian(*ellipsoid.at((0.0, 0.0)))[0] == pytest.approx([6378137.0, 0.0, 0.0])
    assert ellipsoid.cartesian(*ellipsoid.at((7.0, 90.0)))[0] == pytest.approx([0.0, 0.0, 6356752.314245], abs=1e-6)


def test_the_area_of_a_hemisphere_is_half_of_the_earth() -> None:
    lon = np.linspace(0.0, 360.0, 9)
    ring_lon, ring_lat = np.append(lon, [360.0, 0.0, 0.0]), np.append(np.zeros(9), [90.0, 90.0, 0.0])
    assert ellipsoid.ring_area_m2(ring_lon, ring_lat) == pytest.approx(510065621724078.9 / 2, rel=1e-12)
