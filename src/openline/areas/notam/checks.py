"""Contradictions between the parts of one NOTAM. They are told, never settled."""

from __future__ import annotations

import re
from math import asin, cos, radians, sin, sqrt
from typing import Final

from openline.areas.notam.hemispheres import outside
from openline.areas.notam.notam import NotamReading
from openline.areas.notam.times import DAY_MS, moment
from openline.areas.reading import Flag
from openline.areas.shapes import METRES_PER_NM, Area, Circle, Point, Polygon, Position

ROUNDING_NM: Final = 1.6
"""The centre of a Q-line is rounded to minutes (0.7 nautical miles) and its radius to miles (up to one)."""

ROUNDING_SHARE: Final = 0.045
"""The share of its radius by which the circle of a Q-line may be short: many are drawn on charts by hand."""

ASIDE_NM: Final = 2.5
"""So far apart may the centres of the Q-line's circle and of a circle in item E be: both rounded."""

LEAST_NM: Final = 5
"""The radius that Q-lines have where nobody worked one out: that of aerodromes."""

WHOLE_FIR_NM: Final = 999
"""The radius that means "the whole FIR" (Doc 8126, 6.3.2)."""

EARTH_NM: Final = 6_371_008.8 / METRES_PER_NM
"""Mean radius of the Earth (IUGG)."""

ROUNDING_FL: Final = 2
"""Hundreds of feet: limits are rounded, from metres too."""

OUTWARDS_FL: Final = 6
"""Where the Q-line reaches further than the item: 450 m become 020, and 100 m above the ground 000."""

NUMBER_DIGITS: Final = 4
_FAR_FLUNG: Final = "KPT"
"""Regions of the United States, whose centres serve the Pacific and the Caribbean."""
_SERVED: Final = frozenset(("GD", "BE", "LB", "DF", "FD", "YA"))
"""First letters of a FIR and of places that it serves elsewhere: Dakar serves Abidjan, Reykjavik the Faroes."""
LONG_DAYS: Final = 1_000
"""Longer than any seen that has an end; permanent ones say PERM."""
_METRES_PER_FL: Final = 30.48
_FL: Final = re.compile(r"FL\s?(\d{1,3})\b")
_HEIGHT: Final = re.compile(r"(\d[\d ,]{0,8})\s?(FT|M|FEET|METRES)\b")
_LIMIT: Final = re.compile(
    r"(?:SFC|GND|MSL|SURFACE|GROUND|UNL|UNLTD|UNLIMITED|FL ?\d{2,3}"
    r"|\d[\d ,.]{0,8} ?(?:FT|M|FEET|METRES)\b(?: ?\([^()]{1,20}\))?"
    r"(?: ?(?:AMSL|AGL|MSL|ASL|ASFC|SFC|GND|STD|QNH|ALT|QFE))?)"
    r"(?: ?\.| END PART \d{1,2} OF \d{1,2})?"
)
_LOWEST: Final = ("SFC", "GND", "MSL", "SURFACE", "GROUND")
UNLIMITED_FL: Final = 999


def contradictions(notam: NotamReading) -> tuple[Flag, ...]:
    """Every contradiction of a NOTAM that its own words show."""
    found = (
        _circle_flag(notam),
        _lone_circle_flag(notam),
        *_level_flags(notam),
        _number_flag(notam),
        _place_flag(notam),
        _hemisphere_flag(notam),
        _long_flag(notam),
    )
    return tuple(flag for flag in found if flag)


def _number_flag(notam: NotamReading) -> Flag | None:
    """The year of the number is not that of item B, nor the one before; or the number has not four digits."""
    number = re.fullmatch(r"[A-Z]{1,2}(\d{1,5})/(\d{2})", notam.id or "")
    if number is None or notam.starts is None:
        return None
    if len(number[1]) != NUMBER_DIGITS:
        return Flag("number", "The number of the NOTAM has not four digits.", notam.id or "")
    years = (moment(notam.starts).year - int(number[2])) % 100
    return None if years <= 1 else Flag("number-year", "The number is of another year than item B.", notam.id or "")


def _place_flag(notam: NotamReading) -> Flag | None:
    """No location of item A lies in the region of the Q-line's FIR, by their first letter."""
    fir = notam.fir or ""
    if len(fir) != 4 or not notam.locations or fir[0] in _FAR_FLUNG:
        return None
    if any(place[0] == fir[0] or place[0] in _FAR_FLUNG or fir[0] + place[0] in _SERVED for place in notam.locations):
        return None
    return Flag(
        "other-region", "The FIR of the Q-line is in another region than item A.", f"{fir} {' '.join(notam.locations)}"
    )


def _hemisphere_flag(notam: NotamReading) -> Flag | None:
    """The centre of the Q-line lies in a hemisphere where the FIR has nothing."""
    if notam.q_center is None or not outside(notam.fir or "", notam.q_center):
        return None
    return Flag("other-hemisphere", "The centre of the Q-line is in another hemisphere than its FIR.", notam.fir or "")


