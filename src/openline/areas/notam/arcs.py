"""Edges of an area that are arcs: "THENCE CLOCKWISE BY THE ARC OF A CIRCLE RADIUS 10NM CENTRED ON p TO q".

Only this form is read, with its sense, its radius and its centre stated, from one position to the next. The arc becomes
vertices whose joining lines stay within `SAGITTA_M` of it. Every other bent edge stays for others to refuse.
"""

from __future__ import annotations

import re
from math import acos, ceil, degrees
from typing import Final

import msgspec

from openline.areas.notam.positions import Placed
from openline.areas.notam.radii import find_radii
from openline.areas.shapes import Position

SAGITTA_M: Final = 50
"""So far the drawn edge may lie inside the arc."""

RADIUS_MAX_M: Final = 1_000_000
SMALLEST_M: Final = 2 * SAGITTA_M
SHARE: Final = 0.02
"""The share of the radius by which an end may miss the arc: radii are rounded."""

GRAIN_M: Final = 111_000
"""Metres of one degree of latitude."""

_ARTICLES: Final = r"(?:\s|,|-|BY|ALONG|VIA|ON|OF|IN|AN?|THE|FOLLOWING|DIRECTION|WITH)"
_TO_ARC: Final = re.compile(
    rf"[\s,;.-]*(?:THENCE|THEN)?{_ARTICLES}{{0,20}}(?P<sense>ANTI-?CLOCKWISE|COUNTER-?CLOCKWISE|CLOCKWISE|ACW|CCW|CW)"
    rf"{_ARTICLES}{{0,20}}ARC{_ARTICLES}{{0,20}}(?:CIRCLE)?{_ARTICLES}{{0,20}}"
)
_TO_CENTRE: Final = re.compile(r"[\s,]{0,9}(?:CENT(?:RED|ERED|RE|ER)|CTRD?)?(?:\s|ON|AT|POINT|PSN|POSITION|:){0,9}")
_TO_END: Final = re.compile(r"[\s,-]{0,9}(?:TO|UNTIL)(?:\s|THE|POINT|PSN){0,9}")
PHRASE_MAX: Final = 160


class Arc(msgspec.Struct, frozen=True):
    """An arc from the position that ends at `first` to the one that begins at `last` (offsets)."""

    first: int
    last: int
    center: Placed
    radius_m: float
    clockwise: bool


def find_arcs(text: str, places: tuple[Placed, ...]) -> dict[int, Arc]:
    """Every arc of a text in capitals, by the offset of the position where it ends."""
    found = {}
    for start, center, end in zip(places, places[1:], places[2:], strict=False):
        words = text[start.last : center.first]
        lead = _TO_ARC.match(words) if len(words) <= PHRASE_MAX and "ARC" in words else None
        radii = find_radii(words) if lead else ()
        if lead is None or len(radii) != 1 or lead.end() != radii[0].first or radii[0].doubt:
            continue
        if not _TO_CENTRE.fullmatch(words[radii[0].last :]) or not _TO_END.fullmatch(text[center.last : end.first]):
            continue
        clockwise = lead["sense"] in ("CLOCKWISE", "CW")
        found[end.first] = Arc(start.last, end.first, center, radii[0].metres, clockwise)
    return found


def straightened(text: str, arcs: dict[int, Arc]) -> str:
    """The text, as long as before, with a dash and blanks for each arc: its ends follow one another."""
    for arc in arcs.values():
        text = text[: arc.first] + "-" + " " * (arc.last - arc.first - 1) + text[arc.last :]
    return text


def along(arc: Arc, start: Placed, end: Placed) -> tuple[Position, ...] | None:
    """The vertices of an arc between its ends; None where an end does not lie on it."""
    import numpy as np

    from openline.areas.geometry.ellipsoid import at, direct, inverse

    if not SMALLEST_M < arc.radius_m <= RADIUS_MAX_M:
        return None
    ends = [at(place.position) for place in (start, end)]
    lon, lat = at(arc.center.position)
    (one, since), (other, until) = (inverse(lon, lat, *position) for position in ends)
    slack = max(SHARE * arc.radius_m, max(place.grain for place in (start, end, arc.center)) * GRAIN_M)
    if max(abs(float(length[0]) - arc.radius_m) for length in (one, other)) > slack:
        return None
    first, last = float(since[0]), float(until[0])
    turn = (last - first if arc.clockwise else first - last) % 360.0
    steps = max(1, ceil(turn / (2 * degrees(acos(1 - SAGITTA_M / arc.radius_m)))))
    sense = 1.0 if arc.clockwise else -1.0
    bearings = first + sense * turn * np.arange(1, steps) / steps
    lons, lats = direct(lon, lat, bearings, arc.radius_m)
    return tuple(((float(x) + 180.0) % 360.0 - 180.0, float(y)) for x, y in zip(lons, lats, strict=True))
