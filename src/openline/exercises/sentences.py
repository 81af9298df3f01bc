"""The sentences in which a file says what a reaction waits for and what a goal wants:

Russia receives call request from United States
Russia writes call answer about ask
ask is done
Russia is played
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Final

import msgspec

from openline.errors import Misuse
from openline.exercises.sightings import Log, Sighting
from openline.wire.kinds import Kind

ANYTHING: Final = "anything"
KINDS: Final = tuple(kind.name.lower().replace("_", " ") for kind in Kind if kind >= Kind.MESSAGE)
"""What people write, by the names of spec/kinds.md."""

FORMS: Final = (
    "write 'PARTY receives KIND from PARTY', 'PARTY writes KIND', either with 'about STEP', 'STEP is done', or "
    "'PARTY is played'"
)
_NEAR: Final = 4
_DONE: Final = " is done"
PLAYED: Final = " is played"
"""No entry makes it true, so there is none to react to."""


class Sentence(msgspec.Struct, frozen=True):
    """A condition. Where `done` names a step, or `played` a party that people play, nothing else counts.

    Empty `kind` and `author` leave it open.
    """

    party: str = ""
    writes: bool = False
    kind: str = ""
    author: str = ""
    about: str = ""
    done: str = ""
    played: str = ""


def read(text: str, parties: Collection[str], steps: Collection[str]) -> Sentence:
    """The condition that a sentence says. Raises Misuse that says which word is wrong."""
    said = " ".join(text.split())
    if said.endswith(_DONE):
        return Sentence(done=_known(said.removesuffix(_DONE), steps, "step"))
    if said.endswith(PLAYED):
        return Sentence(played=_known(said.removesuffix(PLAYED), parties, "party"))
    for verb in ("receives", "writes"):
        party, found, rest = said.partition(f" {verb} ")
        if found:
            break
    else:
        raise Misuse(f"{text!r} is no condition: {FORMS}.")
    rest, _, about = rest.partition(" about ")
    kind, with_author, author = rest.partition(" from ")
    if verb == "writes" and with_author:
        raise Misuse(f"{text!r} says both who writes and from whom: leave out 'from {author}'.")
    return Sentence(
        party=_known(party, parties, "party"),
        writes=verb == "writes",
        kind="" if kind == ANYTHING else kind_of(kind),
        author=_known(author, parties, "party") if with_author else "",
        about=_known(about, steps, "step") if about else "",
    )


def kind_of(name: str) -> str:
    """A kind of entry. Raises Misuse that names those that may be meant."""
    if name in KINDS:
        return name
    near = [*get_close_matches(name, KINDS, _NEAR), *(each for each in KINDS if name and name in each)][:_NEAR]
    meant = f" Is one of these meant: {', '.join(dict.fromkeys(near))}?" if near else ""
    raise Misuse(f"There is no kind of entry {name!r}.{meant} All are in the table of kinds.")


def _known(name: str, names: Collection[str], what: str) -> str:
    if name not in names:
        raise Misuse(f"There is no {what} {name!r}; there are: {', '.join(names) or 'none'}.")
    return name


def holds(sentence: Sentence, sighting: Sighting, log: Log, named: Mapping[str, str]) -> bool:
    """Whether a sighting makes a condition true; `named` are the entries that steps have written."""
    entry = sighting.entry
    if sentence.done:
        return named.get(sentence.done) == entry.id and sighting.party == entry.author
    if sentence.played or sighting.party != sentence.party or sentence.writes != (entry.author == sighting.party):
        return False
    if (sentence.kind and entry.kind != sentence.kind) or (sentence.author and entry.author != sentence.author):
        return False
    about = named.get(sentence.about) if sentence.about else None
    return not sentence.about or (about is not None and log.root(entry.id) == log.root(about))
