"""What crosses a link, read from its frames alone, so that checkers need not trust what a machine says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from openline.errors import PeerError
from openline.terms import PostId
from openline.wire.link import EntryPiece, Part, Piece, decode_frame, decode_piece

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class Sight(msgspec.Struct, frozen=True):
    """An entry whose last byte is in a frame; `pieces` counts, over the whole world, the pieces that it took."""

    author: PostId
    number: int
    epoch: int
    form: int
    pieces: tuple[int, ...]


class Tap:
    """Reads every frame once for all checkers."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.frames = 0
        self.pieces = 0
        self._streams: dict[tuple[PostId, int, int], tuple[list[int], bytearray]] = {}

    def forget(self, post: Post) -> None:
        """A post has started anew: what it had sent in parts ends nowhere."""
        self._streams = {key: value for key, value in self._streams.items() if key[0] != post.id}

    def read(self, post: Post, link: int, frame: bytes) -> list[Sight | Piece]:
        """The pieces of a frame; an entry becomes a Sight, a part that completes nothing is left as it is."""
        self.frames += 1
        seen: list[Sight | Piece] = []
        try:
            pieces = decode_frame(frame)
        except PeerError:
            return seen
        for piece in pieces:
            self.pieces += 1
            if isinstance(piece, Part):
                seen.append(self._part(post, link, piece))
            else:
                seen.append(self._sight(post, piece, [self.pieces]))
        return seen

    def _part(self, post: Post, link: int, part: Part) -> Sight | Piece:
        key = (post.id, link, part.stream)
        took, held = self._streams.setdefault(key, ([], bytearray()))
        took.append(self.pieces)
        held += part.data
        if len(held) < part.total:
            return part
        del self._streams[key]
        return self._sight(post, decode_piece(bytes(held)), took)

    def _sight(self, post: Post, piece: Piece, took: list[int]) -> Sight | Piece:
        if not isinstance(piece, EntryPiece) or self.world.line is None:
            return piece
        line = post.engine.state.lines.get(self.world.line) if post.engine is not None else None
        author = None if line is None else line.member(piece.member)
        if author is None:
            return piece
        return Sight(author, piece.number, piece.epoch, piece.form, tuple(took))
