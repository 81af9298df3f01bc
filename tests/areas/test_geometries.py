"""Each type of geometry, and each way in which it can be wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openline.areas.findings import Findings
from openline.areas.geometries import Meant, read_geometry
from openline.areas.shapes import Edges, Point, Polygon, Track

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 0]]


def read(kind: str, coordinates: Any, meant: Meant | None = None) -> Findings:
    raw = json.dumps({"type": kind, "coordinates": coordinates})
    found = Findings(raw)
    read_geometry(raw.encode(), meant or Meant(edges=Edges.PLANE), found)
    return found


def test_every_type() -> None:
    polygon = Polygon(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)), Edges.PLANE)
    assert read("Point", [1, 2]).areas == [Point((1.0, 2.0))]
    assert read("MultiPoint", [[1, 2], [3, 4]]).areas == [Point((1.0, 2.0)), Point((3.0, 4.0))]
    assert read("LineString", [[1, 2], [3, 4]]).areas == [Track(((1.0, 2.0), (3.0, 4.0)), 0.0, Edges.PLANE)]
    assert len(read("MultiLineString", [[[1, 2], [3, 4]], [[1, 2], [3, 5]]]).areas) == 2
    assert read("Polygon", [SQUARE]).areas == [polygon]
    assert read("MultiPolygon", [[SQUARE], [SQUARE]]).areas == [polygon, polygon]


def test_a_hole_stays_a_hole() -> None:
    outer = [[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]
    (area,) = read("Polygon", [outer, [[1, 1], [2, 1], [2, 2], [1, 1]]]).areas
    assert isinstance(area, Polygon)
    assert area.holes == (((1.0, 1.0), (2.0, 1.0), (2.0, 2.0)),)


def test_one_bad_part_of_many_costs_only_itself() -> None:
    found = read("MultiPolygon", [[SQUARE], [[[0, 0], [200, 0], [1, 1], [0, 0]]], [SQUARE]])
    assert len(found.areas) == 2
    assert [each.why for each in found.refused] == ["200 is no longitude: it must be within -180..180."]


def test_a_ring_left_open_is_flagged() -> None:
    found = read("Polygon", [[[0, 0], [1, 0], [1, 1], [0, 1]]])
    assert [flag.code for flag in found.flags] == ["ring-not-closed"]
    assert len(found.areas) == 1


@pytest.mark.parametrize(
    ("kind", "coordinates", "why"),
    [
        ("Point", [], "no area"),
        ("Point", None, "no area"),
        ("Point", ["1", "2"], "not a number"),
        ("Point", [True, False], "not a number"),
        ("Point", [10**400, 1], "not a number"),
        ("LineString", [[1, 2]], "two different"),
        ("LineString", [5], "longitude and latitude"),
        ("Polygon", [[[0, 0], [1, 1], [0, 0]]], "four positions"),
        ("Polygon", ["ring"], "list of positions"),
        ("Polygon", [[]], "list of positions"),
        ("Circle", [1, 2], "no type of geometry"),
        ("", [1, 2], "no type of geometry"),
    ],
)
def test_what_is_wrong_is_said(kind: str, coordinates: Any, why: str) -> None:
    found = read(kind, coordinates)
    assert found.areas == []
    assert why in found.refused[0].why
    assert (found.refused[0].first, found.refused[0].last) == (0, len(found.source))


def test_extents_belong_to_their_kind() -> None:
    assert read("Polygon", [SQUARE], Meant(radius_m=5.0)).areas == []
    assert read("LineString", [[0, 0], [1, 1]], Meant(radius_nm=5.0)).areas == []
    assert read("Point", [0, 0], Meant(half_width_m=5.0)).areas == []


def test_what_is_no_object_and_what_lacks_coordinates() -> None:
    for raw, why in (
        (b"5", "object"),
        (b'{"type":"Point"}', "needs coordinates"),
        (b'{"type":"GeometryCollection"}', "list"),
    ):
        found = Findings(raw.decode())
        read_geometry(raw, Meant(), found)
        assert why in found.refused[0].why
