"""Areas as they are drawn: plane geometries within -180..180, cut at the antimeridian, closed along the poles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from openline.areas.geometry import edges, ellipsoid, rings
from openline.areas.geometry.ellipsoid import Numbers
from openline.areas.geometry.figures import figure, meant
from openline.areas.shapes import Bounded, Circle, Edges, Point, Polygon, Position, Track

CIRCLE_POINTS_MAX: Final = 720
LEAST_DEGREE_M: Final = 110_500.0
"""Less than a degree of latitude anywhere."""


def outline(area: Bounded, reading: Edges | None = None, tolerance_m: float = edges.DRAWN_M) -> BaseGeometry:
    """The area in the plane: a point, lines for a track without width, otherwise polygons."""
    match area:
        case Point(position):
            return shapely.Point(position)
        case Circle(center, radius_m):
            return circles([center], [radius_m], tolerance_m)[0]
        case Polygon():
            region = figure(area, reading, tolerance_m).region
            return region if region is not None else shapely.Polygon()
        case Track(half_width_m=width):
            draw = tracks([area], meant(area, reading), tolerance_m) if width > 0.0 else None
            return draw[0] if draw else _line(area, meant(area, reading), tolerance_m)


def bounds(whole: BaseGeometry) -> tuple[float, float, float, float]:
    """West, south, east and north of an outline; west is greater than east across the antimeridian (RFC 7946, 5.2)."""
    boxes = sorted(part.bounds for part in (whole.geoms if hasattr(whole, "geoms") else [whole]))
    south, north = min(box[1] for box in boxes), max(box[3] for box in boxes)
    reached = boxes[0][2]
    gaps = []
    for box in boxes[1:]:
        if box[0] > reached:
            gaps.append((box[0] - reached, reached, box[0]))
        reached = max(reached, box[2])
    outer = boxes[0][0] + 360.0 - reached
    if gaps and max(gaps)[0] > outer:
        _, east, west = max(gaps)
        return (west, south, east, north)
    return (boxes[0][0], south, reached, north)


def circles(centers: Sequence[Position], radii_m: Sequence[float], tolerance_m: float) -> list[BaseGeometry]:
    """Circles in the plane, all at once."""
    counts = [_corners(radius_m, tolerance_m) for radius_m in radii_m]
    middle = np.repeat(np.array(centers, dtype=np.float64), counts, axis=0)
    around = np.concatenate([np.arange(count) * (360.0 / count) for count in counts])
    lon, lat = ellipsoid.direct(middle[:, 0], middle[:, 1], around, np.repeat(np.array(radii_m), counts))
    parts = np.split(np.column_stack([lon, lat]), np.cumsum(counts)[:-1])
    poles = [_pole(center, radius_m) for center, radius_m in zip(centers, radii_m, strict=True)]
    return [rings.region(rings.closed(part, pole)) for part, pole in zip(parts, poles, strict=True)]


def _corners(radius_m: float, tolerance_m: float) -> int:
    """A multiple of four, so that the farthest points in each direction are among them."""
    needed = math.pi / math.sqrt(2 * min(tolerance_m, radius_m / 100) / radius_m)
    return 4 * min(max(math.ceil(needed / 4), 9), CIRCLE_POINTS_MAX // 4)


def _pole(center: Position, radius_m: float) -> float | None:
    """The latitude of the pole within a circle, if there is one."""
    pole = math.copysign(90.0, center[1])
    if (90.0 - abs(center[1])) * LEAST_DEGREE_M > radius_m:
        return None
    away, _ = ellipsoid.inverse(*ellipsoid.at(center), *ellipsoid.at((0.0, pole)))
    return pole if away[0] < radius_m else None


def tracks(areas: Sequence[Track], reading: Edges, tolerance_m: float) -> list[BaseGeometry]:
    """Tracks with a width in the plane, all at once: strips along their edges, circles around their vertices."""
    legs = [
        (at, leg)
        for at, area in enumerate(areas)
        for leg in zip(area.positions, area.positions[1:], strict=False)
        if leg[0] != leg[1]
    ]
    corners = [(at, corner) for at, area in enumerate(areas) for corner in dict.fromkeys(area.positions)]
    widths = [area.half_width_m for area in areas]
    strips = _strips(edges.chains([leg for _, leg in legs], reading, tolerance_m), [widths[at] for at, _ in legs])
    rounds = circles([corner for _, corner in corners], [widths[at] for at, _ in corners], tolerance_m)
    parts: list[list[BaseGeometry]] = [[] for _ in areas]
    for (at, _), strip in zip(legs, strips, strict=True):
        parts[at].append(rings.region(rings.closed(strip)))
    for (at, _), disc in zip(corners, rounds, strict=True):
        parts[at].append(disc)
    return [shapely.union_all(each) for each in parts]


def _line(area: Track, reading: Edges, tolerance_m: float) -> BaseGeometry:
    line = edges.chain(area.positions, reading, tolerance_m)
    return rings.cut(shapely.LineString(line) if len(line) > 1 else shapely.Point(line[0]))


def _strips(lines: list[Numbers], widths_m: list[float]) -> list[Numbers]:
    """The ring at a distance to both sides of each line."""
    if not lines:
        return []
    counts = np.array([len(line) for line in lines])
    points = np.vstack(lines)
    lasts = np.cumsum(counts) - 1
    onward = np.arange(len(points)) + 1
    onward[lasts] = lasts - 1
    _, along = ellipsoid.inverse(points[:, 0], points[:, 1], points[onward, 0], points[onward, 1])
    along[lasts] += 180.0
    width = np.repeat(np.array(widths_m), counts)
    left, right = (
        np.split(np.column_stack(ellipsoid.direct(points[:, 0], points[:, 1], along + side, width)), lasts[:-1] + 1)
        for side in (-90.0, 90.0)
    )
    return [np.vstack([one, other[::-1]]) for one, other in zip(left, right, strict=True)]
