"""What people say is sealed: no entry but those that must be readable first crosses a link in clear form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from openline.sim.checkers.base import Checker
from openline.sim.tap import Sight
from openline.wire import kinds
from openline.wire.link import CLEAR, Piece

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class Sealed(Checker):
    """Reads the form of every entry on every link (spec/sealing.md)."""

    name: ClassVar[str] = "sealed"

    def sent(self, world: World, post: Post, link: int, pieces: Sequence[Sight | Piece]) -> None:
        """Nothing goes in the clear but terms, epochs and keys."""
        for piece in pieces:
            if not isinstance(piece, Sight) or piece.form != CLEAR or not post.honest:
                continue
            entry = world.entries.get((piece.author, piece.number))
            if entry is not None and entry.header.kind not in kinds.CLEAR:
                author = world.posts[piece.author].name
                raise self.broken(f"{post.name} sent entry {piece.number} of {author} unsealed")
