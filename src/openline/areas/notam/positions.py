"""Positions in free text, and what looks like one but cannot be read.

Latitude before longitude, as degrees, minutes and seconds run together or apart, the hemisphere before or behind
(ICAO Doc 8126 wants 153000N 0203000E; states write much else). Lines break inside figures, so figures are gathered
between the hemisphere letters, and the two halves must be of the same precision: 4 and 5 digits, or 6 and 7.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from openline.areas.shapes import Position

_BETWEEN: Final = r"[\s°º'`´’′\"”″\ufffd]{0,6}"
_SEPARATOR: Final = r"\s{0,40}[-,/;:.]?\s{0,40}"
_SUFFIX: Final = re.compile(
    rf"(?P<ns>[NS]){_SEPARATOR}(?P<lon>\d(?:{_BETWEEN}\d){{2,7}}(?P<frac>\s?[.,]\d{{1,6}})?){_BETWEEN}(?P<ew>[EW])(?![A-Z])"
)
_HYPHENED: Final = re.compile(
    r"(?<![\d-])(\d{2})-(\d{2})-(\d{2}(?:\.\d{1,6})?)\s?([NS])[\s,/]{0,9}(\d{3})-(\d{2})-(\d{2}(?:\.\d{1,6})?)\s?([EW])(?![A-Z])"
)
_PREFIX: Final = re.compile(
    rf"(?<![A-Z])(?P<ns>[NS])\s{{0,3}}(?P<lat>\d(?:{_BETWEEN}\d){{1,6}}(?P<frac>\.\d{{1,6}})?){_BETWEEN}"
    rf"{_SEPARATOR}(?P<ew>[EW])\s{{0,3}}(?=\d)"
)
# 430857N0314514E, N430857E0314514, 15 39 00N, S 05 48, 51° 30, and 51.5074, -0.1278.
_LOOKS: Final = re.compile(
    r"""(?<![A-Z0-9./-])\d{4,9}(?:[.,]\d{1,6})?\s?[NSEW](?:[\s/,-]{0,3}\d{4,9}(?:\.\d{1,6})?[NSEW](?![A-Z]))?(?![A-Z])
    |(?<![A-Z0-9])[NSEW]\s?\d{4,9}(?:\.\d{1,6})?(?:[NSEW-]\s?\d{4,9}(?:\.\d{1,6})?)?(?![A-Z0-9])
    |(?<![A-Z0-9.])\d{1,3}[ °º-]\d{2}[ '`′-](?:\d{2}(?:\.\d{1,6})?\s?["”″]?\s?)?[NSEW](?![A-Z0-9])
    |(?<![A-Z0-9])[NSEW]\s\d{2,3}\s\d{2}(?![A-Z0-9])
    |(?<![A-Z0-9])[NS]\s?\d{1,2}\s\d{1,2}\s[EW]\s?\d{1,3}(?!\d)
    |\d{1,3}\s?[°º]\s?\d{1,2}
    |(?<![A-Z0-9.])-?\d{1,2}\.\d{3,9}\s?[NS]?\s?[,/ ]\s?-?\d{1,3}\.\d{3,9}\s?[EW]?(?![A-Z0-9])
    """,
    re.VERBOSE,
)
LAT_DIGITS: Final = (2, 4, 6)


class Placed(msgspec.Struct, frozen=True):
    """A position as read, where its words stand (offsets), and how finely it is given: 2, 4 or 6 digits of latitude."""

    position: Position
    first: int
    last: int
    digits: int

    @property
    def grain(self) -> float:
        """Degrees that the last written unit is worth, whole units only."""
        return {2: 1.0, 4: 1 / 60, 6: 1 / 3600}[self.digits]


def find_positions(text: str) -> tuple[Placed, ...]:
    """Every position of the text, in order. Offsets are those of `text`."""
    found = []
    taken = 0
    for match in _candidates(text):
        if match.start() < taken:
            continue
        placed = (
            _hyphened(match)
            if match.re is _HYPHENED
            else _prefixed(text, match)
            if match.re is _PREFIX
            else _suffixed(text, match, taken)
        )
        if placed and placed.first >= taken:
            found.append(placed)
            taken = placed.last
    return tuple(found)


def looks_like_positions(text: str) -> tuple[tuple[int, int], ...]:
    """Where the text has figures that look like a latitude, a longitude or a pair of them."""
    return tuple(match.span() for match in _LOOKS.finditer(text))


def _candidates(text: str) -> list[re.Match[str]]:
    """Places where a position may be, by where the text has them."""
    found = [match for pattern in (_HYPHENED, _PREFIX, _SUFFIX) for match in _each(pattern, text)]
    return sorted(found, key=lambda match: match.start())


def _each(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Matches of a pattern, overlapping ones too: a hemisphere letter may belong to the one before or behind."""
    found = []
    at = 0
    while match := pattern.search(text, at):
        found.append(match)
        at = match.start() + 1
    return found


def _hyphened(match: re.Match[str]) -> Placed | None:
    """15-39-00N 117-48-00E."""
    lat = "".join(match.group(1, 2)), match[3]
    lon = "".join(match.group(5, 6)), match[7]
    return _placed((lat[0] + lat[1], match[4]), (lon[0] + lon[1], match[8]), match.start(), match.end(), 6)


def _suffixed(text: str, match: re.Match[str], floor: int) -> Placed | None:
    """430857N 0314514E: the longitude tells how many digits to gather backwards for the latitude."""
    whole = re.sub(r"\D", "", match["lon"][: len(match["lon"]) - len(match["frac"] or "")])
    need = len(whole) - 1
    if need not in LAT_DIGITS:
        return None
    first, lat = _gather_back(text, match.start(), need, floor)
    if lat is None or not _grouped(match["lon"], need + 1):
        return None
    lon = whole + re.sub(r"\s", "", match["frac"] or "").replace(",", ".")
    return _placed((lat, match["ns"]), (lon, match["ew"]), first, match.end(), need)


def _gather_back(text: str, end: int, need: int, floor: int) -> tuple[int, str | None]:
    """The latitude that ends at `end`: a fraction, then exactly `need` digits, broken only where figures may be."""
    tail = re.compile(r"(?P<frac>[.,]\d{1,6})?[\s°º'`´’′\"”″\ufffd]{0,6}$")
    window = text[max(floor, end - 60) : end]
    ending = tail.search(window)
    if ending is None:
        return end, None
    at = ending.start()
    digits: list[str] = []
    while at > 0 and len(digits) < need:
        at -= 1
        char = window[at]
        if char.isascii() and char.isdigit():
            digits.append(char)
        elif char not in " \r\n\t°º'`´’′\"”″\ufffd" or not digits:
            return end, None
    if len(digits) < need or (at > 0 and (window[at - 1].isdigit() or window[at - 1] in ".,") and _runs(window, at)):
        return end, None
    first = end - len(window) + at
    if not _grouped(window[at : ending.start()], need):
        return end, None
    return first, "".join(reversed(digits)) + (ending["frac"] or "").replace(",", ".")


def _runs(window: str, at: int) -> bool:
    """Whether the figure goes on before `at`: another digit, or a decimal point behind a digit."""
    before = window[at - 1]
    return before.isdigit() or (at > 1 and window[at - 2].isdigit())


def _grouped(written: str, need: int) -> bool:
    """Whether figures are apart as degrees, minutes and seconds are, or by the break of a line."""
    whole = re.split(r"[.,](?=\d{1,6}$)", written)[0]
    groups = re.findall(r"\d+", whole)
    if len(groups) == 1:
        return True
    sizes = [len(group) for group in groups]
    head = 2 if need % 2 == 0 else 3
    if sizes[0] <= head and all(size == 2 for size in sizes[1:]) and sizes[0] == head:
        return True
    return len(groups) == 2 and bool(re.search(r"\d(?:[ \t]*\r?\n\s*|\s{2,6})\d", whole))


def _prefixed(text: str, match: re.Match[str]) -> Placed | None:
    """N430857E0314514: the latitude lies between two letters and tells how many digits follow the second."""
    fraction = match["frac"] or ""
    written = match["lat"][: len(match["lat"]) - len(fraction)]
    lat = re.sub(r"\D", "", written)
    need = len(lat) + 1
    if len(lat) not in LAT_DIGITS or not _grouped(written, len(lat)):
        return None
    at, digits = match.end(), ""
    while at < len(text) and len(digits) < need and at - match.end() < 2 * need + 24:
        char = text[at]
        if char.isascii() and char.isdigit():
            digits += char
        elif char not in " \r\n\t°º'`´’′\"”″\ufffd":
            break
        at += 1
    if len(digits) < need or not _grouped(text[match.end() : at], need):
        return None
    more = re.compile(r"\.\d{1,6}").match(text, at)
    after = more.end() if more else at
    if after < len(text) and text[after].isdigit():
        return None
    lon = digits + (more[0] if more else "")
    return _placed((lat + fraction, match["ns"]), (lon, match["ew"]), match.start(), after, len(lat))


def _placed(lat: tuple[str, str], lon: tuple[str, str], first: int, last: int, digits: int) -> Placed | None:
    """The position of two figures with their letters; None where minutes or degrees are out of range."""
    y, x = _degrees(lat[0], 2), _degrees(lon[0], 3)
    if y is None or x is None or y > 90 or x > 180:
        return None
    return Placed(((-x if lon[1] == "W" else x), (-y if lat[1] == "S" else y)), first, last, digits)


def _degrees(figure: str, head: int) -> float | None:
    """Degrees of "430857.25": `head` digits of degrees, then minutes, then seconds, the last with its fraction."""
    whole, _, fraction = figure.partition(".")
    parts = [whole[:head], *(whole[at : at + 2] for at in range(head, len(whole), 2))]
    parts[-1] += f".{fraction}" if fraction else ""
    values = [float(part) for part in parts]
    if any(value >= 60 for value in values[1:]):
        return None
    return float(sum(value / 60**power for power, value in enumerate(values)))
