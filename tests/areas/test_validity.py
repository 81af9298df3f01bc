"""Areas that are refused, areas that are flagged, and how long either takes."""

from __future__ import annotations

import math
import random
import re
import time
import tracemalloc
from pathlib import Path

import pytest

from openline.areas.shapes import Area, Circle, Edges, Named, Point, Polygon, Position, Track
from openline.areas.validity import judge, position_fault
from openline.limits import AREA_HOLES_MAX, AREA_VERTICES_MAX

SQUARE: tuple[Position, ...] = ((34.0, 34.0), (35.0, 34.0), (35.0, 35.0), (34.0, 35.0))
DRAW = random.Random(11)
NOISE = tuple((DRAW.uniform(-180, 180), DRAW.uniform(-90, 90)) for _ in range(AREA_VERTICES_MAX))

REFUSED: list[tuple[Area, str]] = [
    (Point((math.nan, 1.0)), "not a number"),
    (Point((0.0, 91.0)), "91 is no latitude"),
    (Point((181.0, 0.0)), "181 is no longitude"),
    (Circle((0.0, math.inf), 5.0), "not a number"),
    (Circle((0.0, 0.0), 0.0), "radius of 0 m"),
    (Circle((0.0, 0.0), -5.0), "no area"),
    (Circle((0.0, 0.0), math.nan), "radius is not a number"),
    (Circle((0.0, 0.0), 6e6), "is the most"),
    (Polygon(SQUARE[:2]), "three different"),
    (Polygon((SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[1])), "three different"),
    (Polygon(((0.0, 0.0), (1.0, math.nan), (1.0, 1.0))), "not a number"),
    (Polygon(NOISE * 20), "200000 vertices"),
    (Polygon(SQUARE, holes=(SQUARE,) * (AREA_HOLES_MAX + 1)), "holes"),
    (Polygon(SQUARE, holes=((SQUARE[0], SQUARE[1]),)), "three different"),
    (Track((SQUARE[0],)), "two different"),
    (Track(NOISE * 2), "vertices"),
    (Track(SQUARE[:2], -1.0), "half width"),
    (Named("  "), "without a name"),
    (Named("x" * 300), "too long"),
]

FLAGGED: list[tuple[Area, list[str]]] = [
    (Polygon(SQUARE), []),
    (Polygon((*SQUARE, SQUARE[0])), ["ring-closed-by-hand"]),
    (Polygon((SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3])), ["ring-crosses-itself"]),
    (Polygon(((-70.0, 0.0), (-20.0, 0.0), (-20.0, 50.0), (-70.0, 50.0))), ["large-area"]),
    (Polygon(((45.0, 80.0), (135.0, 80.0), (-135.0, 80.0), (-45.0, 80.0))), ["around-pole"]),
    (Polygon(((-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0)), Edges.PLANE), ["large-area"]),
    (Polygon(((0.0, 0.0), (1.0, 0.0), (2.0, 0.0))), ["ring-crosses-itself", "no-area"]),
    (Polygon(((0.0, 0.0), (120.0, 1.0), (60.0, 2.0))), ["long-edge"]),
    (Polygon(SQUARE, holes=(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)),)), ["hole-outside"]),
    (Polygon(((170.0, 40.0), (-170.0, 40.0), (-170.0, 50.0))), []),
    (Circle((0.0, 89.0), 200_000.0), ["around-pole"]),
    (Circle((0.0, 0.0), 2_000_000.0), ["large-area"]),
    (Circle((0.0, 0.0), 200_000.0), []),
    (Track(((0.0, 0.0), (5.0, 5.0)), 1_000.0), []),
    (Track(((0.0, 0.0), (100.0, 5.0))), ["long-edge"]),
    (Point((0.0, 90.0)), []),
    (Named("BLACK SEA"), []),
]


@pytest.mark.parametrize(("area", "why"), REFUSED, ids=range(len(REFUSED)))
def test_refused_with_the_reason(area: Area, why: str) -> None:
    judged = judge(area)
    assert why in judged.refused
    assert judged.flags == ()


@pytest.mark.parametrize(("area", "codes"), FLAGGED, ids=range(len(FLAGGED)))
def test_flagged_and_left_as_it_is(area: Area, codes: list[str]) -> None:
    judged = judge(area)
    assert judged.refused == ""
    assert [flag.code for flag in judged.flags] == codes
    assert all(flag.text.endswith(".") for flag in judged.flags)


@pytest.mark.parametrize("edges", [Edges.RHUMB, Edges.GEODESIC, Edges.PLANE])
def test_the_worst_ring_is_judged_in_a_second_and_100_mb(edges: Edges) -> None:
    judge(Polygon(SQUARE, edges))
    tracemalloc.start()
    began = time.process_time()
    judged = judge(Polygon(NOISE, edges))
    took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "ring-crosses-itself" in {flag.code for flag in judged.flags}
    assert took < 1.0
    assert peak < 100 << 20


def test_why_a_position_is_none() -> None:
    assert position_fault((180.0, -90.0)) == ""
    assert "longitude" in position_fault((-180.1, 0.0))


def test_every_flag_is_in_the_reference() -> None:
    """Codes of this room's own readers and judges; readers in packages of their own have pages of their own."""
    root = Path(__file__).resolve().parents[2]
    said = (root / "docs/reference/areas.md").read_text()
    sources = [path.read_text() for path in (root / "src/openline/areas").glob("*.py")]
    codes = {code for source in sources for code in re.findall(r'[Ff]lag\(\s*"([a-z-]+)"', source)}
    assert len(codes) > 12
    assert [code for code in sorted(codes) if f"`{code}`" not in said] == []
