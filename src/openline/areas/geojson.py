"""GeoJSON read (RFC 7946): each feature is one warning, its geometry becomes areas.

GeoJSON has no circles, widths, windows or rhumb lines. This program's own are members of `properties`: `radius_m`,
`half_width_m`, `edges`, `label`, and `area_meant`, the whole area as it was meant; of a collection, `notice`
(writing/geojson.py). What else `properties` holds is named as refused, not guessed at; a point with a radius, or a line
with a width, that is not understood is no area. Edges are straight in the plane (RFC 7946, 3.1.1) unless `edges` says
otherwise.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from openline.areas.findings import Findings
from openline.areas.geometries import Meant, read_geometry
from openline.areas.reading import Reading
from openline.areas.shapes import Area, Edges
from openline.areas.times import read_time
from openline.areas.windows import EndKind, Window
from openline.errors import BadEncoding, BadField, TooLarge
from openline.limits import GEOJSON_FEATURES_MAX, READING_FILE_MAX_BYTES

Members = dict[str, msgspec.Raw]

OF_A_FEATURE: Final = {"type", "id", "geometry", "properties", "bbox"}
OF_A_COLLECTION: Final = {"type", "features", "notice", "bbox"}
_EXTENT = re.compile(r"radius|width|buffer|diameter|range|extent", re.IGNORECASE)
_NOT_JSON = re.compile(rb'"(?:[^"\\]|\\.)*+"|-?Infinity\b|\bNaN\b', re.DOTALL)


class Properties(msgspec.Struct, frozen=True):
    """What this program understands of a feature's properties."""

    area_meant: Area | None = None
    radius_m: float | None = None
    radius_nm: float | None = None
    half_width_m: float | None = None
    edges: Edges = Edges.PLANE
    label: Any = ""
    name: Any = ""


class Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The member `notice` of a collection that this program wrote; times as RFC 3339, null where nothing ends it.

    A window is its start, its end, and how firm the end is.
    """

    title: str = ""
    form: str = ""
    sender: str = ""
    serial: str = ""
    issued: str = ""
    windows: tuple[tuple[str, str | None, EndKind], ...] = ()
    alternate_windows: tuple[tuple[str, str | None, EndKind], ...] = ()
    language: str = ""
    traffic: str = ""
    change: str = "new"
    names: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    self_cancel: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


def read_geojson(source: bytes) -> list[Reading]:
    """One reading for each feature, for a bare geometry, or for a collection that this program wrote.

    Raises `TooLarge`, `BadEncoding` or `BadField` where the whole is no GeoJSON; a bad feature costs only itself.
    """
    if len(source) > READING_FILE_MAX_BYTES:
        raise TooLarge(f"A file of {len(source)} bytes; {READING_FILE_MAX_BYTES} are the most.")
    clean = source.removeprefix(b"\xef\xbb\xbf")
    cleaned = _NOT_JSON.sub(_as_text, clean)
    members = _decoded(cleaned)
    kind = _text(members.get("type"))
    text = clean.decode("utf-8", "replace")
    if kind == "FeatureCollection":
        return _collection(members, clean, cleaned, text)
    found = Findings(text, cleaned.decode("utf-8", "replace"))
    if kind == "Feature":
        return [_reading(found, _feature(members, found))]
    if "coordinates" not in members and "geometries" not in members:
        raise BadField("This is no GeoJSON: it is neither a feature collection, nor a feature, nor a geometry.")
    read_geometry(cleaned, Meant(), found)
    return [_reading(found, "")]


def _collection(members: Members, source: bytes, cleaned: bytes, text: str) -> list[Reading]:
    try:
        features = msgspec.json.decode(members.get("features", b""), type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        raise BadField("A feature collection needs a list of features.") from error
    if len(features) > GEOJSON_FEATURES_MAX:
        raise TooLarge(f"A collection of {len(features)} features; {GEOJSON_FEATURES_MAX} are the most.")
    if "crs" in members:
        raise BadField("The collection names a coordinate system of its own; only WGS 84 is read (RFC 7946, 4).")
    if "notice" in members:
        whole = Findings(text, cleaned.decode("utf-8", "replace"))
        for raw in features:
            _feature_of(bytes(raw), whole)
        _strange(members, OF_A_COLLECTION, whole)
        return [_of_notice(members["notice"], whole)]
    readings: list[Reading] = []
    cursor = 0
    for raw in features:
        part = bytes(raw)
        cursor = cleaned.index(part, cursor)
        found = Findings(
            source[cursor : cursor + len(part)].decode("utf-8", "replace"), part.decode("utf-8", "replace")
        )
        cursor += len(part)
        readings.append(_reading(found, _feature_of(part, found)))
    if readings:
        first = Findings(text)
        _strange(members, OF_A_COLLECTION, first)
        readings[0] = msgspec.structs.replace(readings[0], refused=(*readings[0].refused, *first.refused))
    return readings


def _feature_of(raw: bytes, found: Findings) -> str:
    words = raw.decode("utf-8", "replace")
    try:
        members = msgspec.json.decode(raw, type=Members)
    except msgspec.DecodeError:
        found.refuse(words, "A feature is an object.")
        return ""
    if _text(members.get("type")) != "Feature":
        found.refuse(words, 'Its type is not "Feature"; capitals count (RFC 7946, 1.4).')
        return ""
    return _feature(members, found)


def _feature(members: Members, found: Findings) -> str:
    """Take the areas of a feature; its id."""
    _strange(members, OF_A_FEATURE, found)
    _bbox(members.get("bbox"), found)
    raw = members.get("properties", msgspec.Raw(b"null"))
    stated = _properties(raw, found)
    geometry = members.get("geometry")
    if stated is None:
        pass
    elif stated.area_meant is not None:
        _own(stated.area_meant, geometry, found)
    elif geometry is not None and bytes(geometry) != b"null":
        label = next((said for said in (stated.label, stated.name) if isinstance(said, str) and said), "")
        meant = Meant(stated.radius_m, stated.radius_nm, stated.half_width_m, stated.edges, label)
        read_geometry(bytes(geometry), meant, found)
    elif geometry is None:
        found.refuse("", "A feature needs a geometry, or null (RFC 7946, 3.2).")
    return _text(members.get("id")) or bytes(members.get("id", b"")).decode("utf-8", "replace").strip('"')


def _properties(raw: msgspec.Raw, found: Findings) -> Properties | None:
    """What is understood of them; None where an extent is not understood, so that the geometry would mislead."""
    words = bytes(raw).decode("utf-8", "replace")
    try:
        every = msgspec.json.decode(raw, type=Members | None) or {}
    except msgspec.DecodeError:
        found.refuse(words, "Properties are an object or null (RFC 7946, 3.2).")
        return Properties()
    strange = [name for name in every if name not in Properties.__struct_fields__]
    if strange:
        found.refuse(words, f"Not read: {', '.join(strange[:20])}.")
    try:
        stated = msgspec.json.decode(raw, type=Properties | None) or Properties()
    except msgspec.ValidationError as error:
        found.refuse(words, f"The geometry is not read without its properties: {error}.")
        return None
    extents = [name for name in strange if _EXTENT.search(name)]
    if extents and stated.area_meant is None and stated.radius_m is None and stated.half_width_m is None:
        found.refuse(words, f'"{extents[0]}" is not understood, and without it the geometry would be too small.')
        return None
    return stated


def _own(area: Area, geometry: msgspec.Raw | None, found: Findings) -> None:
    """An area that this program wrote: taken as it was meant, if the drawn geometry shows the same place."""
    from openline.areas.geometry.drawn import same_place

    found.take(area, "area_meant")
    if found.areas and found.areas[-1] is area and not same_place(area, bytes(geometry or b"null")):
        found.flag("geometry-differs", "The geometry does not show the area that the property says.", "area_meant")


def _of_notice(raw: msgspec.Raw, found: Findings) -> Reading:
    try:
        notice = msgspec.json.decode(raw, type=Notice)
    except msgspec.DecodeError as error:
        found.refuse(bytes(raw).decode("utf-8", "replace"), f"The notice is not understood: {error}.")
        return _reading(found, "")
    windows, alternate = (_windows(rows, found) for rows in (notice.windows, notice.alternate_windows))
    return msgspec.structs.replace(
        _reading(found, notice.serial),
        issued=read_time(notice.issued),
        windows=windows,
        alternate_windows=alternate,
        cancels=notice.names if notice.change != "new" else (),
        self_cancel=read_time(notice.self_cancel or ""),
        refused=tuple(found.refused),
    )


def _windows(rows: tuple[tuple[str, str | None, EndKind], ...], found: Findings) -> tuple[Window, ...]:
    windows: list[Window] = []
    for start, end, kind in rows:
        first, last = read_time(start), None if end is None else read_time(end)
        if first is None or (end is not None and last is None):
            found.refuse(start if first is None else end or "", "Not a time.")
        elif last is not None and last < first:
            found.refuse(start, "A window that ends before it starts.")
        else:
            windows.append(Window(first, last, kind))
    return tuple(windows)


def _bbox(raw: msgspec.Raw | None, found: Findings) -> None:
    """A box is checked and not used: it says nothing that the geometry does not (RFC 7946, 5)."""
    if raw is None:
        return
    try:
        box = msgspec.json.decode(raw, type=list[float])
    except msgspec.DecodeError:
        box = []
    if len(box) not in {4, 6}:
        found.refuse(bytes(raw).decode("utf-8", "replace"), "A box is four or six numbers (RFC 7946, 5).")


def _strange(members: Members, known: set[str], found: Findings) -> None:
    strange = [name for name in members if name not in known]
    if strange:
        found.refuse(strange[0], f"Not read: {', '.join(strange[:20])}.")


def _reading(found: Findings, name: str) -> Reading:
    return Reading(
        format="geojson",
        source=found.source,
        id=name,
        areas=tuple(found.areas),
        flags=tuple(found.flags),
        refused=tuple(found.refused),
    )


def _decoded(cleaned: bytes) -> Members:
    try:
        return msgspec.json.decode(cleaned, type=Members)
    except RecursionError as error:
        raise BadEncoding("The file is nested too deeply to be GeoJSON.") from error
    except msgspec.DecodeError as error:
        raise BadEncoding(f"The file is no JSON object: {error}.") from error


def _as_text(found: re.Match[bytes]) -> bytes:
    """A number that JSON does not have becomes a text of the same length: only what holds it is refused."""
    word = found[0]
    return word if word.startswith(b'"') else b'"' + b"N" * (len(word) - 2) + b'"'


def _text(raw: msgspec.Raw | None) -> str:
    try:
        return msgspec.json.decode(raw or b'""', type=str)
    except msgspec.DecodeError:
        return ""
