"""Radii in free text: "RADIUS 5NM", "WI 2KM OF", "10NM DIAMETER" (half of it), and words of a circle without one."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from openline.areas.shapes import METRES_PER_NM

FOOT_M: Final = 0.3048
_UNIT: Final = (
    r"(?:NM|NAUTICAL\s{1,9}MILES?|MN|KM|KMS|KILOMET(?:ER|RE)S?|KILOMETROS?|M|MTS?|MTR|MET(?:ER|RE)S?|METROS|FT|FEET)"
)
_FIGURE: Final = rf"(?P<n>\d{{1,5}}(?:[.,]\d{{1,4}})?)[\s-]{{0,9}}(?P<u>{_UNIT})\b"
_RADIUS: Final = r"(?:RADIUS(?:ES)?|RADII|RADIO|RAYON|RAIO|RAD)"
_OF: Final = r"(?:[\s:=(]|\bOF\b|\bDE\b|\bIS\b|\bA\b|\bWITH\b|\bUN\b|\bEQUAL\b|\bTO\b){0,9}"
_FORMS: Final = (
    re.compile(rf"\b{_RADIUS}(?![A-Z]){_OF}{_FIGURE}", re.IGNORECASE),
    re.compile(
        rf"(?<![\d.,/]){_FIGURE}[\s-]{{0,9}}(?:\([^()\n]{{1,20}}\)\s{{0,9}})?(?:IN\s{{1,9}})?\b{_RADIUS}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\bR\s?=\s?{_FIGURE}", re.IGNORECASE),
    re.compile(
        rf"\b(?:WI|WITHIN|W/I|INSIDE)\s{{1,9}}(?:A\s{{1,9}})?{_FIGURE}\s{{1,9}}(?:OF|FM|FROM|AROUND|AROUND\s{{1,9}}OF|EITHER)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![\d.,/]){_FIGURE}\s{{1,9}}AROUND\b", re.IGNORECASE),
)
_DIAMETER: Final = r"(?:DIAMETER|DIAM|DIA)"
_ACROSS: Final = (
    re.compile(rf"\b{_DIAMETER}\b{_OF}{_FIGURE}", re.IGNORECASE),
    re.compile(
        rf"(?<![\d.,/]){_FIGURE}[\s-]{{0,9}}(?:\([^()\n]{{1,20}}\)\s{{0,9}})?(?:IN\s{{1,9}})?\b{_DIAMETER}\b",
        re.IGNORECASE,
    ),
)
_ALSO: Final = re.compile(rf"\s{{0,9}}[(/]\s{{0,9}}(?:OR\s{{1,9}})?{_FIGURE}\s{{0,9}}\)?", re.IGNORECASE)
_CIRCLE_WORDS: Final = re.compile(
    r"RADIUS(?![A-Z])|\b(?:RADII|RADIO\s+DE|CIRCLES?|CIRCULO|DIAMETER|DIAM|ARCS?|ARCO|SEMI-?CIRCLE)\b", re.IGNORECASE
)
SAME_RADIUS: Final = 0.06
"""A radius in two units is one radius when they agree so well: "5KM (2.7NM)", "1KM (0.5NM)" is rounder than that."""


class Radius(msgspec.Struct, frozen=True):
    """A radius as read, and where its words stand. `doubt` says that a second unit beside it disagrees."""

    metres: float
    miles: float | None
    first: int
    last: int
    doubt: bool = False


def find_radii(text: str) -> tuple[Radius, ...]:
    """Every radius of the text, in order, none overlapping."""
    forms = (*_FORMS, *_ACROSS)
    matches = sorted((m for form in forms for m in form.finditer(text)), key=lambda m: (m.start(), -m.end()))
    found: list[Radius] = []
    for match in matches:
        if found and match.start() < found[-1].last:
            continue
        metres, miles = _length(match["n"], match["u"])
        whole = metres
        if match.re in _ACROSS:
            metres, miles = metres / 2, miles / 2 if miles is not None else None
        last, doubt = match.end(), False
        also = _ALSO.match(text, match.end("u")) or _ALSO.match(text, last)
        if also:
            other = _length(also["n"], also["u"])[0]
            doubt = abs(other - whole) > SAME_RADIUS * whole
            last = max(last, also.end())
        found.append(Radius(metres, miles, match.start(), last, doubt))
    return tuple(found)


def circle_words(text: str) -> tuple[tuple[int, int], ...]:
    """Where the text speaks of a radius, a circle, a diameter or an arc."""
    return tuple(match.span() for match in _CIRCLE_WORDS.finditer(text))


def _length(figure: str, unit: str) -> tuple[float, float | None]:
    """Metres, and nautical miles where the unit is that."""
    value = float(figure.replace(",", "."))
    name = unit.upper()
    if name in ("NM", "MN") or name.startswith("NAUT"):
        return value * METRES_PER_NM, value
    if name.startswith("K"):
        return value * 1000, None
    if name in ("FT", "FEET"):
        return value * FOOT_M, None
    return value, None
