"""Records converge: healed, all honest active members hold the same feeds of all honest posts, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from openline.sim.checkers.base import Checker

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class Converge(Checker):
    """Compares records only, never what a machine says."""

    name: ClassVar[str] = "converge"

    def calm(self, world: World) -> bool:
        """Whether the heads agree."""
        return self._difference(world) is None

    def _heads(self, world: World, post: Post) -> dict[bytes, tuple[int, bytes]]:
        assert world.line is not None
        return {
            head.feed: (head.number, head.id) for head in post.record.heads(world.line) if world.posts[head.feed].honest
        }

    def _difference(self, world: World) -> str | None:
        members = world.members()
        if not members:
            return "there are no members"
        first, *others = members
        expected = self._heads(world, first)
        for post in others:
            heads = self._heads(world, post)
            for feed in {**expected, **heads}:
                one, other = expected.get(feed, (0, b""))[0], heads.get(feed, (0, b""))[0]
                if expected.get(feed) != heads.get(feed):
                    owner = next(each.name for each in world.posts.values() if each.id == feed)
                    return f"{first.name} holds {one} entries of {owner}, {post.name} {other}"
        return None

    def ended(self, world: World) -> None:
        """The same heads, and the same bytes."""
        difference = self._difference(world)
        if difference is not None:
            raise self.broken(difference)
        assert world.line is not None
        first, *others = world.members()
        for feed, (number, _) in self._heads(world, first).items():
            owner = next(each for each in world.posts.values() if each.id == feed)
            expected = first.record.span(world.line, owner.id, 1, number, 1 << 40)
            for post in others:
                held = post.record.span(world.line, owner.id, 1, number, 1 << 40)
                for one, other in zip(expected, held, strict=True):
                    if (one.payload, one.signature, one.items) != (other.payload, other.signature, other.items):
                        number = one.header.number
                        raise self.broken(f"{first.name} and {post.name} hold another entry {number} of {owner.name}")
