"""An answer that crossed the closing word is kept and shown as late at both ends; no other one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from openline.exchanges.contact import Party, State
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers.base import Checker
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.world import World


class LateAnswers(Checker):
    """Works out from the have-vectors alone which answers the closing word did not know, and who knew it."""

    name: ClassVar[str] = "late-answers"

    def ended(self, world: World) -> None:
        """Each answer is where it belongs."""
        for states in contacts.folded(world):
            for post, folded in states.items():
                for party in folded.state.parties:
                    if party.ended is not None:
                        self._check(world, post.name, folded, party, party.ended.kept)

    def _check(self, world: World, name: str, folded: Folded[State], party: Party, end: Kept) -> None:
        shown = {each.id: each.late for each in party.answers}
        for kept in folded.entries:
            header = kept.entry.header
            if header.kind != Kind.CALL_ANSWER or header.author == end.entry.header.author:
                continue
            crossed = not _had(end, kept) and not _had(kept, end)
            if crossed and not shown.get(kept.entry.id, False):
                raise self.broken(f"an answer that crossed the closing word is not shown as late at {name}")
            if not crossed and shown.get(kept.entry.id, False):
                raise self.broken(f"an answer that the closing word knew is shown as late at {name}")
            world.count("answered late" if crossed else "answered in time")


def _had(later: Kept, earlier: Kept) -> bool:
    header = earlier.entry.header
    return later.knew.get(header.author, 0) >= header.number
