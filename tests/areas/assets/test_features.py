"""Assets from GeoJSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openline.areas.assets.asset import KNOT_M_PER_S
from openline.areas.assets.features import read_features
from openline.errors import BadEncoding, BadField, TooLarge
from openline.limits import READING_FILE_MAX_BYTES

NOON, ONE = "2024-11-27T12:00:00Z", "2024-11-27T13:00:00Z"


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties}


def collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_points_and_tracks() -> None:
    found = read_features(
        collection(
            feature("Point", [35.5, 33.9, 12], name="Tug", time=NOON, course=270, speed=10),
            feature("LineString", [[0, 0], [1, 1]], name=7, times=[NOON, ONE], course=10, speed=5),
        )
    )
    assert found.refused == ()
    track, tug = found.assets
    assert (tug.name, tug.fixes[0].position, tug.fixes[0].course) == ("Tug", (35.5, 33.9), 270.0)
    assert tug.fixes[0].speed_m_s == pytest.approx(10 * KNOT_M_PER_S)
    assert [(fix.position, fix.course) for fix in track.fixes] == [((0.0, 0.0), None), ((1.0, 1.0), 10.0)]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (feature("Point", [1, 2]), "name"),
        (feature("Point", [1, 2], name=" "), "No name"),
        (feature("Point", [1, 2], name="a", time="noon"), "Not a time"),
        (feature("Point", [1, 95], name="a"), "latitude"),
        (feature("Point", ["1", 2], name="a"), "longitude and latitude"),
        (feature("Point", [True, 2], name="a"), "longitude and latitude"),
        (feature("Point", [1, 2], name="a", speed="fast"), "Expected"),
        (feature("LineString", [[0, 0], [1, 1]], name="a"), "times"),
        (feature("Polygon", [[[0, 0], [1, 1], [1, 0], [0, 0]]], name="a"), "point or a line"),
        (5, "Expected"),
    ],
)
def test_a_bad_feature_costs_only_itself(bad: Any, why: str) -> None:
    found = read_features(collection(bad, feature("Point", [1, 2], name="b")))
    assert [each.name for each in found.assets] == ["b"]
    assert found.refused[0].why.startswith("Feature 1: ")
    assert why in found.refused[0].why


def test_what_is_no_collection() -> None:
    with pytest.raises(BadEncoding):
        read_features(b"{")
    with pytest.raises(BadEncoding):
        read_features(b'{"type":"FeatureCollection","features":' + b"[" * 100_000)
    with pytest.raises(BadField):
        read_features(b"[]")
    with pytest.raises(BadField):
        read_features(b'{"type":"Feature","features":[]}')
    with pytest.raises(TooLarge):
        read_features(b" " * (READING_FILE_MAX_BYTES + 1))
