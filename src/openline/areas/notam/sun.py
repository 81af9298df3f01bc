"""Sunrise and sunset, for schedules that name them.

The equations are those of the NOAA solar calculator (Meeus, Astronomical Algorithms, ch. 25): the upper limb on the
horizon at 90.833 degrees from the zenith, good to a minute below 72 degrees of latitude.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import acos, asin, cos, degrees, radians, sin, tan
from typing import Final

from openline.areas.shapes import Position

ZENITH_DEG: Final = 90.833
_J2000: Final = datetime(2000, 1, 1, 12, tzinfo=UTC)


def sun_event(place: Position, day: date, *, rise: bool) -> datetime | None:
    """The sunrise (or sunset) that falls on this UTC day; None where the sun does not rise or set, or twice none."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for shift in (0, -1, 1):
        event = _near_noon(place, midnight + timedelta(days=shift), rise=rise)
        if event is None:
            return None
        if midnight <= event < midnight + timedelta(days=1):
            return event
    return None


def _near_noon(place: Position, midnight: datetime, *, rise: bool) -> datetime | None:
    """The event before (or after) the local noon that belongs to this day."""
    lon, lat = place
    event = midnight + timedelta(hours=12 - lon / 15)
    for _ in range(3):
        declination, equation_min = _sun(event)
        cosine = cos(radians(ZENITH_DEG)) / (cos(radians(lat)) * cos(declination)) - tan(radians(lat)) * tan(
            declination
        )
        if not -1 <= cosine <= 1:
            return None
        angle = degrees(acos(cosine))
        noon_min = 720 - 4 * lon - equation_min
        event = midnight + timedelta(minutes=noon_min - 4 * angle if rise else noon_min + 4 * angle)
    return event


def _sun(when: datetime) -> tuple[float, float]:
    """Declination of the sun in radians, and the equation of time in minutes."""
    t = (when - _J2000).total_seconds() / 86_400 / 36_525
    mean_lon = radians((280.46646 + t * (36_000.76983 + t * 0.0003032)) % 360)
    anomaly = radians(357.52911 + t * (35_999.05029 - 0.0001537 * t))
    eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
    center = radians(
        sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t))
        + sin(2 * anomaly) * (0.019993 - 0.000101 * t)
        + sin(3 * anomaly) * 0.000289
    )
    node = radians(125.04 - 1934.136 * t)
    apparent = mean_lon + center - radians(0.00569 + 0.00478 * sin(node))
    tilt = radians(23.439291 - 0.0130042 * t + 0.00256 * cos(node))
    y = tan(tilt / 2) ** 2
    equation = (
        y * sin(2 * mean_lon)
        - 2 * eccentricity * sin(anomaly)
        + 4 * eccentricity * y * sin(anomaly) * cos(2 * mean_lon)
        - 0.5 * y * y * sin(4 * mean_lon)
        - 1.25 * eccentricity * eccentricity * sin(2 * anomaly)
    )
    return asin(sin(tilt) * sin(apparent)), 4 * degrees(equation)
