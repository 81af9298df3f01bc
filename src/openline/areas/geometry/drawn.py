"""Whether a drawn geometry shows the area that it claims to show."""

from __future__ import annotations

from typing import Final

import shapely

from openline.areas.geometry.outlines import outline
from openline.areas.shapes import Area, Named

WITHIN_DEGREES: Final = 0.01
WITHIN_SHARE: Final = 0.01


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
