"""A made-up joint statement of three posts in two languages, as a record would give it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from openline.exchanges.joint_statement import State, fold
from openline.feeds.record import Kept
from openline.terms import PostId
from openline.wire import joint_statement as wire
from openline.wire.joint_statement import (
    Approval,
    Change,
    Closing,
    LineChange,
    Opening,
    Outcome,
    Stance,
    Text,
    Verdict,
)
from openline.wire.kinds import Kind
from tests.exchanges.talks import said, within
from tests.feeds.histories import ACT, ALPHA, BRAVO, CHARLIE, kept

THREE = (ALPHA, BRAVO, CHARLIE)
ENGLISH = "We reject the claim."
FRENCH = "Nous rejetons cette allégation."
SECOND = msgspec.structs.replace(ACT, officer=2)


def statement(author: PostId = ALPHA, number: int = 1, about: str = "The calls of 23 October", **fields: Any) -> Kept:
    """A statement is opened; fields of `Opening` and of the entry."""
    body = {each: fields.pop(each) for each in Opening.__struct_fields__ if each in fields}
    opening = Opening(**{"parties": THREE, "languages": ("en", "fr"), "one_person": True, **body})
    items = (wire.OPENING.item(opening), said(about))
    return kept(author, number, Kind.JOINT_STATEMENT, *items, **{"act": ACT, **fields})


def change(
    author: PostId,
    number: int,
    to: Kept,
    what: Change = Change.ADD,
    *line: Kept,
    revision: int = 0,
    **fields: Any,
) -> Kept:
    """A change of a line; languages with their texts by name."""
    texts = tuple(Text(each, fields.pop(each)) for each in ("en", "fr", "ru") if each in fields)
    items = (wire.CHANGE.item(LineChange(what, revision, texts)), said(""))
    return within(author, number, Kind.JOINT_CHANGE, to, *items, names=line, **fields)


def add(author: PostId, number: int, to: Kept, *after: Kept, **fields: Any) -> Kept:
    """A line in both languages."""
    return change(author, number, to, Change.ADD, *after, **{"en": ENGLISH, "fr": FRENCH, **fields})


def word(author: PostId, number: int, to: Kept, on: Kept, accepts: bool = True, **fields: Any) -> Kept:
    """A word on a proposed change."""
    verdict = Verdict(Stance.ACCEPTS if accepts else Stance.REJECTS)
    items = (wire.VERDICT.item(verdict), said(""))
    return within(author, number, Kind.JOINT_WORD, to, *items, names=(on,), **fields)


def approval(author: PostId, number: int, to: Kept, digest: bytes, *, back: bool = False, **fields: Any) -> Kept:
    """An approval of that version, or that it is taken back."""
    items = (wire.APPROVAL.item(Approval(digest, back)), said(""))
    return within(author, number, Kind.JOINT_APPROVAL, to, *items, **fields)


def closed(author: PostId, number: int, to: Kept, digest: bytes = b"", **fields: Any) -> Kept:
    """A release of that version, or without one a withdrawal."""
    outcome = Outcome.RELEASED if digest else Outcome.WITHDRAWN
    items = (wire.CLOSING.item(Closing(outcome, digest)), said(""))
    return within(author, number, Kind.JOINT_CLOSED, to, *items, **fields)


class Room:
    """A statement under way: who writes next has heard everything before, unless `knew` says otherwise."""

    def __init__(self, *entries: Kept, **fields: Any) -> None:
        self.entries = list(entries or (statement(**fields),))

    @property
    def opened(self) -> Kept:
        """What opened it."""
        return self.entries[0]

    @property
    def state(self) -> State:
        """As it stands."""
        folded = fold(self.entries)
        assert folded is not None
        return folded.state

    def heard(self, author: PostId) -> dict[PostId, int]:
        """How far each other post has written."""
        return {post: self.number(post) for post in THREE if post != author}

    def number(self, author: PostId) -> int:
        """The number of its last entry here."""
        return max((each.entry.header.number for each in self.entries if each.entry.header.author == author), default=0)

    def made(self, make: Callable[..., Kept], author: PostId, *given: Any, **fields: Any) -> Kept:
        """The next entry of an author, not written yet."""
        return make(author, self.number(author) + 1, self.opened, *given, **{"knew": self.heard(author), **fields})

    def write(self, make: Callable[..., Kept], author: PostId, *given: Any, **fields: Any) -> Kept:
        """The same, written."""
        self.entries.append(self.made(make, author, *given, **fields))
        return self.entries[-1]

    def approve(self, *authors: PostId, **fields: Any) -> None:
        """These approve the text as it stands."""
        for author in authors:
            self.write(approval, author, self.state.digest(), **fields)

    def copy(self) -> Room:
        """The same so far."""
        return Room(*self.entries)


def drafted(**fields: Any) -> Room:
    """A statement with one line in both languages."""
    room = Room(**fields)
    room.write(add, ALPHA)
    return room
