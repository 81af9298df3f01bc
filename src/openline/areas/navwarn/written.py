"""A reading in plain values for JSON, with the field names that the samples use."""

from __future__ import annotations

from typing import Any

from openline.areas.navwarn.times import stamp
from openline.areas.reading import Reading
from openline.areas.shapes import METRES_PER_NM, Area, Circle, Named, Point, Polygon, Track
from openline.areas.windows import Window
from openline.terms import Instant


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as JSON values: times as 2019-08-01T09:00:00Z, a window as [start, end], no end as None."""
    return {
        "id": reading.id,
        "issued": _at(reading.issued),
        "windows": [_window(each) for each in reading.windows],
        "alternate_windows": [_window(each) for each in reading.alternate_windows],
        "areas": [_area(each) for each in reading.areas],
        "self_cancel": _at(reading.self_cancel),
        "cancels": list(reading.cancels),
        "shown_until": _at(reading.shown_until),
        "flags": [{"code": each.code, "text": each.text, "words": each.words} for each in reading.flags],
        "refused": [
            {"words": each.words, "first": each.first, "last": each.last, "why": each.why} for each in reading.refused
        ],
    }


def _at(at: Instant | None) -> str | None:
    return None if at is None else stamp(at)


def _window(window: Window) -> list[str | None]:
    return [stamp(window.start), _at(window.end)]


def _area(area: Area) -> dict[str, Any]:
    label = area.label or None
    match area:
        case Circle():
            miles = area.radius_nm if area.radius_nm is not None else round(area.radius_m / METRES_PER_NM, 6)
            found = {"kind": "circle", "center": list(area.center), "radius_nm": miles, "radius_m": area.radius_m}
            return found if label is None else {**found, "label": label}
        case Polygon():
            ring = [*area.ring, *(area.ring[:1] if area.closed else ())]
            return {"kind": "polygon", "label": label, "ring_lonlat": [list(each) for each in ring]}
        case Track():
            line = [list(each) for each in area.positions]
            return {"kind": "track", "label": label, "line_lonlat": line, "half_width_m": area.half_width_m}
        case Point():
            return {"kind": "point", "label": label, "position": list(area.position)}
        case Named():
            return {"kind": "named", "label": label, "name": area.name}
