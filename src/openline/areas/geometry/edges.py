"""Edges filled with points: between two neighbours, any reading of a line is the same within the tolerance.

A rhumb line is straight in longitude and isometric latitude, a plane edge in longitude and latitude; both go the
shorter way around in longitude. A geodesic is the shortest line on the ellipsoid.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from openline.areas.geometry import ellipsoid
from openline.areas.geometry.ellipsoid import Numbers
from openline.areas.shapes import Edges, Position

TOLERANCE_M: Final = 1.0
"""What a filled edge is off by at most when it is measured with; within half a degree of a pole up to 300 m."""

DRAWN_M: Final = 200.0
"""What it is off by when it is drawn: a hair on any screen that shows the whole of an area."""

STEP_MAX_M: Final = 25_000.0
EDGE_POINTS_MAX: Final = 4_096
FILLED_MAX: Final = 400_000
STEEPEST: Final = 115.0
"""Tangent of the latitude, half a degree from a pole, beyond which points come no closer together."""


def steps(length: Numbers, east: Numbers, highest: Numbers, tolerance_m: float) -> npt.NDArray[np.int64]:
    """Into how many pieces to cut each edge, from its length, its length eastward and its highest latitude.

    Over a length l with e eastward at latitude p, a geodesic, a rhumb line and a plane edge leave each other by no more
    than l e tan(p) / 4R. An edge gets at most EDGE_POINTS_MAX points, all together FILLED_MAX.
    """
    steep = np.minimum(np.tan(np.radians(np.minimum(np.abs(highest), 89.9))), STEEPEST)
    bend = np.maximum(steep, 0.05) * length * np.minimum(np.abs(east), length)
    needed = np.sqrt(bend / (4 * ellipsoid.EQUATORIAL_M * tolerance_m))
    least = length / (STEP_MAX_M * max(1.0, tolerance_m / 10))
    count = np.clip(np.ceil(np.maximum(needed, least)), 1, EDGE_POINTS_MAX)
    scale = min(1.0, FILLED_MAX / float(np.sum(count)))
    return np.asarray(np.maximum(np.floor(count * scale), 1), dtype=np.int64)


def fill(start: Numbers, end: Numbers, edges: Edges, tolerance_m: float) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """Points along each edge from its start until before its end, shape (m, 2); and the edge that each belongs to.

    Longitudes run on from each edge's start and may leave -180..180. `edges` must not be unstated.
    """
    across = _shorter(end[:, 0] - start[:, 0], edges)
    end = np.column_stack([start[:, 0] + across, end[:, 1]])
    highest = np.maximum(np.abs(start[:, 1]), np.abs(end[:, 1]))
    lowest = np.where(start[:, 1] * end[:, 1] < 0, 0.0, np.minimum(np.abs(start[:, 1]), np.abs(end[:, 1])))
    east = np.radians(across) * np.cos(np.radians(lowest)) * ellipsoid.EQUATORIAL_M
    if edges is Edges.GEODESIC:
        length, azimuth = ellipsoid.inverse(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
        _, middle = ellipsoid.direct(start[:, 0], start[:, 1], azimuth, length / 2)
        count = steps(length, east, np.maximum(highest, np.abs(middle)), tolerance_m)
        owner, part = _parts(count)
        lon, lat = ellipsoid.direct(start[owner, 0], start[owner, 1], azimuth[owner], length[owner] * part)
        lon = np.where(np.abs(lat) > 90.0 - 1e-7, start[owner, 0], lon)  # at a pole any longitude would do
        return np.column_stack([lon, lat]), owner
    north = np.radians(end[:, 1] - start[:, 1]) * ellipsoid.EQUATORIAL_M
    count = steps(np.hypot(east, north), east, highest, tolerance_m)
    count = np.maximum(count, np.ceil(np.abs(across) / 45.0).astype(np.int64))
    owner, part = _parts(count)
    lat = start[owner, 1] + (end[owner, 1] - start[owner, 1]) * part
    share = part
    if edges is Edges.RHUMB:
        low, high = ellipsoid.isometric(start[owner, 1]), ellipsoid.isometric(end[owner, 1])
        steep = np.abs(high - low) > 1e-9
        share = np.where(steep, (ellipsoid.isometric(lat) - low) / np.where(steep, high - low, 1.0), part)
    return np.column_stack([start[owner, 0] + (end[owner, 0] - start[owner, 0]) * share, lat]), owner


def chain(positions: tuple[Position, ...], edges: Edges, tolerance_m: float) -> Numbers:
    """A line through positions, filled; shape (m, 2), longitudes running on."""
    return chains([positions], edges, tolerance_m)[0]


def chains(lines: Sequence[tuple[Position, ...]], edges: Edges, tolerance_m: float) -> list[Numbers]:
    """Many lines at once."""
    vertices = [np.array(line, dtype=np.float64) for line in lines]
    long = [line for line in vertices if len(line) > 1]
    if not long:
        return vertices
    starts, ends = np.vstack([line[:-1] for line in long]), np.vstack([line[1:] for line in long])
    points, owner = fill(starts, ends, edges, tolerance_m)
    cuts = np.searchsorted(owner, np.cumsum([len(line) - 1 for line in long]))
    pieces = iter(np.split(points, cuts[:-1]))
    return [over_pole(running(np.vstack([next(pieces), line[-1:]]))) if len(line) > 1 else line for line in vertices]


def running(points: Numbers) -> Numbers:
    """The same points with longitudes that run on without a jump of more than half a turn."""
    across = np.diff(points[:, 0])
    turns = np.where(np.abs(across) == 180.0, 0.0, np.round(across / 360.0))
    lon = points[:, 0] - 360.0 * np.concatenate([[0.0], np.cumsum(turns)])
    return np.column_stack([lon, points[:, 1]])


def over_pole(points: Numbers) -> Numbers:
    """Where a line passes over a pole, longitude turns at the pole itself and nowhere else."""
    across = np.abs(np.diff(points[:, 0]))
    near = np.maximum(np.abs(points[:-1, 1]), np.abs(points[1:, 1])) > 89.0
    for at in np.flatnonzero((across > 170.0) & near)[::-1]:
        pole = np.copysign(90.0, points[at, 1])
        through = np.array([[points[at, 0], pole], [points[at + 1, 0], pole]])
        points = np.insert(points, at + 1, through, axis=0)
    return points


def _shorter(across: Numbers, edges: Edges) -> Numbers:
    """Half a turn is taken as it is written, and so is a whole turn of a plane edge: a band around the Earth."""
    kept = (np.abs(across) <= 180.0) | ((np.abs(across) == 360.0) & (edges is Edges.PLANE))
    return np.asarray(np.where(kept, across, (across + 180.0) % 360.0 - 180.0))


def _parts(count: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], Numbers]:
    owner = np.repeat(np.arange(len(count)), count)
    first = np.repeat(np.cumsum(count) - count, count)
    return owner, (np.arange(len(owner)) - first) / count[owner]
