"""Areas as a person types them: positions, or the words of a navigational warning, and nothing that is in doubt."""

from __future__ import annotations

import re
from typing import Final

from openline.areas.shapes import Area
from openline.errors import Misuse

_POSITION: Final = re.compile(r"\d{1,3}-\d{2}(?:\.\d+)?\s*[NS]", re.IGNORECASE)


def typed(text: str) -> list[Area]:
    """The areas in words as warnings have them. Raises Misuse with what was not understood, or is doubtful."""
    from openline.areas import navwarn

    body = " ".join(text.upper().replace(";", ",").split()).rstrip(".")
    if _POSITION.match(body):
        body = f"IN {'AREA BOUND BY ' if len(_POSITION.findall(body)) > 2 else 'VICINITY OF '}{body}"
    reading = navwarn.read(f"HAZARDOUS OPERATIONS {body}.\n")
    if reading.refused or not reading.areas:
        words = "; ".join(f"{each.words!r}: {each.why}" for each in reading.refused) or "no position in it"
        raise Misuse(f"{text!r} is no area. Not understood: {words}")
    doubts = [each.text for each in reading.flags if each.code not in ("no-time", "no-extent", "outside-sea")]
    if doubts:
        raise Misuse(f"{text!r} is doubtful: {' '.join(doubts)} Give a GeoJSON file for what is really so.")
    return list(reading.areas)
