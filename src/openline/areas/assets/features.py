"""Assets from GeoJSON: a point with `name`, and if known `time`, `course` and `speed` in knots; or a line with `times`.

`times` has one RFC 3339 time for each position of the line. Features of one name are one asset.
"""

from __future__ import annotations

from typing import Any

import msgspec

from openline.areas.assets.asset import KNOT_M_PER_S, Assets, Fix, fix_fault, gathered
from openline.areas.reading import Refused
from openline.areas.times import read_time
from openline.errors import BadEncoding, BadField, TooLarge
from openline.limits import ASSET_ROWS_MAX, READING_FILE_MAX_BYTES


class _Properties(msgspec.Struct):
    name: str | int
    time: str | None = None
    times: list[str] = []
    course: float | None = None
    speed: float | None = None


class _Geometry(msgspec.Struct):
    type: str
    coordinates: list[Any]


class _Feature(msgspec.Struct):
    type: str
    geometry: _Geometry
    properties: _Properties


class _Collection(msgspec.Struct):
    type: str
    features: list[msgspec.Raw]


def read_features(source: bytes) -> Assets:
    """Every asset of a feature collection. Raises `TooLarge`, `BadEncoding`, or `BadField` where it is none."""
    if len(source) > READING_FILE_MAX_BYTES:
        raise TooLarge(f"A file of {len(source)} bytes; {READING_FILE_MAX_BYTES} are the most.")
    try:
        collection = msgspec.json.decode(source.removeprefix(b"\xef\xbb\xbf"), type=_Collection)
    except msgspec.ValidationError as error:
        raise BadField(f"The file is no feature collection: {error}.") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadEncoding(f"The file is no JSON: {error}.") from error
    if collection.type != "FeatureCollection":
        raise BadField("The file is no feature collection.")
    fixes: list[tuple[str, Fix]] = []
    refused: list[Refused] = []
    for number, raw in enumerate(collection.features, 1):
        read = _feature(bytes(raw))
        if isinstance(read, str):
            words = bytes(raw)[:200].decode("utf-8", "replace")
            refused.append(Refused(words, 0, 0, f"Feature {number}: {read}"))
        else:
            fixes += read
        if len(fixes) > ASSET_ROWS_MAX:
            raise TooLarge(f"More than {ASSET_ROWS_MAX} positions.")
    return gathered(fixes, refused)


def _feature(raw: bytes) -> list[tuple[str, Fix]] | str:
    try:
        feature = msgspec.json.decode(raw, type=_Feature)
    except msgspec.DecodeError as error:
        return f"{error}."
    said, geometry = feature.properties, feature.geometry
    if geometry.type == "Point":
        return _fixes(str(said.name), [geometry.coordinates], [said.time], said)
    if geometry.type != "LineString":
        return "An asset is a point or a line."
    if len(said.times) != len(geometry.coordinates):
        return "A line needs `times`, one for each position."
    return _fixes(str(said.name), geometry.coordinates, list(said.times), said)


def _fixes(
    name: str, coordinates: list[Any], times: list[str | None], said: _Properties
) -> list[tuple[str, Fix]] | str:
    if not name.strip():
        return "No name."
    fixes: list[tuple[str, Fix]] = []
    for at, (place, words) in enumerate(zip(coordinates, times, strict=True)):
        when = read_time(words) if words is not None else None
        if words is not None and when is None:
            return "Not a time with its offset from UTC."
        if not isinstance(place, list) or len(place) < 2 or not all(type(part) in {int, float} for part in place[:2]):
            return "A position is longitude and latitude."
        last = at == len(coordinates) - 1
        speed = None if said.speed is None or not last else said.speed * KNOT_M_PER_S
        fix = Fix((float(place[0]), float(place[1])), when, said.course if last else None, speed)
        fault = fix_fault(fix)
        if fault:
            return fault
        fixes.append((name, fix))
    return fixes
