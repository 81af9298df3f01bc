"""Neither side opens first: no post shows its document before it holds the commitments of all; then each does, once.

Which documents were shown, and when, is asked of the records. Healed, an exchange is the same at every member.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from openline.engine.conversing import gather
from openline.engine.machines import TOGETHER
from openline.exchanges.together import State
from openline.feeds.record import Keep, KeepEntry
from openline.sim import contacts
from openline.sim.checkers.base import Checker
from openline.terms import EntryId, PostId
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class NeitherFirst(Checker):
    """Watches each reveal as it is kept by its author, and at the end what was never shown."""

    name: ClassVar[str] = "together"

    def __init__(self) -> None:
        self.seen: set[EntryId] = set()
        self.shown: dict[tuple[PostId, EntryId], EntryId] = {}

    def kept(self, world: World, post: Post, keeps: Sequence[Keep]) -> None:
        """A reveal of an honest post counts for what its author holds, and is the only one."""
        for keep in keeps:
            if not isinstance(keep, KeepEntry) or keep.entry.header.kind != Kind.TOGETHER_REVEALED:
                continue
            header, entry = keep.entry.header, keep.entry.id
            if header.author != post.id or not post.honest or header.exchange is None or entry in self.seen:
                continue  # of another, or our own that comes back after a restore
            self.seen.add(entry)
            folded = TOGETHER.fold(gather(post.record, header.line, header.exchange))
            if folded is None or not folded.state.complete or folded.why_not(entry) is not None:
                raise self.broken(f"{post.name} showed its document before it held the commitments of all")
            before = self.shown.setdefault((post.id, header.exchange), entry)
            if before not in (entry, *world.disowned):
                raise self.broken(f"{post.name} showed its document twice")
            world.count("document shown")

    def calm(self, world: World) -> bool:
        """Whether nobody keeps a document back any more."""
        return next(self._kept_back(world), None) is None

    def ended(self, world: World) -> None:
        """All is shown that all are bound to, but for what a backup or a removal took."""
        late = next(self._kept_back(world), None)
        if late is not None:
            raise self.broken(late)
        for held in contacts.entries(world, TOGETHER.openings):
            folded = contacts.alike(held, TOGETHER)
            if folded is None:
                raise self.broken("a simultaneous exchange is not the same at every member")
            state = folded.state
            world.count(f"together {_stands(state)}")
            if state.withdrawn and state.complete:
                world.count("withdrawal crossed")

    def _kept_back(self, world: World) -> Iterator[str]:
        """Members that are bound, have lost nothing, and show nothing."""
        members = {post.id: post for post in world.members()}
        for held in contacts.entries(world, TOGETHER.openings):
            folded = TOGETHER.fold(next(iter(held.values())))
            if folded is None or not folded.state.complete:
                continue
            for bound in folded.state.bound:
                post = members.get(bound.author)
                if bound.shown is None and post is not None and self._could(world, post, folded.head):
                    yield f"{post.name} is bound, as all are, and does not show its document"

    def _could(self, world: World, post: Post, opening: EntryId) -> bool:
        assert post.engine is not None
        assert world.line is not None
        untouched = not post.restores and post.id not in world.branched
        return untouched or (world.line, opening) in post.engine.state.sealed


def _stands(state: State) -> str:
    if state.complete:
        return "open" if state.open else "bound"
    return "off" if state.off else "waits"
