"""A fold does not depend on arrival: the same exchange is the same state at every member and in every order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from openline.exchanges import message
from openline.sim.checkers.base import Checker
from openline.terms import EntryId
from openline.wire.entry import Entry
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.world import World

EXCHANGES = 6


class Folds(Checker):
    """Folds the exchanges with the most entries at every member, and once more in an order drawn by chance."""

    name: ClassVar[str] = "folds"

    def ended(self, world: World) -> None:
        """One state."""
        if world.line is None:
            return
        for opening in self._largest(world):
            number, author = opening.header.number, world.posts[opening.header.author].name
            expected = None
            for post in world.members():
                entries = post.record.exchange(world.line, opening.id)
                state = message.fold(entries)
                world.rng.shuffle(entries)
                if message.fold(entries) != state:
                    raise self.broken(f"the exchange of entry {number} of {author} depends on the order of arrival")
                if expected is not None and state != expected:
                    raise self.broken(f"the exchange of entry {number} of {author} is not the same at {post.name}")
                expected = state
            world.count("exchange folded")

    def _largest(self, world: World) -> list[Entry]:
        sizes: dict[EntryId, int] = {}
        lied: set[EntryId] = set()
        for entry in world.by_id.values():
            exchange = entry.header.exchange or entry.id
            sizes[exchange] = sizes.get(exchange, 0) + 1
            if not world.posts[entry.header.author].honest or entry.id in world.disowned:
                lied.add(exchange)
        openings = [
            world.by_id[opening]
            for opening in sizes
            if opening in world.by_id and world.by_id[opening].header.kind == Kind.MESSAGE and opening not in lied
        ]
        return sorted(openings, key=lambda entry: -sizes[entry.id])[:EXCHANGES]
