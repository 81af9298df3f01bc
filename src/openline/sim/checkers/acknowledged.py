"""Nothing acknowledged is lost: what a person was told is kept is in the author's record and, healed, in all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from openline.engine.effects import Alarm, Answer, Arrived, Parcel, Refuse
from openline.engine.events import Mark, Send
from openline.sim.checkers.base import Checker
from openline.terms import EntryId, PostId

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class Acknowledged(Checker):
    """Remembers the answers; a backup excuses what no other honest post held when it was taken up."""

    name: ClassVar[str] = "acknowledged"

    def __init__(self) -> None:
        self.answered: dict[EntryId, PostId] = {}

    def started(self, world: World, post: Post, *, restored: bool) -> None:
        """Forget what the backup lacks and nobody else has."""
        if not restored or world.line is None:
            return
        for entry in [entry for entry, author in self.answered.items() if author == post.id]:
            if not world.holders(entry):
                del self.answered[entry]

    def told(self, world: World, post: Post, effect: Answer | Refuse | Parcel | Arrived | Alarm, command: Any) -> None:
        """A person is told that an entry is kept: at that moment it must be."""
        if isinstance(effect, Answer) and isinstance(command, Send | Mark) and world.line is not None:
            entry = EntryId(effect.value)
            if not post.record.has(world.line, entry):
                raise self.broken(f"{post.name} told its officer that an entry is kept before it was")
            if post.honest:
                self.answered[entry] = post.id

    def ended(self, world: World) -> None:
        """All of it is at its author and at every honest active member."""
        members = world.members()
        active = {each.id for each in members}
        for entry, author in self.answered.items():
            if entry in world.disowned:
                continue
            if author not in active and world.posts[author].restores:
                continue
            for post in [world.posts[author], *(members if author in active else [])]:
                assert world.line is not None
                if not post.record.has(world.line, entry):
                    number = world.by_id[entry].header.number
                    raise self.broken(f"{post.name} lacks acknowledged entry {number} of {world.posts[author].name}")
