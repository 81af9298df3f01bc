"""A roster is one entry; the newest of a post, by its number, is the one that counts (spec/roster.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import NoPlace, PeerError
from openline.feeds import folding
from openline.feeds.folding import Folded, Told
from openline.feeds.record import Kept
from openline.terms import Instant, PostId, Precedence
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.roster import Fallbacks, Office, Offices, fallbacks_of, offices_of

OPENINGS: Final = frozenset({Kind.ROSTER})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.ROSTER: lambda entry: (offices_of(entry), fallbacks_of(entry))
}


class State(msgspec.Struct, frozen=True):
    """One roster; `fallbacks` is None where they are withheld."""

    entry: Entry
    offices: Offices
    fallbacks: Fallbacks | None

    def office(self, name: str) -> Office | None:
        """The office of this name, in any case of letters."""
        return next((each for each in self.offices.offices if each.name.casefold() == name.casefold()), None)

    def holder(self, name: str, at: Instant) -> str:
        """Who holds an office at a time; empty where the roster does not say."""
        office = self.office(name)
        held = None if office is None else office.holder_at(at)
        return "" if held is None else held.name


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The roster that this entry is."""
    return folding.fold(entries, _begin, _step)


def _begin(kept: Kept) -> State:
    return State(kept.entry, offices_of(kept.entry), fallbacks_of(kept.entry))


def _step(state: State, kept: Kept) -> State:
    raise NoPlace("a roster is one entry; a new one takes its place")


def newest(entries: Iterable[Kept]) -> dict[PostId, State]:
    """The roster of each post that counts, of all rosters on a line."""
    found: dict[PostId, State] = {}
    for kept in sorted(entries, key=lambda each: each.entry.header.number):
        try:
            found[kept.entry.header.author] = _begin(kept)
        except PeerError:
            continue
    return found


def told(
    before: Folded[State] | None, after: Folded[State], me: PostId, name_of: Callable[[PostId], str]
) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    author = after.state.entry.header.author
    if before is not None or author == me:
        return ()
    text = f"{name_of(author)} has published its roster anew: look at it, and print the sheet for the wall."
    return (Told("roster-published", text, after.head, Precedence.ROUTINE),)
