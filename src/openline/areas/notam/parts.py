"""A NOTAM that came in several parts (Doc 8126, 6.2: "PART 1 OF 3"), each with its own heading and items."""

from __future__ import annotations

import re
from typing import Final

from openline.areas.notam.items import ID, Items, split

START: Final = re.compile(rf"(?<![A-Z0-9/])\(?{ID}\s{{1,9}}NOTAM\s?[NRC]\b", re.IGNORECASE)
PARTS_MAX: Final = 99


def parts_of(raw: str) -> tuple[Items, ...]:
    """The parts in the order of their numbers; a NOTAM in one part gives one."""
    starts = [match.start() for match in START.finditer(raw)][:PARTS_MAX]
    if len(starts) < 2:
        return (split(raw),)
    ends = [*starts[1:], len(raw)]
    parts = [split(raw[a:b], a) for a, b in zip(starts, ends, strict=True)]
    head = parts[0]
    same = [part for part in parts if part.id == head.id and part.parts == head.parts > 1]
    return tuple(sorted(same, key=lambda part: part.part)) if same else (split(raw),)
