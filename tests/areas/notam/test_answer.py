"""The answer has the field names of the samples, and more."""

from __future__ import annotations

import json

from openline.areas.notam.answer import area_json, as_json
from openline.areas.notam.reader import read
from openline.areas.shapes import Circle, Named, Point, Polygon, Track
from tests.areas.notam.samples import lines


def test_every_expected_field_is_there() -> None:
    sample = lines("golden.jsonl")[0]
    answer = as_json(read(sample["raw"]))
    assert set(sample["expected"]) < set(answer)
    assert json.loads(json.dumps(answer)) == answer
    assert answer["windows"] == [{"from": "2026-07-04T09:21Z", "to": "2026-07-04T09:41Z", "to_kind": "fixed"}]


def test_areas_of_every_kind() -> None:
    areas = (
        Point((1, 2)),
        Circle((1, 2), 3),
        Polygon(((1, 2), (3, 4), (5, 6))),
        Track(((1, 2), (3, 4))),
        Named("X", "Y"),
    )
    assert [area_json(area)["kind"] for area in areas] == ["point", "circle", "polygon", "track", "named"]
    assert area_json(areas[-1])["label"] == "Y"
