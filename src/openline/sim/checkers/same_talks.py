"""Healed, each minute, commitment and disclosure is the same at every member, and says of nobody what it did not sign.

What counts for all is worked out once more from the entries alone: a complete minute has a signature of each party,
terms in force have the word of each, and nobody closes what it owes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from openline.engine.machines import COMMITMENT, DISCLOSURE, MINUTE, Machine
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers.base import Checker
from openline.terms import EntryId, Instant, PostId
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.world import World

MACHINES = {"minute": MINUTE, "commitment": COMMITMENT, "disclosure": DISCLOSURE}


class SameTalks(Checker):
    """Folds each at every member, and once more backwards."""

    name: ClassVar[str] = "same-talks"

    def ended(self, world: World) -> None:
        """One state everywhere, and it is signed."""
        for what, machine in MACHINES.items():
            for held in contacts.entries(world, machine.openings):
                expected: Folded[Any] | None = None
                for post, entries in held.items():
                    folded = self._folded(entries, machine, f"a {what} at {post.name}")
                    if expected is not None and folded != expected:
                        raise self.broken(f"a {what} is not the same at {post.name}")
                    expected = folded
                if expected is not None:
                    world.count(f"{what} judged")
                    self._check_signed(world, expected)

    def _folded(self, entries: list[Kept], machine: Machine, what: str) -> Folded[Any] | None:
        alike = [msgspec.structs.replace(kept, at=Instant(0)) for kept in entries]
        folded = machine.fold(alike)
        if machine.fold(alike[::-1]) != folded:
            raise self.broken(f"{what} depends on the order of arrival")
        return folded

    def _check_signed(self, world: World, folded: Folded[Any]) -> None:
        state, heads = folded.state, {each.entry for each in folded.ignored}
        counted = [kept for kept in folded.entries if kept.entry.id not in heads]
        if folded.entries[0].entry.header.kind == Kind.MINUTE and state.complete:
            world.count("minute complete")
            if not _authors(counted, Kind.MINUTE_SIGNED).issuperset(state.parties):
                raise self.broken("a minute is complete without the signature of each party")
        for terms in getattr(state, "agreed", ()):
            world.count("terms agreed")
            words = _authors(counted, Kind.DISCLOSURE_AGREED, terms) | {_author(counted, terms)}
            if not words.issuperset(state.parties):
                raise self.broken("terms are in force without the word of each party")
        if folded.entries[0].entry.header.kind == Kind.COMMITMENT and not state.open:
            world.count("commitment over")
            if state.reports[-1].kept.entry.header.author == state.commitment.owner:
                raise self.broken("somebody closed what it owes")


def _authors(kept: Iterable[Kept], kind: Kind, about: EntryId | None = None) -> set[PostId]:
    headers = [each.entry.header for each in kept if each.entry.header.kind == kind]
    return {each.author for each in headers if about is None or each.refers[:1] == (about,)}


def _author(kept: Iterable[Kept], entry: EntryId) -> PostId:
    return next(each.entry.header.author for each in kept if each.entry.id == entry)
