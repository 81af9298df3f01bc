"""Made-up incidents, as a record would give them, and histories in which three posts write about one."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from openline.exchanges.incident import State, fold
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId
from openline.wire import incident as wire
from openline.wire.contact import WORDS, Words
from openline.wire.incident import (
    Confidence,
    Description,
    Finding,
    Joint,
    Judgement,
    Quiet,
    Said,
    Source,
    Sources,
    Stance,
    Stood,
    When,
    Word,
)
from openline.wire.kinds import Kind
from tests.exchanges.talks import within
from tests.feeds.histories import ACT, ALPHA, AUTHORS, BRAVO, CHARLIE, kept

AT = Instant(1_668_523_200_000)
HOUR_MS = 3_600_000
UNTIL = Instant(AT + 12 * HOUR_MS)


def folded(*entries: Kept) -> Folded[State]:
    """The incident that these entries make, which there must be."""
    state = fold(entries)
    assert state is not None
    return state


def described(title: str = "Explosion near the border", place: str = "Przewodow") -> bytes:
    """The item that holds title and place."""
    return wire.DESCRIPTION.item(Description(title, place))


def named(*texts: str) -> bytes:
    """The item that holds sources."""
    return wire.SOURCES.item(Sources(tuple(Source(each) for each in texts)))


def words(text: str = "") -> bytes:
    """The item that holds words."""
    return WORDS.item(Words(text))


def opened(author: PostId = ALPHA, number: int = 1, **fields: Any) -> Kept:
    """An incident is opened."""
    items = (wire.WHEN.item(When(AT)), described(), named("the village's mayor"))
    return kept(author, number, Kind.INCIDENT, *items, **{"act": ACT, "at": AT, **fields})


def assessed(
    author: PostId,
    number: int,
    to: Kept,
    *revises: Kept,
    origin: str = "",
    confidence: Confidence = Confidence.NOT_STATED,
    confirmed: bool = False,
    **fields: Any,
) -> Kept:
    """An assessment, or a new version of one."""
    items = (
        wire.JUDGEMENT.item(Judgement(confidence, confirmed)),
        wire.FINDING.item(Finding("An explosion, two dead.", origin)),
        named(),
    )
    return within(author, number, Kind.INCIDENT_ASSESSED, to, *items, names=revises, **fields)


def stood(
    author: PostId, number: int, to: Kept, on: Kept, stance: Stance = Stance.NO_CONTRADICTION, **fields: Any
) -> Kept:
    """A stance on a version."""
    items = (wire.STOOD.item(Stood(stance)), words())
    return within(author, number, Kind.INCIDENT_STANCE, to, *items, names=(on,), **fields)


def source(author: PostId, number: int, to: Kept, **fields: Any) -> Kept:
    """One more source."""
    return within(author, number, Kind.INCIDENT_SOURCE, to, named("a radar"), **fields)


def investigation(author: PostId, number: int, to: Kept, *partners: PostId, **fields: Any) -> Kept:
    """An investigation is offered."""
    return within(author, number, Kind.INCIDENT_INVESTIGATED, to, wire.JOINT.item(Joint(partners)), words(), **fields)


def quiet(author: PostId, number: int, to: Kept, *asked: PostId, until: Instant = UNTIL, **fields: Any) -> Kept:
    """A request not to comment."""
    return within(author, number, Kind.INCIDENT_QUIET, to, wire.QUIET.item(Quiet(until, asked)), words(), **fields)


def correction(author: PostId, number: int, to: Kept, title: str = "Explosion at a farm", **fields: Any) -> Kept:
    """Another title is proposed."""
    items = (wire.WHEN.item(When(AT)), described(title))
    return within(author, number, Kind.INCIDENT_CORRECTION, to, *items, **fields)


def word(author: PostId, number: int, to: Kept, what: Word, *on: Kept, **fields: Any) -> Kept:
    """A word on the incident, or on an entry of it."""
    items = (wire.SAID.item(Said(what)), words())
    return within(author, number, Kind.INCIDENT_WORD, to, *items, names=on, **fields)


OTHER = EntryId(b"o" * 32)
"""Another incident."""


@st.composite
def incidents(draw: st.DrawFn, least: int = 0) -> list[Kept]:
    """Three posts write whatever there is to write, each knowing some of what the others did; their clocks jump."""
    first = opened()
    entries = [first]
    reached = {ALPHA: 1, BRAVO: 0, CHARLIE: 0}
    knew: dict[PostId, dict[PostId, int]] = {ALPHA: {}, BRAVO: {ALPHA: 1}, CHARLIE: {ALPHA: 1}}
    for _ in range(draw(st.integers(least, 9))):
        author = draw(st.sampled_from(AUTHORS))
        known = knew[author]
        for other in AUTHORS:
            if other != author:
                known[other] = draw(st.integers(known.get(other, 0), max(known.get(other, 0), reached[other])))
        reached[author] += 1
        at = AT + draw(st.integers(0, 9)) * HOUR_MS
        fields = {"knew": {post: number for post, number in known.items() if number}, "at": at}
        entries.append(_next(draw, author, reached[author], first, entries, fields))
    return entries


def _next(draw: st.DrawFn, author: PostId, number: int, to: Kept, entries: list[Kept], fields: dict[str, Any]) -> Kept:
    on = draw(st.sampled_from(entries))
    others = [each for each in AUTHORS if each != author]
    match draw(st.sampled_from(("assess", "revise", "stand", "ask", "hush", "correct", "source", "word", "word"))):
        case "assess":
            return assessed(author, number, to, origin=draw(st.sampled_from(("", "east", "west"))), **fields)
        case "revise":
            return assessed(author, number, to, on, origin="east", **fields)
        case "stand":
            return stood(author, number, to, on, draw(st.sampled_from(Stance)), **fields)
        case "ask":
            return investigation(author, number, to, *others, **fields)
        case "hush":
            return quiet(author, number, to, others[0], **fields)
        case "correct":
            return correction(author, number, to, draw(st.sampled_from(("A fire", "A crater"))), **fields)
        case "source":
            return source(author, number, to, **fields)
        case _:
            what = draw(st.sampled_from(Word))
            return word(author, number, to, what, *(() if what in (Word.CLOSED, Word.REOPENED) else (on,)), **fields)