def _long_flag(notam: NotamReading) -> Flag | None:
    """It lasts for years and has an end."""
    if notam.starts is None or notam.ends is None or notam.ends - notam.starts <= LONG_DAYS * DAY_MS:
        return None
    return Flag("window-long", f"From item B to item C are more than {LONG_DAYS} days.")


def reach_nm(center: Position, area: Area) -> float:
    """How far an area reaches from a position, nautical miles, over its vertices."""
    match area:
        case Circle():
            return _distance_nm(center, area.center) + area.radius_m / METRES_PER_NM
        case Polygon():
            return max(_distance_nm(center, position) for position in area.ring)
        case Point():
            return _distance_nm(center, area.position)
        case _:
            return 0.0


def _distance_nm(one: Position, other: Position) -> float:
    """Great circle on a sphere, half a percent from the ellipsoid at worst: well within the rounding allowed."""
    (x, y), (u, v) = ((radians(lon), radians(lat)) for lon, lat in (one, other))
    half = sin((v - y) / 2) ** 2 + cos(y) * cos(v) * sin((u - x) / 2) ** 2
    return 2 * EARTH_NM * asin(min(1.0, sqrt(half)))


def _circle_flag(notam: NotamReading) -> Flag | None:
    """The circle of the Q-line does not cover what item E describes."""
    center, radius = notam.q_center, notam.q_radius_nm
    if center is None or radius is None or radius >= WHOLE_FIR_NM or not notam.reading.areas:
        return None
    reach = max(reach_nm(center, area) for area in notam.reading.areas)
    if reach <= radius + max(ROUNDING_NM, ROUNDING_SHARE * radius):
        return None
    return Flag(
        "q-circle", f"The circle of the Q-line ({radius} NM) does not cover the area, which reaches {reach:.1f} NM."
    )


def _lone_circle_flag(notam: NotamReading) -> Flag | None:
    """Item E has one circle and nothing else, and it is not the circle of the Q-line."""
    center, radius, areas = notam.q_center, notam.q_radius_nm, notam.reading.areas
    if center is None or radius is None or radius >= WHOLE_FIR_NM or notam.scope != "W" or len(areas) != 1:
        return None
    (area,) = areas
    if not isinstance(area, Circle):
        return None
    own = area.radius_m / METRES_PER_NM
    if _distance_nm(center, area.center) <= ASIDE_NM and radius <= 2 * own + LEAST_NM:
        return None
    return Flag("q-circle", f"The circle of the Q-line ({radius} NM) is not the circle of item E ({own:.1f} NM).")


def level(words: str | None) -> float | None:
    """A limit in flight levels; None where it is above ground, or not understood."""
    if not words:
        return None
    plain = words.upper()
    if plain.startswith(_LOWEST):
        return 0
    if plain.startswith(("UNL", "UNLIMITED")):
        return UNLIMITED_FL
    flight_level = _FL.match(plain)
    if flight_level:
        return int(flight_level[1])
    height = _HEIGHT.match(plain)
    if height is None:
        return None
    value = float(re.sub(r"[ ,]", "", height[1]))
    return value / (100 if height[2].startswith("F") else _METRES_PER_FL)


def is_limit(words: str) -> bool:
    """Whether the words are a vertical limit and nothing else."""
    return bool(_LIMIT.fullmatch(words.upper()))


def _same(stated: float, level_fl: int, words: str | None, *, upper: bool) -> bool:
    """Whether a limit is the one of the Q-line: rounded, and where it is a height, upwards by the ground below."""
    outwards = (level_fl - stated) if upper else (stated - level_fl)
    if 0 <= outwards <= OUTWARDS_FL:
        return True
    if "AGL" in (words or "").upper() or "SFC" in (words or "")[3:].upper():
        return stated <= level_fl + ROUNDING_FL
    return abs(min(stated, UNLIMITED_FL) - level_fl) <= ROUNDING_FL


def _level_flags(notam: NotamReading) -> list[Flag]:
    """Items F and G go beyond the limits of the Q-line, or lie upside down."""
    lower, upper = level(notam.lower), level(notam.upper)
    flags = []
    if upper is not None and notam.upper_fl is not None and not _same(upper, notam.upper_fl, notam.upper, upper=True):
        flags.append(
            Flag("q-upper", f"Item G is not the Q-line's upper limit {notam.upper_fl:03d}.", notam.upper or "")
        )
    if lower is not None and notam.lower_fl is not None and not _same(lower, notam.lower_fl, notam.lower, upper=False):
        flags.append(
            Flag("q-lower", f"Item F is not the Q-line's lower limit {notam.lower_fl:03d}.", notam.lower or "")
        )
    if lower is not None and upper is not None and upper < lower:
        flags.append(Flag("upside-down", "Item G is below item F.", f"{notam.lower} {notam.upper}"))
    return flags
