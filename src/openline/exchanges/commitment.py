"""A commitment made in a contact: who owes what until when, done by its owner's word, closed by another's.

What another party recorded is a claim until its owner accepts it. The state is the fold of its entries in canonical
order (spec/minute.md, Commitments).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import BadField, NoPlace
from openline.feeds import folding
from openline.feeds.folding import Folded, Told
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, Precedence
from openline.wire.contact import Words
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.minute import Commitment, Progress, commitment_of, report_of

OPENINGS: Final = frozenset({Kind.COMMITMENT})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.COMMITMENT: commitment_of,
    Kind.COMMITMENT_WORD: report_of,
}

WARN_MS: Final = 3_600_000
"""How long before a commitment is due its owner is reminded."""


class Reported(msgspec.Struct, frozen=True):
    """A word on the commitment."""

    kept: Kept
    progress: Progress
    words: Words | None


BY_OWNER: Final = frozenset({Progress.ACCEPTED, Progress.DONE, Progress.DISPUTED})
BY_OTHERS: Final = frozenset({Progress.DISPUTED, Progress.CLOSED, Progress.RELEASED})


class State(msgspec.Struct, frozen=True):
    """A commitment; `contact` is the opening entry of the contact in which it was made."""

    entry: Entry
    contact: EntryId
    commitment: Commitment
    words: Words | None
    reports: tuple[Reported, ...] = ()

    @property
    def parties(self) -> tuple[PostId, ...]:
        """The posts that it concerns."""
        return self.commitment.parties

    @property
    def status(self) -> str:
        """`claimed` by another than its owner, `open`, `done`, `disputed`, `closed` or `released`: the newest word."""
        if not self.reports:
            return "open" if self.entry.header.author == self.commitment.owner else "claimed"
        newest = self.reports[-1].progress
        return "open" if newest == Progress.ACCEPTED else newest.name.lower()

    @property
    def open(self) -> bool:
        """Whether anything is still waited for."""
        return self.status not in ("closed", "released")


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The commitment that these entries make."""
    return folding.fold(entries, begin, step)


def begin(kept: Kept) -> State:
    """The state after the entry that makes it."""
    header = kept.entry.header
    commitment, words = commitment_of(kept.entry)
    if len(header.refers) != 1 or header.act is None:
        raise BadField("A commitment refers to its contact, and an officer signs it.")
    return State(kept.entry, header.refers[0], commitment, words)


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.kind != Kind.COMMITMENT_WORD or header.refers[:1] != (state.entry.id,):
        raise NoPlace("it is no word on this commitment")
    if header.traffic != state.entry.header.traffic:
        raise NoPlace("its traffic class is not that of the commitment")
    if header.author not in state.commitment.parties or header.act is None:
        raise NoPlace("no officer of a party signed it")
    report, words = report_of(kept.entry)
    if not state.open:
        raise NoPlace("the commitment is closed already")
    if report.progress not in (BY_OWNER if header.author == state.commitment.owner else BY_OTHERS):
        raise NoPlace("its owner accepts it, says that it is done or disputes it; another closes, releases or disputes")
    return msgspec.structs.replace(state, reports=(*state.reports, Reported(kept, report.progress, words)))


def told(
    before: Folded[State] | None, after: Folded[State], me: PostId, name_of: Callable[[PostId], str]
) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    state, known = after.state, set()
    if before is not None:
        known = {kept.entry.id for kept in before.entries}
    news = [kept for kept in after.entries if kept.entry.id not in known and kept.entry.header.author != me]
    if me not in state.commitment.parties or not news:
        return ()
    name = name_of(news[-1].entry.header.author)
    if before is None and not state.reports:
        claims = " Accept it, or dispute it." if me == state.commitment.owner else ""
        text = f"{name} recorded a commitment of {name_of(state.commitment.owner)}.{claims}"
    else:
        text = f"{name}: a commitment of {name_of(state.commitment.owner)} is {state.status}."
    return (Told("commitment", text, after.head, Precedence.PRIORITY),)


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When the people at post `me` are reminded: the owner before it is due, all when it is."""
    if state.status not in ("open", "disputed") or me not in state.commitment.parties:
        return None
    at = state.commitment.due
    times = [Instant(at - WARN_MS), at] if me == state.commitment.owner else [at]
    return min((each for each in times if each > after), default=None)


def overdue(state: State, me: PostId, at: Instant, name_of: Callable[[PostId], str]) -> tuple[Told, ...]:
    """What they are told then."""
    when = "is due" if at >= state.commitment.due else "will be due soon"
    text = f"A commitment of {name_of(state.commitment.owner)} {when}, and nobody has said that it is done."
    return (Told("commitment-due", text, state.entry.id, Precedence.PRIORITY),)
