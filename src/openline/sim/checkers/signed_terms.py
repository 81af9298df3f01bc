"""Terms are in force only when all whom they keep have signed them, and they are the same at every honest member."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from openline.sim.checkers.base import Checker
from openline.terms import PostId
from openline.wire.bodies import terms_of
from openline.wire.kinds import Kind
from openline.wire.lineterms import decode_terms, must_sign

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class SignedTerms(Checker):
    """Reads the terms that each record remembers against the signatures that were really made."""

    name: ClassVar[str] = "signed-terms"

    def _chain(self, world: World, post: Post) -> list[bytes]:
        return [
            value
            for key, value in post.record.objects("terms").items()
            if world.line is not None and key.startswith(world.line)
        ]

    def calm(self, world: World) -> bool:
        """Whether the members agree on the terms."""
        return len({tuple(self._chain(world, post)) for post in world.members()}) == 1

    def ended(self, world: World) -> None:
        """Every version is signed, and the same everywhere."""
        signed: dict[bytes, set[PostId]] = {}
        for entry in world.by_id.values():
            if entry.header.kind == Kind.TERMS:
                signed.setdefault(terms_of(entry), set()).add(entry.header.author)
        for post in world.honest():
            chain = self._chain(world, post)
            for before, after in zip(chain, chain[1:], strict=False):
                old, new = decode_terms(before), decode_terms(after)
                missing = set(must_sign(new, old)) - signed.get(after, set())
                if missing:
                    names = ", ".join(world.posts[each].name for each in sorted(missing))
                    raise self.broken(f"{post.name} goes by terms {new.version}, which {names} never signed")
        if not self.calm(world):
            raise self.broken("the members go by different terms")
