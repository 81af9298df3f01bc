"""How assets move in the hours ahead: along their planned fixes, then on by course and speed.

Between two fixes an asset keeps one course and one speed. Behind its last it goes on by the course and speed of that
fix; where they are not known, by those from the fix before to the last. One with a single fix that says neither stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from openline.areas.assets.asset import Asset, Fix
from openline.areas.geometry import edges, ellipsoid
from openline.areas.geometry.ellipsoid import Numbers
from openline.areas.geometry.sailing import sail
from openline.areas.shapes import Edges
from openline.terms import Instant

STEP_M: Final = 25_000.0
STEPS_MAX: Final = 1_000
SLOW_M_S: Final = 0.25
"""Half a knot: slower than it counts as lying still, for a ship at anchor has a speed, too."""


@dataclass(frozen=True)
class Path:
    """Where an asset is at which time: positions of shape (n, 2), longitudes running on; times in milliseconds."""

    points: Numbers
    times: Numbers

    @property
    def still(self) -> bool:
        """Whether it stays where it is."""
        return len(self.points) == 1


def paths(assets: Sequence[Asset], at: Instant, until: Instant) -> list[Path]:
    """The way of each asset from one time until another."""
    last = [asset.fixes[-1] for asset in assets]
    moved = [_way(asset) for asset in assets]
    lon, lat = (np.array([fix.position[axis] for fix in last]) for axis in (0, 1))
    course, speed = (np.array([way[axis] for way in moved]) for axis in (0, 1))
    since = np.array([float(max(at, at if fix.at is None else fix.at)) for fix in last])
    before = np.array([0.0 if fix.at is None else max(0.0, float(at - fix.at)) for fix in last])
    farthest = float(np.max(speed * np.maximum(until - since, 0.0) / 1000.0, initial=0.0))
    count = min(int(np.ceil(farthest / STEP_M)), STEPS_MAX) + 1
    share = np.linspace(0.0, 1.0, count + 1)
    elapsed = before[:, None] + np.maximum(until - since, 0.0)[:, None] * share
    east, north = sail(lon[:, None], lat[:, None], course[:, None], speed[:, None] * elapsed / 1000.0)
    times = since[:, None] + np.maximum(until - since, 0.0)[:, None] * share
    return [
        _path(asset, at, until, np.column_stack([east[row], north[row]]), times[row], still=speed[row] == 0.0)
        for row, asset in enumerate(assets)
    ]


def _path(asset: Asset, at: Instant, until: Instant, ahead: Numbers, times: Numbers, *, still: bool) -> Path:
    """What lies ahead of the last fix, and before it what is planned."""
    planned = [fix for fix in asset.fixes if fix.at is not None]
    if not planned or (planned[-1].at or 0) <= at:
        here = np.array([asset.fixes[-1].position], dtype=np.float64)
        return _turned(Path(here, times[:1]) if still else Path(ahead, times))
    points, when = _legs(planned, at)
    keep = when <= until
    if not keep.all():
        cut = int(np.argmin(keep))
        share = (until - when[cut - 1]) / (when[cut] - when[cut - 1])
        end = points[cut - 1] + (points[cut] - points[cut - 1]) * share
        return _turned(Path(np.vstack([points[:cut], end]), np.append(when[:cut], float(until))))
    ahead = ahead + [points[-1, 0] - ahead[0, 0], 0.0]
    return _turned(Path(np.vstack([points, ahead[1:]]), np.concatenate([when, times[1:]])))


def _legs(planned: list[Fix], at: Instant) -> tuple[Numbers, Numbers]:
    """The planned way from a time that is before its end; before its start the asset waits there."""
    stops = [(fix.position, float(fix.at or 0)) for fix in planned]
    if stops[0][1] > at:
        stops.insert(0, (stops[0][0], float(at)))
    points, when = [np.array([stops[0][0]])], [np.array([stops[0][1]])]
    for (start, begun), (end, ended) in zip(stops, stops[1:], strict=False):
        leg = edges.chain((start, end), Edges.RHUMB, edges.TOLERANCE_M)
        leg = leg + [360.0 * np.round((points[-1][-1, 0] - leg[0, 0]) / 360.0), 0.0]
        points.append(leg[1:])
        when.append(np.linspace(begun, ended, len(leg))[1:])
    place, moment = np.vstack(points), np.concatenate(when)
    gone = int(np.searchsorted(moment, float(at), side="right"))
    now = np.array([[np.interp(at, moment, place[:, axis]) for axis in (0, 1)]])
    return np.vstack([now, place[gone:]]), np.append(float(at), moment[gone:])


def _way(asset: Asset) -> tuple[float, float]:
    """Course in degrees and speed in metres a second behind the last fix."""
    last = asset.fixes[-1]
    if last.speed_m_s is not None and last.speed_m_s < SLOW_M_S:
        return (0.0, 0.0)
    if last.course is not None and last.speed_m_s is not None:
        return (last.course, last.speed_m_s)
    if len(asset.fixes) < 2 or last.at is None or asset.fixes[-2].at is None or last.at == asset.fixes[-2].at:
        return (0.0, 0.0)
    before = asset.fixes[-2]
    line = edges.chain((before.position, last.position), Edges.RHUMB, edges.TOLERANCE_M)
    length, _ = ellipsoid.inverse(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1])
    speed = float(np.sum(length)) * 1000.0 / (last.at - (before.at or 0))
    rise = float(ellipsoid.isometric(line[-1:, 1])[0] - ellipsoid.isometric(line[:1, 1])[0])
    course = float(np.degrees(np.arctan2(np.radians(line[-1, 0] - line[0, 0]), rise))) % 360.0
    return (course, speed) if speed >= SLOW_M_S else (0.0, 0.0)


def _turned(path: Path) -> Path:
    """The same way, its first longitude within -180..180."""
    turn = 360.0 * np.floor((path.points[0, 0] + 180.0) / 360.0)
    return Path(path.points - [turn, 0.0], path.times) if turn else path
