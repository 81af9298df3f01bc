"""Feeds and serials have no gaps: an honest feed is one chain, and its messages of one class count 1, 2, 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from openline.sim.checkers.base import Checker
from openline.terms import TrafficClass
from openline.wire.bodies import message_of
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class Gapless(Checker):
    """Reads each honest feed from its author's record."""

    name: ClassVar[str] = "gapless"

    def ended(self, world: World) -> None:
        """One chain, and serials without a gap."""
        for post in world.honest():
            self._check(world, post)

    def _check(self, world: World, post: Post) -> None:
        if world.line is None:
            return
        previous = None
        serials: dict[TrafficClass, int] = {}
        reach = next((head.number for head in post.record.heads(world.line) if head.feed == post.id), 0)
        for number, entry in enumerate(post.record.span(world.line, post.id, 1, reach, 1 << 40), 1):
            header = entry.header
            if header.number != number or header.previous != previous:
                raise self.broken(f"entry {number} of {post.name} does not follow the one before it")
            previous = entry.id
            if header.kind == Kind.MESSAGE:
                expected = serials[header.traffic] = serials.get(header.traffic, 0) + 1
                serial = message_of(entry).serial
                if post.id in world.branched and serial > expected:
                    serials[header.traffic] = expected = serial
                if serial != expected:
                    raise self.broken(f"message {expected} of {post.name} in its class bears the serial {serial}")
