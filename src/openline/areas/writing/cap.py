"""A bulletin as a CAP 1.2 alert (OASIS Standard, 1 July 2010), valid against its schema.

Each window is an information block of its own with all areas; an alternate window says so in a parameter. CAP has no
rhumb lines, holes or widths: what its straight edges would not show is written as the outline, within 200 metres, and a
hole is filled, which errs to the safe side. A line without width is told in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from openline.areas.bulletin import Bulletin, Change
from openline.areas.cap import ALTERNATE, NAMESPACE
from openline.areas.shapes import Area, Circle, Edges, Named, Point, Polygon, Position, Track
from openline.areas.times import write_time
from openline.areas.where import outline
from openline.areas.windows import Window
from openline.areas.writing.words import area_words, plain
from openline.terms import Instant, TrafficClass

STATUS: Final = {
    TrafficClass.OPERATION: "Actual",
    TrafficClass.EXERCISE: "Exercise",
    TrafficClass.DRILL: "Exercise",
    TrafficClass.TEST: "Test",
}
MESSAGE: Final = {Change.NEW: "Alert", Change.REPLACES: "Update", Change.CANCELS: "Cancel"}
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


def write_cap(bulletin: Bulletin, *, public: bool = False) -> bytes:
    """The alert as XML in UTF-8. Unless it is for the public, its scope is restricted to whom the line allows."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<alert xmlns="{NAMESPACE}">',
        *_element("identifier", cap_name(bulletin.serial)),
        *_element("sender", cap_name(bulletin.sender)),
        *_element("sent", _time(bulletin.issued)),
        *_element("status", STATUS[bulletin.traffic]),
        *_element("msgType", MESSAGE[bulletin.change]),
        *_element("scope", "Public" if public else "Restricted"),
    ]
    if not public:
        lines += _element("restriction", "As the sender and the receiver have agreed.")
    if bulletin.traffic is TrafficClass.DRILL:
        lines += _element("note", "Drill")
    if bulletin.names:
        lines += _element("references", _references(bulletin))
    for window in bulletin.windows or ((None,) if not bulletin.alternate_windows else ()):
        lines += _info(bulletin, window, alternate=False)
    for window in bulletin.alternate_windows:
        lines += _info(bulletin, window, alternate=True)
    return "\n".join([*lines, "</alert>", ""]).encode()


def cap_name(text: str) -> str:
    """An identifier: no blanks, commas or the characters < and & (CAP 1.2, 3.2.1)."""
    return re.sub(r"[\s,<&]+", "_", plain(text)) or "_"


def _references(bulletin: Bulletin) -> str:
    sender = cap_name(bulletin.sender)
    return " ".join(f"{sender},{cap_name(each.serial)},{_time(each.issued)}" for each in bulletin.names)


def _info(bulletin: Bulletin, window: Window | None, *, alternate: bool) -> Iterator[str]:
    cancelled = bulletin.change is Change.CANCELS
    yield "<info>"
    if _LANGUAGE.fullmatch(bulletin.language):
        yield from _element("language", bulletin.language)
    yield from _element("category", "Safety")
    yield from _element("event", plain(bulletin.title) or "Notice")
    yield from _element("responseType", "AllClear" if cancelled else "Avoid")
    yield from _element("urgency", "Past" if cancelled else "Unknown")
    yield from _element("severity", "Unknown")
    yield from _element("certainty", "Possible" if alternate else "Likely")
    yield from _element("effective", _time(bulletin.issued))
    if window is not None:
        yield from _element("onset", _time(window.start))
        if window.end is not None:
            yield from _element("expires", _time(window.end))
    yield from _element("senderName", bulletin.sender)
    yield from _element("headline", f"{bulletin.form}: {bulletin.title}")
    yield from _element(
        "description", " / ".join(f"{plain(each.label)}: {plain(each.text)}" for each in bulletin.fields)
    )
    yield from _element("instruction", " ".join(map(plain, bulletin.remarks)))
    for name, value in (("openline:form", bulletin.form), (ALTERNATE, "true" if alternate else "")):
        if plain(value):
            yield from ("<parameter>", *_element("valueName", name), *_element("value", value), "</parameter>")
    for area in bulletin.areas:
        yield from _area(area)
    yield "</info>"


def _area(area: Area) -> Iterator[str]:
    yield "<area>"
    label = "" if isinstance(area, Named) else plain(area.label)
    yield from _element("areaDesc", label or " ".join(area_words(area, listed=True)))
    if isinstance(area, Circle):
        yield from _element("circle", f"{_pair(area.center)} {area.radius_m / 1000:.6f}".rstrip("0").rstrip("."))
    elif isinstance(area, Point):
        yield from _element("circle", f"{_pair(area.position)} 0")
    elif isinstance(area, Polygon | Track):
        for ring in _rings(area):
            yield from _element("polygon", " ".join(map(_pair, (*ring, ring[0]) if ring[0] != ring[-1] else ring)))
    yield "</area>"


def _rings(area: Polygon | Track) -> list[tuple[Position, ...]]:
    """The vertices as they were given where straight edges show the same, otherwise the outline."""
    if isinstance(area, Polygon) and not area.holes and _straight(area):
        return [area.ring]
    return [polygon[0] for polygon in outline(area).polygons]


def _straight(area: Polygon) -> bool:
    from openline.areas.geometry.drawn import same_shape

    ring = (*area.ring, area.ring[0])
    jumps = any(abs(east[0] - west[0]) > 180.0 for west, east in zip(ring, ring[1:], strict=False))
    return not jumps and same_shape(area, Edges.PLANE)


def _element(name: str, text: str) -> Iterator[str]:
    """One element, unless it would be empty."""
    said = plain(text)
    if said:
        yield f"<{name}>{escape(said, quote=False)}</{name}>"


def _time(at: Instant) -> str:
    """With an offset, for CAP does not allow a Z (CAP 1.2, 3.3.2)."""
    return write_time(Instant(at - at % 1000)).replace("Z", "-00:00")


def _pair(position: Position) -> str:
    return f"{position[1]:.7f}".rstrip("0").rstrip(".") + "," + f"{position[0]:.7f}".rstrip("0").rstrip(".")
