"""Areas and windows as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.areas.shapes import Circle, Point, Polygon
from openline.cli import grounds
from openline.errors import Misuse


def test_areas_in_the_words_of_warnings(tmp_path: Path) -> None:
    ring, circle, point = grounds.areas(
        ("34-15N 033-30E, 34-15N 034-30E, 35-00N 034-00E", "within 5 miles of 34-15N 033-30E", "34-15N 033-30E"), None
    )
    assert isinstance(ring, Polygon)
    assert isinstance(circle, Circle)
    assert isinstance(point, Point)
    file = tmp_path / "area.geojson"
    file.write_text('{"type": "Point", "coordinates": [33.5, 34.25]}')
    assert grounds.areas((), file) == (Point((33.5, 34.25)),)
    for text in ("{", '{"type": "Point", "coordinates": [333, 0]}', '{"type": "FeatureCollection", "features": []}'):
        file.write_text(text)
        with pytest.raises(Misuse):
            grounds.areas((), file)


def test_a_bow_tie_is_not_guessed_at() -> None:
    with pytest.raises(Misuse, match="cross"):
        grounds.areas(("10-00N 020-00W, 12-00N 018-00W, 10-00N 018-00W, 12-00N 020-00W",), None)


def test_windows_fields_and_contacts() -> None:
    (window,) = grounds.windows(("2024-12-01T06:00Z/",))
    assert window.end is None
    assert grounds.fields(("a=b=c",)) == {"a": "b=c"}
    assert grounds.contacts(("Lead: +00 1",)) == (("Lead", "+00 1"),)
