"""JSON values as the samples have them."""

from __future__ import annotations

import json

from openline.areas.navwarn import as_json
from openline.areas.reading import Reading
from openline.areas.shapes import Circle, Named, Point, Polygon, Track
from openline.areas.windows import EndKind, Window
from openline.terms import Instant


def test_every_kind_of_area_and_window() -> None:
    areas = (
        Point((1.0, 2.0)),
        Circle((1.0, 2.0), 1852.0, None, "A"),
        Circle((1.0, 2.0), 18520.0, 10),
        Polygon(((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)), closed=True),
        Track(((0.0, 0.0), (1.0, 0.0)), 200.0),
        Named("SEA"),
    )
    windows = (Window(Instant(0), None, EndKind.PERM),)
    found = as_json(Reading(format="navwarn", source="", windows=windows, areas=areas))
    assert found["windows"] == [["1970-01-01T00:00:00Z", None]]
    assert json.loads(json.dumps(found["areas"])) == [
        {"kind": "point", "label": None, "position": [1.0, 2.0]},
        {"kind": "circle", "label": "A", "center": [1.0, 2.0], "radius_nm": 1.0, "radius_m": 1852.0},
        {"kind": "circle", "center": [1.0, 2.0], "radius_nm": 10, "radius_m": 18520.0},
        {"kind": "polygon", "label": None, "ring_lonlat": [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]},
        {"kind": "track", "label": None, "line_lonlat": [[0.0, 0.0], [1.0, 0.0]], "half_width_m": 200.0},
        {"kind": "named", "label": None, "name": "SEA"},
    ]
