"""Positions as mariners write them: 12-44N 017-44W, 14-27.5N 017-52.0W, 20-03-44N 072-58-02W, 12.75N 017.5W.

A position is refused where it cannot be one: minutes of 60 or more, a latitude above 90, no hemisphere.
It is flagged where a digit seems to be lost: issuers write latitudes with two digits and longitudes with three.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from openline.areas.navwarn.notes import Notes
from openline.areas.navwarn.tokens import Kind, Token, Words
from openline.areas.shapes import Position

PARTS: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)
DECIMALS: Final = 6
"""Digits kept of a degree: 0.1 m."""
STYLE_MIN: Final = 3


class Coordinate(msgspec.Struct, frozen=True):
    """One latitude or longitude in degrees, or `wrong`: why it is none."""

    latitude: bool
    degrees: float
    wrong: str = ""
    lost: bool = False


def coordinate(text: str) -> Coordinate:
    """Read one word of kind COORD."""
    latitude = text[-1] in "NS"
    parts = PARTS.findall(text)
    most = 90 if latitude else 180
    name = "latitude" if latitude else "longitude"
    value = sum(float(part) / 60**at for at, part in enumerate(parts))
    if any(float(part) >= 60 for part in parts[1:]):
        return Coordinate(latitude, value, "Minutes and seconds are less than 60.")
    if value > most:
        return Coordinate(latitude, value, f"A {name} is {most} degrees at most.")
    whole = parts[0].partition(".")[0]
    short = len(parts) > 1 and any(len(part.partition(".")[0]) != 2 for part in parts[1:])
    lost = short or (len(whole) != (2 if latitude else 3) and "." not in parts[0])
    return Coordinate(latitude, round(-value if text[-1] in "SW" else value, DECIMALS) + 0.0, lost=lost)


def pair_here(words: Words) -> int:
    """How many words from here make one position, 0 if none does: latitude and longitude, or the other way."""
    if words.kind() is not Kind.COORD:
        return 0
    beyond = 2 if words.text(1) in {",", "-", "/", "AND"} and words.kind(2) is Kind.COORD else 1
    if words.kind(beyond) is not Kind.COORD:
        return 0
    return beyond + 1 if _is_latitude(words.text()) != _is_latitude(words.text(beyond)) else 0


def take_position(words: Words, notes: Notes) -> Position | None:
    """Take the position that stands here (see `pair_here`); None if it was refused, with the reason noted."""
    count = pair_here(words)
    tokens = [token for token in words.tokens[words.at : words.at + count] if token.kind is Kind.COORD]
    words.take(count)
    return _position(tokens, notes)


def _position(tokens: list[Token], notes: Notes) -> Position | None:
    one, other = coordinate(tokens[0].text), coordinate(tokens[1].text)
    wrong = one.wrong or other.wrong
    if wrong:
        notes.refuse(wrong, *tokens)
        return None
    notes.decimals |= {_decimals(token) for token in tokens}
    notes.digits.append((_digits(tokens[0]), _digits(tokens[1])))
    if one.lost or other.lost:
        notes.lost.append(tokens)
    if not one.latitude:
        notes.flag("position-order", "The longitude comes before the latitude.", *tokens)
        one, other = other, one
    return (other.degrees, one.degrees)


def flag_lost_digits(notes: Notes) -> None:
    """Flag positions with a digit too few or too many, unless three or more are all written so."""
    if len(notes.decimals) > 1:
        notes.flag("position-decimals", "Its positions are not all written with as many digits.")
    if len(notes.digits) >= STYLE_MIN and len(set(notes.digits)) == 1:
        return
    for tokens in notes.lost:
        notes.flag("position-digits", "A position has fewer or more digits than issuers write.", *tokens)


def _digits(token: Token) -> tuple[int, ...]:
    return tuple(len(part.partition(".")[0]) for part in PARTS.findall(token.text))


def _decimals(token: Token) -> int:
    """Digits behind the point of the last part, and a mark for each part more than two."""
    parts = PARTS.findall(token.text)
    return len(parts[-1].partition(".")[2]) + 100 * len(parts)


def _is_latitude(text: str) -> bool:
    return text[-1] in "NS"
