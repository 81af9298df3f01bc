"""What is called proved of a party was so: it had truly kept the entry before the moment that was asked of.

The world knows in what order things truly happened; the machines know only what was signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from openline.engine.machines import INCIDENT
from openline.exchanges.incident.knowledge import NOW, Had, Moment, knowledge, signed_in
from openline.feeds.record import Keep, KeepEntry, Kept
from openline.sim import contacts
from openline.sim.checkers.base import Checker
from openline.terms import EntryId, PostId

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World

INCIDENTS = 3
ENTRIES = 12


class KnowledgeProved(Checker):
    """Remembers when each post first kept each entry, and holds what the fold says of it against that."""

    name: ClassVar[str] = "knowledge"

    def __init__(self) -> None:
        self._first: dict[tuple[PostId, EntryId], int] = {}
        self._count = 0

    def kept(self, world: World, post: Post, keeps: Sequence[Keep]) -> None:
        """In a commit the entries of others come before its own: those may sign for them."""
        entries = [keep.entry for keep in keeps if isinstance(keep, KeepEntry)]
        for entry in sorted(entries, key=lambda each: each.header.author == post.id):
            self._count += 1
            self._first.setdefault((post.id, entry.id), self._count)

    def ended(self, world: World) -> None:
        """Nobody is said to have had what it had not."""
        for held in islice(contacts.entries(world, INCIDENT.openings), INCIDENTS):
            for post, entries in held.items():
                self._check(world, post, entries[-ENTRIES:])

    def _check(self, world: World, reader: Post, entries: list[Kept]) -> None:
        assert world.line is not None
        signed = signed_in(reader.record, world.line)
        for kept in entries:
            for party in world.members():
                mine = self._first.get((party.id, kept.entry.id))
                now = knowledge(kept, party.id, NOW, signed)
                if now.had is Had.PROVED and mine is None:
                    raise self.broken(f"{party.name} is said to have had what it never kept")
                for cut in entries:
                    then = knowledge(kept, party.id, Moment(entry=cut), signed)
                    at = self._first[(cut.entry.header.author, cut.entry.id)]
                    if then.had is Had.PROVED and (mine is None or mine > at):
                        raise self.broken(f"{party.name} is said to have had what it kept later")
                    world.count(f"knowledge {then.had.value}")
