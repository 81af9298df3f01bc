"""Bulletins as GeoJSON: right for others (RFC 7946), and read back as they were."""

from __future__ import annotations

import json
from typing import Any

import shapely
from shapely.geometry import shape

from openline.areas.geojson import read_geojson
from openline.areas.where import Outline
from openline.areas.writing.geojson import drawn, write_geojson
from tests.areas.bulletins import EVERYTHING, FIRING


def geometries() -> list[dict[str, Any]]:
    features = json.loads(write_geojson(EVERYTHING))["features"]
    return [feature["geometry"] for feature in features]


def test_what_was_written_is_read_back_as_it_was() -> None:
    for bulletin in (FIRING, EVERYTHING):
        (reading,) = read_geojson(write_geojson(bulletin))
        assert reading.areas == bulletin.areas
        assert (reading.windows, reading.alternate_windows) == (bulletin.windows, bulletin.alternate_windows)
        assert (reading.id, reading.issued, reading.self_cancel) == (
            bulletin.serial,
            bulletin.issued,
            bulletin.self_cancel,
        )
        assert reading.cancels == tuple(each.serial for each in bulletin.names)
        assert reading.refused == ()
        assert {flag.code for flag in reading.flags} <= {"around-pole"}


def test_boundaries_run_counter_clockwise_and_holes_clockwise() -> None:
    count = 0
    for geometry in filter(None, geometries()):
        for part in shapely.get_parts(shape(geometry)):
            if isinstance(part, shapely.Polygon):
                count += 1
                assert part.exterior.is_ccw
                assert not any(hole.is_ccw for hole in part.interiors)
    assert count >= 7


def test_nothing_crosses_the_antimeridian_and_everything_is_valid() -> None:
    for geometry in filter(None, geometries()):
        whole = shape(geometry)
        assert whole.is_valid
        assert -180.0 <= whole.bounds[0] <= whole.bounds[2] <= 180.0
    assert [geometry and geometry["type"] for geometry in geometries()] == [
        "MultiPolygon",
        "MultiPolygon",
        "Polygon",
        "LineString",
        "Point",
        None,
        "Polygon",
        "Polygon",
    ]


def test_a_geometry_that_was_moved_is_found_out() -> None:
    moved = write_geojson(FIRING).replace(b'"coordinates":[[[33.5,', b'"coordinates":[[[31.5,')
    (reading,) = read_geojson(moved)
    assert reading.areas == FIRING.areas
    assert "geometry-differs" in {flag.code for flag in reading.flags}


def test_a_notice_that_is_not_understood_is_refused_and_its_areas_are_read() -> None:
    broken = write_geojson(FIRING).replace(b'"serial"', b'"cereal"')
    (reading,) = read_geojson(broken)
    assert (reading.areas, reading.windows) == (FIRING.areas, ())
    assert "cereal" in reading.refused[0].why
    late = write_geojson(FIRING).replace(b"2024-11-30T06:00:00Z", b"2024-11-31T06:00:00Z")
    assert [each.words for each in read_geojson(late)[0].refused] == ["2024-11-31T06:00:00Z"]


def test_nothing_is_drawn_as_null() -> None:
    assert drawn(Outline()) is None
    assert drawn(Outline(lines=(((0.0, 0.0), (1.0, 1.0)),) * 2)) == {
        "type": "MultiLineString",
        "coordinates": (((0.0, 0.0), (1.0, 1.0)),) * 2,
    }
