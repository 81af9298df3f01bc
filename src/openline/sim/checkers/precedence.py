"""Higher precedence goes first: while a higher entry waits for a link, no byte of a lower one is put on that link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import msgspec

from openline.feeds.record import Keep, KeepEntry
from openline.sim.checkers.base import Checker
from openline.sim.tap import Sight
from openline.terms import EntryId, PostId, Precedence
from openline.wire.kinds import QUIET
from openline.wire.link import Piece

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World

NEVER = 1 << 60


class Wait(msgspec.Struct):
    """An own entry that waited for a link from piece `since` on, and went out whole with piece `until`."""

    precedence: Precedence
    since: int
    until: int = NEVER


class HighestFirst(Checker):
    """Judges by the order of pieces on each link that was open before the entry was written."""

    name: ClassVar[str] = "precedence"

    def __init__(self) -> None:
        self.waits: dict[tuple[PostId, int], dict[int, Wait]] = {}
        self.open: dict[PostId, set[int]] = {}
        self.written: set[EntryId] = set()

    def started(self, world: World, post: Post, *, restored: bool) -> None:
        """All links are gone."""
        self.open.pop(post.id, None)

    def kept(self, world: World, post: Post, keeps: Sequence[Keep]) -> None:
        """New entries wait for every link that was open already."""
        if post.engine is None or world.line is None or not post.honest or not world.joined(post):
            return
        links = {
            link.id: link
            for link in post.engine.state.links_of(post.engine.state.lines[world.line])
            if link.opened(world.line, post.id)
        }
        for keep in keeps:
            if not isinstance(keep, KeepEntry) or keep.entry.header.author != post.id:
                continue
            header = keep.entry.header
            if header.kind in QUIET or keep.entry.id in self.written:
                continue
            self.written.add(keep.entry.id)
            for number in self.open.get(post.id, set()) & links.keys():
                peer = links[number].peer
                if world.posts[peer].honest and post.engine.state.lines[world.line].may_read(peer, header.terms):
                    waits = self.waits.setdefault((post.id, number), {})
                    waits[header.number] = Wait(header.precedence, world.tap.pieces)
        self.open[post.id] = set(links)

    def sent(self, world: World, post: Post, link: int, pieces: Sequence[Sight | Piece]) -> None:
        """Whatever is complete now went at a time when nothing higher waited."""
        waits = self.waits.get((post.id, link), {})
        for piece in pieces:
            if not isinstance(piece, Sight):
                continue
            mine = waits.get(piece.number) if piece.author == post.id else None
            if mine is not None:
                mine.until = min(mine.until, piece.pieces[-1])
            entry = world.entries.get((piece.author, piece.number))
            if entry is None:
                continue
            precedence = entry.header.precedence
            for number, wait in waits.items():
                if wait.precedence > precedence and any(wait.since < at < wait.until for at in piece.pieces):
                    raise self.broken(
                        f"{post.name} sent its {wait.precedence.name} entry {number} after a {precedence.name} one"
                    )
                if wait.precedence > precedence and wait.until != NEVER:
                    world.passed["overtaken"] += int(piece.author == post.id and piece.number < number)
