"""Where areas are: what contains a position, how far away it is, within what bounds, and the outline to draw.

The libraries behind these questions are imported when the first one is asked.
"""

from __future__ import annotations

import msgspec

from openline.areas.shapes import Bounded, Edges, Position

Ring = tuple[Position, ...]


class Bounds(msgspec.Struct, frozen=True):
    """The box around an area, degrees. `west` is greater than `east` across the antimeridian (RFC 7946, 5.2)."""

    west: float
    south: float
    east: float
    north: float


class Outline(msgspec.Struct, frozen=True):
    """An area as it is drawn on a plane map within -180..180: cut at the antimeridian, closed along the poles.

    Each polygon is its boundary, then its holes; rings are closed. Points that stand for themselves are points.
    """

    polygons: tuple[tuple[Ring, ...], ...] = ()
    lines: tuple[Ring, ...] = ()
    points: tuple[Position, ...] = ()


def contains(area: Bounded, position: Position, edges: Edges | None = None) -> bool:
    """Whether a position lies in the area, its boundary included.

    `edges` overrides what the area says of its edges; where neither says, they are rhumb lines, as on a chart. A point,
    and a track without width, contain nothing but themselves.
    """
    return distance_m(area, position, edges) == 0.0


def distance_m(area: Bounded, position: Position, edges: Edges | None = None) -> float:
    """The geodesic distance of a position from the area in metres, 0 within it; off by a metre at most."""
    from openline.areas.geometry import ellipsoid
    from openline.areas.geometry.figures import figure

    return float(figure(area, edges).distances_m(*ellipsoid.at(position))[0])


def bounds(area: Bounded, edges: Edges | None = None) -> Bounds:
    """The smallest box of longitude and latitude around the area, within a metre."""
    from openline.areas.geometry import outlines
    from openline.areas.geometry.edges import TOLERANCE_M

    west, south, east, north = outlines.bounds(outlines.outline(area, edges, TOLERANCE_M))
    return Bounds(round(west, 7), round(south, 7), round(east, 7), round(north, 7))


def outline(area: Bounded, edges: Edges | None = None, *, clockwise: bool = False) -> Outline:
    """The area as it is drawn, within 200 m; boundaries counter-clockwise (RFC 7946), or clockwise as d3-geo wants."""
    import shapely

    from openline.areas.geometry import outlines

    whole = shapely.orient_polygons(outlines.outline(area, edges), exterior_cw=clockwise)
    parts = list(whole.geoms) if hasattr(whole, "geoms") else [whole]
    return Outline(
        tuple(
            tuple(tuple(map(_rounded, ring.coords)) for ring in (part.exterior, *part.interiors))
            for part in parts
            if isinstance(part, shapely.Polygon) and not part.is_empty
        ),
        tuple(tuple(map(_rounded, part.coords)) for part in parts if isinstance(part, shapely.LineString)),
        tuple(_rounded(part.coords[0]) for part in parts if isinstance(part, shapely.Point)),
    )


def _rounded(at: tuple[float, ...]) -> Position:
    """Seven decimals of a degree: a centimetre."""
    return (round(at[0], 7), round(at[1], 7))
