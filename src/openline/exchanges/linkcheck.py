"""A link check and who answered it; and the word of a post that another's check did not come (spec/linkcheck.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import NoPlace
from openline.feeds import folding
from openline.feeds.folding import Folded, Told
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, Precedence
from openline.wire import codec
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.linkcheck import Check, Missed, check_of, missed_of

OPENINGS: Final = frozenset({Kind.CHECK, Kind.CHECK_MISSED})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.CHECK: check_of,
    Kind.CHECK_ANSWER: codec.bare,
    Kind.CHECK_MISSED: missed_of,
}


class Answered(msgspec.Struct, frozen=True):
    """An answer to a check: by which post, which officer (0 for the post itself), and when by its clock."""

    by: PostId
    officer: int
    at: Instant
    proof: EntryId


class State(msgspec.Struct, frozen=True):
    """One check with its answers, or one word of a missed check."""

    entry: Entry
    check: Check | None = None
    missed: Missed | None = None
    answers: tuple[Answered, ...] = ()

    @property
    def silent(self) -> tuple[PostId, ...]:
        """Those asked who have not answered."""
        answered = {each.by for each in self.answers}
        return () if self.check is None else tuple(post for post in self.check.asked if post not in answered)


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The check that these entries make."""
    return folding.fold(entries, begin, step)


def begin(kept: Kept) -> State:
    """The state after the entry that opens it."""
    if kept.entry.header.kind == Kind.CHECK_MISSED:
        return State(kept.entry, missed=missed_of(kept.entry))
    return State(kept.entry, check_of(kept.entry))


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.kind != Kind.CHECK_ANSWER or state.check is None:
        raise NoPlace("its kind has no place in a link check")
    if header.traffic != state.entry.header.traffic:
        raise NoPlace("its traffic class is not that of the check")
    if header.refers[:1] != (state.entry.id,) or header.author not in state.check.asked:
        raise NoPlace("its author was not asked")
    if state.check.human and header.act is None:
        raise NoPlace("an officer answers this check, and no officer signed it")
    if any(each.by == header.author for each in state.answers):
        raise NoPlace("its author has answered already")
    officer = 0 if header.act is None else header.act.officer
    answered = Answered(header.author, officer, header.time, kept.entry.id)
    return msgspec.structs.replace(state, answers=(*state.answers, answered))


def told(
    before: Folded[State] | None, after: Folded[State], me: PostId, name_of: Callable[[PostId], str]
) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    state, author = after.state, after.state.entry.header.author
    if before is not None or author == me:
        return ()
    if state.check is not None and state.check.human and me in state.check.asked:
        text = f"{name_of(author)} checks the line and waits for an officer's answer."
        return (Told("check-waits", text, after.head, Precedence.PRIORITY),)
    if state.missed is not None and state.missed.member == me:
        had = f"entry {state.missed.number}" if state.missed.number else "nothing"
        text = (
            f"{name_of(author)} says that this post's check did not come in time; the last that it has of us is {had}."
        )
        return (Told("check-missed", text, after.head),)
    return ()


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When the people at post `me` are told that none of them has answered a check."""
    waits = state.check is not None and state.check.human and me in state.silent
    return state.check.answer_by if waits and state.check is not None and state.check.answer_by > after else None


def overdue(state: State, me: PostId, at: Instant, name_of: Callable[[PostId], str]) -> tuple[Told, ...]:
    """What they are told then."""
    text = f"No officer here has answered the check of {name_of(state.entry.header.author)} in time."
    return (Told("check-unanswered", text, state.entry.id),)
