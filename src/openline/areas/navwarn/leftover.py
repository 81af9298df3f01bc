"""The check that a reading covers its text: what speaks of when or where, and nobody understood, is refused."""

from __future__ import annotations

import re
from typing import Final

from openline.areas.navwarn.notes import Notes
from openline.areas.navwarn.tokens import NUMBER_WORDS, Kind, Words, listed

DIGITS: Final = (Kind.COORD, Kind.DTG, Kind.CLOCK, Kind.NUMBER, Kind.REF, Kind.ODD)
TIME_WORDS: Final = frozenset(
    listed(
        "SUNRISE SUNSET DAWN DUSK DAYLIGHT NIGHT NOON MIDNIGHT HOURS WEEKDAYS WEEKENDS HOLIDAYS LOCAL EXCEPT EXCLUDING "
        "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY MONDAYS TUESDAYS WEDNESDAYS THURSDAYS FRIDAYS "
        "SATURDAYS SUNDAYS DAILY WEEKLY THRU UNTIL TILL COMMENCING ALTERNATE ALTERNATES ALTERNATING POSTPONED DELAYED "
        "RESCHEDULED EXTENDED AMEND AMENDED AMENDS"
    )
)
PLACE_WORDS: Final = frozenset(
    listed(
        "WITHIN BOUND BOUNDED RADIUS BEARING BEARINGS DEGREES SECTOR ARC THENCE COASTLINE SHORELINE QUADRANT PARALLEL "
        "MERIDIAN OUTSIDE EXCLUSIVE TRACKLINE TRACKLINES KILOMETERS YARDS"
    )
)
UNITS: Final = frozenset(listed("MILE MILES NM KM METERS METRES KILOMETERS YARDS"))
JOINED: Final = re.compile(
    r"[0-9]{4}Z|[0-9]/[0-9]|^(?:WITHIN|THRU|AND|TO|DAILY|UNTIL|FROM|OF|BY|AREA|MSG|CANCEL)[0-9]", re.ASCII
)
"""A time, a distance or a number that a lost space has joined to the word before it."""


def refuse_leftover(words: Words, notes: Notes, operative: list[int]) -> None:
    """Refuse every run of words that nobody understood and that holds a number, or speaks of when or where."""
    said = bool(operative)
    at = 0
    while at < len(words.tokens):
        if words.understood[at] or not _speaks(words, at, said):
            at += 1
            continue
        last = at
        for beyond in range(at + 1, len(words.tokens)):
            if words.understood[beyond]:
                break
            if _speaks(words, beyond, said):
                last = beyond
            elif beyond - last > 2:
                break
        notes.refuse("Not understood.", *words.tokens[at : last + 1])
        at = last + 1


def _speaks(words: Words, at: int, said: bool) -> bool:
    token = words.tokens[at]
    beyond = words.tokens[at + 1].text if at + 1 < len(words.tokens) else ""
    if token.kind in DIGITS or token.text.startswith("CANCEL") or (token.text, beyond) == ("FURTHER", "NOTICE"):
        return True
    if said and token.opens and len(token.text) == 1 and token.kind is Kind.WORD and beyond == ".":
        return at + 2 >= len(words.tokens) or words.tokens[at + 2].first > words.tokens[at + 1].last
    if token.kind is Kind.MONTH:
        near = words.tokens[max(0, at - 1) : at + 2]
        return any(each.kind in DIGITS for each in near)
    if token.kind is Kind.NAME:
        return JOINED.search(token.text) is not None
    if token.text in NUMBER_WORDS:
        return said and beyond in UNITS
    if token.text in UNITS:
        return said and beyond in {"OF", "FROM"}
    return said and token.text in (TIME_WORDS | PLACE_WORDS)
