"""The fields of a NOTAM."""

from __future__ import annotations

from openline.areas.notam.notam import NotamReading
from openline.areas.reading import Reading


def test_what_is_not_said_is_none() -> None:
    empty = NotamReading(reading=Reading(format="notam", source=""))
    assert (empty.id, empty.ends, empty.locations, empty.schedule) == (None, None, (), None)
