"""Whether what is drawn shows the area that is meant."""

from __future__ import annotations

from typing import Final

import shapely

from openline.areas.geometry.outlines import outline
from openline.areas.shapes import Area, Edges, Named, Polygon

WITHIN_DEGREES: Final = 0.01
WITHIN_SHARE: Final = 0.01
DRAWN_DEGREES: Final = 0.002


def same_place(area: Area, geometry: bytes) -> bool:
    """Whether a GeoJSON geometry has the box and the size of the area's outline, but for a hundredth."""
    if isinstance(area, Named):
        return geometry == b"null"
    try:
        drawn = shapely.from_geojson(geometry)
    except (shapely.errors.GEOSException, UnicodeDecodeError):
        return False
    whole = outline(area)
    boxes = zip(drawn.bounds, whole.bounds, strict=True)
    near = not drawn.is_empty and all(abs(mine - theirs) < WITHIN_DEGREES for mine, theirs in boxes)
    return near and bool(abs(drawn.area - whole.area) <= WITHIN_SHARE * whole.area)


def same_shape(area: Polygon, edges: Edges) -> bool:
    """Whether another reading of a polygon's edges would be drawn the same, but for 200 metres."""
    stated, other = outline(area), outline(area, edges)
    return bool(
        stated.is_valid
        and shapely.covers(stated.buffer(DRAWN_DEGREES), other)
        and shapely.covers(other.buffer(DRAWN_DEGREES), stated)
    )
