"""Sailing one course, against the ellipsoid's radii of curvature integrated in small steps."""

from __future__ import annotations

import math

import numpy as np
import pytest

from openline.areas.geometry.sailing import HIGHEST, sail


def integrated(lon: float, lat: float, course: float, metres: float, steps: int = 20_000) -> tuple[float, float]:
    """Runge-Kutta of second order over latitude and longitude."""
    square, axis, turn = 0.0818191908426215**2, 6378137.0, math.radians(course)
    east, north = math.radians(lon), math.radians(lat)

    def rates(at: float) -> tuple[float, float]:
        flat = 1 - square * math.sin(at) ** 2
        up = math.cos(turn) * flat**1.5 / (axis * (1 - square))
        return up, math.sin(turn) * math.sqrt(flat) / (axis * math.cos(at))

    for _ in range(steps):
        half = north + rates(north)[0] * metres / steps / 2
        up, across = rates(half)
        north, east = north + up * metres / steps, east + across * metres / steps
    return math.degrees(east), math.degrees(north)


@pytest.mark.parametrize(
    ("lon", "lat", "course", "metres"),
    [
        (10.0, 50.0, 45.0, 500_000.0),
        (-30.0, -60.0, 200.0, 800_000.0),
        (179.0, 10.0, 90.0, 900_000.0),
        (5.0, 60.0, 270.0, 300_000.0),
        (0.0, 0.0, 0.0, 1_000_000.0),
        (0.0, 40.0, 89.9999, 400_000.0),
        (7.0, -2.0, 12.0, 600_000.0),
    ],
)
def test_a_course_leads_where_it_leads(lon: float, lat: float, course: float, metres: float) -> None:
    east, north = sail(*(np.array([each]) for each in (lon, lat, course, metres)))
    assert (east[0], north[0]) == pytest.approx(integrated(lon, lat, course, metres), abs=2e-7)


def test_no_way_is_no_way_and_none_leads_over_a_pole() -> None:
    east, north = sail(np.array([5.0, 5.0]), np.array([6.0, 80.0]), np.array([33.0, 10.0]), np.array([0.0, 9e6]))
    assert (east[0], north[0]) == pytest.approx((5.0, 6.0), abs=1e-9)
    assert north[1] == HIGHEST
    assert math.isfinite(east[1])
