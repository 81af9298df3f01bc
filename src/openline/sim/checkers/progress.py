"""Progress: a world in which nothing is delivered proves nothing, and is a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from openline.engine.effects import Alarm, Answer, Arrived, Parcel, Refuse
from openline.sim.checkers.base import Checker
from openline.terms import PostId
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class Progress(Checker):
    """Every honest active member gets messages of others; all that was wanted is written."""

    name: ClassVar[str] = "progress"

    def __init__(self) -> None:
        self.arrived: dict[PostId, int] = {}

    def told(self, world: World, post: Post, effect: Answer | Refuse | Parcel | Arrived | Alarm, command: Any) -> None:
        """Count messages that came."""
        if isinstance(effect, Arrived) and effect.entry.header.kind == Kind.MESSAGE:
            self.arrived[post.id] = self.arrived.get(post.id, 0) + 1

    def calm(self, world: World) -> bool:
        """Whether every honest member may write again."""
        return all(
            post.engine is not None and world.joined(post) and world.machine_line(post).unheard is None
            for post in world.members()
        )

    def ended(self, world: World) -> None:
        """Something came everywhere."""
        for post in world.members():
            if self.arrived.get(post.id, 0) == 0:
                raise self.broken(f"not one message of another came to {post.name}")
        if world.written() < world.wanted:
            raise self.broken(f"only {world.written()} entries were written")
