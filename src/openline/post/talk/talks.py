"""What follows a call: exchanges that refer to a contact, found and written to (minutes, commitments, disclosure)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from openline.engine.conversing import gather
from openline.engine.machines import COMMITMENT, DISCLOSURE, MINUTE, OF_KIND, READOUT, Machine
from openline.errors import Misuse
from openline.exchanges import contact as contacts
from openline.exchanges.contact import State
from openline.feeds.folding import Folded
from openline.feeds.record import Kept, Record
from openline.post.names import Names
from openline.post.saying import say_in
from openline.post.speaker import Speaker
from openline.terms import EntryId, LineId, PostId, Precedence
from openline.wire.contact import Outcome
from openline.wire.kinds import Kind

PRECEDENCE: Final = Precedence.PRIORITY
"""Of all that follows a call: it does not hurry as the call did, and has no limit of words."""


class Found(msgspec.Struct, frozen=True):
    """Exchanges of one sort about a contact, smallest id first; `foreign` name parties that the contact has not."""

    own: tuple[Folded[Any], ...]
    foreign: tuple[Folded[Any], ...]

    def of(self, posts: Iterable[PostId]) -> Folded[Any] | None:
        """The one of exactly these parties."""
        wanted = set(posts)
        return next((each for each in self.own if set(each.state.parties) == wanted), None)

    def by(self, post: PostId) -> Folded[Any] | None:
        """The first in which a post has a say."""
        return next((each for each in self.own if post in each.state.parties), None)

    def ignored(self) -> list[dict[str, Any]]:
        """The foreign ones, as JSON holds them."""
        why = "it names parties that the contact does not have"
        return [{"id": each.head.hex(), "why": why} for each in self.foreign]


async def contact_of(service: Speaker, text: str) -> tuple[LineId, Folded[State]]:
    """The contact that an entry belongs to, or that it is about. Raises Misuse where there is none."""
    header = (kept := service.names.entry(text)).entry.header
    opening = header.exchange or kept.entry.id
    if OF_KIND.get(header.kind) in (MINUTE, COMMITMENT, DISCLOSURE, READOUT):
        first = service.post.record.entry(header.line, opening)
        opening = first.entry.header.refers[0] if first is not None and first.entry.header.refers else opening
    entries = await service.post.reading(gather, service.post.record, header.line, opening)
    folded = contacts.fold(entries)
    if folded is None:
        raise Misuse(f"{text} belongs to no call request; look into `openline call list`.")
    return header.line, folded


def parties(state: State) -> tuple[PostId, ...]:
    """The posts of a contact: the one that asked, and those called."""
    return (state.closer, *(party.post for party in state.parties))


def took_part(state: State) -> tuple[PostId, ...]:
    """The posts that spoke: the one that asked, and those with whom the call was held; all while it was with none."""
    held = [party.post for party in state.parties if party.outcome == Outcome.HELD]
    return (state.closer, *held) if held else parties(state)


def about(record: Record, line: LineId, machine: Machine, state: State) -> Found:
    """The exchanges of one machine that refer to a contact."""
    wanted, members = {each.entry.id for each in state.requests}, set(parties(state))
    seen: set[EntryId] = set()
    found: list[Folded[Any]] = []
    for kept in [each for at in wanted for each in record.about(line, sorted(machine.openings), at)]:
        if kept.entry.id in seen:
            continue
        folded = machine.fold(gather(record, line, kept.entry.id))
        if folded is not None:
            seen.update(each.entry.id for each in folded.entries)
            found.append(folded)
    found.sort(key=lambda each: each.head)
    own = tuple(each for each in found if members.issuperset(each.state.parties))
    return Found(own, tuple(each for each in found if each not in own))


async def find(service: Speaker, line: LineId, machine: Machine, state: State) -> Found:
    """The same, read beside the loop."""
    return await service.post.reading(about, service.post.record, line, machine, state)


def follows(names: Names, record: Record, line: LineId, state: State) -> dict[str, Any]:
    """What follows a contact, in short, as JSON holds it."""
    minutes, promised, disclosed, published = (
        about(record, line, each, state).own for each in (MINUTE, COMMITMENT, DISCLOSURE, READOUT)
    )
    return {
        "minutes": [
            {"id": each.head.hex(), "points": len(each.state.points), "complete": each.state.complete}
            for each in minutes
        ],
        "commitments": [
            {"id": each.head.hex(), "owner": names.post(each.state.commitment.owner), "status": each.state.status}
            for each in promised
        ],
        "disclosures": [
            {
                "id": each.head.hex(),
                "agreed": bool(each.state.agreed),
                "disclosed": [disclosed.judgement.value for disclosed in each.state.disclosed],
            }
            for each in disclosed
        ],
        "readouts": [
            {"id": each.kept.entry.id.hex(), "of": names.post(each.of), "marks": len(held.state.on(each.kept.entry.id))}
            for held in published
            for each in held.state.readouts
        ],
    }


async def opened_by(service: Speaker, text: str, machine: Machine, what: str) -> tuple[Kept, Folded[Any]]:
    """The entry of this name, and the exchange of one machine that it belongs to. Raises Misuse where there is none."""
    kept = service.names.entry(text)
    header = kept.entry.header
    entries = await service.post.reading(gather, service.post.record, header.line, header.exchange or kept.entry.id)
    folded = machine.fold(entries) if OF_KIND.get(header.kind) is machine else None
    if folded is None:
        raise Misuse(f"{text} belongs to no {what}.")
    return kept, folded


async def begin(
    service: Speaker, line: LineId, contact: Folded[State], kind: Kind, items: tuple[bytes, ...], officer: str
) -> Any:
    """Open an exchange about a contact."""
    return await service.say(
        line,
        kind,
        items,
        officer=officer,
        precedence=PRECEDENCE,
        traffic=contact.state.traffic,
        refers=(contact.head,),
    )


async def add(
    service: Speaker,
    folded: Folded[Any],
    kind: Kind,
    items: tuple[bytes, ...],
    officer: str,
    *refers: EntryId,
) -> Any:
    """Write an entry into the exchange that the first entry that it refers to opened."""
    return await say_in(service, folded, kind, items, officer, *refers, precedence=PRECEDENCE)
