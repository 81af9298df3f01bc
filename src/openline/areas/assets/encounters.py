"""Which assets come into which areas, and when; which are how near now. Many against many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from openline.areas.assets.asset import Asset
from openline.areas.assets.motion import Path, paths
from openline.areas.geometry import ellipsoid, outlines
from openline.areas.geometry.ellipsoid import Numbers
from openline.areas.geometry.figures import Figure, figures
from openline.areas.shapes import Bounded, Circle, Edges, Point, Track
from openline.terms import Instant

Indices = npt.NDArray[np.int64]

OUTLINE_M: Final = 20.0
"""How far off the outline of a circle or a track may be when it is crossed; what is inside now is exact."""

DEGREE_M: Final = 110_500.0
"""Less than a degree of latitude anywhere."""

SLACK_DEGREES: Final = 0.01


@dataclass(frozen=True)
class Encounter:
    """An asset and a ground, by their places: how far apart now, and the times between which one is in the other."""

    asset: int
    ground: int
    distance_m: float
    within: tuple[tuple[int, int], ...]


class Grounds:
    """Areas made ready, each under one reading of its edges."""

    def __init__(self, areas: Sequence[tuple[Bounded, Edges]], before: Grounds | None = None) -> None:
        """An area that edges do not matter to is given with `Edges.UNSTATED`; those of `before` are ready already."""
        known = {} if before is None else before.ready
        self.ready: dict[tuple[Bounded, Edges], tuple[Figure, BaseGeometry]] = {
            key: known[key] for key in areas if key in known
        }
        fresh = list(dict.fromkeys(key for key in areas if key not in self.ready))
        for reading in dict.fromkeys(reading for _, reading in fresh):
            keys = [key for key in fresh if key[1] is reading]
            made = figures([area for area, _ in keys], _stated(reading))
            self.ready.update(zip(keys, zip(made, _drawn(keys, made), strict=True), strict=True))
        self._figures = [self.ready[key][0] for key in areas]
        self._drawn = [self.ready[key][1] for key in areas]
        self._tree = shapely.STRtree(self._drawn)

    def encounters(
        self, assets: Sequence[Asset], at: Instant, until: Instant, near_m: float, wanted: Sequence[bool]
    ) -> Iterator[Encounter]:
        """Every pair of an asset and a wanted ground that are near now, or of which one comes into the other."""
        if not assets or not any(wanted):
            return
        ways = paths(assets, at, until)
        lon, lat = (np.array([way.points[0, axis] for way in ways]) for axis in (0, 1))
        kept = np.array(wanted)
        crossed = self._crossings(ways, kept)
        asset, ground = self._near(lon, lat, near_m, kept)
        pairs = sorted({*zip(asset.tolist(), ground.tolist(), strict=True), *crossed})
        far = self._distances_m(lon, lat, pairs)
        for (mine, theirs), distance_m in zip(pairs, far.tolist(), strict=True):
            within = crossed.get((mine, theirs), [])
            if distance_m == 0.0:
                within = [(at, until if ways[mine].still else at), *within]
            if within or distance_m <= near_m:
                yield Encounter(mine, theirs, distance_m, tuple(sorted(within)))

    def _near(
        self, lon: Numbers, lat: Numbers, near_m: float, wanted: npt.NDArray[np.bool_]
    ) -> tuple[Indices, Indices]:
        """Pairs whose boxes, widened by the distance, meet: all that are near and some that are not."""
        parts, ground = shapely.get_parts(np.array(self._drawn, dtype=object), return_index=True)
        keep = wanted[ground] & ~shapely.is_empty(parts)
        west, south, east, north = shapely.bounds(parts[keep]).T
        ground = ground[keep]
        up = near_m / DEGREE_M + SLACK_DEGREES
        south, north = south - up, north + up
        across = up / np.cos(np.radians(np.minimum(np.maximum(np.abs(south), np.abs(north)), 89.9)))
        polar = np.maximum(np.abs(south), np.abs(north)) > 89.9
        west, east = np.where(polar, -180.0, west - across), np.where(polar, 180.0, east + across)
        boxes = np.concatenate([shapely.box(west + turn, south, east + turn, north) for turn in (0.0, 360.0, -360.0)])
        asset, box = shapely.STRtree(boxes).query(shapely.points(lon, lat), predicate="intersects")
        return asset, np.tile(ground, 3)[box]

    def _distances_m(self, lon: Numbers, lat: Numbers, pairs: list[tuple[int, int]]) -> Numbers:
        """How far apart the two of each pair are now."""
        far = np.zeros(len(pairs))
        by_ground: dict[int, list[int]] = {}
        for at, (_, ground) in enumerate(pairs):
            by_ground.setdefault(ground, []).append(at)
        feet = np.zeros((len(pairs), 2))
        mine = np.array([asset for asset, _ in pairs], dtype=np.int64)
        outside = np.ones(len(pairs), dtype=np.bool_)
        reach = np.zeros(len(pairs))
        for ground, places in by_ground.items():
            figure, here = self._figures[ground], mine[places]
            feet[places] = figure.feet(lon[here], lat[here])
            reach[places] = figure.reach_m
            if figure.region is not None:
                outside[places] = ~figure.within(lon[here], lat[here])
        if len(pairs):
            lengths, _ = ellipsoid.inverse(lon[mine], lat[mine], feet[:, 0], feet[:, 1])
            far = np.where(outside, np.maximum(lengths - reach, 0.0), 0.0)
        return far

    def _crossings(
        self, ways: list[Path], wanted: npt.NDArray[np.bool_]
    ) -> dict[tuple[int, int], list[tuple[int, int]]]:
        """For each moving asset and each ground that it comes into: from when until when, milliseconds."""
        owners, lines = _lines(ways)
        if not lines:
            return {}
        drawn = np.array(self._drawn, dtype=object)
        line, ground = self._tree.query(lines, predicate="intersects")
        line, ground = line[wanted[ground]], ground[wanted[ground]]
        pieces, pair = shapely.get_parts(shapely.intersection(np.array(lines)[line], drawn[ground]), return_index=True)
        points, piece = shapely.get_coordinates(pieces, return_index=True)
        if not len(points):
            return {}
        along = shapely.line_locate_point(np.array(lines)[line[pair[piece]]], shapely.points(points))
        first, last = np.full(len(pieces), np.inf), np.full(len(pieces), -np.inf)
        np.minimum.at(first, piece, along)
        np.maximum.at(last, piece, along)
        found: dict[tuple[int, int], list[tuple[int, int]]] = {}
        marks = [_marks(way) for way in ways]
        for at in np.flatnonzero(np.isfinite(first)):
            asset = owners[int(line[pair[at]])]
            lengths, times = marks[asset]
            enters, leaves = np.interp([first[at], last[at]], lengths, times)
            found.setdefault((asset, int(ground[pair[at]])), []).append((int(enters), int(leaves)))
        return found


def _drawn(keys: list[tuple[Bounded, Edges]], made: list[Figure]) -> list[BaseGeometry]:
    """What is crossed: the region of a polygon, the outline of anything else."""
    drawn: dict[int, BaseGeometry] = {}
    for at, ((area, reading), figure) in enumerate(zip(keys, made, strict=True)):
        if figure.region is not None:
            drawn[at] = figure.region
        elif isinstance(area, Point) or (isinstance(area, Track) and area.half_width_m <= 0.0):
            drawn[at] = outlines.outline(area, _stated(reading), OUTLINE_M)
    rounds = {at: area for at, (area, _) in enumerate(keys) if isinstance(area, Circle)}
    if rounds:
        centers, radii = [area.center for area in rounds.values()], [area.radius_m for area in rounds.values()]
        drawn.update(zip(rounds, outlines.circles(centers, radii, OUTLINE_M), strict=True))
    wide = {at: area for at, (area, _) in enumerate(keys) if isinstance(area, Track) and at not in drawn}
    if wide:
        drawn.update(zip(wide, outlines.tracks(list(wide.values()), keys[0][1], OUTLINE_M), strict=True))
    return [drawn[at] for at in range(len(keys))]


def _stated(reading: Edges) -> Edges | None:
    return None if reading is Edges.UNSTATED else reading


def _lines(ways: list[Path]) -> tuple[list[int], list[BaseGeometry]]:
    """The way of each moving asset, also shifted by a turn where it leaves -180..180."""
    owners: list[int] = []
    lines: list[BaseGeometry] = []
    for at, way in enumerate(ways):
        if way.still:
            continue
        low, high = way.points[:, 0].min(), way.points[:, 0].max()
        for turn in range(int(np.floor((low + 180.0) / 360.0)), int(np.floor((high + 180.0) / 360.0)) + 1):
            owners.append(at)
            lines.append(shapely.LineString(way.points - [360.0 * turn, 0.0]))
    return owners, lines


def _marks(way: Path) -> tuple[Numbers, Numbers]:
    """Lengths in the plane from the start of a way, and the times at which they are reached."""
    steps = np.hypot(*np.diff(way.points, axis=0).T) if len(way.points) > 1 else np.zeros(0)
    return np.concatenate([[0.0], np.cumsum(steps)]), way.times
