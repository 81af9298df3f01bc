"""A warning cut into words: positions, times, numbers, references and marks, each with where it stands.

Nothing is decided here. Whatever holds a digit and has no known shape is `ODD`: nobody reads it, so it is refused.
Small letters count as capitals; other alphabets are kept, as words that mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto
from typing import Final

import msgspec

CAPITALS: Final = {ord(small): ord(small.upper()) for small in "abcdefghijklmnopqrstuvwxyz"} | {
    ord("\N{EN DASH}"): ord("-"),
    ord("\N{NON-BREAKING HYPHEN}"): ord("-"),
    ord("\N{MINUS SIGN}"): ord("-"),
    ord("\N{NO-BREAK SPACE}"): ord(" "),
    ord("\N{MASCULINE ORDINAL INDICATOR}"): ord("\N{DEGREE SIGN}"),
    ord("\N{PRIME}"): ord("'"),
    ord("\N{RIGHT SINGLE QUOTATION MARK}"): ord("'"),
    ord("\N{DOUBLE PRIME}"): ord('"'),
    ord("\N{RIGHT DOUBLE QUOTATION MARK}"): ord('"'),
}
"""One character for one, so that offsets stay."""

MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

MONTH_WORDS: Final[dict[str, int]] = {
    **{name: at for at, name in enumerate(MONTHS, 1)},
    "JANUARY": 1,
    "FEBRUARY": 2,
    "MARCH": 3,
    "APRIL": 4,
    "JUNE": 6,
    "JULY": 7,
    "AUGUST": 8,
    "SEPT": 9,
    "SEPTEMBER": 9,
    "OCTOBER": 10,
    "NOVEMBER": 11,
    "DECEMBER": 12,
}


def listed(text: str) -> tuple[str, ...]:
    """The words of a text, to write long lists of them plainly."""
    return tuple(text.split())


ONES: Final = listed(
    "ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN FIFTEEN SIXTEEN SEVENTEEN "
    "EIGHTEEN NINETEEN"
)
TENS: Final = listed("TWENTY THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY")
NUMBER_WORDS: Final[dict[str, float]] = {
    **{name: float(at) for at, name in enumerate(ONES)},
    **{name: 10.0 * at for at, name in enumerate(TENS, 2)},
    **{f"{ten}-{one}": 10.0 * at + of for at, ten in enumerate(TENS, 2) for of, one in enumerate(ONES[1:10], 1)},
    "HUNDRED": 100.0,
}


WEEKDAYS: Final = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
JOINING: Final = frozenset({",", "AND", "DAILY", "ALTERNATE", "THRU", "THROUGH", "TO", "-", *WEEKDAYS})
"""What may stand between the days and times of one list."""


class Kind(Enum):
    """What shape a word has."""

    COORD = auto()  # 12-44.5N
    DTG = auto()  # 010900Z
    CLOCK = auto()  # 0900Z
    NUMBER = auto()
    REF = auto()  # 414/23(57)
    MONTH = auto()
    WORD = auto()
    NAME = auto()  # letters with digits in them: DS-16
    MARK = auto()
    ODD = auto()


class Token(msgspec.Struct, frozen=True):
    """One word in capitals, of a shape, at `first` to before `last` in the source. `opens` where it begins a line."""

    kind: Kind
    text: str
    first: int
    last: int
    opens: bool = False


SHAPES: Final = re.compile(
    r"""
    (?P<SPACE>[\s\x00]+)
    |(?P<COORD>[0-9]{1,3}
        (?:[-\xb0][ ]?[0-9]{1,2}(?:\.[0-9]{1,6})?(?:[-'][ ]?[0-9]{1,2}(?:\.[0-9]{1,6})?)?
          |[ ][0-9]{2}\.[0-9]{1,6}
          |\.[0-9]{1,10}\xb0?
          |\xb0|(?=[NSEW]\b))
        ['"]{0,2}[ ]?[NSEW](?![0-9A-Z]))
    |(?P<DTG>[0-9]{6}[ ]?(?:Z|UTC|GMT)(?![0-9A-Z]))
    |(?P<CLOCK>[0-9]{4}[ ]?(?:Z|UTC|GMT)(?![0-9A-Z]))
    |(?P<REF>[0-9]{1,4}/[0-9]{2,4}(?:\([0-9A-Z][0-9A-Z, ]{0,40}\))?(?![0-9A-Z/]))
    |(?P<MEASURE>[0-9]{1,6}(?:\.[0-9]{1,4})?(?=[ ]?(?:NM|NMI|KM|KMS|M|FT|YDS)\b))
    |(?P<ORDINAL>[0-9]{1,3}(?:ST|ND|RD|TH)\b)
    |(?P<POINTED>(?<![0-9A-Z.])\.[0-9]{1,3}(?=[ ]?(?:NM|NMI|KM|MILES?|M|FT)\b))
    |(?P<NUMBER>[0-9]{1,9}(?:\.[0-9]{1,6})?(?![0-9A-Z\xb0'/]|[-.][0-9]))
    |(?P<ODD>[0-9][0-9A-Z.'"\xb0/-]*[0-9A-Z'"\xb0]|[0-9]+)
    |(?P<WORD>[A-Z](?:[A-Z0-9]|['&/@_-](?=[A-Z0-9]))*)
    |(?P<MARK>[^\s])
    """,
    re.ASCII | re.VERBOSE,
)
"""Every branch is bounded or a plain run, so the time is in proportion to the text."""


def capitals(text: str) -> str:
    """The text in capitals and with plain dashes and quotes, character for character."""
    return text.translate(CAPITALS)


def tokenise(text: str) -> list[Token]:
    """All words of a text in capitals (see `capitals`), in order."""
    found: list[Token] = []
    opens = True
    for match in SHAPES.finditer(text):
        shape = str(match.lastgroup)
        if shape == "SPACE":
            opens = opens or "\n" in match[0] or "\r" in match[0]
            continue
        found.append(Token(_kind(shape, match[0]), match[0], match.start(), match.end(), opens))
        opens = False
    return found


def _kind(shape: str, text: str) -> Kind:
    if shape == "WORD":
        if text in MONTH_WORDS:
            return Kind.MONTH
        return Kind.NAME if any(each.isdigit() for each in text) else Kind.WORD
    return {"MEASURE": Kind.NUMBER, "POINTED": Kind.NUMBER, "ORDINAL": Kind.NAME}.get(shape) or Kind[shape]


def _to_month(tokens: list[Token]) -> bytearray:
    """For each word whether a month follows with nothing before it but days, times and what joins them."""
    found = bytearray(len(tokens) + 1)
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        joins = token.text in JOINING or token.kind in {Kind.DTG, Kind.CLOCK} or is_day(token)
        found[at] = token.kind is Kind.MONTH or (joins and found[at + 1])
    return found


def is_day(token: Token | None) -> bool:
    """Whether this is a number from 1 to 31 in one or two digits."""
    if token is None or token.kind is not Kind.NUMBER or not token.text.isdigit():
        return False
    return len(token.text) <= 2 and 1 <= int(token.text) <= 31


class Words:
    """A place in the words of one warning, and which of them somebody has understood.

    `to_month` is not 0 where days and times stand that come to a month.
    """

    def __init__(self, tokens: list[Token]) -> None:
        """Begin at the first word, with none understood."""
        self.tokens = tokens
        self.at = 0
        self.understood = bytearray(len(tokens))
        self.to_month = _to_month(tokens)

    def peek(self, ahead: int = 0) -> Token | None:
        """The word that many places on, or None past the end."""
        at = self.at + ahead
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def kind(self, ahead: int = 0) -> Kind | None:
        """The shape of that word."""
        token = self.peek(ahead)
        return token.kind if token else None

    def text(self, ahead: int = 0) -> str:
        """That word in capitals, or nothing past the end."""
        token = self.peek(ahead)
        return token.text if token else ""

    def take(self, count: int = 1) -> None:
        """These words are understood; go past them."""
        self.mark(self.at, self.at + count)
        self.at += count

    def mark(self, first: int, last: int) -> None:
        """Words `first` to before `last` are understood."""
        last = min(last, len(self.tokens))
        self.understood[first:last] = b"\x01" * max(0, last - first)

    def skip(self, *words: str) -> bool:
        """Take the next word if it is one of these."""
        if self.text() in words:
            self.take()
            return True
        return False

    def phrase(self, phrases: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        """Take the first of these runs of words that stands here; the longest should come first."""
        for phrase in phrases:
            if all(self.text(ahead) == word for ahead, word in enumerate(phrase)):
                self.take(len(phrase))
                return phrase
        return ()
