"""Geodesics on the WGS 84 ellipsoid for many positions at once; angles in degrees, lengths in metres.

T. Vincenty, Direct and inverse solutions of geodesics on the ellipsoid, Survey Review XXIII, 176 (1975): exact to less
than a millimetre. Its inverse does not converge for nearly antipodal positions; those go to geographiclib (C. F. F.
Karney, Algorithms for geodesics, 2013), one by one.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from geographiclib.geodesic import Geodesic

Numbers = npt.NDArray[np.float64]

EQUATORIAL_M: Final = 6_378_137.0
FLATTENING: Final = 1 / 298.257223563
POLAR_M: Final = EQUATORIAL_M * (1 - FLATTENING)
ECCENTRICITY: Final = float(np.sqrt(FLATTENING * (2 - FLATTENING)))
ROUNDS: Final = 30


def inverse(lon1: Numbers, lat1: Numbers, lon2: Numbers, lat2: Numbers) -> tuple[Numbers, Numbers]:
    """The length of each shortest line from first to second, and its azimuth at the first."""
    lon1, lat1, lon2, lat2 = np.broadcast_arrays(lon1, lat1, lon2, lat2)
    across = np.radians((lon2 - lon1 + 180.0) % 360.0 - 180.0)
    first, second = _reduced(lat1), _reduced(lat2)
    on_sphere = before = across
    with np.errstate(invalid="ignore", divide="ignore"):
        for _ in range(ROUNDS):
            before = on_sphere
            on_sphere = across + _round(first, second, on_sphere)[0]
            if np.max(np.abs(on_sphere - before), initial=0.0) < 1e-13:
                break
        _, length, azimuth = _round(first, second, on_sphere)
    failed = (np.abs(on_sphere - before) >= 1e-11) | (np.abs(on_sphere) > np.pi) | ~np.isfinite(length)
    for at in np.argwhere(failed):
        place = tuple(at)
        solved = Geodesic.WGS84.Inverse(
            float(lat1[place]), float(lon1[place]), float(lat2[place]), float(lon2[place]), Geodesic.STANDARD
        )
        length[place], azimuth[place] = solved["s12"], solved["azi1"]
    return length, azimuth


def direct(lon: Numbers, lat: Numbers, azimuth: Numbers, length: Numbers | float) -> tuple[Numbers, Numbers]:
    """Where each line ends that starts at a position with an azimuth; longitudes within 180 degrees of the start."""
    lon, lat, azimuth, length = np.broadcast_arrays(lon, lat, azimuth, length)
    sin1, cos1 = _reduced(lat)
    sin_azimuth, cos_azimuth = np.sin(np.radians(azimuth)), np.cos(np.radians(azimuth))
    start = np.arctan2(sin1, cos1 * cos_azimuth)
    sin_equator = cos1 * sin_azimuth
    cos_squared = 1 - sin_equator**2
    first, second = _series(cos_squared)
    whole = length / (POLAR_M * first)
    arc = whole
    for _ in range(ROUNDS):
        cos_middle = np.cos(2 * start + arc)
        before = arc
        arc = whole + _correction(second, np.sin(arc), np.cos(arc), cos_middle)
        if np.max(np.abs(arc - before), initial=0.0) < 1e-14:
            break
    sin_arc, cos_arc = np.sin(arc), np.cos(arc)
    cos_middle = np.cos(2 * start + arc)
    inward = sin1 * sin_arc - cos1 * cos_arc * cos_azimuth
    lat2 = np.arctan2(sin1 * cos_arc + cos1 * sin_arc * cos_azimuth, (1 - FLATTENING) * np.hypot(sin_equator, inward))
    on_sphere = np.arctan2(sin_arc * sin_azimuth, cos1 * cos_arc - sin1 * sin_arc * cos_azimuth)
    scale = FLATTENING / 16 * cos_squared * (4 + FLATTENING * (4 - 3 * cos_squared))
    turn = cos_middle + scale * cos_arc * (2 * cos_middle**2 - 1)
    across = on_sphere - (1 - scale) * FLATTENING * sin_equator * (arc + scale * sin_arc * turn)
    return lon + np.degrees(across), np.degrees(lat2)


def isometric(lat: Numbers) -> Numbers:
    """The isometric latitude in radians: a rhumb line is straight in longitude and this (Snyder, USGS PP 1395, 7-7)."""
    sine = np.sin(np.radians(lat))
    return np.arcsinh(np.tan(np.radians(lat))) - ECCENTRICITY * np.arctanh(ECCENTRICITY * sine)


def cartesian(lon: Numbers, lat: Numbers) -> Numbers:
    """Positions on the ellipsoid in metres from its centre; shape (..., 3)."""
    sine, cosine = np.sin(np.radians(lat)), np.cos(np.radians(lat))
    normal = EQUATORIAL_M / np.sqrt(1 - (ECCENTRICITY * sine) ** 2)
    along = normal * cosine
    east, north = np.cos(np.radians(lon)), np.sin(np.radians(lon))
    return np.stack([along * east, along * north, normal * (1 - ECCENTRICITY**2) * sine], axis=-1)


def at(position: tuple[float, float]) -> tuple[Numbers, Numbers]:
    """One longitude and one latitude, as arrays of one."""
    return np.array([position[0]]), np.array([position[1]])


def ring_area_m2(lon: Numbers, lat: Numbers) -> float:
    """The area within a ring whose points lie close together; a parallel at a pole counts as nothing.

    Exact where edges are straight in longitude and authalic latitude (Snyder, USGS PP 1395, 3-11, 3-12).
    """
    sine = np.sin(np.radians(lat))
    authalic = (1 - ECCENTRICITY**2) * (
        sine / (1 - (ECCENTRICITY * sine) ** 2) + np.arctanh(ECCENTRICITY * sine) / ECCENTRICITY
    )
    across = np.radians(np.diff(lon))
    return float(abs(np.sum(across * (authalic[1:] + authalic[:-1]) / 2)) * EQUATORIAL_M**2 / 2)


def _round(
    first: tuple[Numbers, Numbers], second: tuple[Numbers, Numbers], on_sphere: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """One round of Vincenty's inverse (his equations 14 to 20): the correction of the longitude, length, azimuth."""
    (sin1, cos1), (sin2, cos2) = first, second
    sin_lon, cos_lon = np.sin(on_sphere), np.cos(on_sphere)
    northward = cos1 * sin2 - sin1 * cos2 * cos_lon
    sin_arc = np.hypot(cos2 * sin_lon, northward)
    cos_arc = sin1 * sin2 + cos1 * cos2 * cos_lon
    arc = np.arctan2(sin_arc, cos_arc)
    sin_equator = np.where(sin_arc == 0, 0.0, cos1 * cos2 * sin_lon / sin_arc)
    cos_squared = 1 - sin_equator**2
    cos_middle = np.where(cos_squared < 1e-15, 0.0, cos_arc - 2 * sin1 * sin2 / cos_squared)
    scale = FLATTENING / 16 * cos_squared * (4 + FLATTENING * (4 - 3 * cos_squared))
    turn = cos_middle + scale * cos_arc * (2 * cos_middle**2 - 1)
    correction = (1 - scale) * FLATTENING * sin_equator * (arc + scale * sin_arc * turn)
    one, two = _series(cos_squared)
    length = POLAR_M * one * (arc - _correction(two, sin_arc, cos_arc, cos_middle))
    return correction, length, np.degrees(np.arctan2(cos2 * sin_lon, northward))


def _reduced(lat: Numbers) -> tuple[Numbers, Numbers]:
    """Sine and cosine of the reduced latitude."""
    reduced = np.arctan2((1 - FLATTENING) * np.sin(np.radians(lat)), np.cos(np.radians(lat)))
    return np.sin(reduced), np.cos(reduced)


def _series(cos_squared: Numbers) -> tuple[Numbers, Numbers]:
    """Vincenty's A and B (his equations 3 and 4)."""
    square = cos_squared * (EQUATORIAL_M**2 - POLAR_M**2) / POLAR_M**2
    first = 1 + square / 16384 * (4096 + square * (-768 + square * (320 - 175 * square)))
    second = square / 1024 * (256 + square * (-128 + square * (74 - 47 * square)))
    return first, second


def _correction(second: Numbers, sin_arc: Numbers, cos_arc: Numbers, cos_middle: Numbers) -> Numbers:
    """Vincenty's delta sigma (his equation 6)."""
    inner = cos_arc * (2 * cos_middle**2 - 1)
    outer = second / 6 * cos_middle * (4 * sin_arc**2 - 3) * (4 * cos_middle**2 - 3)
    return second * sin_arc * (cos_middle + second / 4 * (inner - outer))
