"""Any file of warnings: which format it has, and one reading for each message in it, with its text byte for byte."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from openline.areas.reading import Reading, Refused
from openline.errors import BadField, PeerError, TooLarge
from openline.limits import READING_FILE_MAX_BYTES

FORMATS: Final = ("navwarn", "notam", "cap", "geojson")
_GEOJSON: Final = re.compile(
    rb'"type"\s*:\s*"(FeatureCollection|Feature|GeometryCollection|(Multi)?(Point|LineString|Polygon))"'
)
_NOTAM: Final = re.compile(
    r"NOTAM[NRC]\b|(?:^|[\s\"\\n(])Q\)\s*[A-Z]{4}/|(?:^|[\s(])A\)\s*[A-Z]{4}\b[\s\S]{0,400}?\bB\)"
)
_LOOKED_AT: Final = 64 << 10


class Message(msgspec.Struct, frozen=True):
    """One message as read: its reading, the fields that its format has beyond that, and its text as it came."""

    reading: Reading
    value: dict[str, Any]
    original: bytes


def guess(source: bytes) -> str:
    """The format of a file, by how it looks; what looks like nothing else is taken for warnings at sea."""
    start = source.removeprefix(b"\xef\xbb\xbf").lstrip()[:_LOOKED_AT]
    if start.startswith(b"<"):
        return "cap"
    if start[:1] in (b"{", b"[") and _GEOJSON.search(start):
        return "geojson"
    return "notam" if _NOTAM.search(start.decode("utf-8", "replace")) else "navwarn"


def read_file(source: bytes, format: str = "") -> list[Message]:
    """Every message of a file. What is no file of its format is one message that refuses it whole.

    Raises TooLarge for a file beyond the limit, BadField for a format that is none.
    """
    if len(source) > READING_FILE_MAX_BYTES:
        raise TooLarge(f"A file of {len(source)} bytes; {READING_FILE_MAX_BYTES} are the most. Cut it into several.")
    if format and format not in FORMATS:
        raise BadField(f"{format!r} is no format: {', '.join(FORMATS)}.")
    kind = format or guess(source)
    try:
        return _READERS[kind](source)
    except PeerError as error:
        text, encoding = _decoded(source)
        reading = Reading(format=kind, source=text, refused=(Refused(text[:200], 0, len(text), str(error)),))
        return [_message(reading, encoding)]


def _message(reading: Reading, encoding: str, value: dict[str, Any] | None = None) -> Message:
    from openline.areas.navwarn import as_json

    fields = as_json(reading) if value is None else value
    return Message(reading, {"format": reading.format, **fields}, reading.source.encode(encoding, "replace"))


def _decoded(source: bytes) -> tuple[str, str]:
    """The text, and the encoding that gives its bytes back: UTF-8, or each byte for itself."""
    try:
        return source.removeprefix(b"\xef\xbb\xbf").decode(), "utf-8"
    except UnicodeDecodeError:
        return source.decode("latin-1"), "latin-1"


def _navwarn(source: bytes) -> list[Message]:
    from openline.areas import navwarn

    text, encoding = _decoded(source)
    return [_message(reading, encoding) for reading in navwarn.read_many(text)]


def _notam(source: bytes) -> list[Message]:
    from openline.areas.notam import answer, many

    text, encoding = _decoded(source)
    return [_message(each.reading, encoding, answer.as_json(each)) for each in many.read_many(text)]


def _cap(source: bytes) -> list[Message]:
    from openline.areas.cap import read_cap

    alerts = read_cap(source)
    return [_message(alert.reading, "utf-8") for alert in alerts]


def _geojson(source: bytes) -> list[Message]:
    from openline.areas.geojson import read_geojson

    return [_message(reading, "utf-8") for reading in read_geojson(source)]


_READERS: Final = {"navwarn": _navwarn, "notam": _notam, "cap": _cap, "geojson": _geojson}
