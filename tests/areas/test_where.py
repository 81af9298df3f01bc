"""Questions about areas, asked as everyone asks them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import openline.areas
from openline.areas.shapes import METRES_PER_NM, Circle, Edges, Point, Polygon, Track
from openline.areas.where import Bounds, bounds, contains, distance_m, outline

ACROSS = Polygon(((170.0, 40.0), (-170.0, 40.0), (-170.0, 50.0), (170.0, 50.0)))


def signed(ring: tuple[tuple[float, float], ...]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False))


def test_an_area_across_the_antimeridian() -> None:
    assert contains(ACROSS, (180.0, 45.0))
    assert contains(ACROSS, (-180.0, 45.0))
    assert contains(ACROSS, (-175.0, 41.0))
    assert not contains(ACROSS, (0.0, 45.0))
    assert bounds(ACROSS) == Bounds(170.0, 40.0, -170.0, 50.0)
    assert len(outline(ACROSS).polygons) == 2


def test_rings_run_as_the_reader_wants_them() -> None:
    for clockwise in (False, True):
        for (boundary,) in outline(ACROSS, clockwise=clockwise).polygons:
            assert boundary[0] == boundary[-1]
            assert (signed(boundary) < 0) is clockwise


def test_a_parallel_is_drawn_with_points_for_those_who_draw_shortest_lines() -> None:
    (boundary,) = outline(Polygon(((0.0, 60.0), (40.0, 60.0), (40.0, 62.0), (0.0, 62.0)))).polygons[0]
    southern = [lon for lon, lat in boundary if lat == 60.0]
    assert max(b - a for a, b in zip(sorted(southern), sorted(southern)[1:], strict=False)) < 5.0


def test_the_readings_differ_where_they_should() -> None:
    """The northern edge of this box bulges 8 km north as a geodesic (Napier), not at all as a rhumb line."""
    box = Polygon(((0.0, 50.0), (8.0, 50.0), (8.0, 55.0), (0.0, 55.0)))
    assert not contains(box, (4.0, 55.05), Edges.RHUMB)
    assert contains(box, (4.0, 55.05), Edges.GEODESIC)
    assert not contains(box, (4.0, 55.05))


def test_distances_of_each_kind() -> None:
    mile = 1 / 60
    assert distance_m(Point((0.0, 0.0)), (1.0, 0.0)) == pytest.approx(111319.4908, abs=1e-3)
    assert distance_m(Circle((0.0, 0.0), 11_319.4908), (1.0, 0.0)) == pytest.approx(100_000.0, abs=1e-3)
    assert distance_m(Track(((0.0, 0.0), (2.0, 0.0)), METRES_PER_NM), (1.0, mile)) == 0.0
    assert distance_m(ACROSS, (175.0, 50.0 + mile)) == pytest.approx(1853.8, abs=1.5)
    assert distance_m(ACROSS, (180.0, 45.0)) == 0.0


def test_a_line_without_width_is_a_line() -> None:
    drawn = outline(Track(((0.0, 0.0), (1.0, 1.0))))
    assert drawn.polygons == ()
    assert len(drawn.lines) == 1
    assert outline(Point((3.0, 4.0))).points == ((3.0, 4.0),)


@pytest.mark.parametrize("lat", [90.0, 85.0, 80.0001])
def test_around_the_pole(lat: float) -> None:
    cap = Polygon(((45.0, 80.0), (135.0, 80.0), (-135.0, 80.0), (-45.0, 80.0)))
    assert contains(cap, (12.0, lat))
    assert not contains(cap, (12.0, 79.9))
    assert bounds(cap) == Bounds(-180.0, 80.0, 180.0, 90.0)


def light_modules() -> list[str]:
    """Every module of this room but those that measure or, to find doubts, draw."""
    room = Path(openline.areas.__file__).parent
    names = [path.relative_to(room).with_suffix("").as_posix().replace("/", ".") for path in room.rglob("*.py")]
    heavy = ("geometry.", "navwarn.", "assets.encounters", "assets.motion", "assets.watching")
    return sorted(f"openline.areas.{name}" for name in names if not name.startswith(heavy) and "__init__" not in name)


def test_nothing_heavy_is_loaded_before_someone_asks() -> None:
    """What a post loads at its start, and every module of this room that only reads or writes."""
    assert len(light_modules()) > 30
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, openline.post.post, openline.engine.engine, openline.exchanges.message, openline.wire.entry\n"
            f"import {', '.join(light_modules())}\n"
            "print([name for name in ('numpy', 'shapely', 'geographiclib', 'antimeridian') if name in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[]"
