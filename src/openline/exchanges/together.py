"""A simultaneous exchange: each party binds itself to a document, and only when all have is any of them shown.

What an entry comes to follows from what its author had then, and from nothing that crossed it: so a post that holds all
that the commitments' authors had, and finds the exchange complete, may show its document, and nothing that comes later
makes the exchange incomplete again. A party that withdraws stops those who know of it; a commitment by one who did not
stands (spec/together.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import BadField, NoPlace
from openline.feeds import folding
from openline.feeds.folding import Folded, Told
from openline.feeds.order import precedes
from openline.feeds.record import Kept
from openline.terms import Instant, PostId, Precedence, TrafficClass
from openline.wire.contact import Words
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.together import Secret, Together, committed_of, digest, revealed_of, together_of, withdrawn_of

OPENINGS: Final = frozenset({Kind.TOGETHER})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.TOGETHER: together_of,
    Kind.TOGETHER_COMMITTED: committed_of,
    Kind.TOGETHER_REVEALED: revealed_of,
    Kind.TOGETHER_WITHDRAWN: withdrawn_of,
}


class Bound(msgspec.Struct, frozen=True):
    """A party's commitment, and its document once that is shown with it."""

    kept: Kept
    digest: bytes
    shown: Kept | None = None
    secret: Secret | None = None

    @property
    def author(self) -> PostId:
        """Whose it is."""
        return self.kept.entry.header.author


