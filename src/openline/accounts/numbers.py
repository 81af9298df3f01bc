"""Numbers that a text gives, and of what: from the least to the most that its words allow.

up to 100 missiles          0 to 100, of missiles
60 to 100 missiles          60 to 100
more than 90, at least 90   91 and more, 90 and more
about 90                    a tenth less to a tenth more: 81 to 99
several times               2 and more
killing two, two died       2, of dead
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from openline.accounts.words import words_of
from openline.errors import Misuse
from openline.limits import ACCOUNT_DATES_MAX


class Count(msgspec.Struct, frozen=True):
    """How many: `least` to `most`, which is None where there is no bound; `of` what, empty where it is not said."""

    least: int
    most: int | None
    of: str = ""

    def meets(self, other: Count) -> bool:
        """Whether some number is in both."""
        low, high = (self, other) if self.least <= other.least else (other, self)
        return low.most is None or high.least <= low.most

    def counts(self, other: Count) -> bool:
        """Whether both count the same thing: the same words, or one of them says nothing of it."""
        mine, theirs = set(words_of(self.of)), set(words_of(other.of))
        return not mine or not theirs or bool(mine & theirs)

    def __str__(self) -> str:
        """60 to 100 missiles."""
        if self.most is None:
            said = f"{self.least} and more"
        else:
            said = str(self.least) if self.least == self.most else f"{self.least} to {self.most}"
        return f"{said} {self.of}".strip()


class Numbered(msgspec.Struct, frozen=True):
    """Words that give a number, from `start` to `end`."""

    start: int
    end: int
    count: Count


_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES: Final = {
    **{word: at for at, word in enumerate(_ONES.split())},
    **{word: 10 * at for at, word in enumerate(_TENS.split(), 2)},
    "a dozen": 12,
    "a hundred": 100,
    "one hundred": 100,
    "a thousand": 1_000,
}
_DIGITS: Final = r"\d{1,3}(?:[,\u00a0\u202f]\d{3}){1,4}(?!\d)|\d{1,15}"
_WORD: Final = "|".join(sorted(_VALUES, key=len, reverse=True))
_ONE: Final = rf"(?:{_DIGITS}|{_WORD})"
_NUMBER: Final = re.compile(
    rf"(?<![\w.,:$€£-])(?<!article )(?:(?P<how>up to|as many as|at most|no more than|fewer than|less than"
    rf"|at least|no fewer than|more than|over|about|around|approximately|roughly|some|nearly|almost)\s)?(?:between\s)?"
    rf"(?P<first>{_ONE})(?:\s?(?:to|and|–|—|-)\s?(?P<last>{_ONE}))?(?![\w:%])(?!(?:[.,])\d)"
    r"|\b(?P<vague>several|multiple|numerous|many|dozens|hundreds)\b",
    re.IGNORECASE,
)
_VAGUE: Final = {"dozens": 24, "hundreds": 200}
_WORDS: Final = r"[^\W\d_][\w'’-]{0,40}"
_OF: Final = re.compile(
    rf"(?:\s+of(?!\s+(?:the|its|his|them)\b))?\s+(?!of\b)((?:{_WORDS}\s+){{0,2}}?(?:{_WORDS}s|people|dead|men|women))\b"
)
_KILLED: Final = re.compile(r"\b(kill(?:ed|ing|s)|wound(?:ed|ing)|injur(?:ed|ing))\s*$", re.IGNORECASE)
STATES: Final = ("dead", "dead", "wounded", "injured")
"""What of is said of people who were killed or died, were wounded, or injured."""

_FATE: Final = re.compile(
    r"(?:\s+(?:people|persons|civilians|soldiers|men|women))?(?:\s+(?:were|was|are|have been|had been|have|had))?"
    r"\s+(killed|dead|died|wounded|injured)\b",
    re.IGNORECASE,
)
_BEFORE: Final = 12
_AFTER: Final = 60


def numbers(text: str) -> list[Numbered]:
    """What numbers a text gives, in order; at most ACCOUNT_DATES_MAX. A figure that is part of a word is none."""
    found = []
    for matched in _NUMBER.finditer(text):
        count = _count(matched)
        if count is None:
            continue
        killed = _KILLED.search(text, max(0, matched.start() - _BEFORE), matched.start())
        of = _OF.match(text, matched.end(), matched.end() + _AFTER)
        fate = _FATE.match(text, matched.end(), matched.end() + _AFTER)
        start, end = matched.start(), matched.end()
        if killed is not None:
            start, count = killed.start(), Count(count.least, count.most, _state(killed[1]))
        elif fate is not None:
            end, count = fate.end(), Count(count.least, count.most, _state(fate[1]))
        elif of is not None:
            end, count = of.end(), Count(count.least, count.most, " ".join(of[1].split()))
        found.append(Numbered(start, end, count))
        if len(found) == ACCOUNT_DATES_MAX:
            break
    return found


def _state(verb: str) -> str:
    return STATES["kdwi".index(verb[0].lower())]


def _count(matched: re.Match[str]) -> Count | None:
    if matched["vague"]:
        return Count(_VAGUE.get(matched["vague"].lower(), 2), None)
    first = _value(matched["first"])
    if matched["last"]:
        last = _value(matched["last"])
        return Count(first, last) if first <= last else None
    match (matched["how"] or "").lower():
        case "up to" | "as many as" | "at most" | "no more than":
            return Count(0, first)
        case "fewer than" | "less than":
            return Count(0, max(0, first - 1))
        case "at least" | "no fewer than":
            return Count(first, None)
        case "more than" | "over":
            return Count(first + 1, None)
        case "":
            return Count(first, first)
        case _:
            return Count(first - first // 10, first + first // 10)


def _value(text: str) -> int:
    lower = text.lower()
    return _VALUES[lower] if lower in _VALUES else int(re.sub(r"\D", "", lower))


def read(text: str, of: str = "") -> Count:
    """A number as a person types it: 90, 60..100, 91.. for that and more, ..100 for at most. Raises Misuse."""
    matched = re.fullmatch(r"(\d{0,15})(\.\.)?(\d{0,15})", text.strip())
    if matched is None or not (matched[1] or matched[3]):
        raise Misuse(f"{text!r} is no number: write 90, 60..100, 91.. or ..100.")
    least = int(matched[1] or 0)
    most = int(matched[3]) if matched[3] else None if matched[2] else least
    if most is not None and most < least:
        raise Misuse(f"{text!r} ends before it begins.")
    return Count(least, most, of)
