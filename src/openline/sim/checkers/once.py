"""Nothing appears twice: one entry for each number of an honest feed, and every arrival told once in a life."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from openline.engine.effects import Alarm, Answer, Arrived, Parcel, Refuse
from openline.feeds.record import Keep, KeepEntry
from openline.sim.checkers.base import Checker
from openline.terms import EntryId, PostId

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class Once(Checker):
    """Watches every record and every desk."""

    name: ClassVar[str] = "once"

    def __init__(self) -> None:
        self.numbers: dict[tuple[PostId, PostId, int], EntryId] = {}
        self.desks: set[tuple[PostId, EntryId]] = set()

    def started(self, world: World, post: Post, *, restored: bool) -> None:
        """After a restore, the record and the desk are those of the backup."""
        if restored:
            self.numbers = {key: value for key, value in self.numbers.items() if key[0] != post.id}
            self.desks = {key for key in self.desks if key[0] != post.id}

    def kept(self, world: World, post: Post, keeps: Sequence[Keep]) -> None:
        """No second entry with a number, of an honest author."""
        for keep in keeps:
            if isinstance(keep, KeepEntry):
                header = keep.entry.header
                if keep.entry.id in world.disowned:
                    continue
                key = (post.id, header.author, header.number)
                if self.numbers.get(key) in world.disowned:
                    del self.numbers[key]
                known = self.numbers.setdefault(key, keep.entry.id)
                if known != keep.entry.id and world.posts[header.author].honest:
                    author = world.posts[header.author].name
                    raise self.broken(f"{post.name} kept two entries with number {header.number} of {author}")

    def told(self, world: World, post: Post, effect: Answer | Refuse | Parcel | Arrived | Alarm, command: Any) -> None:
        """No entry comes to a desk twice."""
        if isinstance(effect, Arrived):
            key = (post.id, effect.entry.id)
            if key in self.desks and effect.entry.header.author not in world.branched:
                raise self.broken(f"entry {effect.entry.header.number} came to the desk of {post.name} twice")
            self.desks.add(key)
