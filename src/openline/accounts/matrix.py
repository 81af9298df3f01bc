"""Accounts side by side: which of them assert what, how the record stands to it, and where two exclude each other.

Two assertions contradict each other only where both cannot be true by their parts: numbers that do not meet, days apart
by more than a time zone, other values. Words are compared by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

import msgspec

from openline.accounts.assertion import Assertion, Mark, What
from openline.accounts.days import Days, day, utc_day
from openline.accounts.facts import Picture
from openline.accounts.names import denotes
from openline.accounts.verdict import Verdict
from openline.accounts.words import words_of


class Held(msgspec.Struct, frozen=True):
    """A mark of an account, what it comes to, and the picture that it was held against."""

    account: str
    number: int
    mark: Mark
    verdict: Verdict
    picture: Picture


class Row(msgspec.Struct, frozen=True):
    """One fact: what is asserted, about which entry, and everything that accounts assert of it, account by account."""

    what: What
    about: str
    held: tuple[Held, ...]


class Conflict(msgspec.Struct, frozen=True):
    """Two assertions that cannot both be true, and half a sentence why."""

    one: Held
    other: Held
    why: str


_CLOCKS: Final = timedelta(days=1)
_DATED: Final = (What.WHEN, What.LAST_BEFORE, What.HAPPENED)
_BY_PARTY: Final = (What.INITIATED_BY, What.REQUESTED_BY)
_ANNOUNCED: Final = {"not-announced": {"closed", "confirm-if-asked", "agreed-text", "not-announced"}}


def rows(held: Iterable[Held]) -> list[Row]:
    """All that is asserted, by what and about what, in the order of What."""
    found: dict[tuple[int, str], list[Held]] = {}
    order = list(What)
    for each in held:
        key = (order.index(each.mark.assertion.what), each.picture.about)
        found.setdefault(key, []).append(each)
    return [Row(order[at], about, tuple(found[at, about])) for at, about in sorted(found)]


def conflicts(held: Sequence[Held]) -> list[Conflict]:
    """Each two assertions about the same thing that exclude each other, of two accounts or by two voices of one."""
    found = []
    for at, one in enumerate(held):
        for other in held[at + 1 :]:
            same_voice = one.account == other.account and (
                one.mark.assertion.according_to == other.mark.assertion.according_to
            )
            if one.picture.about == other.picture.about and one.picture.about and not same_voice:
                why = conflict(one.mark.assertion, other.mark.assertion, one.picture)
                found += [Conflict(one, other, why)] if why else []
    return found


def conflict(one: Assertion, other: Assertion, picture: Picture) -> str:
    """Why two assertions about one thing exclude each other; empty where they do not."""
    if {one.what, other.what} == {What.FIRST_SINCE, What.LAST_BEFORE}:
        first, before = (one, other) if one.what is What.FIRST_SINCE else (other, one)
        return _first_and_before(first, before, picture)
    if one.what is not other.what:
        return ""
    what = one.what
    if what in _DATED and one.days is not None and other.days is not None:
        return "" if _near(one.days, other.days) else f"{one.days} is not {other.days}"
    if what in _BY_PARTY:
        return _of_parties(one, other, picture)
    if what in (What.NUMBER, What.TIMES) and one.number is not None and other.number is not None:
        same = one.number.counts(other.number) and _alike(one, other)
        return f"{one.number} excludes {other.number}" if same and not one.number.meets(other.number) else ""
    if what in (What.OUTCOME, What.REASON, What.CONFIRMED, What.AGREED) and one.value and other.value:
        return _of_values(one, other)
    return ""


def _near(one: Days, other: Days) -> bool:
    """Whether they have a day in common, or two days that the clocks of two places may call differently."""
    return other.first - one.last <= _CLOCKS and one.first - other.last <= _CLOCKS


def _first_and_before(first: Assertion, before: Assertion, picture: Picture) -> str:
    """A contact before this one, and after the day from which it is said to be the first: the roster's, if none is."""
    since = first.days
    if since is None:
        begun = [each.begins for each in picture.holders if each.begins and denotes(first.who[0], each.party)]
        since = day(utc_day(begun[-1])) if begun else None
    if before.days is None or since is None or before.days.first - since.last <= _CLOCKS:
        return ""
    return f"one in {before.days} was after {since}"


def _of_parties(one: Assertion, other: Assertion, picture: Picture) -> str:
    parties = picture.parties()
    posts = [{party.post for party in parties for name in each.who if denotes(name, party)} for each in (one, other)]
    if not all(posts) or posts[0] & posts[1]:
        return ""
    return f"{' and '.join(one.who)} is not {' and '.join(other.who)}"


def _alike(one: Assertion, other: Assertion) -> bool:
    """Whether they speak of the same: as far as both name somebody or say something, with some word in common."""
    pairs = (
        (" ".join(one.who), " ".join(other.who)),
        (" ".join(one.whom), " ".join(other.whom)),
        (one.text, other.text),
    )
    return all(not mine or not theirs or set(words_of(mine)) & set(words_of(theirs)) for mine, theirs in pairs)


def _of_values(one: Assertion, other: Assertion) -> str:
    same = _ANNOUNCED.get(one.value, {one.value}) & _ANNOUNCED.get(other.value, {other.value})
    if same or (one.what is not What.REASON and not _alike(one, other)):
        return ""
    if one.what is What.REASON and one.text and other.text and not set(words_of(one.text)) & set(words_of(other.text)):
        return ""
    return f"{one.value} is not {other.value}"
