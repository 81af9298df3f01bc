"""Numbers that say nothing about when or where: charts, telephones, names of ships, sizes, the character of a light.

Each rule names what stands before or after the number. A number that no rule knows is refused by the reader.
"""

from __future__ import annotations

from typing import Final

from openline.areas.navwarn.places import METRES, number_here
from openline.areas.navwarn.tokens import NUMBER_WORDS, Kind, Words

BEFORE: Final = ("DNC", "CHART", "CHARTS", "PRN", "CHANNEL", "CH", "NO", "NR", "DISTRICT", "EDITION", "LETTER")
"""A number after these names something."""

ASKED: Final = (
    *("REPORTS", "REPORT", "PHONE", "FAX", "TELEX", "INMARSAT", "INMARSAT-C", "EMAIL", "E-MAIL", "TEL", "MMSI", "IMO"),
    *("CONTACT", "DSN", "COMM", "HTTP", "HTTPS", "WWW", "NSN"),
)
"""What follows these, to the end of the paragraph, is whom to call."""

NAMED: Final = (
    *("M/V", "F/V", "S/V", "R/V", "M/T", "VESSEL", "VESSELS", "SHIP", "TUG", "BARGE", "CABLESHIP", "RIG", "PLATFORM"),
    *("SUBMERSIBLE", "BY", "TOWING", "TURBINE", "TURBINES", "BUOY", "LIGHT", "WITH"),
)
"""A name may follow these, with numbers in it, to the next mark or joining word."""

ENDS: Final = (
    *("IN", "ALONG", "WITHIN", "UNTIL", "THRU", "TO", "FROM", "AT", "ON", "AREA", "DAILY", "BETWEEN", "OFF", "BOUND"),
    *("CANCEL", "ALTERNATE", "COMMENCING", "OF"),
)
SIZES: Final = (
    *METRES,
    *("SEC", "SECONDS", "MHZ", "KHZ", "PERSON", "PERSONS", "KNOTS", "TONS", "PERCENT", "CREW", "X", "FATHOMS"),
)
NOT_COUNTED: Final = ("HOURS", "DAYS", "WEEKS", "MONTHS", "MINUTES", "DEGREES", "BEARINGS", "POSITIONS", "AREAS")
"""A number of these speaks of when or where."""
CALLED_MAX: Final = 400


def skip_harmless(words: Words) -> bool:
    """Take what stands here if a rule knows it."""
    text = words.text()
    if text in BEFORE and words.kind(1) in {Kind.NUMBER, Kind.NAME}:
        words.take(2)
        while words.text() == "," and words.kind(1) is Kind.NUMBER:
            words.take(2)
        return True
    if text == "HERE" and words.text(-1) == "LISTED":
        return _in_force(words)
    if _names_what_follows(words):
        words.take()
        return True
    if text in ASKED:
        return _whom_to_call(words)
    if text in NAMED:
        return _name(words)
    if text in {"(", '"'} and words.kind(1) is Kind.NUMBER and words.text(2) in {")", '"'}:
        words.take(3)
        return True
    return _size(words)


def _whom_to_call(words: Words) -> bool:
    for _ in range(CALLED_MAX):
        token = words.peek()
        if token is None or token.kind in {Kind.COORD, Kind.DTG, Kind.CLOCK} or token.text == "CANCEL":
            break
        if token.opens and token.kind is Kind.NUMBER and words.text(1) == ".":
            break
        words.take()
    return True


def _in_force(words: Words) -> bool:
    """The numbers of all warnings in force, which say nothing about this one."""
    words.take()
    while words.kind() is Kind.REF or words.text() in {",", "."}:
        words.take()
    return True


def _names_what_follows(words: Words) -> bool:
    """Whether this number ends the name of the thing whose position follows: RIG 100 28-56.8N 088-35.3W."""
    before = words.peek(-1)
    if words.kind() is not Kind.NUMBER or words.kind(1) is not Kind.COORD or before is None:
        return False
    return before.kind in {Kind.WORD, Kind.NAME} and before.text not in ENDS and not before.opens


def _name(words: Words) -> bool:
    """Take words and numbers of a name; a number that is part of a time or a place is not."""
    words.take()
    while (token := words.peek()) is not None:
        if token.kind is Kind.NUMBER or (token.kind is Kind.ODD and "-" not in token.text):
            if words.kind(1) is Kind.MONTH or words.text(1) in {*METRES, ".", "TO", "THRU"}:
                return True
        elif token.kind not in {Kind.WORD, Kind.NAME} or token.text in ENDS or token.text in NAMED:
            return True
        words.take()
    return True


def _size(words: Words) -> bool:
    """A number with a unit that is not measured from anywhere: 500 METER BERTH, 12 8000 METER LONG CABLES."""
    mark = words.at
    while words.at - mark < 5 and (words.kind() is Kind.NUMBER or words.text() in NUMBER_WORDS):
        words.at += 1
    count = words.at - mark
    words.at = mark
    if not count or count > 4:
        return False
    unit, beyond = words.text(count), words.text(count + 1)
    plural = unit.endswith("S") and words.kind(count) is Kind.WORD and unit not in NOT_COUNTED
    if unit in SIZES or (plural and number_here(words) is not None and count == 1 and len(words.text()) <= 3):
        if unit in METRES and beyond in {"OF", "FROM", "RADIUS", "EITHER", "NORTH", "SOUTH", "EAST", "WEST", "AROUND"}:
            return False
        words.take(count + 1)
        return True
    return False
