"""Keep, then send: no frame leaves with an entry of the sender's own that is not durable in its record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from openline.feeds.record import Keep, KeepEntry
from openline.sim.checkers.base import Checker
from openline.sim.tap import Sight
from openline.terms import PostId
from openline.wire.link import Piece

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class KeepFirst(Checker):
    """Compares the order of commits and frames at the seam; a backup takes back what it lacks."""

    name: ClassVar[str] = "keep-first"

    def __init__(self) -> None:
        self.durable: dict[PostId, set[int]] = {}

    def started(self, world: World, post: Post, *, restored: bool) -> None:
        """Only what the record holds is durable."""
        if world.line is not None:
            entries = post.record.span(world.line, post.id, 1, 1 << 40, 1 << 40)
            self.durable[post.id] = {entry.header.number for entry in entries}

    def kept(self, world: World, post: Post, keeps: Sequence[Keep]) -> None:
        """These are durable now."""
        numbers = self.durable.setdefault(post.id, set())
        numbers.update(
            keep.entry.header.number
            for keep in keeps
            if isinstance(keep, KeepEntry) and keep.entry.header.author == post.id
        )

    def sent(self, world: World, post: Post, link: int, pieces: Sequence[Sight | Piece]) -> None:
        """No own entry that is not durable."""
        for piece in pieces:
            if not isinstance(piece, Sight) or piece.author != post.id or not post.honest:
                continue
            if piece.number not in self.durable.get(post.id, ()):
                raise self.broken(f"{post.name} sent its entry {piece.number} before it was kept")
