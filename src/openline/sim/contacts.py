"""The contacts of a world, for the checkers that judge them: between honest posts, with nothing disowned in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from openline.engine.conversing import gather
from openline.engine.machines import Machine
from openline.exchanges import contact
from openline.exchanges.contact import State
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.terms import Instant
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


def entries(world: World, kinds: Collection[int] = (Kind.CALL_REQUEST,)) -> Iterator[dict[Post, list[Kept]]]:
    """For each contact, or exchange that these kinds open, its entries as every honest member holds them."""
    members = world.members()
    line = world.line
    if line is None or not members:
        return
    done = set()
    for opening in [each for each in world.by_id.values() if each.header.kind in kinds]:
        held = {post: list(gather(post.record, line, opening.id)) for post in members}
        heads = frozenset(kept.entry.id for each in held.values() for kept in each)
        if heads not in done and all(held.values()) and not _is_tainted(world, held):
            done.add(heads)
            yield held


def _is_tainted(world: World, held: dict[Post, list[Kept]]) -> bool:
    every = [kept.entry for each in held.values() for kept in each]
    return any(not world.posts[each.header.author].honest or each.id in world.disowned for each in every)


def alike(held: dict[Post, list[Kept]], machine: Machine) -> Folded[Any] | None:
    """The one fold of an exchange, without when each post kept what.

    None where it differs between members, or hangs on the order of arrival.
    """
    found = []
    for entries in held.values():
        timeless = [msgspec.structs.replace(kept, at=Instant(0)) for kept in entries]
        found += [machine.fold(timeless), machine.fold(timeless[::-1])]
    return found[0] if all(each == found[0] for each in found) else None


def had(later: Kept, earlier: Kept) -> bool:
    """Whether the author of one entry had another one, of another author, when it signed."""
    header = earlier.entry.header
    return later.knew.get(header.author, 0) >= header.number


def folded(world: World) -> Iterator[dict[Post, Folded[State]]]:
    """The same contacts, folded at every member."""
    for held in entries(world):
        states = {post: state for post, each in held.items() if (state := contact.fold(each)) is not None}
        if len(states) == len(held):
            yield states


def shown(folded: Folded[State]) -> tuple[Any, ...]:
    """What people are shown of a contact, without when each post kept what."""
    parties = [
        (
            party.post,
            [(each.id, each.late) for each in party.answers],
            [each.entry.id for each in party.attempts],
            [(each.entry.id, each.refuted, [one.entry.id for one in each.responses]) for each in party.certificates],
            party.ended and (party.ended.kept.entry.id, party.ended.named, party.ended.contradicted),
        )
        for party in folded.state.parties
    ]
    return folded.head, [each.entry.id for each in folded.state.requests], parties, folded.ignored
