"""Areas as they are drawn: plane geometries within -180..180, cut at the antimeridian, closed along the poles."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from openline.areas.geometry import edges, ellipsoid, rings
from openline.areas.geometry.ellipsoid import Numbers
from openline.areas.geometry.figures import figure, meant
from openline.areas.shapes import Bounded, Circle, Edges, Point, Polygon, Position, Track

CIRCLE_POINTS_MAX: Final = 720


def outline(area: Bounded, reading: Edges | None = None, tolerance_m: float = edges.DRAWN_M) -> BaseGeometry:
    """The area in the plane: a point, lines for a track without width, otherwise polygons."""
    match area:
        case Point(position):
            return shapely.Point(position)
        case Circle(center, radius_m):
            return _circle(center, radius_m, tolerance_m)
        case Polygon():
            region = figure(area, reading, tolerance_m).region
            return region if region is not None else shapely.Polygon()
        case Track(positions, half_width_m):
            return _track(positions, half_width_m, meant(area, reading), tolerance_m)


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


def _circle(center: Position, radius_m: float, tolerance_m: float) -> BaseGeometry:
    needed = np.pi / np.sqrt(2 * min(tolerance_m, radius_m / 100) / radius_m)
    count = 4 * int(np.clip(np.ceil(needed / 4), 9, CIRCLE_POINTS_MAX / 4))
    around = np.arange(count, dtype=np.float64) * (360.0 / count)
    lon, lat = ellipsoid.direct(*ellipsoid.at(center), around, radius_m)
    poles = np.array([90.0, -90.0])
    away, _ = ellipsoid.inverse(*ellipsoid.at(center), np.zeros(2), poles)
    pole = next((float(at) for at, far in zip(poles, away, strict=True) if far < radius_m), None)
    return rings.region(rings.closed(np.column_stack([lon, lat]), pole))


def _track(positions: tuple[Position, ...], half_width_m: float, reading: Edges, tolerance_m: float) -> BaseGeometry:
    if half_width_m <= 0.0:
        line = edges.chain(positions, reading, tolerance_m)
        return rings.cut(shapely.LineString(line) if len(line) > 1 else shapely.Point(line[0]))
    parts = [_circle(position, half_width_m, tolerance_m) for position in dict.fromkeys(positions)]
    for start, end in zip(positions, positions[1:], strict=False):
        if start != end:
            parts.append(
                rings.region(rings.closed(_strip(edges.chain((start, end), reading, tolerance_m), half_width_m)))
            )
    return shapely.union_all(parts)


def _strip(line: Numbers, half_width_m: float) -> Numbers:
    """The ring at a distance to both sides of a line."""
    _, azimuth = ellipsoid.inverse(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1])
    _, back = ellipsoid.inverse(line[-1:, 0], line[-1:, 1], line[-2:-1, 0], line[-2:-1, 1])
    along = np.concatenate([azimuth, back + 180.0])
    left = np.column_stack(ellipsoid.direct(line[:, 0], line[:, 1], along - 90.0, half_width_m))
    right = np.column_stack(ellipsoid.direct(line[:, 0], line[:, 1], along + 90.0, half_width_m))
    return np.vstack([left, right[::-1]])
