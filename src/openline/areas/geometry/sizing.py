"""How large a polygon is, and whether its rings make sense."""

from __future__ import annotations

import re
from dataclasses import dataclass

import shapely

from openline.areas.geometry import ellipsoid, rings
from openline.areas.geometry.ellipsoid import Numbers
from openline.areas.geometry.figures import meant
from openline.areas.shapes import Polygon

JUDGED_M = 50.0
"""How far off filled edges may be when a ring is judged."""


@dataclass(frozen=True)
class Size:
    """What was found. `crossing` says where a ring first meets itself, empty if nowhere."""

    square_km: float
    crossing: str
    around_pole: bool
    loose_hole: bool


def size(area: Polygon) -> Size:
    """The area of a polygon within its ring less its holes, edges as the polygon states them."""
    reading = meant(area, None)
    outer, *inner = rings.fill([rings.vertices(ring, reading) for ring in (area.ring, *area.holes)], reading, JUDGED_M)
    crossing = next(filter(None, (_crossing(ring) for ring in (outer, *inner))), "")
    whole = rings.region(outer)
    holes = [rings.region(hole) for hole in inner]
    loose = any(not shapely.covers(whole, hole) for hole in holes)
    for hole in holes:
        whole = shapely.difference(whole, hole)
    parts = [part for part in shapely.get_parts(whole) if isinstance(part, shapely.Polygon)]
    square_m = sum(_within(part.exterior) - sum(map(_within, part.interiors)) for part in parts)
    return Size(square_m / 1e6, crossing, rings.around_pole(outer), loose)


def _within(ring: shapely.LinearRing) -> float:
    points = shapely.get_coordinates(ring)
    return ellipsoid.ring_area_m2(points[:, 0], points[:, 1])


def _crossing(points: Numbers) -> str:
    """Where a filled ring meets itself, as longitude and latitude."""
    found = re.search(r"\[(\S+) (\S+)\]", shapely.is_valid_reason(shapely.Polygon(points)))
    if found is None:
        return ""
    lon = (float(found[1]) + 180.0) % 360.0 - 180.0
    return f"{lon:.4f},{float(found[2]):.4f}"
