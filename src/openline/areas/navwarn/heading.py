"""The heading of a warning: which one it is, and when it was issued.

191320Z JUL 26                          a date-time group
NAVAREA IV 700/26(11).                  series, number, year, subregions
MSGID/GENADMIN/NGA NAVSAFETY WASHINGTON DC//   an envelope, which says nothing
"""

from __future__ import annotations

from typing import Final

import msgspec

from openline.areas.navwarn.cancels import ROMAN
from openline.areas.navwarn.times import BadTime, dtg_day, take_month
from openline.areas.navwarn.tokens import Kind, Token, Words
from openline.terms import Instant

SERIES: Final = ("HYDROLANT", "HYDROPAC", "HYDROARC", "WZ")
ANY_YEAR: Final = range(1900, 2200)
LINES_MAX: Final = 12


class Heading(msgspec.Struct, frozen=True):
    """The id as the samples write it, `HYDROLANT 2295/19`, and the time of issue; empty where not stated."""

    id: str = ""
    issued: Instant | None = None


def take_heading(words: Words) -> Heading:
    """Take the heading that the words begin with, if they do."""
    found = Heading()
    for _ in range(LINES_MAX):
        one = _issue(words) or _number(words)
        if one is not None:
            found = Heading(one.id or found.id, one.issued if one.issued is not None else found.issued)
        elif not _envelope(words):
            break
    return found


def issue_date(words: Words) -> Instant | None:
    """The time that `262153Z JUL 2019` is, taken; None if none stands here or there is no such time."""
    mark = words.at
    token = words.peek()
    if token is None or not (token.kind is Kind.DTG or _bare(token)):
        return None
    try:
        day = dtg_day(token)
        words.at += 1
        if words.text() in {"UTC", "Z", "GMT"}:
            words.at += 1
        take_month(words, day, ANY_YEAR)
        at = day.instant()
    except BadTime:
        words.at = mark
        return None
    words.mark(mark, words.at)
    words.skip(".")
    return at


def _bare(token: Token) -> bool:
    return token.kind is Kind.NUMBER and len(token.text) == 6 and token.text.isdigit()


def _issue(words: Words) -> Heading | None:
    at = issue_date(words)
    return None if at is None else Heading(issued=at)


def _number(words: Words) -> Heading | None:
    named = 2 if words.text() == "NAVAREA" and words.text(1) in ROMAN else int(words.text() in SERIES)
    if not named or words.kind(named) is not Kind.REF:
        return None
    name = " ".join(words.text(ahead) for ahead in range(named))
    number, _, year = words.text(named).partition("(")[0].partition("/")
    words.take(named + 1)
    _brackets(words)
    words.skip(".")
    return Heading(id=f"{name} {int(number)}/{year[-2:]}")


def _brackets(words: Words) -> None:
    if words.text() != "(":
        return
    for ahead in range(1, 30):
        if words.text(ahead) == ")":
            words.take(ahead + 1)
            return


def _envelope(words: Words) -> bool:
    """A line that only carries: ZCZC and its code, MSGID/..., RMKS/, a slash alone."""
    if words.text() == "/":
        words.take()
        return True
    if words.text() not in {"ZCZC", "NNNN", "MSGID/GENADMIN/NGA", "MSGID", "RMKS"}:
        return False
    words.take()
    while (token := words.peek()) is not None and not token.opens:
        words.take()
    return True
