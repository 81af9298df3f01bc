"""AIS messages decoded: positions (types 1, 2, 3, 18, 19) and names (5, 19, 24); ITU-R M.1371-5, annex 8, section 3.

Others carry nothing about where a ship is that these do not; they are counted and left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from openline.areas.assets.asset import KNOT_M_PER_S, Assets, Fix, fix_fault, gathered
from openline.areas.assets.nmea import Payload, read_sentences
from openline.areas.reading import Refused
from openline.errors import TooLarge
from openline.limits import ASSET_ROWS_MAX, READING_FILE_MAX_BYTES
from openline.terms import Instant

_SIX_BIT: Final = "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?"
NOT_AVAILABLE_LON: Final = 181 * 600_000
NOT_AVAILABLE_LAT: Final = 91 * 600_000


class Report(msgspec.Struct, frozen=True):
    """What one message says: who, and where or under which name. Course in degrees, speed in metres a second."""

    mmsi: int
    fix: Fix | None = None
    name: str = ""


class Bits:
    """The bits of a payload, most significant first."""

    def __init__(self, payload: Payload) -> None:
        """Six bits of each character (ITU-R M.1371-5; IEC 61162-1, table of the encapsulation)."""
        value = 0
        for char in payload.text:
            code = ord(char) - 48
            value = value << 6 | (code - 8 if code > 40 else code)
        self.length = max(0, 6 * len(payload.text) - payload.fill)
        self._value = value >> payload.fill

    def number(self, first: int, count: int) -> int:
        """`count` bits from `first`, unsigned."""
        return self._value >> (self.length - first - count) & ((1 << count) - 1)

    def signed(self, first: int, count: int) -> int:
        """The same as two's complement."""
        value = self.number(first, count)
        return value - (1 << count) if value >> (count - 1) else value

    def text(self, first: int, count: int) -> str:
        """Characters of six bits, until the first @, without blanks at the end."""
        chars = "".join(_SIX_BIT[self.number(at, 6)] for at in range(first, first + count * 6, 6))
        return chars.split("@")[0].rstrip()


def decode(payload: Payload) -> Report | str:
    """What a message says; a sentence where it cannot be read, empty where its type carries nothing for us."""
    bits = Bits(payload)
    if bits.length < 38:
        return "A message too short to say who sent it."
    kind, mmsi = bits.number(0, 6), bits.number(8, 30)
    if kind == 24:
        return _part(bits, mmsi)
    reader = _READERS.get(kind)
    if reader is None:
        return ""
    least, read = reader
    return read(bits, mmsi, payload.at) if bits.length >= least else f"A message of type {kind} cut short."


def read_ais(source: bytes, received: Instant | None = None) -> Assets:
    """Every ship of a file of sentences, by its name where it told one, else by its number (MMSI).

    AIS does not say the date: a message without a tag block counts as of `received`. Raises `TooLarge`.
    """
    if len(source) > READING_FILE_MAX_BYTES:
        raise TooLarge(f"A file of {len(source)} bytes; {READING_FILE_MAX_BYTES} are the most.")
    payloads, refused = read_sentences(source.decode("ascii", "replace"))
    if len(payloads) > ASSET_ROWS_MAX:
        raise TooLarge(f"More than {ASSET_ROWS_MAX} messages.")
    fixes: list[tuple[int, Fix]] = []
    names: dict[int, str] = {}
    for payload in payloads:
        report = decode(payload)
        if isinstance(report, str):
            if report:
                refused.append(Refused(payload.text[:120], 0, 0, f"Line {payload.line}: {report}"))
            continue
        if report.name:
            names[report.mmsi] = report.name
        if report.fix is not None:
            timed = report.fix if report.fix.at is not None else msgspec.structs.replace(report.fix, at=received)
            fault = fix_fault(timed)
            if fault:
                refused.append(Refused(payload.text[:120], 0, 0, f"Line {payload.line}: {fault}"))
            else:
                fixes.append((report.mmsi, timed))
    return gathered([(_called(mmsi, names), fix) for mmsi, fix in fixes], refused)


def _called(mmsi: int, names: dict[int, str]) -> str:
    """A name and the number behind it: names are not unique."""
    return f"{names[mmsi]} ({mmsi:09d})" if mmsi in names else f"{mmsi:09d}"


def _class_a(bits: Bits, mmsi: int, at: Instant | None) -> Report:
    return Report(mmsi, _fix(bits, at, speed=50, lon=61, lat=89, course=116))


def _class_b(bits: Bits, mmsi: int, at: Instant | None) -> Report:
    return Report(mmsi, _fix(bits, at, speed=46, lon=57, lat=85, course=112))


def _class_b_extended(bits: Bits, mmsi: int, at: Instant | None) -> Report:
    return Report(mmsi, _fix(bits, at, speed=46, lon=57, lat=85, course=112), bits.text(143, 20))


def _voyage(bits: Bits, mmsi: int, at: Instant | None) -> Report:
    return Report(mmsi, name=bits.text(112, 20))


def _part(bits: Bits, mmsi: int) -> Report | str:
    """Type 24 in two parts: A has the name, B none."""
    if bits.length < 40:
        return "A message of type 24 cut short."
    if bits.number(38, 2) != 0:
        return Report(mmsi)
    return Report(mmsi, name=bits.text(40, 20)) if bits.length >= 160 else "A message of type 24 cut short."


def _fix(bits: Bits, at: Instant | None, *, speed: int, lon: int, lat: int, course: int) -> Fix | None:
    """A position; None where the ship's receiver has none."""
    east, north = bits.signed(lon, 28), bits.signed(lat, 27)
    if east == NOT_AVAILABLE_LON or north == NOT_AVAILABLE_LAT:
        return None
    knots, tenths = bits.number(speed, 10), bits.number(course, 12)
    return Fix(
        (east / 600_000, north / 600_000),
        at,
        tenths / 10 if tenths < 3600 else None,
        knots / 10 * KNOT_M_PER_S if knots < 1023 else None,
    )


_READERS: Final[dict[int, tuple[int, Callable[[Bits, int, Instant | None], Report]]]] = {
    1: (149, _class_a),
    2: (149, _class_a),
    3: (149, _class_a),
    5: (232, _voyage),
    18: (149, _class_b),
    19: (263, _class_b_extended),
}
