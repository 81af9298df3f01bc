"""Warnings: inside, entering, near; by either reading of an edge; in time; a thousand against a thousand."""

from __future__ import annotations

import random
import time

import pytest

from openline.areas.assets.asset import Asset, Fix
from openline.areas.assets.watching import AssetWarning, Hazard, Kind, Watch, readings
from openline.areas.shapes import METRES_PER_NM, Area, Circle, Edges, Named, Point, Polygon, Track
from openline.areas.windows import EndKind, Window
from openline.terms import Instant

HOUR = 3_600_000
NOON = Instant(1_732_708_800_000)
BOX = Polygon(((1.0, -1.0), (2.0, -1.0), (2.0, 1.0), (1.0, 1.0)), Edges.RHUMB)


def after(hours: float) -> Instant:
    return Instant(NOON + int(hours * HOUR))


def ship(lon: float, lat: float, speed: float = 0.0, name: str = "ship") -> Asset:
    return Asset(name, (Fix((lon, lat), NOON, 90.0, speed),))


def warned(
    asset: Asset, area: Area, *spans: tuple[float, float], hours: float = 12.0, near_nm: float = 0.0
) -> list[AssetWarning]:
    windows = tuple(Window(after(first), after(last)) for first, last in spans)
    watch = Watch([Hazard("12/24", (area,), windows)])
    return watch.warnings([asset], NOON, hours=hours, near_m=near_nm * METRES_PER_NM)


def test_inside_now() -> None:
    (warning,) = warned(ship(1.5, 0.0), BOX, (-1, 1))
    assert (warning.kind, warning.at, warning.distance_m) == (Kind.INSIDE, NOON, 0.0)
    assert (warning.asset, warning.hazard, warning.area) == ("ship", "12/24", 0)
    assert warning.edges == (Edges.RHUMB, Edges.GEODESIC)


def test_entering_by_course_and_speed() -> None:
    (warning,) = warned(ship(0.0, 0.0, 10.0), BOX)
    assert warning.kind is Kind.ENTERING
    assert (warning.at - NOON) / HOUR == pytest.approx(3.092, abs=0.001)
    assert warned(ship(0.0, 0.0, 10.0), BOX, hours=3.0) == []


def test_a_window_that_opens_around_it_is_entered_too() -> None:
    (warning,) = warned(ship(1.5, 0.0), BOX, (5, 6))
    assert (warning.kind, warning.at) == (Kind.ENTERING, after(5))
    assert warned(ship(1.5, 0.0), BOX, (5, 6), hours=4.0) == []
    assert warned(ship(1.5, 0.0), BOX, (-6, -5)) == []


def test_passing_through_between_two_windows_is_no_danger() -> None:
    passing = ship(0.0, 0.0, 10.0)
    assert warned(passing, BOX, (0, 3), (6.5, 9)) == []
    (warning,) = warned(passing, BOX, (0, 3), (6, 9))
    assert warning.at == after(6)


def test_an_estimated_end_ends_nothing() -> None:
    guessed = Window(after(-5), after(-1), EndKind.EST)
    assert len(Watch([Hazard("1/24", (BOX,), (guessed,))]).warnings([ship(1.5, 0.0)], NOON)) == 1
    fixed = Window(after(-5), after(-1))
    assert Watch([Hazard("1/24", (BOX,), (fixed,))]).warnings([ship(1.5, 0.0)], NOON) == []


def test_near() -> None:
    (warning,) = warned(ship(0.9, 0.0), BOX, (2, 3), near_nm=7.0)
    assert (warning.kind, warning.at) == (Kind.NEAR, after(2))
    assert warning.distance_m == pytest.approx(11_131.9, abs=1.0)
    assert warned(ship(0.9, 0.0), BOX, (2, 3), near_nm=6.0) == []
    assert warned(ship(0.9, 0.0), BOX, (20, 21), near_nm=7.0) == []


