"""A message and what came of it: the ladder of rungs, each after the first three a signature of the other side.

The state is the fold of the message's entries in canonical order (feeds.order), so both ends see the same.
An entry that may not say what it says counts for nothing here, and is listed with the reason (spec/message.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from openline.errors import PeerError
from openline.feeds.order import canonical
from openline.feeds.record import Delivery, Kept
from openline.terms import EntryId, Instant, PostId, Precedence, TrafficClass
from openline.wire.bodies import Message, message_of, whom_of
from openline.wire.entry import Entry
from openline.wire.kinds import Kind


class Rung(StrEnum):
    """How far a message got, lowest first."""

    KEPT = "kept"
    CARRIED = "carried"
    DELIVERED = "delivered"
    SEEN = "seen"
    ACKNOWLEDGED = "acknowledged"
    TAKEN = "taken"
    PASSED_ON = "passed on"
    ANSWERED = "answered"


LADDER = tuple(Rung)

HANDLING_GOALS_MS: Final[Mapping[Precedence, int]] = {
    Precedence.FLASH: 10 * 60_000,
    Precedence.IMMEDIATE: 30 * 60_000,
    Precedence.PRIORITY: 3 * 3_600_000,
    Precedence.ROUTINE: 6 * 3_600_000,
}
"""How soon after a message was kept somebody should have taken it: navy and army manuals give these for handling."""

MARKS = {
    Kind.SEEN: Rung.SEEN,
    Kind.ACKNOWLEDGED: Rung.ACKNOWLEDGED,
    Kind.TAKEN: Rung.TAKEN,
    Kind.PASSED_ON: Rung.PASSED_ON,
}


class Step(msgspec.Struct, frozen=True):
    """One rung reached: who says so, which officer, when by the signer's clock, and the entry that proves it.

    `proof` is None for what only this post knows: that it kept an entry, and that a bearer carried it.
    """

    rung: Rung
    by: PostId
    officer: int
    at: Instant
    proof: EntryId | None
    target: EntryId
    whom: str = ""


class Said(msgspec.Struct, frozen=True):
    """A message or an answer, with the text that stands after corrections, and the corrections themselves."""

    entry: Entry
    message: Message
    corrections: tuple[tuple[EntryId, Message], ...] = ()

    @property
    def text(self) -> str:
        """The text that stands."""
        return self.corrections[-1][1].text if self.corrections else self.message.text


class Ignored(msgspec.Struct, frozen=True):
    """An entry that counts for nothing, and why."""

    entry: EntryId
    why: str


class State(msgspec.Struct, frozen=True):
    """A message exchange. `said` starts with the opening message; answers follow in canonical order."""

    said: tuple[Said, ...] = ()
    steps: tuple[Step, ...] = ()
    given_up: EntryId | None = None
    ignored: tuple[Ignored, ...] = ()

    @property
    def opening(self) -> Said:
        """The message that opened the exchange."""
        return self.said[0]

    @property
    def traffic(self) -> TrafficClass:
        """The class of everything in the exchange."""
        return self.opening.entry.header.traffic

    @property
    def precedence(self) -> Precedence:
        """The precedence of the opening message."""
        return self.opening.entry.header.precedence

    def find(self, entry: EntryId) -> Said | None:
        """The message or answer with this id."""
        return next((said for said in self.said if said.entry.id == entry), None)


def fold(entries: Iterable[Kept]) -> State | None:
    """The state that these entries of one exchange make; None while its opening message is not among them."""
    ordered = canonical(entries)
    opening = next((kept for kept in ordered if kept.entry.header.exchange is None), None)
    if opening is None:
        return None
    state = step(State(), opening.entry)
    for kept in ordered:
        if kept is not opening:
            state = step(state, kept.entry)
    return state if state.said else None


def step(state: State, entry: Entry) -> State:
    """The state after one more entry. Messages cause nothing, so there are no effects."""
    try:
        return _step(state, entry)
    except PeerError as error:
        return _ignore(state, entry, str(error))


def _step(state: State, entry: Entry) -> State:
    kind = entry.header.kind
    if not state.said:
        return msgspec.structs.replace(state, said=(Said(entry, message_of(entry)),))
    if entry.header.traffic != state.traffic:
        return _ignore(state, entry, "its traffic class is not that of the message")
    target = state.find(entry.header.refers[0]) if entry.header.refers else None
    if target is None:
        return _ignore(state, entry, "it refers to no message of this exchange")
    if kind == Kind.MESSAGE:
        return _answer(state, entry, target)
    if kind == Kind.CORRECTION:
        return _correct(state, entry, target)
    if kind == Kind.GIVEN_UP:
        return _give_up(state, entry, target)
    rung = MARKS.get(Kind(kind)) if kind in MARKS else None
    if rung is None:
        return _ignore(state, entry, "its kind has no place in a message")
    return _mark(state, entry, target, rung)


def _answer(state: State, entry: Entry, target: Said) -> State:
    said = (*state.said, Said(entry, message_of(entry)))
    if entry.header.author == target.entry.header.author:
        return msgspec.structs.replace(state, said=said)
    return msgspec.structs.replace(state, said=said, steps=(*state.steps, _reached(Rung.ANSWERED, entry, target)))


def _correct(state: State, entry: Entry, target: Said) -> State:
    if entry.header.author != target.entry.header.author:
        return _ignore(state, entry, "only its author corrects a message")
    corrected = msgspec.structs.replace(target, corrections=(*target.corrections, (entry.id, message_of(entry))))
    said = tuple(corrected if each is target else each for each in state.said)
    return msgspec.structs.replace(state, said=said)


def _give_up(state: State, entry: Entry, target: Said) -> State:
    if entry.header.author != target.entry.header.author or target is not state.said[0]:
        return _ignore(state, entry, "only its author gives a message up")
    return state if state.given_up is not None else msgspec.structs.replace(state, given_up=entry.id)


def _mark(state: State, entry: Entry, target: Said, rung: Rung) -> State:
    if entry.header.act is None:
        return _ignore(state, entry, "no officer signed it")
    if entry.header.author == target.entry.header.author:
        return _ignore(state, entry, "an author does not mark its own message")
    whom = whom_of(entry) if rung == Rung.PASSED_ON else ""
    reached = _reached(rung, entry, target, whom)
    return msgspec.structs.replace(state, steps=(*state.steps, reached))


def _reached(rung: Rung, entry: Entry, target: Said, whom: str = "") -> Step:
    header = entry.header
    officer = 0 if header.act is None else header.act.officer
    return Step(rung, header.author, officer, header.time, entry.id, target.entry.id, whom)


def _ignore(state: State, entry: Entry, why: str) -> State:
    return msgspec.structs.replace(state, ignored=(*state.ignored, Ignored(entry.id, why)))


def ladder(
    state: State,
    target: EntryId,
    kept_at: Instant,
    carried: Sequence[tuple[PostId, Instant]] = (),
    deliveries: Sequence[Delivery] = (),
) -> tuple[Step, ...]:
    """Every rung that a message or answer reached, in the order of the ladder, then of the fold."""
    said = state.find(target)
    if said is None:
        return ()
    author = said.entry.header.author
    steps = [Step(Rung.KEPT, author, 0, kept_at, None, target)]
    steps += [Step(Rung.CARRIED, post, 0, at, None, target) for post, at in carried]
    steps += [Step(Rung.DELIVERED, each.by, 0, each.signed_at, each.proof, target) for each in deliveries]
    steps += [each for each in state.steps if each.target == target]
    return tuple(sorted(steps, key=lambda each: LADDER.index(each.rung)))


def highest(steps: Sequence[Step]) -> Rung:
    """The highest rung that anybody reached."""
    return max((each.rung for each in steps), key=LADDER.index, default=Rung.KEPT)


def has_reached(steps: Iterable[Step], rung: Rung) -> bool:
    """Whether any of these steps is on this rung or a higher one."""
    return any(LADDER.index(each.rung) >= LADDER.index(rung) for each in steps)
