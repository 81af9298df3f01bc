"""The words of item D, cut up: months, days, weekdays, times of the day, and what joins them."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

import msgspec

MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
WEEKDAYS: Final = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


class Kind(Enum):
    """What a word of a schedule is."""

    TEN = auto()
    MONTH = auto()
    WEEKDAY = auto()
    TIME = auto()
    SUN = auto()
    NUMBER = auto()
    WHOLE = auto()
    LIGHT = auto()
    DAILY = auto()
    EXCEPT = auto()
    DASH = auto()
    COMMA = auto()
    HOLIDAY = auto()
    NEXT_DAY = auto()
    NOISE = auto()
    UNKNOWN = auto()


class Word(msgspec.Struct, frozen=True):
    """One word, where it stands in the item, and its value: month 1-12, weekday 0-6, minutes, day of the month."""

    kind: Kind
    first: int
    last: int
    value: int = 0
    text: str = ""


_WORD: Final = re.compile(
    r"""(?P<TEN>\b\d{10}\b)
    |(?P<SUN>\b(?:SR|SS|SUNRISE|SUNSET)\b(?:\s{0,9}(?:(?:PLUS|MINUS|\+)\s{0,9}\d{1,3}|-\s?\d{2}(?!\d)))?)
    |(?P<WHOLE>\bH\s?24\b)
    |(?P<LIGHT>\bH[JN]\b)
    |(?P<NEXT_DAY>\(?\s?\b(?:NEXT|FOLLOWING|FLW|NXT)\s{1,9}DAY\b\s?\)?)
    |(?P<MONTH>\b(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEP(?:T(?:EMBER)?)?
        |OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)(?![A-Z]))
    |(?P<WEEKDAY>\b(?:MON|TUES?|WED(?:NES)?|THU(?:RS?)?|FRI|SAT(?:UR)?|SUN)(?:DAYS?|S)?(?![A-Z]))
    |(?P<DAILY>\b(?:DLY|DAILY|EVERY\s?DAY|EVERYDAY|EV\s?DAY)\b)
    |(?P<EXCEPT>\b(?:EXC|EXCEPT|EXCEPTING|EXCL|EXCLUDING|EXCP)\b)
    |(?P<HOLIDAY>\b(?:(?:PUBLIC\s)?(?:HOL|HOLS|HOLIDAYS?)|PH)\b)
    |(?P<TIME>(?<!\d)(?:[01]\d|2[0-4]):?[0-5]\d(?!\d)\s?(?:UTC\b|Z\b)?)
    |(?P<NUMBER>(?<!\d)\d{1,2}(?!\d))
    |(?P<DASH>[-\u2013\u2014/]|\b(?:TO|TILL?|UNTIL|THRU|THROUGH)\b)
    |(?P<COMMA>[,;.:]|\bAND\b|&)
    |(?P<NOISE>\b(?:BTN|BETWEEN|FROM|FM|ON|EV|EVERY|EACH|UTC|HRS?|DATES?|TIMES?|DAYS?|THE)\b|\s+)
    |(?P<UNKNOWN>[A-Z0-9]+|.)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def cut(text: str) -> list[Word]:
    """The words of a schedule without blanks and noise."""
    words = []
    for match in _WORD.finditer(text):
        kind = Kind[str(match.lastgroup)]
        if kind is not Kind.NOISE:
            words.append(Word(kind, match.start(), match.end(), _value(kind, match[0].upper()), match[0].upper()))
    return words


def _value(kind: Kind, text: str) -> int:
    match kind:
        case Kind.MONTH:
            return MONTHS.index(text[:3]) + 1
        case Kind.WEEKDAY:
            return WEEKDAYS.index(text[:3])
        case Kind.TIME:
            digits = re.sub(r"\D", "", text)
            return int(digits[:2]) * 60 + int(digits[2:])
        case Kind.NUMBER:
            return int(text)
        case Kind.SUN:
            offset = re.search(r"(PLUS|\+|MINUS|-)\s*(\d+)", text)
            return (int(offset[2]) * (1 if offset[1] in ("PLUS", "+") else -1)) if offset else 0
        case _:
            return 0
