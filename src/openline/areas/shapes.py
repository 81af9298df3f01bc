"""What an area is: a point, a circle, a polygon, a line with a width, or a place known by its name.

Positions are (longitude, latitude) in degrees, WGS 84. Rings are open: the first vertex is not repeated.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

Position = tuple[float, float]

METRES_PER_NM: Final = 1852.0
"""One nautical mile (International Hydrographic Conference, Monaco 1929)."""


class Edges(StrEnum):
    """What lies between two vertices: charts mean a rhumb line, GeoJSON a straight line in longitude and latitude."""

    RHUMB = "rhumb"
    GEODESIC = "geodesic"
    PLANE = "plane"
    UNSTATED = "unstated"


class Point(msgspec.Struct, frozen=True, tag_field="kind", tag="point"):
    """One position."""

    position: Position
    label: str = ""


class Circle(msgspec.Struct, frozen=True, tag_field="kind", tag="circle"):
    """All within `radius_m` metres of a position. `radius_nm` is what the source said, where it spoke of miles."""

    center: Position
    radius_m: float
    radius_nm: float | None = None
    label: str = ""


class Polygon(msgspec.Struct, frozen=True, tag_field="kind", tag="polygon"):
    """What lies within a ring, and within none of the holes. The ring is as the source gave it, in its order.

    `closed` says that the source repeated the first vertex at the end; it is not repeated here.
    """

    ring: tuple[Position, ...]
    edges: Edges = Edges.UNSTATED
    holes: tuple[tuple[Position, ...], ...] = ()
    label: str = ""
    closed: bool = False


class Track(msgspec.Struct, frozen=True, tag_field="kind", tag="track"):
    """A line through positions, and all within `half_width_m` metres of it."""

    positions: tuple[Position, ...]
    half_width_m: float = 0.0
    edges: Edges = Edges.UNSTATED
    label: str = ""


class Named(msgspec.Struct, frozen=True, tag_field="kind", tag="named"):
    """A sea, a quadrant or a region known by its name; its bounds are not stated."""

    name: str
    label: str = ""


Area = Point | Circle | Polygon | Track | Named

Bounded = Point | Circle | Polygon | Track
"""The areas that can be measured and drawn."""
