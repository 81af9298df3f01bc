"""Names that the rosters of a home give: posts, offices and who holds them; found in a text, and looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec

from openline.limits import ACCOUNT_PROPOSALS_MAX


class Party(msgspec.Struct, frozen=True):
    """Who took part for one post: its name here, the office, and the persons that the record names.

    `others` are persons who go for the post as a whole, where no office is named; they are not told.
    """

    post: str
    office: str = ""
    persons: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Russia, Chief of the General Staff (General Gerasimov)."""
        persons = f" ({', '.join(self.persons)})" if self.persons else ""
        return (f"{self.post}, {self.office}" if self.office else self.post) + persons


class Named(msgspec.Struct, frozen=True):
    """Words in a text that are a known name, from `start` to `end`, and whose: exactly one party."""

    start: int
    end: int
    party: Party
    sort: str


_BESIDE: Final = (
    "general gen admiral adm marshal colonel col captain capt major maj lieutenant lt army air navy chief sir lord "
    "dame mr mrs ms dr president minister secretary ambassador foreign defence defense prime jr sr the of"
)
_TITLES: Final = frozenset(_BESIDE.split())
_PEOPLES: Final = {
    "china": "Chinese",
    "denmark": "Danish",
    "finland": "Finnish",
    "france": "French",
    "germany": "German",
    "greece": "Greek",
    "netherlands": "Dutch",
    "norway": "Norwegian",
    "poland": "Polish",
    "spain": "Spanish",
    "sweden": "Swedish",
    "turkey": "Turkish",
    "united kingdom": "British",
    "united states": "American",
}
"""What is not formed from the name of a country by an ending alone."""

_TOKEN: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LESS: Final = re.compile(r"['’]s$")


@lru_cache(4_096)
def surname(name: str) -> str:
    """By what a person is recognised: the last word of a name that is no title, in small letters."""
    tokens = [_LESS.sub("", each.casefold()) for each in _TOKEN.findall(name)]
    held = [each for each in tokens if each not in _TITLES and len(each) > 1]
    return held[-1] if held else ""


@lru_cache(4_096)
def names_of_post(post: str) -> tuple[str, ...]:
    """How a post is called: its name, for several words their initials (United States: US, U.S.), its people."""
    words = post.split()
    initials = "".join(each[0] for each in words if each[0].isupper())
    more = (initials, ".".join(initials) + ".") if len(initials) > 1 else ()
    people = _PEOPLES.get(post.casefold())
    return (post, *more, *(() if people is None else (people,)))


def is_post(name: str, post: str) -> bool:
    """Whether a name is that of a post: itself, its initials, its people (Poland: Polish; Russia: Russian)."""
    said = re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE).casefold()
    called = [each.casefold() for each in names_of_post(post)]
    return said in called or bool(_formed(post).fullmatch(said))


@lru_cache(1_024)
def _formed(post: str) -> re.Pattern[str]:
    """A word of its name without the last letter, and an ending of a people."""
    stem = post.casefold()[:-1] if len(post) >= 6 and post.isalpha() else post.casefold()
    return re.compile(rf"{re.escape(stem)}(?:a|an|ian|n|ians|ans|ns)", re.IGNORECASE)


def denotes(name: str, party: Party) -> bool:
    """Whether a name is that of a party: of its post, its office (alone, or `POST:OFFICE`) or a person."""
    post, colon, office = name.partition(":")
    if colon:
        return is_post(post, party.post) and (not office.strip() or _same_office(office, party.office))
    if is_post(name, party.post) or (party.office.split() and _same_office(name, party.office)):
        return True
    wanted = surname(name)
    return bool(wanted) and any(wanted == surname(each) for each in (*party.persons, *party.others))


def _same_office(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def known(name: str, parties: Iterable[Party]) -> bool:
    """Whether it is the name of anybody among these."""
    return any(denotes(name, each) for each in parties)


def find(text: str, parties: Iterable[Party]) -> list[Named]:
    """Known names in a text, in order, the longest where several begin at one place."""
    found: dict[int, Named] = {}
    for party in parties:
        for sort, pattern in _patterns(party):
            for matched in pattern.finditer(text):
                held = found.get(matched.start())
                if held is None or held.end < matched.end():
                    found[matched.start()] = Named(matched.start(), matched.end(), party, sort)
                if len(found) >= ACCOUNT_PROPOSALS_MAX:
                    return _apart(found)
    return _apart(found)


def _apart(found: dict[int, Named]) -> list[Named]:
    apart: list[Named] = []
    for at in sorted(found):
        if not apart or apart[-1].end <= at:
            apart.append(found[at])
    return apart


@lru_cache(1_024)
def _patterns(party: Party) -> tuple[tuple[str, re.Pattern[str]], ...]:
    made = []
    for person in party.persons:
        last = surname(person)
        if last:
            before = r"(?:[A-Z][\w.’'-]{0,40}\s){0,3}?"
            made.append(("holder", re.compile(rf"\b{before}(?i:{re.escape(last)})\b")))
    if party.office.split():
        words = r"\s+".join(re.escape(each) for each in party.office.split())
        made.append(("office", re.compile(rf"\b{words}\b", re.IGNORECASE)))
    if party.post.split():
        called = "|".join(re.escape(each) for each in names_of_post(party.post))
        made.append(("post", re.compile(rf"(?<!\w)(?:{called}|{_formed(party.post).pattern.capitalize()})(?!\w)")))
    return tuple(made)
