"""A reading as JSON values, with the field names and formats that collections of NOTAM use."""

from __future__ import annotations

from openline.areas.notam.notam import NotamReading
from openline.areas.notam.times import written
from openline.areas.reading import Flag, Refused
from openline.areas.shapes import Area, Circle, Named, Point, Polygon, Position, Track
from openline.areas.windows import Window

PLACES = 6
"""Decimals of a degree: a tenth of a metre."""


def as_json(notam: NotamReading) -> dict[str, object]:
    """The fields of one reading; `areas` is None where the text gives none, times are UTC to the minute."""
    reading = notam.reading
    return {
        "id": notam.id,
        "type": notam.type,
        "refers_to": notam.refers_to,
        "fir": notam.fir,
        "qcode": notam.qcode,
        "traffic": notam.traffic,
        "purpose": notam.purpose,
        "scope": notam.scope,
        "lower_fl": notam.lower_fl,
        "upper_fl": notam.upper_fl,
        "q_center": lonlat(notam.q_center) if notam.q_center else None,
        "q_radius_nm": notam.q_radius_nm,
        "from": written(notam.starts),
        "to": written(notam.ends),
        "to_kind": str(notam.end_kind) if notam.end_kind else None,
        "locations": list(notam.locations),
        "schedule": notam.schedule,
        "lower": notam.lower,
        "upper": notam.upper,
        "areas": [area_json(area) for area in reading.areas] or None,
        "windows": [window_json(window) for window in reading.windows],
        "shown_until": written(reading.shown_until),
        "flags": [flag_json(flag) for flag in reading.flags],
        "refused": [refused_json(part) for part in reading.refused],
    }


def lonlat(position: Position) -> list[float]:
    """[longitude, latitude], rounded."""
    return [round(position[0], PLACES), round(position[1], PLACES)]


def area_json(area: Area) -> dict[str, object]:
    """One area: kind, and what its kind has."""
    said: dict[str, object]
    match area:
        case Point():
            said = {"kind": "point", "position": lonlat(area.position)}
        case Circle():
            said = {"kind": "circle", "center": lonlat(area.center), "radius_m": round(area.radius_m, 3)}
        case Polygon():
            said = {"kind": "polygon", "ring_lonlat": [lonlat(position) for position in area.ring]}
        case Track():
            line = [lonlat(position) for position in area.positions]
            said = {"kind": "track", "line_lonlat": line, "half_width_m": round(area.half_width_m, 3)}
        case Named():
            said = {"kind": "named", "name": area.name}
    return {**said, "label": area.label} if area.label else said


def window_json(window: Window) -> dict[str, object]:
    """One period."""
    return {"from": written(window.start), "to": written(window.end), "to_kind": str(window.end_kind)}


def flag_json(flag: Flag) -> dict[str, str]:
    """One doubt."""
    return {"code": flag.code, "text": flag.text, "words": flag.words}


def refused_json(part: Refused) -> dict[str, object]:
    """Words that were not understood, where they stand, and why."""
    return {"words": part.words, "first": part.first, "last": part.last, "why": part.why}
