"""Only what its author signed is kept under its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from openline.feeds.record import Keep, KeepEntry
from openline.sim.checkers.base import Checker

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class Genuine(Checker):
    """An honest author keeps an entry before anybody else can: what it never kept, it never signed."""

    name: ClassVar[str] = "genuine"

    def __init__(self) -> None:
        self.signed: dict[bytes, bytes] = {}

    def kept(self, world: World, post: Post, keeps: Sequence[Keep]) -> None:
        """Remember what an author keeps of its own; hold what others keep against it."""
        for keep in keeps:
            if not isinstance(keep, KeepEntry):
                continue
            entry = keep.entry
            author = world.posts.get(entry.header.author)
            if author is post:
                self.signed.setdefault(entry.id, entry.signature)
            elif author is None or (author.honest and self.signed.get(entry.id) != entry.signature):
                name = "a stranger" if author is None else author.name
                raise self.broken(f"{post.name} kept an entry {entry.header.number} that {name} never signed")
