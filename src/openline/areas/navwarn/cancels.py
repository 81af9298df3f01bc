"""The lines that cancel: this message at a time, and other messages by their numbers.

    CANCEL THIS MSG 011500Z AUG 19.
    CANCEL THIS MSG 09 OCT.                         at the end of that day
    CANCEL NAVAREA IV MSG 634/22 AND 753/22.
    CANCEL NAVAREA XII 270/26 AND THIS MSG, OPERATIONS COMPLETED.
    CANCEL HYDROLANT 59/12(36,37), 192/12.

A warning that is cancelled only in part is refused: it stays in force until a person has read the line.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from openline.areas.navwarn.times import BadTime, Day, dtg_day, give_year, take_month
from openline.areas.navwarn.tokens import Kind, Words, is_day, listed
from openline.terms import Instant

SERIES: Final = (
    ("HYDROLANT",),
    ("HYDROPAC",),
    ("HYDROARC",),
    ("SPECIAL", "WARNING"),
    ("NAVTEX",),
    ("AUSCOAST",),
    ("WZ",),
    ("CNW",),
)
ROMAN: Final = listed("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI")
MESSAGE: Final = ("MSG", "MESSAGE", "MSGS", "MESSAGES", "WARNING", "WARNINGS")
REMARK_MAX: Final = 40
"""Words of the reason that may follow: AID RESTORED."""


class Cancels(msgspec.Struct):
    """What the cancelling lines of a warning say: when it cancels itself, at once or at a time, and which others."""

    at: Day | None = None
    by_day: bool = False
    at_once: bool = False
    others: list[str] = msgspec.field(default_factory=list)

    def instant(self, near: date | None, issued: Instant | None) -> Instant | None:
        """When the warning cancels itself; the year is that stated, or the first that is not before `near`."""
        if self.at is None:
            return issued if self.at_once else None
        if self.at.year is None and near is None:
            raise BadTime("No year is stated, and the warning does not say when it was issued.", self.at.token)
        if near is not None:
            give_year(self.at, near, near)
        return self.at.instant()


def take_cancel(words: Words, years: range, into: Cancels) -> bool:
    """Take the cancelling line that stands here; False if none does. What cannot be read of it is left."""
    if words.text() not in {"CANCEL", "CANCELS", "CANCELED", "CANCELLED"}:
        return False
    mark = words.at
    words.at += 1
    found, series = False, ""
    while True:
        series = _series(words) or series
        if _this_here(words):
            words.at += 2
            _this(words, years, into)
        elif words.kind() is Kind.REF and series:
            into.others.append(f"{series} {_number(words.text())}")
            words.at += 1
        else:
            break
        found = True
        words.mark(mark, words.at)
        before = words.at
        while words.text() in {",", "AND", "&"}:
            words.at += 1
        if not (words.kind() is Kind.REF or _this_here(words) or _series_here(words)):
            words.at = before
            break
    if found:
        _remark(words)
    else:
        words.at = mark + 1
    return True


def _this_here(words: Words) -> bool:
    return words.text() == "THIS" and words.text(1) in MESSAGE


def _this(words: Words, years: range, into: Cancels) -> None:
    words.skip("ON", "AT")
    if words.kind() is Kind.DTG:
        day = dtg_day(words.tokens[words.at])
        words.take()
        take_month(words, day, years)
        into.at, into.by_day = day, False
    elif is_day(words.peek()) and words.kind(1) is Kind.MONTH:
        token = words.tokens[words.at]
        day = Day(int(token.text), token, minute=24 * 60)
        words.take()
        take_month(words, day, years)
        into.at, into.by_day = day, True
    elif words.kind() in {Kind.NUMBER, Kind.ODD, Kind.CLOCK}:
        raise BadTime("When this cancels itself is not a day and time with Z.", words.tokens[words.at])
    else:
        into.at_once = True


def _series_here(words: Words) -> bool:
    return words.text() == "NAVAREA" or any(
        all(words.text(ahead) == word for ahead, word in enumerate(names)) for names in SERIES
    )


def _series(words: Words) -> str:
    """Take the name of a series: NAVAREA IV, HYDROLANT."""
    name = ""
    mark = words.at
    if words.text() == "NAVAREA" and words.text(1) in ROMAN:
        name = f"NAVAREA {words.text(1)}"
        words.at += 2
    elif phrase := words.phrase(SERIES):
        name = " ".join(phrase)
    if name and words.text() in MESSAGE:
        words.at += 1
    if words.text() in {"NO", "NO."}:
        words.at += 1
    if name and words.kind() is not Kind.REF:
        words.at = mark
        return ""
    if name:
        words.mark(mark, words.at)
    return name


def _number(text: str) -> str:
    """414/23 of 0414/2023(57)."""
    number, _, year = text.partition("(")[0].partition("/")
    return f"{int(number)}/{year[-2:]}"


def _remark(words: Words) -> None:
    """Go past a reason: words to the end of the sentence, and the date-time group of the message meant."""
    if words.text() not in {",", "DTG"}:
        return
    for ahead in range(REMARK_MAX):
        token = words.peek(ahead)
        if token is None or token.text == "." or (token.kind is Kind.NUMBER and token.opens):
            words.take(ahead)
            return
        if token.kind in {Kind.COORD, Kind.CLOCK, Kind.ODD, Kind.REF}:
            return