def test_either_reading_of_an_edge_warns() -> None:
    """The northern edge bulges north as a geodesic, so a ship just north of the parallel is inside by that alone."""
    box = Polygon(((0.0, 50.0), (8.0, 50.0), (8.0, 55.0), (0.0, 55.0)), Edges.RHUMB)
    (warning,) = warned(ship(4.0, 55.05), box)
    assert (warning.kind, warning.edges) == (Kind.INSIDE, (Edges.GEODESIC,))
    (south,) = warned(ship(4.0, 50.05), box)
    assert (south.kind, south.edges) == (Kind.INSIDE, (Edges.RHUMB,))


def test_how_areas_are_read() -> None:
    assert readings(Point((0.0, 0.0))) == (Edges.UNSTATED,)
    assert readings(Circle((0.0, 0.0), 1.0)) == (Edges.UNSTATED,)
    assert readings(Track(((0.0, 0.0), (1.0, 1.0)))) == (Edges.RHUMB, Edges.GEODESIC)
    assert readings(Polygon((), Edges.PLANE)) == (Edges.PLANE, Edges.RHUMB, Edges.GEODESIC)
    assert readings(Named("BLACK SEA")) == ()


def test_the_most_urgent_come_first() -> None:
    assets = [ship(1.5, 0.0, name="c"), ship(0.0, 0.0, 10.0, "b"), ship(0.95, 0.9, name="a")]
    hazards = [Hazard("1/24", (Named("BLACK SEA"), BOX)), Hazard("2/24", (Circle((1.5, 0.0), 5_000.0),))]
    found = Watch(hazards).warnings(assets, NOON, hours=12.0, near_m=10_000.0)
    assert [(each.kind.value, each.asset, each.hazard, each.area) for each in found] == [
        ("inside", "c", "1/24", 1),
        ("inside", "c", "2/24", 0),
        ("entering", "b", "1/24", 1),
        ("entering", "b", "2/24", 0),
        ("near", "a", "1/24", 1),
    ]


def test_a_changed_notice_or_position_changes_the_answer() -> None:
    watch = Watch([Hazard("1/24", (BOX,))])
    assert watch.warnings([ship(5.0, 0.0)], NOON) == []
    assert len(watch.warnings([ship(1.5, 0.0)], NOON)) == 1
    moved = Polygon(tuple((lon + 4.0, lat) for lon, lat in BOX.ring), Edges.RHUMB)
    assert len(Watch([Hazard("1/24", (moved,))], watch).warnings([ship(5.5, 0.0)], NOON)) == 1


def test_nothing_to_watch_or_nobody() -> None:
    assert Watch([]).warnings([ship(0.0, 0.0)], NOON) == []
    assert Watch([Hazard("1/24", (BOX,))]).warnings([], NOON) == []


def scene(count: int) -> tuple[list[Hazard], list[Asset]]:
    """Areas of every kind and ships under way, all over the eastern Mediterranean and beyond."""
    draw = random.Random(1)
    hazards: list[Hazard] = []
    for number in range(count):
        lon, lat, size = draw.uniform(10, 36), draw.uniform(30, 40), draw.uniform(0.1, 0.5)
        ring = tuple(
            (lon + size * east, lat + size * north) for east, north in ((-1, -1), (1, -1.1), (1.2, 1), (-0.8, 1))
        )
        shapes: list[Area] = [
            Circle((lon, lat), size * 60_000),
            Polygon(ring, Edges.RHUMB),
            Track(((lon, lat), (lon + size, lat - size)), 5_000.0),
        ]
        hazards.append(Hazard(str(number), (shapes[number % 3],)))
    places = [(draw.uniform(10, 36), draw.uniform(30, 40)) for _ in range(count)]
    assets = [
        Asset(str(number), (Fix(place, NOON, draw.uniform(0, 360), draw.uniform(0, 10)),))
        for number, place in enumerate(places)
    ]
    return hazards, assets


def test_1000_assets_against_1000_areas_in_less_than_a_second() -> None:
    hazards, assets = scene(1_000)
    watch = Watch(hazards)
    began = time.process_time()
    found = watch.warnings(assets, NOON, hours=6.0, near_m=5 * METRES_PER_NM)
    assert time.process_time() - began < 1.0
    assert {each.kind for each in found} == set(Kind)
    assert len(found) > 1_000
