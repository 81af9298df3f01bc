"""Encounters: who comes into what, and when, across every seam of the plane."""

from __future__ import annotations

import numpy as np
import pytest

from openline.areas.assets.asset import Asset, Fix
from openline.areas.assets.encounters import Encounter, Grounds
from openline.areas.geometry.figures import figure
from openline.areas.shapes import Bounded, Circle, Edges, Point, Polygon, Track
from openline.terms import Instant

HOUR = 3_600_000
BOX = Polygon(((1.0, -1.0), (2.0, -1.0), (2.0, 1.0), (1.0, 1.0)), Edges.RHUMB)


def met(area: Bounded, *fixes: Fix, hours: float = 10.0, near_m: float = 0.0) -> Encounter | None:
    grounds = Grounds([(area, Edges.RHUMB if isinstance(area, Polygon | Track) else Edges.UNSTATED)])
    found = list(grounds.encounters([Asset("a", fixes)], Instant(0), Instant(int(hours * HOUR)), near_m, [True]))
    return found[0] if found else None


def east(lon: float, lat: float, speed: float = 10.0) -> Fix:
    return Fix((lon, lat), Instant(0), 90.0, speed)


def test_into_and_out_again() -> None:
    """At 10 m/s along the equator, 111.32 km a degree: in after 3.092 hours, out after 6.184."""
    found = met(BOX, east(0.0, 0.0))
    assert found is not None
    ((enters, leaves),) = found.within
    assert enters / HOUR == pytest.approx(111_319.49 / 36_000, abs=1e-3)
    assert leaves / HOUR == pytest.approx(2 * 111_319.49 / 36_000, abs=1e-3)
    assert found.distance_m == pytest.approx(111_319.49, abs=1.0)
    assert met(BOX, east(0.0, 0.0), hours=3.0) is None
    assert met(BOX, east(0.0, 1.5)) is None


def test_twice_into_an_area_with_a_bay() -> None:
    bay = Polygon(((1.0, -1.0), (3.0, -1.0), (3.0, 1.0), (2.5, 1.0), (2.5, -0.5), (1.5, -0.5), (1.5, 1.0), (1.0, 1.0)))
    found = met(bay, east(0.0, 0.0, 20.0))
    assert found is not None
    assert len(found.within) == 2
    assert found.within[0][1] < found.within[1][0]


def test_within_already_and_not_moving() -> None:
    found = met(BOX, Fix((1.5, 0.0)))
    assert found == Encounter(0, 0, 0.0, ((0, 10 * HOUR),))
    leaving = met(BOX, east(1.5, 0.0))
    assert leaving is not None
    assert leaving.within[0] == (0, 0)
    assert leaving.within[-1][1] / HOUR == pytest.approx(0.5 * 111_319.49 / 36_000, abs=1e-3)


@pytest.mark.parametrize(
    ("area", "fix", "metres"),
    [
        (Point((0.5, 0.0)), Fix((0.0, 0.0)), 55_659.7),
        (Circle((0.5, 0.0), 50_000.0), Fix((0.0, 0.0)), 5_659.7),
        (Track(((0.5, -1.0), (0.5, 1.0)), 50_000.0), Fix((0.0, 0.0)), 5_659.7),
        (BOX, Fix((0.5, 0.0)), 55_659.7),
        (Circle((-179.9, 0.0), 1_000.0), Fix((179.9, 0.0)), 21_263.9),
        (Polygon(((179.0, 10.0), (-179.0, 10.0), (-179.0, 12.0), (179.0, 12.0))), Fix((-178.9, 11.0)), 10_928.4),
        (Circle((0.0, 89.9), 1_000.0), Fix((180.0, 89.9)), 21_338.7),
    ],
)
def test_near_counts_to_the_metre(area: Bounded, fix: Fix, metres: float) -> None:
    found = met(area, fix, near_m=metres + 5.0)
    assert found is not None
    assert found.distance_m == pytest.approx(metres, abs=1.5)
    assert found.within == ()
    assert met(area, fix, near_m=metres - 5.0) is None


def test_across_the_antimeridian_and_into_a_cap() -> None:
    across = Polygon(((-179.5, -1.0), (-178.0, -1.0), (-178.0, 1.0), (-179.5, 1.0)), Edges.RHUMB)
    found = met(across, east(179.5, 0.0))
    assert found is not None
    assert found.within[0][0] / HOUR == pytest.approx(111_319.49 / 36_000, abs=1e-3)
    cap = Polygon(((0.0, 80.0), (120.0, 80.0), (-120.0, 80.0)), Edges.RHUMB)
    north = met(cap, Fix((77.0, 79.5), Instant(0), 0.0, 10.0))
    assert north is not None
    assert north.within[0][0] / HOUR == pytest.approx(55_830 / 36_000, abs=0.01)


def test_all_agree_with_asking_one_by_one() -> None:
    draw = np.random.default_rng(4)
    places = [(float(lon), float(lat)) for lon, lat in draw.uniform((0.0, 30.0), (4.0, 34.0), (40, 2))]
    areas: list[Bounded] = [Circle(place, 30_000.0) for place in places[:15]]
    areas += [
        Polygon((place, (place[0] + 0.5, place[1]), (place[0], place[1] + 0.7)), Edges.RHUMB) for place in places[:15]
    ]
    grounds = Grounds([(area, Edges.UNSTATED if isinstance(area, Circle) else Edges.RHUMB) for area in areas])
    assets = [Asset(str(number), (Fix(place),)) for number, place in enumerate(places)]
    found = {
        (each.asset, each.ground): each.distance_m
        for each in grounds.encounters(assets, Instant(0), Instant(HOUR), 40_000.0, [True] * len(areas))
    }
    for ground, area in enumerate(areas):
        far = figure(area).distances_m(np.array([lon for lon, _ in places]), np.array([lat for _, lat in places]))
        for asset, metres in enumerate(far.tolist()):
            if metres <= 40_000.0:
                assert found.pop((asset, ground)) == pytest.approx(metres, abs=1e-6)
    assert found == {}


def test_only_wanted_grounds_and_what_was_ready_before() -> None:
    first = Grounds([(BOX, Edges.RHUMB)])
    again = Grounds([(Circle((0.0, 0.0), 5_000.0), Edges.UNSTATED), (BOX, Edges.RHUMB)], first)
    assert again.ready[BOX, Edges.RHUMB] is first.ready[BOX, Edges.RHUMB]
    asset = Asset("a", (Fix((0.0, 0.0)),))
    assert list(again.encounters([asset], Instant(0), Instant(1), 1e6, [False, False])) == []
    assert [each.ground for each in again.encounters([asset], Instant(0), Instant(1), 1e6, [False, True])] == [1]
    assert list(again.encounters([], Instant(0), Instant(1), 0.0, [True, True])) == []
