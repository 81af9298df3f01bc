"""The geometries of GeoJSON (RFC 7946, 3.1) as areas.

Each is checked on its own, so that one bad part of a collection costs nothing but itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from openline.areas.findings import Findings
from openline.areas.shapes import METRES_PER_NM, Area, Circle, Edges, Point, Polygon, Position, Track
from openline.limits import GEOJSON_COORDINATES_MAX_BYTES

MANY: Final = {"MultiPoint": "Point", "MultiLineString": "LineString", "MultiPolygon": "Polygon"}


class Meant(msgspec.Struct, frozen=True):
    """What the properties of a feature say about its geometry, beyond GeoJSON. Lengths in metres, None where unsaid."""

    radius_m: float | None = None
    radius_nm: float | None = None
    half_width_m: float | None = None
    edges: Edges = Edges.PLANE
    label: str = ""


def read_geometry(raw: bytes, meant: Meant, found: Findings, *, nested: bool = False) -> None:
    """Take the areas of one geometry object; what is wrong with it is refused with its words."""
    words = raw.decode("utf-8", "replace")
    members = _members(raw)
    if members is None:
        found.refuse(words, "A geometry is an object with a type and coordinates.")
        return
    kind = _text(members.get("type"))
    if kind == "GeometryCollection":
        _collection(members, meant, found, words, nested=nested)
        return
    if kind not in _READERS and kind not in MANY:
        found.refuse(words, f'"{kind[:40]}" is no type of geometry (RFC 7946, 1.4); capitals count.')
        return
    coordinates = _coordinates(members.get("coordinates"), found, words)
    if coordinates is None:
        return
    single = MANY.get(kind, kind)
    for part in coordinates if kind in MANY else [coordinates]:
        if found.full:
            break
        area = _READERS[single](part, meant, found)
        if isinstance(area, str):
            found.refuse(words, area)
        else:
            found.take(area, words)


def _collection(members: dict[str, msgspec.Raw], meant: Meant, found: Findings, words: str, *, nested: bool) -> None:
    if nested:
        found.refuse(words, "A collection within a collection is not read (RFC 7946, 3.1.8, advises against it).")
        return
    try:
        parts = msgspec.json.decode(members.get("geometries", b""), type=list[msgspec.Raw])
    except msgspec.DecodeError:
        found.refuse(words, "A geometry collection needs a list of geometries.")
        return
    for part in parts:
        read_geometry(bytes(part), meant, found, nested=True)


def _coordinates(raw: msgspec.Raw | None, found: Findings, words: str) -> list[Any] | None:
    if raw is None:
        found.refuse(words, "A geometry needs coordinates.")
        return None
    size = len(bytes(raw))
    if size > GEOJSON_COORDINATES_MAX_BYTES:
        found.refuse(words, f"Coordinates of {size} bytes; {GEOJSON_COORDINATES_MAX_BYTES} are the most.")
        return None
    try:
        coordinates = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        found.refuse(words, "The coordinates are no numbers.")
        return None
    if not isinstance(coordinates, list) or not coordinates:
        found.refuse(words, "Without coordinates it is no area.")
        return None
    return coordinates


def _point(part: object, meant: Meant, found: Findings) -> Area | str:
    position = _position(part, found)
    if isinstance(position, str):
        return position
    if meant.half_width_m is not None:
        return "half_width_m belongs to a line."
    if meant.radius_m is not None:
        return Circle(position, meant.radius_m, meant.radius_nm, meant.label)
    if meant.radius_nm is not None:
        return Circle(position, meant.radius_nm * METRES_PER_NM, meant.radius_nm, meant.label)
    return Point(position, meant.label)


def _line(part: object, meant: Meant, found: Findings) -> Area | str:
    positions = _positions(part, found)
    if isinstance(positions, str):
        return positions
    if meant.radius_m is not None or meant.radius_nm is not None:
        return "A radius belongs to a point."
    return Track(positions, meant.half_width_m or 0.0, meant.edges, meant.label)


def _polygon(part: object, meant: Meant, found: Findings) -> Area | str:
    if not isinstance(part, list) or not part:
        return "A polygon needs a ring."
    if meant.radius_m is not None or meant.radius_nm is not None or meant.half_width_m is not None:
        return "A radius belongs to a point, a width to a line."
    rings: list[tuple[Position, ...]] = []
    for each in part:
        ring = _positions(each, found)
        if isinstance(ring, str):
            return ring
        if ring[0] != ring[-1]:
            found.flag(
                "ring-not-closed", "The last position of a ring must repeat the first; it is closed as it stands."
            )
        elif len(ring) < 4:
            return "A ring needs four positions, the last like the first (RFC 7946, 3.1.6)."
        rings.append(ring[:-1] if ring[0] == ring[-1] else ring)
    return Polygon(rings[0], meant.edges, tuple(rings[1:]), meant.label)


_READERS: Final[dict[str, Callable[[object, Meant, Findings], Area | str]]] = {
    "Point": _point,
    "LineString": _line,
    "Polygon": _polygon,
}


def _positions(part: object, found: Findings) -> tuple[Position, ...] | str:
    if not isinstance(part, list) or not part:
        return "It needs a list of positions."
    positions: list[Position] = []
    for each in part:
        position = _position(each, found)
        if isinstance(position, str):
            return position
        positions.append(position)
    return tuple(positions)


def _position(part: object, found: Findings) -> Position | str:
    if not isinstance(part, list) or len(part) < 2:
        return "A position is longitude and latitude."
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in part):
        return "A position is not a number."
    if len(part) > 2:
        found.flag("altitude-ignored", "Positions have a third number, which is not read.")
    try:
        return (float(part[0]), float(part[1]))
    except OverflowError:
        return "A position is not a number."


def _members(raw: bytes | msgspec.Raw) -> dict[str, msgspec.Raw] | None:
    try:
        return msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except msgspec.DecodeError:
        return None


def _text(raw: msgspec.Raw | None) -> str:
    try:
        return msgspec.json.decode(raw or b'""', type=str)
    except msgspec.DecodeError:
        return ""
