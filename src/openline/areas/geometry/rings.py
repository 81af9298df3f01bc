"""Rings in the plane of longitude and latitude: closed over a pole, cut at the antimeridian.

A ring that goes once around the Earth encloses a pole. The ring alone does not say which one: the nearer is taken, and
whoever judges the area flags it. In the plane such a ring is closed along the pole.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from openline.areas.geometry import edges
from openline.areas.geometry.ellipsoid import Numbers
from openline.areas.shapes import Edges, Position

TANGLED_POINTS_MAX: Final = 20_000
CROSSINGS_MAX: Final = 10_000

WORLD: Final = shapely.box(-180.0, -90.0, 180.0, 90.0)


def vertices(ring: tuple[Position, ...], reading: Edges) -> Numbers:
    """The vertices of a ring, shape (n, 2), last not repeated even where the source repeats it.

    A vertex at a pole has no longitude of its own, unless edges are straight in the plane: it takes its neighbours'.
    """
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring = ring[:-1]
    points = np.array(ring, dtype=np.float64)
    polar = np.flatnonzero(np.abs(points[:, 1]) == 90.0)
    if reading is Edges.PLANE or not len(polar):
        return points
    taken: list[Numbers] = []
    for at, point in enumerate(points):
        around = [points[at - 1], points[(at + 1) % len(points)]] if at in polar else [point]
        taken += [np.array([lon, point[1]]) for lon, _ in around]
    return np.array(taken)


def fill(rings: list[Numbers], reading: Edges, tolerance_m: float) -> list[Numbers]:
    """Each ring of vertices as a closed line of points, longitudes running on, poles closed; all rings in one go."""
    if not rings:
        return []
    starts = np.vstack(rings)
    ends = np.vstack([np.roll(ring, -1, axis=0) for ring in rings])
    points, owner = edges.fill(starts, ends, reading, tolerance_m)
    last = np.cumsum([len(ring) for ring in rings])
    cuts = np.searchsorted(owner, last)
    pieces = np.split(points, cuts[:-1])
    return [closed(piece) for piece in pieces]


def closed(points: Numbers, pole: float | None = None) -> Numbers:
    """An open ring of points near to each other as a closed one; where it goes around the Earth, over the nearer pole.

    `pole` is the latitude of the pole that it is known to enclose.
    """
    whole = np.vstack([points, points[:1]])
    around = edges.over_pole(edges.running(whole))
    if abs(around[-1, 0] - around[0, 0]) < 180.0:
        around[-1] = around[0]
        return around
    if pole is None:
        pole = 90.0 if np.mean(around[:, 1]) >= 0 else -90.0
    return np.vstack([around, [[around[-1, 0], pole], [around[0, 0], pole]], around[:1]])


def around_pole(points: Numbers) -> bool:
    """Whether a filled ring was closed along a pole."""
    (east, north), (west, top) = points[-3], points[-2]
    return bool(north == top and abs(north) == 90.0 and abs(abs(east - west) - 360.0) < 1e-6)


def region(points: Numbers) -> BaseGeometry:
    """All that a filled ring encloses, within -180..180. Of a ring that crosses itself, everything enclosed counts."""
    whole: BaseGeometry = shapely.Polygon(points)
    if not whole.is_valid:
        whole = _enclosed(points)
    return cut(whole)


def _enclosed(points: Numbers) -> BaseGeometry:
    """Everything that a ring encloses which crosses itself; its hull where it crosses itself beyond measure."""
    line = shapely.LineString(points)
    if len(points) > TANGLED_POINTS_MAX:
        return shapely.convex_hull(line)
    pieces = np.asarray(shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1)))
    sample = pieces[:: max(1, len(pieces) // 64)]
    met = shapely.STRtree(pieces).query(sample, predicate="intersects").shape[1] - 3 * len(sample)
    if met * len(pieces) > CROSSINGS_MAX * len(sample):
        return shapely.convex_hull(line)
    faces = shapely.polygonize([shapely.union_all([line])])
    return shapely.union_all(list(faces.geoms)) if len(faces.geoms) else line


def cut(whole: BaseGeometry) -> BaseGeometry:
    """A plane geometry whose longitudes run on, brought into -180..180 in pieces."""
    west, _, east, _ = whole.bounds
    if west >= -180.0 and east <= 180.0:
        return whole
    turns = range(int(np.floor((west + 180.0) / 360.0)), int(np.ceil((east + 180.0) / 360.0)))
    pieces = [_turned(whole, turn) for turn in turns]
    inside = [shapely.intersection(piece, WORLD) for piece in pieces]
    return inside[0] if len(inside) == 1 else shapely.union_all(inside)


def _turned(whole: BaseGeometry, turn: int) -> BaseGeometry:
    """The same geometry some whole turns further west."""
    return shapely.transform(whole, lambda points: points - np.array([360.0 * turn, 0.0]))
