"""Rings cut at the antimeridian and closed over poles, against the data of a library that does only this."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import Any

import antimeridian
import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from openline.areas.geometry import rings
from openline.areas.geometry.outlines import outline
from openline.areas.shapes import Edges, Polygon, Track
from openline.areas.validity import judge

DATA = Path(__file__).with_name("antimeridian")
NAMES = sorted(path.stem for path in (DATA / "output").iterdir())
OTHER_SIDE = {"both-poles", "extra-crossing"}
"""Rings around much of the Earth of which that library takes the other side, by the order of their vertices."""


def geometry(folder: str, name: str) -> dict[str, Any]:
    found = json.loads((DATA / folder / f"{name}.json").read_text())
    return dict(found.get("geometry", found))


def read(found: dict[str, Any]) -> list[Polygon | Track]:
    """Its polygons or lines, edges straight in the plane."""
    kind, parts = found["type"], found["coordinates"]
    parts = parts if kind.startswith("Multi") else [parts]
    if kind.endswith("LineString"):
        return [Track(tuple((lon, lat) for lon, lat in part), edges=Edges.PLANE) for part in parts]
    return [
        Polygon(ring, Edges.PLANE, tuple(holes))
        for ring, *holes in ([tuple((at[0], at[1]) for at in ring) for ring in part] for part in parts)
    ]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OTHER_SIDE])
def test_the_same_area_comes_out(name: str) -> None:
    mine = shapely.union_all([outline(area) for area in read(geometry("input", name))])
    wanted = shape(geometry("output", name))
    assert mine.symmetric_difference(wanted).area == pytest.approx(0.0, abs=1e-6)
    assert mine.buffer(1e-6).covers(wanted)
    assert -180.0 <= mine.bounds[0] <= mine.bounds[2] <= 180.0


@pytest.mark.parametrize("name", sorted(OTHER_SIDE))
def test_which_side_of_a_ring_around_the_earth_is_meant_is_asked(name: str) -> None:
    (area,) = read(geometry("input", name))
    assert {"around-pole", "large-area"} & {flag.code for flag in judge(area).flags}
    assert outline(area).symmetric_difference(shape(geometry("output", name))).area == pytest.approx(360.0 * 180.0)


def test_a_vertex_at_a_pole_has_no_longitude() -> None:
    wedge = rings.vertices(((0.0, 90.0), (10.0, 80.0), (20.0, 80.0)), Edges.RHUMB)
    assert wedge.tolist() == [[20.0, 90.0], [10.0, 90.0], [10.0, 80.0], [20.0, 80.0]]
    assert len(rings.vertices(((0.0, 90.0), (10.0, 80.0), (20.0, 80.0)), Edges.PLANE)) == 3


def test_a_ring_closed_by_hand_is_the_same_ring() -> None:
    ring = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    assert np.array_equal(rings.vertices((*ring, ring[0]), Edges.RHUMB), rings.vertices(ring, Edges.RHUMB))


def test_all_that_a_crossing_ring_encloses_counts_even_where_it_winds_twice() -> None:
    twice = [(0, 0), (9, 0), (9, 9), (0, 9), (0, 0), (3, 3), (6, 3), (6, 6), (3, 6), (3, 3), (0, 0)]
    assert rings.region(np.array(twice, dtype=np.float64)).area == pytest.approx(81.0)
    bowtie = [(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)]
    assert rings.region(np.array(bowtie, dtype=np.float64)).area == pytest.approx(2.0)


def test_a_tangle_beyond_measure_is_its_hull() -> None:
    around = np.radians(144.0001) * np.arange(3_000)
    tangle = np.column_stack([np.cos(around), np.sin(around)])
    region = rings.region(np.vstack([tangle, tangle[:1]]))
    assert region.equals(shapely.convex_hull(shapely.MultiPoint(tangle)))


def test_a_ring_around_the_earth_is_known() -> None:
    north = rings.fill([np.array([[0.0, 80.0], [120.0, 80.0], [-120.0, 80.0]])], Edges.RHUMB, 100.0)[0]
    square = rings.fill([np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 5.0]])], Edges.RHUMB, 100.0)[0]
    assert rings.around_pole(north)
    assert not rings.around_pole(square)
    assert rings.region(north).bounds[3] == 90.0


def test_many_rings_across_the_antimeridian_are_cut_as_that_library_cuts_them() -> None:
    draw = random.Random(2)
    for _ in range(100):
        lon, lat = draw.uniform(170, 190), draw.uniform(-70, 70)
        around = [(draw.uniform(0.5, 9), at * math.pi / 4) for at in range(8)]
        ring = tuple(
            (math.remainder(lon + size * math.cos(turn), 360.0), lat + size * math.sin(turn)) for size, turn in around
        )
        mine = outline(Polygon(ring, Edges.PLANE))
        theirs = antimeridian.fix_polygon(shapely.Polygon(ring), fix_winding=False, great_circle=False)
        assert mine.symmetric_difference(theirs).area == pytest.approx(0.0, abs=1e-6)
