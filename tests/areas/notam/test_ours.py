"""Unusual NOTAM of our own, against readings worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from openline.areas.notam.answer import as_json
from openline.areas.notam.reader import read
from tests.areas.notam.samples import lines, same_area

OURS = lines("ours.jsonl")
FIELDS = ("id", "type", "refers_to", "fir", "q_center", "q_radius_nm", "to", "to_kind", "locations", "schedule")
MORE = (*FIELDS, "lower", "upper", "shown_until")


def refusals(wanted: dict[str, Any], made: list[dict[str, Any]]) -> list[str]:
    """The refused words, or with `inside` those wanted words that stand in one."""
    words = [" ".join(part["words"].split()) for part in made]
    return [each for each in wanted["refused"] if any(each in one for one in words)] if "inside" in wanted else words


@pytest.mark.parametrize("record", OURS, ids=lambda each: each["name"])
def test_as_worked_out_by_hand(record: dict[str, Any]) -> None:
    wanted, reading = record["ours"], read(record["raw"])
    made: dict[str, Any] = as_json(reading)
    areas = made["areas"] or []
    assert made["windows"] == wanted["windows"]
    assert len(areas) == len(wanted["areas"] or []), areas
    assert all(same_area(one, other) for one, other in zip(wanted["areas"] or [], areas, strict=True)), areas
    assert sorted(flag.code for flag in reading.reading.flags) == wanted["flags"]
    assert refusals(wanted, made["refused"]) == wanted["refused"]
    assert {name: made[name] for name in MORE if name in wanted} == {n: wanted[n] for n in MORE if n in wanted}
    assert list(reading.reading.cancels) == wanted.get("cancels", [])


def test_there_are_enough() -> None:
    assert len(OURS) >= 40
