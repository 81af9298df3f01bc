"""The Q-line: FIR, code, traffic, purpose, scope, limits, and a circle that covers the whole (Doc 8126, 6.3.2)."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from openline.areas.shapes import Position

_CIRCLE: Final = re.compile(r"(\d{2})(\d{2})([NS])(\d{3})(\d{2})([EW])(\d{3})?")
_WORDS: Final = (
    ("FIR", r"[A-Z]{3,4}"),
    ("code", r"(?:Q[A-Z]{4})?"),
    ("traffic", r"(?:I|V|IV|VI|K)?"),
    ("purpose", r"N?B?O?M?K?"),
    ("scope", r"A?E?W?|[EW]A|WE|K"),
)
FIELDS: Final = 8


class QLine(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of a Q-line; limits in flight levels (hundreds of feet), radius in nautical miles.

    A text field is None where the line is too short to have it, and "" where it is there and empty.
    `wrong` says which fields are written as none should be.
    """

    fir: str | None = None
    qcode: str | None = None
    traffic: str | None = None
    purpose: str | None = None
    scope: str | None = None
    lower_fl: int | None = None
    upper_fl: int | None = None
    center: Position | None = None
    radius_nm: int | None = None
    wrong: tuple[str, ...] = ()


def read_qline(words: str) -> QLine:
    """The Q-line from the words after "Q)". Fields that cannot be read are named in `wrong` and left None."""
    fields: list[str | None] = ["".join(field.split()).upper() for field in words.split("/")]
    without_circle = len(fields) == FIELDS - 1 and not _CIRCLE.fullmatch(fields[-1] or "")
    wrong = [] if len(fields) == FIELDS or without_circle else [f"{len(fields)} fields instead of {FIELDS}"]
    fields = _aligned(fields) if wrong else (fields + [None])[:FIELDS]
    for at, (name, pattern) in enumerate(_WORDS):
        value = fields[at]
        if value is not None and not re.fullmatch(pattern, value):
            wrong.append(f"{name} {value[:40]!r}")
            fields[at] = None
    fir, code, traffic, purpose, scope, lower, upper, circle = fields
    lower_fl, upper_fl = _level(lower, wrong), _level(upper, wrong)
    center, radius = _circle(circle, wrong)
    return QLine(
        fir=fir,
        qcode=code,
        traffic=traffic,
        purpose=purpose,
        scope=scope,
        lower_fl=lower_fl,
        upper_fl=upper_fl,
        center=center,
        radius_nm=radius,
        wrong=tuple(wrong),
    )


def _aligned(fields: list[str | None]) -> list[str | None]:
    """A line of too few or too many fields: FIR and code from its front, limits and circle where its end has them."""
    front, end = (fields + [None])[:2], fields[-3:]
    whole = len(fields) > 4 and re.fullmatch(r"\d{3}/\d{3}/" + _CIRCLE.pattern, "/".join(map(str, end)), re.ASCII)
    return [*front, None, None, None, *(end if whole else [None] * 3)]


def _level(field: str | None, wrong: list[str]) -> int | None:
    """A flight level of three digits; None where the field is empty."""
    if not field:
        return None
    if re.fullmatch(r"\d{3}", field, re.ASCII):
        return int(field)
    wrong.append(f"level {field[:40]!r}")
    return None


def _circle(field: str | None, wrong: list[str]) -> tuple[Position | None, int | None]:
    """Centre and radius: "3554N11209E013"."""
    if not field:
        return None, None
    match = _CIRCLE.fullmatch(field)
    if match:
        lat_deg, lat_min, north, lon_deg, lon_min, east, radius = match.groups()
        lat = int(lat_deg) + int(lat_min) / 60
        lon = int(lon_deg) + int(lon_min) / 60
        if int(lat_min) < 60 and int(lon_min) < 60 and lat <= 90 and lon <= 180:
            center = (lon if east == "E" else -lon, lat if north == "N" else -lat)
            return center, int(radius) if radius else None
    wrong.append(f"circle {field[:40]!r}")
    return None, None
