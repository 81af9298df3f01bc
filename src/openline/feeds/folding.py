"""Folding an exchange: its entries in canonical order, one step each; what has no place is listed with the reason.

A step is given the state and one entry with what its author had then, and returns the next state or raises a PeerError.
So whatever order entries arrive in, all who hold the same ones reach the same state (spec/message.md, Order).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from typing import Final, Generic, TypeVar

import msgspec

from openline.errors import NoPlace, PeerError
from openline.feeds.order import canonical
from openline.feeds.record import Kept
from openline.limits import EXCHANGE_ENTRIES_MAX
from openline.terms import EntryId, PostId, Precedence
from openline.wire.bodies import whom_of
from openline.wire.entry import Entry
from openline.wire.kinds import Kind

State = TypeVar("State")


MARKS: Final = frozenset({Kind.SEEN, Kind.ACKNOWLEDGED, Kind.TAKEN, Kind.PASSED_ON})
"""An officer's word on what another post wrote."""


TOO_MANY: Final = f"its author has written {EXCHANGE_ENTRIES_MAX} entries in this exchange before, and no more count"


class Ignored(msgspec.Struct, frozen=True):
    """An entry that counts for nothing, and why."""

    entry: EntryId
    why: str


class Folded(msgspec.Struct, Generic[State], frozen=True):
    """The state that entries make, those that counted for nothing, and the entries themselves in canonical order.

    `head` is the opening entry whose id the exchange has.
    """

    head: EntryId
    state: State
    ignored: tuple[Ignored, ...]
    entries: tuple[Kept, ...]

    def why_not(self, entry: EntryId) -> str | None:
        """Why an entry counts for nothing; None where it counts."""
        return next((each.why for each in self.ignored if each.entry == entry), None)


class Told(msgspec.Struct, frozen=True):
    """What people are told of an exchange: an alarm, with its code, its sentence and the entry that it is about.

    `rests_on` is the post whose entries somebody signed for by their numbers: if its feed forked, or goes on from a
    named branch, that proves nothing.
    """

    code: str
    text: str
    about: EntryId | None = None
    precedence: Precedence = Precedence.IMMEDIATE
    rests_on: PostId | None = None


class Draft(msgspec.Struct, frozen=True):
    """An entry that a post states by itself in an exchange, without an officer; `opening` is the one that it names."""

    kind: int
    items: tuple[bytes, ...]
    opening: EntryId
    refers: tuple[EntryId, ...]
    precedence: Precedence = Precedence.ROUTINE


def check_mark(kept: Kept, opening: Entry) -> None:
    """Raise NoPlace where this is no mark of another post's officer on what opened the exchange, or PeerError."""
    header = kept.entry.header
    if header.act is None:
        raise NoPlace("no officer signed it")
    if header.author == opening.header.author:
        raise NoPlace("an author does not mark what it wrote")
    if header.refers != (opening.id,) or header.traffic != opening.header.traffic:
        raise NoPlace("it does not refer to what opened this, or is of another traffic class")
    if header.kind == Kind.PASSED_ON:
        whom_of(kept.entry)


def alike(openings: Iterable[Kept], opening: EntryId, key: Callable[[Kept], Hashable]) -> tuple[EntryId, ...]:
    """The openings that are one exchange with `opening`, for they have the same key; smallest id first.

    One whose key cannot be read (PeerError) stands alone.
    """
    keys: dict[EntryId, Hashable] = {}
    for kept in openings:
        with suppress(PeerError):
            keys[kept.entry.id] = key(kept)
    if opening not in keys:
        return (opening,)
    return tuple(sorted(each for each, found in keys.items() if found == keys[opening]))


def counted(entries: Iterable[Kept]) -> tuple[list[Kept], tuple[Ignored, ...]]:
    """Of each author the first entries in each exchange by its feed, as many as count; and those beyond."""
    held = list(entries)
    if len(held) <= EXCHANGE_ENTRIES_MAX:
        return held, ()
    left: dict[tuple[EntryId | None, PostId], int] = {}
    count: list[Kept] = []
    beyond: list[Ignored] = []
    for kept in sorted(held, key=lambda each: (each.entry.header.number, each.entry.id)):
        key = (kept.entry.header.exchange, kept.entry.header.author)
        left[key] = left.get(key, EXCHANGE_ENTRIES_MAX) - 1
        if kept.entry.header.exchange is not None and left[key] < 0:
            beyond.append(Ignored(kept.entry.id, TOO_MANY))
        else:
            count.append(kept)
    return count, tuple(beyond)


def fold_alike(
    entries: Iterable[Kept], begin: Callable[[Kept], State], step: Callable[[State, Kept], State]
) -> Folded[State] | None:
    """Fold an exchange of several openings: it has the smallest id of them."""
    held = list(entries)
    openings = [kept.entry.id for kept in held if kept.entry.header.exchange is None]
    return fold(held, begin, step, head=min(openings)) if openings else None


def fold(
    entries: Iterable[Kept],
    begin: Callable[[Kept], State],
    step: Callable[[State, Kept], State],
    *,
    head: EntryId | None = None,
) -> Folded[State] | None:
    """Fold one exchange: `begin` makes the state of the opening entry, `step` takes each other in canonical order.

    The opening entry is `head`, or else the first that names no exchange. None while it is not among them, or cannot be
    read.
    """
    count, beyond = counted(entries)
    ordered = canonical(count)
    opening = next(
        (kept for kept in ordered if head in (None, kept.entry.id) and kept.entry.header.exchange is None), None
    )
    if opening is None:
        return None
    try:
        state = begin(opening)
    except PeerError:
        return None
    ignored: list[Ignored] = []
    for kept in ordered:
        if kept is opening:
            continue
        try:
            state = step(state, kept)
        except PeerError as error:
            ignored.append(Ignored(kept.entry.id, str(error)))
    return Folded(opening.entry.id, state, (*ignored, *beyond), tuple(ordered))
