"""Unusual real warnings, and nasty ones of our own, against readings worked out by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openline.areas import navwarn
from openline.areas.reading import Reading
from tests.areas.navwarn.warnings import DATA, codes, refused

OURS = [json.loads(line) for line in (DATA / "ours.jsonl").read_text().splitlines()]


def summary(reading: Reading, wanted: dict[str, Any]) -> dict[str, Any]:
    """The reading in the short form of the file: counts, the first and the last window, each area's first position."""
    made = navwarn.as_json(reading)
    found: dict[str, Any] = {
        "windows": len(made["windows"]),
        "areas": [short(area) for area in made["areas"]],
        "flags": codes(reading),
        "refused": refused(reading) if wanted.get("refused") is None else found_in(wanted["refused"], refused(reading)),
    }
    if made["windows"]:
        found |= {"first": made["windows"][0], "last": made["windows"][-1]}
    found |= {name: made[name] for name in ("self_cancel", "cancels")}
    found["alternates"] = len(made["alternate_windows"])
    return found | ({"shown_until": made["shown_until"]} if "shown_until" in wanted else {})


def found_in(wanted: list[str], made: list[str]) -> list[str]:
    """The wanted words that stand in a refusal."""
    return [words for words in wanted if any(words in each for each in made)]


def short(area: dict[str, Any]) -> dict[str, Any]:
    positions = area.get("ring_lonlat") or area.get("line_lonlat") or [area.get("center") or area.get("position")]
    found = {"kind": area["kind"], "label": area.get("label"), "first": positions[0]}
    if area["kind"] in {"polygon", "track"}:
        found["positions"] = len(positions)
    return found | {name: pytest.approx(area[name]) for name in ("radius_m", "half_width_m") if name in area}


@pytest.mark.parametrize("record", OURS, ids=lambda each: each.get("id") or f"{each['series']} {each['number']}")
def test_as_worked_out_by_hand(record: dict[str, Any]) -> None:
    (reading,) = navwarn.read_many(json.dumps(record))
    empty: dict[str, Any] = {"flags": [], "refused": [], "self_cancel": None, "cancels": [], "alternates": 0}
    assert summary(reading, record["ours"]) == empty | record["ours"]


def test_there_are_enough() -> None:
    assert len(OURS) >= 40
    assert sum(record["from"] == "ours" for record in OURS) >= 12