class State(msgspec.Struct, frozen=True):
    """A simultaneous exchange; `withdrawn` are the parties' words that they take no part any more."""

    entry: Entry
    opened: Together
    words: Words | None
    bound: tuple[Bound, ...] = ()
    withdrawn: tuple[tuple[Kept, Words | None], ...] = ()

    @property
    def parties(self) -> tuple[PostId, ...]:
        """The posts that take part."""
        return self.opened.parties

    @property
    def traffic(self) -> TrafficClass:
        """What kind of traffic it is."""
        return self.entry.header.traffic

    def by(self, party: PostId) -> Bound | None:
        """A party's commitment."""
        return next((each for each in self.bound if each.author == party), None)

    @property
    def complete(self) -> bool:
        """Whether all are bound: from then on nobody withdraws, and every post shows its document."""
        return len(self.bound) == len(self.parties)

    @property
    def off(self) -> bool:
        """Whether a party withdrew before all were bound."""
        return bool(self.withdrawn) and not self.complete

    @property
    def open(self) -> bool:
        """Whether all documents are shown."""
        return self.complete and all(each.shown is not None for each in self.bound)

    def late(self, party: PostId) -> bool:
        """Whether a party showed its document, by its own signed time, after the hour."""
        bound = self.by(party)
        shown = None if bound is None else bound.shown
        return shown is not None and shown.entry.header.time > self.opened.reveal_by


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The simultaneous exchange that these entries make."""
    return folding.fold(entries, begin, step)


def begin(kept: Kept) -> State:
    """The state after the entry that opens it. Raises BadField for one that opens none."""
    opened, words = together_of(kept.entry)
    if kept.entry.header.act is None:
        raise BadField("An officer signs what opens a simultaneous exchange.")
    return State(kept.entry, opened, words)


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.refers[:1] != (state.entry.id,):
        raise NoPlace("it does not refer to the simultaneous exchange")
    if header.traffic != state.traffic:
        raise NoPlace("its traffic class is not that of the simultaneous exchange")
    if header.author not in state.parties:
        raise NoPlace("its author is no party of the simultaneous exchange")
    match header.kind:
        case Kind.TOGETHER_COMMITTED:
            return _commit(state, kept)
        case Kind.TOGETHER_REVEALED:
            return _reveal(state, kept)
        case Kind.TOGETHER_WITHDRAWN:
            return _withdraw(state, kept)
        case _:
            raise NoPlace("its kind has no place in a simultaneous exchange")


def _commit(state: State, kept: Kept) -> State:
    header = kept.entry.header
    if header.act is None:
        raise NoPlace("no officer signed it")
    if state.by(header.author) is not None:
        raise NoPlace("its author is bound already")
    if header.time > state.opened.commit_by:
        raise NoPlace("it is later than the hour until which all were to commit")
    if any(precedes(each, kept) for each, _ in state.withdrawn):
        raise NoPlace("its author knew that a party had withdrawn")
    bound = Bound(kept, committed_of(kept.entry))
    return msgspec.structs.replace(state, bound=(*state.bound, bound))


def _knew_all(state: State, kept: Kept) -> bool:
    """Whether the author of an entry had the commitments of all."""
    return state.complete and all(precedes(each.kept, kept) for each in state.bound)


def _withdraw(state: State, kept: Kept) -> State:
    if kept.entry.header.act is None:
        raise NoPlace("no officer signed it")
    if _knew_all(state, kept):
        raise NoPlace("all were bound already, and each document is shown")
    if any(each.entry.header.author == kept.entry.header.author for each, _ in state.withdrawn):
        raise NoPlace("its author withdrew already")
    return msgspec.structs.replace(state, withdrawn=(*state.withdrawn, (kept, withdrawn_of(kept.entry))))


def _reveal(state: State, kept: Kept) -> State:
    bound, secret = state.by(kept.entry.header.author), revealed_of(kept.entry)
    if bound is None or not _knew_all(state, kept):
        raise NoPlace("its author did not have the commitments of all")
    if bound.shown is not None:
        raise NoPlace("its author showed its document already")
    if digest(state.entry.id, bound.author, secret) != bound.digest:
        raise NoPlace("it is not the document to which its author is bound")
    changed = msgspec.structs.replace(bound, shown=kept, secret=secret)
    return msgspec.structs.replace(state, bound=tuple(changed if each is bound else each for each in state.bound))


def told(
    before: Folded[State] | None, after: Folded[State], me: PostId, name_of: Callable[[PostId], str]
) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    state, was = after.state, None if before is None else before.state
    if me not in state.parties:
        return ()
    news = []
    opener = state.entry.header.author
    if was is None and opener != me:
        text = f"{name_of(opener)} asks that all show their documents at one time. Commit to yours, or withdraw."
        news.append(Told("together", text, state.entry.id, Precedence.PRIORITY))
    for each in state.bound:
        if each.author != me and (was is None or was.by(each.author) is None):
            text = f"{name_of(each.author)} is bound to its document in a simultaneous exchange."
            news.append(Told("together", text, each.kept.entry.id, Precedence.ROUTINE))
    known = set() if was is None else {kept.entry.id for kept, _ in was.withdrawn}
    for kept, _ in state.withdrawn:
        if kept.entry.header.author != me and kept.entry.id not in known and state.off:
            text = f"{name_of(kept.entry.header.author)} withdrew from a simultaneous exchange: nothing is shown."
            news.append(Told("together-off", text, kept.entry.id, Precedence.PRIORITY))
    if state.open and not (was is not None and was.open):
        text = "All documents of a simultaneous exchange are shown."
        news.append(Told("together-open", text, state.entry.id, Precedence.PRIORITY))
    return tuple(news)


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When the people at post `me` are told who has not committed, or not shown its document, by the hour."""
    if me not in state.parties or state.open or state.off:
        return None
    at = state.opened.reveal_by if state.complete else state.opened.commit_by
    return at if at > after else None


def overdue(state: State, me: PostId, at: Instant, name_of: Callable[[PostId], str]) -> tuple[Told, ...]:
    """What they are told then."""
    if state.complete:
        names = ", ".join(name_of(each.author) for each in state.bound if each.shown is None)
        text = f"The hour has come, and of a simultaneous exchange the documents of these are not shown here: {names}."
        return (Told("together-kept-back", text, state.entry.id),)
    names = ", ".join(name_of(each) for each in state.parties if state.by(each) is None)
    text = f"The hour to commit in a simultaneous exchange is over without {names}: nothing is shown."
    return (Told("together-late", text, state.entry.id, Precedence.PRIORITY),)
