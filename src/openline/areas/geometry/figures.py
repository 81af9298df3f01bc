"""Areas made ready to be measured: a plane region to be within, and a line on the ellipsoid to be far from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from openline.areas.geometry import edges, ellipsoid, rings
from openline.areas.geometry.ellipsoid import Numbers
from openline.areas.shapes import Bounded, Circle, Edges, Point, Polygon, Track

NOT_STATED: Final = Edges.RHUMB
"""How edges are read where the source does not say: as on a chart."""

CHUNK: Final = 250_000
"""Pairs of a position and a piece of line that are compared at once."""


@dataclass(frozen=True)
class Figure:
    """One area under one reading of its edges.

    `line` has shape (n, 2): the boundary or the middle line, pieces of it ended by a row of NaN; `reach_m` is how far
    the area extends from it. `region` is what lies within the boundary of a polygon, None for other kinds.
    """

    line: Numbers
    reach_m: float
    region: BaseGeometry | None
    ends: tuple[Numbers, Numbers]
    """Both ends of every piece of the line, each (n, 2)."""

    def within(self, lon: Numbers, lat: Numbers) -> npt.NDArray[np.bool_]:
        """Whether each position lies in the area, its boundary included."""
        if self.region is None:
            return self.distances_m(lon, lat) <= 0.0
        found = np.asarray(shapely.intersects_xy(self.region, lon, lat))
        for at in np.flatnonzero((np.abs(lon) == 180.0) | (np.abs(lat) == 90.0)):
            found[at] = self._at_seam(self.region, float(lon[at]), float(lat[at]))
        return found

    def distances_m(self, lon: Numbers, lat: Numbers) -> Numbers:
        """The geodesic distance of each position from the area, 0 within it."""
        apart = np.maximum(self.to_line_m(lon, lat) - self.reach_m, 0.0)
        return apart if self.region is None else np.where(self.within(lon, lat), 0.0, apart)

    def to_line_m(self, lon: Numbers, lat: Numbers) -> Numbers:
        """The geodesic distance of each position from the line, wherever the area lies."""
        feet = self.feet(lon, lat)
        return ellipsoid.inverse(lon, lat, feet[:, 0], feet[:, 1])[0]

    def feet(self, lon: Numbers, lat: Numbers) -> Numbers:
        """The point of the line nearest to each position, shape (n, 2)."""
        start, end = self.ends
        size = max(1, CHUNK // len(start))
        pieces = range(0, max(len(lon), 1), size)
        return np.vstack([_nearest(start, end, lon[at : at + size], lat[at : at + size]) for at in pieces])

    @staticmethod
    def _at_seam(region: BaseGeometry, lon: float, lat: float) -> bool:
        """At the antimeridian either longitude counts, at a pole any."""
        seam = shapely.LineString([(-180.0, lat), (180.0, lat)]) if abs(lat) == 90.0 else None
        places = [seam] if seam is not None else [shapely.Point(lon, lat), shapely.Point(-lon, lat)]
        return any(region.intersects(place) for place in places)


def figure(area: Bounded, reading: Edges | None = None, tolerance_m: float = edges.TOLERANCE_M) -> Figure:
    """One area made ready; `reading` overrides what the area says of its edges."""
    return figures([area], reading, tolerance_m)[0]


def figures(
    areas: Sequence[Bounded], reading: Edges | None = None, tolerance_m: float = edges.TOLERANCE_M
) -> list[Figure]:
    """Many areas made ready at once, which is much cheaper than one by one."""
    filled = iter(_filled_rings([area for area in areas if isinstance(area, Polygon)], reading, tolerance_m))
    chained = iter(_filled_lines([area for area in areas if isinstance(area, Track)], reading, tolerance_m))
    return [
        _polygon(next(filled))
        if isinstance(area, Polygon)
        else _of_lines([next(chained)], area.half_width_m, None)
        if isinstance(area, Track)
        else _round(area)
        for area in areas
    ]


def meant(area: Polygon | Track, reading: Edges | None) -> Edges:
    """How the edges of an area are to be read."""
    if reading is not None:
        return reading
    return NOT_STATED if area.edges is Edges.UNSTATED else area.edges


def _filled_rings(polygons: list[Polygon], reading: Edges | None, tolerance_m: float) -> list[list[Numbers]]:
    """The filled rings of each polygon, its holes after its boundary."""
    found: dict[tuple[int, int], Numbers] = {}
    for kind in dict.fromkeys(meant(polygon, reading) for polygon in polygons):
        places = [
            (at, part)
            for at, polygon in enumerate(polygons)
            if meant(polygon, reading) is kind
            for part in range(1 + len(polygon.holes))
        ]
        raw = [rings.vertices((polygons[at].ring, *polygons[at].holes)[part], kind) for at, part in places]
        found.update(zip(places, rings.fill(raw, kind, tolerance_m), strict=True))
    return [[found[at, part] for part in range(1 + len(polygon.holes))] for at, polygon in enumerate(polygons)]


def _filled_lines(tracks: list[Track], reading: Edges | None, tolerance_m: float) -> list[Numbers]:
    """The filled middle line of each track."""
    found: dict[int, Numbers] = {}
    for kind in dict.fromkeys(meant(track, reading) for track in tracks):
        places = [at for at, track in enumerate(tracks) if meant(track, reading) is kind]
        lines = edges.chains([tracks[at].positions for at in places], kind, tolerance_m)
        found.update(zip(places, lines, strict=True))
    return [found[at] for at in range(len(tracks))]


def _round(area: Point | Circle) -> Figure:
    if isinstance(area, Circle):
        return _of_lines([np.array([area.center])], area.radius_m, None)
    return _of_lines([np.array([area.position])], 0.0, None)


def _polygon(filled: list[Numbers]) -> Figure:
    whole = rings.region(filled[0])
    for hole in filled[1:]:
        whole = shapely.difference(whole, rings.region(hole))
    shapely.prepare(whole)
    return _of_lines(filled, 0.0, whole)


def _of_lines(lines: list[Numbers], reach_m: float, region: BaseGeometry | None) -> Figure:
    starts = np.vstack([line[:-1] if len(line) > 1 else line for line in lines])
    ends = np.vstack([line[1:] if len(line) > 1 else line for line in lines])
    gap = np.full((1, 2), np.nan)
    line = np.vstack([part for each in lines for part in (each, gap)][:-1])
    return Figure(line, reach_m, region, (starts, ends))


def _nearest(start: Numbers, end: Numbers, lon: Numbers, lat: Numbers) -> Numbers:
    """The point of the line nearest to each position, found along straight chords through the ellipsoid."""
    places = ellipsoid.cartesian(lon, lat)
    first, last = ellipsoid.cartesian(start[:, 0], start[:, 1]), ellipsoid.cartesian(end[:, 0], end[:, 1])
    along = last - first
    squared = np.einsum("ij,ij->i", along, along)
    reached = places @ along.T - np.einsum("ij,ij->i", first, along)
    part = np.clip(reached / np.where(squared > 0, squared, 1.0), 0.0, 1.0)
    apart = (
        np.einsum("ij,ij->i", places, places)[:, None]
        - 2 * (places @ first.T)
        + np.einsum("ij,ij->i", first, first)
        - 2 * part * reached
        + part**2 * squared
    )
    best = np.argmin(apart, axis=1)
    chosen = part[np.arange(len(places)), best][:, None]
    return np.asarray(start[best] + (end[best] - start[best]) * chosen)
