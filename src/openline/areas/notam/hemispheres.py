"""In which hemispheres a FIR lies, by the first letters of its location indicator (ICAO Doc 7910).

Only regions that lie wholly on one side, their oceanic parts with them, are listed; of the others nothing is known.
"""

from __future__ import annotations

from typing import Final

from openline.areas.shapes import Position

_NORTH: Final = tuple("BCELMORUZ") + ("KZ", "VE", "VH", "VI", "VT", "VV", "VY")
_SOUTH: Final = ("NZ", "Y")
_EAST: Final = tuple("ORVWYZ") + ("EB", "ED", "EE", "EF", "EH", "EP", "ES", "EV", "EY", "H", "UA", "UK", "UM", "UR")
_WEST: Final = tuple("CMST") + ("KZ",)
_BOTH: Final = ("KZAK",)
"""Oakland Oceanic crosses the equator and the antimeridian."""

WHOLE: Final = 4
"""Letters of a location indicator; shorter ones are of another system."""


def outside(fir: str, position: Position) -> bool:
    """Whether a position lies in a hemisphere where this FIR is known to have nothing."""
    if len(fir) != WHOLE or fir.startswith(_BOTH):
        return False
    lon, lat = position
    return (
        (lat < 0 and fir.startswith(_NORTH))
        or (lat > 0 and fir.startswith(_SOUTH))
        or (lon < 0 and fir.startswith(_EAST))
        or (lon > 0 and fir.startswith(_WEST))
    )
