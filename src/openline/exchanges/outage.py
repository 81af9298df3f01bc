"""An announced outage or radio silence, until it ends or is called off (spec/linkcheck.md)."""

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
from openline.wire.linkcheck import Outage, outage_of

OPENINGS: Final = frozenset({Kind.OUTAGE})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {Kind.OUTAGE: outage_of, Kind.OUTAGE_OVER: codec.bare}


class State(msgspec.Struct, frozen=True):
    """An announcement, and the entry that called the rest of it off."""

    entry: Entry
    outage: Outage
    over: EntryId | None = None
    over_at: Instant | None = None

    def covers(self, at: Instant) -> bool:
        """Whether silence at this time is explained."""
        until = self.outage.ends if self.over_at is None else min(self.outage.ends, self.over_at)
        return self.outage.begins <= at <= until


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The announcement that these entries make."""
    return folding.fold(entries, lambda kept: State(kept.entry, outage_of(kept.entry)), step)


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.kind != Kind.OUTAGE_OVER or header.author != state.entry.header.author:
        raise NoPlace("only who announced the outage says that it is over")
    if header.traffic != state.entry.header.traffic:
        raise NoPlace("its traffic class is not that of the announcement")
    if state.over is not None:
        raise NoPlace("it is over already")
    return msgspec.structs.replace(state, over=kept.entry.id, over_at=header.time)


def told(
    before: Folded[State] | None, after: Folded[State], me: PostId, name_of: Callable[[PostId], str]
) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    author = after.state.entry.header.author
    if author == me:
        return ()
    why = after.state.outage.why.name.lower().replace("_", " ")
    if before is None:
        return (Told("outage-announced", f"{name_of(author)} announces: {why}.", after.head, Precedence.PRIORITY),)
    if before.state.over is None and after.state.over is not None:
        return (Told("outage-announced", f"{name_of(author)}: {why} is over.", after.head, Precedence.PRIORITY),)
    return ()
