"""According to whom a sentence says something, and who is quoted: cue words, and the name that stands beside them."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from openline.accounts.assertion import Attribution, By
from openline.accounts.names import Named
from openline.limits import NAME_MAX_BYTES


class Cue(msgspec.Struct, frozen=True):
    """Words from `start` to `end` that say according to whom, and whom the program takes that to be."""

    start: int
    end: int
    attribution: Attribution


_VERB: Final = (
    r"(?:said|says|told|stated|states|noted|notes|added|remarked|reported|reports|announced|asserted|confirmed|wrote"
    r"|revealed|stressed|conceded|claims|claimed|warned)"
)
_PHRASE: Final = r"[^,.;:“”\"\n]{2,80}"
_NAME: Final = r"(?:[A-Z][\w.’'-]{0,40}\s){0,5}[A-Z][\w’'-]{1,40}"
_CUES: Final = re.compile(
    "|".join(
        (
            rf"\b(?i:according to)\s+(?P<by>{_PHRASE})",
            rf"\b(?i:reported by|reports)\s+(?P<via>(?i:the\s)?{_NAME})",
            r"\b(?P<hearsay>(?i:is|was|are|were)(?:\salso)?\ssaid to)\b",
            rf"(?P<before>(?i:the\s)?{_NAME})(?:,[^,.\n“”\"]{{2,60}},)?\s(?:also\s|has\s|had\s)?{_VERB}\b",
            rf"\b(?i:said|told)\s(?P<after>{_NAME})",
            rf"\b(?P<plain>(?i:he|she|they|it|officials?|sources?|one source|the statement)\s(?:also\s)?{_VERB})\b",
        )
    )
)
_UNNAMED: Final = re.compile(r"\b(?:sources?|officials?|unnamed|anonymous)\b", re.IGNORECASE)
_PRESS: Final = re.compile(
    r"\b(?:Times|Post|News|Agency|Reuters|AP|AFP|CNN|BBC|RT|TASS|Journal|Guardian|Spiegel|Bild|Interfax)\b"
)
_OFFICE: Final = re.compile(
    r"\b(?:ministry|department|pentagon|kremlin|government|office|statement|embassy|staff|nato|washington|moscow|london"
    r"|paris|warsaw|kyiv|mod|spokes\w+)\b",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"“[^“”\n]{1,1000}(?:[”\n]|$)|\"[^\"\n]{1,1000}\"|«[^«»\n]{1,1000}»|„[^„“”\n]{1,1000}[“”]")


def cues(sentence: str, names: list[Named]) -> list[Cue]:
    """According to whom a sentence speaks, in order; `names` are the known ones in it."""
    found = []
    for matched in _CUES.finditer(sentence):
        who = next((each for each in ("by", "via", "before", "after") if matched[each]), "")
        said = " ".join(matched[who].split()) if who else " ".join(matched[0].split())
        found.append(Cue(matched.start(), matched.end(), attributed(said, matched.start(), matched.end(), names)))
    return found


def attributed(said: str, start: int, end: int, names: list[Named]) -> Attribution:
    """What sort of voice some words name: unnamed ones, another publisher, an office, a person."""
    name = re.sub(r"^the\s+", "", said, flags=re.IGNORECASE)
    while len(name.encode()) > NAME_MAX_BYTES:
        name = name[: len(name) - 1]
    if _UNNAMED.search(name) or said.lower().endswith("said to"):
        return Attribution(By.UNNAMED, name.strip())
    if _PRESS.search(name):
        return Attribution(By.VIA, name.strip())
    holder = next((each for each in names if each.sort == "holder" and start <= each.start and each.end <= end), None)
    if holder is not None:
        return Attribution(By.PERSON, holder.party.persons[0])
    if _OFFICE.search(name) or any(start <= each.start and each.end <= end for each in names):
        return Attribution(By.OFFICE, name.strip())
    return Attribution(By.PERSON, name.strip())


def quotations(sentence: str) -> list[tuple[int, int]]:
    """What stands between quotation marks: from one mark to the other, or to the end of the line."""
    return [(each.start(), each.end()) for each in _QUOTED.finditer(sentence)]
