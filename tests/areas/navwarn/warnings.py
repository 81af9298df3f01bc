"""Warnings to read in tests: the real ones beside this file, and a plain one to fill."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from openline.areas import navwarn
from openline.areas.navwarn.tokens import Words, capitals, tokenise
from openline.areas.reading import Reading
from openline.terms import Instant

DATA = Path(__file__).parent / "data"
ISSUED = Instant(1_564_178_000_000)
"""262153Z JUL 2019, and some seconds."""


@cache
def golden() -> tuple[dict[str, Any], ...]:
    """The 246 with their expected readings."""
    return tuple(json.loads(line) for line in (DATA / "hydro_golden.jsonl").read_text().splitlines())


def words(text: str) -> Words:
    """The words of a text, none taken."""
    return Words(tokenise(capitals(text)))


def operation(time: str = "010900Z TO 011400Z AUG", place: str = "IN 12-44N 017-44W", end: str = "") -> Reading:
    """One operation at this time in this place."""
    return navwarn.read(f"1. CABLE OPERATIONS {time}\n   {place}.\n{end}", issued=ISSUED)


def times(reading: Reading) -> list[list[str | None]]:
    """The windows as text."""
    found: list[list[str | None]] = navwarn.as_json(reading)["windows"]
    return found


def codes(reading: Reading) -> list[str]:
    """The codes of its flags."""
    return [flag.code for flag in reading.flags]


def refused(reading: Reading) -> list[str]:
    """The words that were refused, with single spaces."""
    return [" ".join(each.words.split()) for each in reading.refused]
