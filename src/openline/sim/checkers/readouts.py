"""Healed, readouts are the same at every member: each that was filed stands, and a mark until its author takes it back.

Worked out once more from the entries alone.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, ClassVar

from openline.engine.machines import READOUT
from openline.exchanges.readout import State
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers.base import Checker
from openline.terms import EntryId
from openline.wire.kinds import Kind
from openline.wire.readout import Answer, word_of

if TYPE_CHECKING:
    from openline.sim.world import World


class Readouts(Checker):
    """Asks the entries of each contact's readouts."""

    name: ClassVar[str] = "readouts"

    def ended(self, world: World) -> None:
        """Nothing filed is gone, and no mark is taken from its author."""
        for held in contacts.entries(world, READOUT.openings):
            folded = contacts.alike(held, READOUT)
            if folded is None:
                raise self.broken("readouts are not the same at every member, or depend on the order of arrival")
            self._check(world, folded)

    def _check(self, world: World, folded: Folded[State]) -> None:
        ignored = {each.entry for each in folded.ignored}
        counted = [kept for kept in folded.entries if kept.entry.id not in ignored]
        filed = [kept.entry.id for kept in counted if kept.entry.header.kind == Kind.READOUT]
        if sorted(filed) != sorted(each.kept.entry.id for each in folded.state.readouts):
            raise self.broken("a readout that was filed does not stand")
        for readout in folded.state.readouts:
            if readout.text is None or hashlib.sha256(readout.text.encode()).digest() != readout.filing.digest:
                raise self.broken("a readout is not what was published")
        world.count("readouts judged")
        gone = _withdrawn(counted)
        for marked in folded.state.marks:
            if marked.stands == ((marked.kept.entry.id, marked.author) in gone):
                raise self.broken("a mark does not stand as its author says")
            world.count("mark stands" if marked.stands else "mark withdrawn")
            if marked.disputed:
                world.count("mark disputed")


def _withdrawn(counted: list[Kept]) -> set[tuple[EntryId, bytes]]:
    """Each mark that was withdrawn, and by whom."""
    words = [kept.entry for kept in counted if kept.entry.header.kind == Kind.READOUT_WORD]
    return {
        (each.header.refers[1], each.header.author) for each in words if word_of(each)[0].answer == Answer.WITHDRAWN
    }
