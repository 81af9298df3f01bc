"""Feeds and serials have no gaps: an honest feed is one chain, and its messages of one class count 1, 2, 3.

So do its notices of one class, form and year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from openline.sim.checkers.base import Checker
from openline.wire.bodies import message_of
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.notice import head_of

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
        serials: dict[object, int] = {}
        reach = next((head.number for head in post.record.heads(world.line) if head.feed == post.id), 0)
        for number, entry in enumerate(post.record.span(world.line, post.id, 1, reach, 1 << 40), 1):
            header = entry.header
            if header.number != number or header.previous != previous:
                raise self.broken(f"entry {number} of {post.name} does not follow the one before it")
            previous = entry.id
            named = _serial(entry)
            if named is not None:
                key, serial, what = named
                expected = serials[key] = serials.get(key, 0) + 1
                if post.id in world.branched and serial > expected:
                    serials[key] = expected = serial
                if serial != expected:
                    raise self.broken(f"{what} {expected} of {post.name} bears the serial {serial}")
                world.count(f"serial of a {what}")


def _serial(entry: Entry) -> tuple[object, int, str] | None:
    """The series of an entry, its number in it, and what it is; None for one that is not numbered."""
    header = entry.header
    if header.kind == Kind.MESSAGE:
        return header.traffic, message_of(entry).serial, "message"
    if header.kind == Kind.NOTICE and header.exchange is None:
        head = head_of(entry)
        return (header.traffic, head.form.name, head.year), head.number, "notice"
    return None
