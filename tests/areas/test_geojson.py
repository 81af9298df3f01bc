"""GeoJSON read: the edge cases of RFC 7946, members that are not understood, and what is not GeoJSON at all."""

from __future__ import annotations

import contextlib
import json
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from openline.areas.geojson import read_geojson
from openline.areas.geometry.outlines import outline
from openline.areas.reading import Reading
from openline.areas.shapes import Circle, Edges, Point, Polygon, Track
from openline.errors import BadEncoding, BadField, TooLarge
from openline.limits import READING_FILE_MAX_BYTES

CASES = {case["name"]: case for case in json.loads(Path(__file__).with_name("rfc7946_edge_cases.json").read_text())}
FLAG_OF = {"polygon_bowtie": "ring-crosses-itself", "full_world": "large-area"}


def read(value: Any) -> Reading:
    (reading,) = read_geojson(json.dumps(value).encode())
    return reading


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


POINT = {"type": "Point", "coordinates": [24.0, 35.0]}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["expect"].startswith("reject")])
def test_edge_cases_to_reject(name: str) -> None:
    (reading,) = read_geojson(CASES[name]["geojson"].encode())
    assert reading.areas == ()
    assert reading.refused[0].why


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["expect"].startswith("accept")])
def test_edge_cases_to_accept(name: str) -> None:
    (reading,) = read_geojson(CASES[name]["geojson"].encode())
    assert (reading.refused, reading.flags) == ((), ())


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["expect"].startswith("flag")])
def test_edge_cases_to_flag_and_leave_alone(name: str) -> None:
    (reading,) = read_geojson(CASES[name]["geojson"].encode())
    (polygon,) = reading.areas
    assert isinstance(polygon, Polygon)
    assert [list(at) for at in polygon.ring] == json.loads(CASES[name]["geojson"])["coordinates"][0][:-1]
    assert [flag.code for flag in reading.flags] == [FLAG_OF[name]]


def test_a_split_polygon_is_the_same_place_as_an_unsplit_one() -> None:
    (split,) = read_geojson(CASES["antimeridian_split"]["geojson"].encode())
    whole = read({"type": "Polygon", "coordinates": [[[179, 10], [-179, 10], [-179, 12], [179, 12], [179, 10]]]})
    drawn = [
        shapely.union_all([outline(area) for area in each.areas if isinstance(area, Polygon)])
        for each in (split, whole)
    ]
    assert drawn[0].symmetric_difference(drawn[1]).area == pytest.approx(0.0, abs=1e-9)


def test_a_radius_makes_a_circle_and_one_that_is_not_understood_makes_nothing() -> None:
    assert read(feature(POINT, radius_m=1000)).areas == (Circle((24.0, 35.0), 1000.0),)
    assert read(feature(POINT, radius_nm=10)).areas == (Circle((24.0, 35.0), 18520.0, 10.0),)
    for properties in ({"radius": 5}, {"radius_m": "5 km"}, {"buffer_km": 3}, {"radius_m": -4}, {"radius_m": 0}):
        reading = read(feature(POINT, **properties))
        assert reading.areas == ()
        assert reading.refused


def test_widths_edges_and_labels_are_ours() -> None:
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    reading = read(feature(line, half_width_m=500, edges="rhumb", label="Leg 1"))
    assert reading.areas == (Track(((0.0, 0.0), (1.0, 1.0)), 500.0, Edges.RHUMB, "Leg 1"),)
    assert read(feature(POINT, name="Buoy")).areas == (Point((24.0, 35.0), "Buoy"),)
    assert read(feature(POINT, name=7, area=12.5)).areas == (Point((24.0, 35.0)),)


def test_members_that_are_not_understood_are_named() -> None:
    reading = read({**feature(POINT, colour="red", status=1), "style": {}})
    assert [each.why for each in reading.refused] == ["Not read: style.", "Not read: colour, status."]
    assert reading.source[reading.refused[1].first : reading.refused[1].last] == '{"colour": "red", "status": 1}'
    assert reading.areas == (Point((24.0, 35.0)),)


def test_a_bad_feature_costs_only_itself() -> None:
    source = (
        b'{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","properties":{},'
        b'"geometry":{"type":"Point","coordinates":[NaN,-Infinity]}},17,{"type":"feature"},'
        b'{"type":"Feature","id":9,"properties":{"note":"NaN is \\"not\\" a number"},"geometry":null},'
        b'{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[1e999,2]}},'
        b'{"type":"Feature","id":"b","properties":{},"geometry":{"type":"Point","coordinates":[1,2,30]}}]}'
    )
    readings = read_geojson(source)
    assert [reading.id for reading in readings] == ["a", "", "", "9", "", "b"]
    assert [len(reading.areas) for reading in readings] == [0, 0, 0, 0, 0, 1]
    assert readings[0].refused[0].words == '{"type":"Point","coordinates":[NaN,-Infinity]}'
    assert "not a number" in readings[0].refused[0].why
    assert [flag.code for flag in readings[5].flags] == ["altitude-ignored"]
    assert all(reading.source.encode() in source for reading in readings)


@pytest.mark.parametrize(
    "source", [b"", b"[]", b"{", b"\xff\xfe", b'{"type":"Polygon","coordinates":' + b"[" * 100_000, b'{"a":"\\']
)
def test_what_is_no_json_object_says_so(source: bytes) -> None:
    with pytest.raises(BadEncoding):
        read_geojson(source)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"type": "Topology"},
        {"type": "FeatureCollection"},
        {"type": "FeatureCollection", "features": {}},
        {"type": "FeatureCollection", "features": [], "crs": {"type": "name", "properties": {"name": "EPSG:3857"}}},
    ],
)
def test_json_that_is_no_geojson_says_so(value: Any) -> None:
    with pytest.raises(BadField):
        read(value)


def test_too_much_is_refused_in_a_second_and_100_mb() -> None:
    with pytest.raises(TooLarge):
        read_geojson(b" " * (READING_FILE_MAX_BYTES + 1))
    ring = b",".join(b"[%.4f,%.4f]" % (at / 2000, at / 3000) for at in range(200_000))
    good = b'{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}'
    head = b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
    source = head + b'{"type":"Polygon","coordinates":[[' + ring + b"]]}}," + good + b"]}"
    tracemalloc.start()
    began = time.process_time()
    readings = read_geojson(source)
    took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [len(reading.areas) for reading in readings] == [0, 1]
    assert "bytes" in readings[0].refused[0].why
    assert len(readings[0].refused[0].words) <= 200
    assert took < 1.0
    assert peak < 100 << 20


JSONS = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "coordinates", "properties", "geometry", "radius_m", "id"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(JSONS, st.sampled_from(["Feature", "Polygon", "Point", "GeometryCollection", "MultiPolygon", "LineString"]))
def test_anything_at_all_is_read_or_refused(value: Any, kind: str) -> None:
    for whole in (
        {"type": kind, "coordinates": value, "geometry": value, "properties": value, "geometries": value},
        {"type": "FeatureCollection", "features": value, "notice": value},
        feature({"type": kind, "coordinates": value}, area_meant=value),
    ):
        with contextlib.suppress(BadEncoding, BadField):
            read_geojson(json.dumps(whole).encode())
