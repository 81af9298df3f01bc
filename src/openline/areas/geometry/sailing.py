"""Where a ship gets that steers one course: rhumb lines by course and distance.

Latitude follows from the length of the meridian, longitude from the isometric latitude (Snyder, USGS PP 1395, 3-21,
3-26, 7-7): exact to a millimetre.
"""

from __future__ import annotations

import numpy as np

from openline.areas.geometry.ellipsoid import ECCENTRICITY, EQUATORIAL_M, Numbers, isometric

_E2 = ECCENTRICITY**2
_RECTIFIED_M = EQUATORIAL_M * (1 - _E2 / 4 - 3 * _E2**2 / 64 - 5 * _E2**3 / 256)
_E1 = (1 - float(np.sqrt(1 - _E2))) / (1 + float(np.sqrt(1 - _E2)))
LEVEL_DEGREES = 0.01
"""Below such a change of latitude the parallel between is as exact, and no small number is divided by another."""

HIGHEST = 89.9999
"""Nobody sails on one course over a pole: there the way ends."""


def sail(lon: Numbers, lat: Numbers, course: Numbers, metres: Numbers) -> tuple[Numbers, Numbers]:
    """Where each way ends; longitudes run on from the start and may leave -180..180."""
    north = metres * np.cos(np.radians(course))
    east = metres * np.sin(np.radians(course))
    reached = np.clip(_latitude(_meridian_m(lat) + north), -HIGHEST, HIGHEST)
    middle = np.radians((lat + reached) / 2)
    level = np.abs(reached - lat) < LEVEL_DEGREES
    parallel = EQUATORIAL_M * np.cos(middle) / np.sqrt(1 - _E2 * np.sin(middle) ** 2)
    rise = np.where(level, 1.0, _meridian_m(reached) - _meridian_m(lat))
    per_metre = np.where(level, 1.0 / parallel, (isometric(reached) - isometric(lat)) / rise)
    along = np.where(np.abs(reached) < HIGHEST, east, rise * np.tan(np.radians(course))) * per_metre
    return lon + np.degrees(along), np.asarray(reached)


def _meridian_m(lat: Numbers) -> Numbers:
    """The length of the meridian from the equator."""
    angle = np.radians(lat)
    return np.asarray(
        _RECTIFIED_M * angle
        - EQUATORIAL_M * (3 * _E2 / 8 + 3 * _E2**2 / 32 + 45 * _E2**3 / 1024) * np.sin(2 * angle)
        + EQUATORIAL_M * (15 * _E2**2 / 256 + 45 * _E2**3 / 1024) * np.sin(4 * angle)
        - EQUATORIAL_M * (35 * _E2**3 / 3072) * np.sin(6 * angle)
    )


def _latitude(metres: Numbers) -> Numbers:
    """The latitude at that length of the meridian."""
    angle = metres / _RECTIFIED_M
    return np.asarray(
        np.degrees(
            angle
            + (3 * _E1 / 2 - 27 * _E1**3 / 32) * np.sin(2 * angle)
            + (21 * _E1**2 / 16 - 55 * _E1**4 / 32) * np.sin(4 * angle)
            + (151 * _E1**3 / 96) * np.sin(6 * angle)
            + (1097 * _E1**4 / 512) * np.sin(8 * angle)
        )
    )
