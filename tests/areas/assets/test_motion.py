"""Where assets are in the hours ahead."""

from __future__ import annotations

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from openline.areas.assets.asset import Asset, Fix
from openline.areas.assets.motion import Path, paths
from openline.terms import Instant

HOUR = 3_600_000


def at(hours: float) -> Instant:
    return Instant(int(hours * HOUR))


def way(*fixes: Fix, now: float = 0.0, until: float = 10.0) -> Path:
    return paths([Asset("a", fixes)], at(now), at(until))[0]


def place(path: Path, hours: float) -> tuple[float, float]:
    lon, lat = (float(np.interp(at(hours), path.times, path.points[:, axis])) for axis in (0, 1))
    return (lon, lat)


def test_by_course_and_speed() -> None:
    """Ten metres a second north from the equator: 360 km in ten hours, by the meridian arc of geographiclib."""
    path = way(Fix((5.0, 0.0), at(0), 0.0, 10.0))
    assert place(path, 10.0)[1] == pytest.approx(Geodesic.WGS84.Direct(0.0, 5.0, 0.0, 360_000.0)["lat2"], abs=1e-7)
    assert (path.times[0], path.times[-1]) == (at(0), at(10))


def test_an_old_fix_is_carried_on_until_now() -> None:
    path = way(Fix((5.0, 0.0), at(-10), 0.0, 10.0))
    assert path.points[0, 1] == pytest.approx(Geodesic.WGS84.Direct(0.0, 5.0, 0.0, 360_000.0)["lat2"], abs=1e-7)


@pytest.mark.parametrize(
    "fixes",
    [
        (Fix((5.0, 6.0)),),
        (Fix((5.0, 6.0), Instant(0)),),
        (Fix((5.0, 6.0), Instant(0), 90.0, 0.1),),
        (Fix((5.0, 6.0), Instant(0), 90.0),),
        (Fix((5.0, 6.0), Instant(-HOUR)), Fix((5.0, 6.0), Instant(0))),
    ],
)
def test_what_does_not_move_stays(fixes: tuple[Fix, ...]) -> None:
    path = way(*fixes)
    assert path.still
    assert path.points.tolist() == [[5.0, 6.0]]


def test_along_what_is_planned_and_then_on() -> None:
    path = way(Fix((0.0, 0.0), at(0)), Fix((1.0, 0.0), at(2)), Fix((1.0, 1.0), at(4)), until=6.0)
    assert place(path, 1.0) == pytest.approx((0.5, 0.0), abs=1e-6)
    assert place(path, 3.0) == pytest.approx((1.0, 0.5), abs=1e-6)
    assert place(path, 6.0) == pytest.approx((1.0, 2.0), abs=1e-3)


def test_it_starts_where_it_is_now_and_ends_when_asked() -> None:
    path = way(Fix((0.0, 0.0), at(0)), Fix((4.0, 0.0), at(4)), now=1.0, until=3.0)
    assert path.points[0] == pytest.approx([1.0, 0.0], abs=1e-6)
    assert path.points[-1] == pytest.approx([3.0, 0.0], abs=1e-6)
    assert (path.times[0], path.times[-1]) == (at(1), at(3))


def test_before_it_sets_out_it_waits() -> None:
    path = way(Fix((0.0, 0.0), at(5)), Fix((1.0, 0.0), at(6)))
    assert place(path, 4.0) == pytest.approx((0.0, 0.0))
    assert place(path, 5.5) == pytest.approx((0.5, 0.0), abs=1e-6)


def test_across_the_antimeridian_longitudes_run_on() -> None:
    path = way(Fix((179.0, 0.0), at(0)), Fix((-179.0, 0.0), at(2)), until=4.0)
    assert path.points[-1, 0] == pytest.approx(183.0, abs=1e-3)
    assert np.all(np.diff(path.points[:, 0]) > 0)


def test_many_at_once_are_the_same_as_one_by_one() -> None:
    assets = [Asset(f"a{number}", (Fix((number, number), at(0), number * 30.0, number),)) for number in range(1, 9)]
    for together, asset in zip(paths(assets, at(0), at(5)), assets, strict=True):
        alone = paths([asset], at(0), at(5))[0]
        assert together.points[-1] == pytest.approx(alone.points[-1], abs=1e-9)
