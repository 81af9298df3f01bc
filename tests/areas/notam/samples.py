"""The samples beside the tests, and how an answer is held against what a sample expects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
DEGREES = 2e-6
METRES = 0.11


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def same_area(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Equal kinds, equal positions to the last decimal given, equal radius."""
    if one["kind"] != other["kind"]:
        return False
    a, b = (area.get("ring_lonlat") or [area.get("center") or area.get("position")] for area in (one, other))
    close = len(a) == len(b) and all(
        abs(x - y) <= DEGREES for p, q in zip(a, b, strict=True) for x, y in zip(p, q, strict=True)
    )
    return close and abs(one.get("radius_m", 0) - other.get("radius_m", 0)) <= METRES


def differences(expected: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """Names of the expected fields that the answer has otherwise; areas left open by the sample are not compared."""
    found = [name for name in expected if name != "areas" and expected[name] != answer[name]]
    wanted, have = expected.get("areas"), answer["areas"] or []
    if wanted is not None and not (
        len(wanted) == len(have) and all(same_area(a, b) for a, b in zip(wanted, have, strict=True))
    ):
        found.append("areas")
    return found
