"""Every fork is caught: two entries under one number, held by anybody honest, are held and alarmed by all of them.

Left out is who was restored from a backup since, and a liar that has revoked its key: its histories do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from openline.engine.effects import Alarm, Answer, Arrived, Parcel, Refuse
from openline.errors import ForkedFeed
from openline.feeds.record import Keep, KeepEntry
from openline.sim.checkers.base import Checker
from openline.terms import EntryId, PostId
from openline.wire import cbor

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class Forks(Checker):
    """Remembers every id that an honest post kept under each number of a liar."""

    name: ClassVar[str] = "forks"

    def __init__(self) -> None:
        self.held: dict[tuple[PostId, int], dict[PostId, set[EntryId]]] = {}
        self.alarmed: set[tuple[PostId, str]] = set()

    def kept(self, world: World, post: Post, keeps: Sequence[Keep]) -> None:
        """Who holds what."""
        for keep in keeps:
            if isinstance(keep, KeepEntry) and post.honest and not world.posts[keep.entry.header.author].honest:
                key = (keep.entry.header.author, keep.entry.header.number)
                self.held.setdefault(key, {}).setdefault(post.id, set()).add(keep.entry.id)

    def started(self, world: World, post: Post, *, restored: bool) -> None:
        """A backup forgets the evidence, too."""
        if restored:
            for holders in self.held.values():
                for entry in list(holders.get(post.id, ())):
                    if world.line is None or not post.record.has(world.line, entry):
                        holders[post.id].discard(entry)

    def told(self, world: World, post: Post, effect: Answer | Refuse | Parcel | Arrived | Alarm, command: Any) -> None:
        """Who was alarmed."""
        if isinstance(effect, Alarm) and effect.code == ForkedFeed.code:
            self.alarmed.update((post.id, liar.name) for liar in world.posts.values() if liar.name in effect.text)

    def _evidence(self, world: World, post: Post, liar: PostId) -> bool:
        """Whether a record holds two entries of which only one can be true, and says so."""
        value = None if world.line is None else post.record.objects("fork").get(world.line + liar)
        if world.line is None or value is None:
            return False
        _, ours, theirs = cbor.decode(value, 1_024)
        return all(post.record.has(world.line, entry) for entry in (ours, theirs))

    def _missing(self, world: World) -> str | None:
        liars = {author for (author, _), holders in self.held.items() if len(set().union(*holders.values())) > 1}
        for liar in sorted(liars):
            name = world.posts[liar].name
            if world.fired["liar disowns"]:
                continue
            for post in [each for each in world.members() if not each.restores]:
                if not self._evidence(world, post, liar):
                    return f"{name} signed two histories, and {post.name} has no proof of it"
                if (post.id, name) not in self.alarmed:
                    return f"{name} signed two histories, and {post.name} was not alarmed"
            world.passed["fork caught"] = 1
        return None

    def calm(self, world: World) -> bool:
        """Whether all know."""
        return self._missing(world) is None

    def ended(self, world: World) -> None:
        """All know."""
        missing = self._missing(world)
        if missing is not None:
            raise self.broken(missing)
