"""A contact has never two outcomes with one party, and the one that it has is the word of the one who closes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from openline.errors import PeerError
from openline.exchanges.contact import State
from openline.feeds.folding import Folded
from openline.sim import contacts
from openline.sim.checkers.base import Checker
from openline.terms import PostId
from openline.wire.contact import closing_of
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.world import World


class Outcomes(Checker):
    """Counts the closing words that are taken, which the fold might hide."""

    name: ClassVar[str] = "outcomes"

    def ended(self, world: World) -> None:
        """At most one for each party, by the author of the request with the smallest id."""
        for states in contacts.folded(world):
            for post, folded in states.items():
                taken = self._taken(folded)
                if len(taken) != len({about for _, about in taken}):
                    raise self.broken(f"a contact has two outcomes with one party at {post.name}")
                if any(author != folded.state.closer for author, _ in taken):
                    raise self.broken(f"somebody else closed a contact at {post.name}")
            world.count("contact judged")

    def _taken(self, folded: Folded[State]) -> list[tuple[PostId, PostId]]:
        """Author and party of every closing word that counts."""
        ignored = {each.entry for each in folded.ignored}
        found = []
        for kept in folded.entries:
            if kept.entry.header.kind == Kind.CALL_OUTCOME and kept.entry.id not in ignored:
                try:
                    found.append((kept.entry.header.author, closing_of(kept.entry).post))
                except PeerError:
                    continue
        return found
