"""Have-vectors are true: nobody signs for an entry that it has not kept, nor ever for less than before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from openline.feeds.record import Keep, KeepEntry
from openline.sim.checkers.base import Checker
from openline.terms import EntryId, PostId
from openline.wire.entry import Entry, Have

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class Haves(Checker):
    """Holds each new entry of an honest post against what its record had at that commit."""

    name: ClassVar[str] = "haves"

    def __init__(self) -> None:
        self.held: dict[tuple[PostId, PostId], dict[int, set[EntryId]]] = {}
        self.whole: dict[tuple[PostId, PostId], int] = {}
        self.signed: dict[tuple[PostId, PostId], int] = {}
        self.known: set[EntryId] = set()

    def started(self, world: World, post: Post, *, restored: bool) -> None:
        """After a restore, the record is what the backup holds."""
        if not restored or world.line is None:
            return
        for key in [key for key in self.held if key[0] == post.id]:
            del self.held[key]
            self.whole.pop(key, None)
            self.signed.pop(key, None)
        for entry in world.by_id.values():
            if entry.header.author == post.id and world.holders(entry.id):
                for have in entry.header.have:
                    key = (post.id, have.feed)
                    self.signed[key] = max(have.number, self.signed.get(key, 0))
        for feed in world.posts:
            for entry in post.record.span(world.line, feed, 1, 1 << 40, 1 << 40):
                self._hold(post, entry)

    def _hold(self, post: Post, entry: Entry) -> None:
        key = (post.id, entry.header.author)
        held = self.held.setdefault(key, {})
        held.setdefault(entry.header.number, set()).add(entry.id)
        whole = self.whole.get(key, 0)
        while whole + 1 in held:
            whole += 1
        self.whole[key] = whole

    def kept(self, world: World, post: Post, keeps: Sequence[Keep]) -> None:
        """Every new entry of its own speaks the truth."""
        entries = [keep.entry for keep in keeps if isinstance(keep, KeepEntry)]
        for entry in entries:
            self._hold(post, entry)
        for entry in entries:
            if entry.header.author == post.id and post.honest and entry.id not in self.known:
                self.known.add(entry.id)
                for have in entry.header.have:
                    self._check(world, post, entry, have)

    def _check(self, world: World, post: Post, entry: Entry, have: Have) -> None:
        if have.feed in world.branched:
            return
        key = (post.id, have.feed)
        owner, number = world.posts[have.feed].name, entry.header.number
        held = self.held.get(key, {})
        claims = [(have.number, have.id), *have.beyond] if have.number else list(have.beyond)
        if have.number > self.whole.get(key, 0) or any(identifier not in held.get(at, ()) for at, identifier in claims):
            raise self.broken(f"entry {number} of {post.name} signs for entries of {owner} that it has not kept")
        if have.number < self.signed.get(key, 0) and post.id not in world.branched:
            raise self.broken(f"entry {number} of {post.name} signs for less of {owner} than an earlier one")
        self.signed[key] = have.number
