"""A message and what came of it: the ladder of rungs, each after the first three a signature of the other side.

The state is the fold of the message's entries in canonical order (feeds.order), so both ends see the same.
An entry that may not say what it says counts for nothing here, and is listed with the reason (spec/message.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from typing import Final

import msgspec

from openline.errors import PeerError
from openline.feeds.folding import Ignored, check_mark, counted
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
    count, beyond = counted(entries)
    ordered = canonical(count)
    opening = next((kept.entry for kept in ordered if kept.entry.header.exchange is None), None)
    if opening is None:
        return None
    try:
        folding = _Folding(Said(opening, message_of(opening)))
    except PeerError:
        return None
    for kept in ordered:
        if kept.entry is not opening:
            folding.take(kept.entry)
    folded = folding.state()
    return msgspec.structs.replace(folded, ignored=(*folded.ignored, *beyond)) if beyond else folded


def marked(opening: Entry, entries: Iterable[Kept]) -> State:
    """What opens another exchange than a message, a claim or an inquiry, as a message of which only marks count."""
    steps = []
    for kept in canonical(counted(entries)[0]):
        with suppress(PeerError):
            if kept.entry.header.kind in MARKS:
                check_mark(kept, opening)
                rung = MARKS[Kind(kept.entry.header.kind)]
                whom = whom_of(kept.entry) if rung == Rung.PASSED_ON else ""
                steps.append(_reached(rung, kept.entry, opening, whom))
    return State(said=(Said(opening, Message("", 0)),), steps=tuple(steps))


class _Folding:
    """A state while entries are put to it, one after the other, each at the same cost however many were before."""

    def __init__(self, opening: Said) -> None:
        self._opening = opening.entry
        self._said = {opening.entry.id: opening}
        self._corrections: dict[EntryId, list[tuple[EntryId, Message]]] = {}
        self._steps: list[Step] = []
        self._given_up: EntryId | None = None
        self._ignored: list[Ignored] = []

    def state(self) -> State:
        """What the entries came to."""
        for identifier, corrections in self._corrections.items():
            said = self._said[identifier]
            self._said[identifier] = msgspec.structs.replace(said, corrections=tuple(corrections))
        return State(tuple(self._said.values()), tuple(self._steps), self._given_up, tuple(self._ignored))

    def take(self, entry: Entry) -> None:
        """One more entry. Messages cause nothing, so there are no effects."""
        try:
            why_not = self._take(entry)
        except PeerError as error:
            why_not = str(error)
        if why_not:
            self._ignored.append(Ignored(entry.id, why_not))

    def _take(self, entry: Entry) -> str:
        """Raises PeerError, or says why the entry counts for nothing, or "" where it counts."""
        header = entry.header
        if header.traffic != self._opening.header.traffic:
            return "its traffic class is not that of the message"
        target = self._said.get(header.refers[0]) if header.refers else None
        if target is None:
            return "it refers to no message of this exchange"
        own = header.author == target.entry.header.author
        if header.kind == Kind.MESSAGE:
            self._said[entry.id] = Said(entry, message_of(entry))
            if not own:
                self._steps.append(_reached(Rung.ANSWERED, entry, target.entry))
            return ""
        if header.kind == Kind.CORRECTION:
            return self._correct(entry, target) if own else "only its author corrects a message"
        if header.kind == Kind.GIVEN_UP:
            return (
                self._give_up(entry) if own and target.entry is self._opening else "only its author gives a message up"
            )
        if header.kind == Kind.COUNTERSIGNED:
            return "" if own and header.act is not None else "only an officer of its author countersigns a message"
        rung = MARKS.get(Kind(header.kind)) if header.kind in MARKS else None
        return "its kind has no place in a message" if rung is None else self._mark(entry, target, rung)

    def _correct(self, entry: Entry, target: Said) -> str:
        self._corrections.setdefault(target.entry.id, []).append((entry.id, message_of(entry)))
        return ""

    def _give_up(self, entry: Entry) -> str:
        self._given_up = self._given_up or entry.id
        return ""

    def _mark(self, entry: Entry, target: Said, rung: Rung) -> str:
        if entry.header.act is None:
            return "no officer signed it"
        if entry.header.author == target.entry.header.author:
            return "an author does not mark its own message"
        whom = whom_of(entry) if rung == Rung.PASSED_ON else ""
        self._steps.append(_reached(rung, entry, target.entry, whom))
        return ""


def _reached(rung: Rung, entry: Entry, target: Entry, whom: str = "") -> Step:
    header = entry.header
    officer = 0 if header.act is None else header.act.officer
    return Step(rung, header.author, officer, header.time, entry.id, target.id, whom)


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
