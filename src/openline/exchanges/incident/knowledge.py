"""What a party had of an incident, as far as the record proves it (spec/incident.md, What a party had).

A party had an entry when it had signed for it: by the entry itself where it is its own, else by the first entry of its
own feed whose have-vector covers it. That entry is the proof. When it was signed is only its signer's claim; another
member that signed for the proof is its witness. So nothing here says "knew" by one clock alone, and nothing ever says
"did not know": what is not proved is called not proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from openline.feeds.order import precedes
from openline.feeds.record import Delivery, Kept
from openline.terms import EntryId, Instant, PostId
from openline.wire.entry import Header

DeliveriesOf = Callable[[PostId, int], Sequence[Delivery]]
"""Takes a feed and a number in it: for each other member its first entry that signs for that one (feeds.record)."""


class Moment(NamedTuple):
    """A time by the clocks of those who signed, or an entry: then only what its author had when it signed it counts."""

    at: Instant | None = None
    entry: Kept | None = None


NOW = Moment()
"""Everything that is held here."""


class Had(StrEnum):
    """How far it is proved that a party had an entry at a moment."""

    PROVED = "proved"
    HELD = "by its clock, and the proof was held here by ours"
    CLAIMED = "claimed by its own clock alone"
    DIFFER = "the clocks differ"
    NOT_PROVED = "not proved"


class Witness(msgspec.Struct, frozen=True):
    """The first entry of another member that signs for the proof, and its time by that member's clock."""

    by: PostId
    entry: EntryId
    at: Instant


class Knowledge(msgspec.Struct, frozen=True):
    """What is known of one party and one entry.

    `proof` is the entry of the party that signs for it, also where it came after the moment; `signed_at` is its time by
    the party's clock, `kept_at` when it was kept here, by our clock, which nobody signed. `witness` is the one whose
    entry proves that the proof was there by the moment.
    """

    entry: EntryId
    party: PostId
    had: Had
    proof: EntryId | None = None
    signed_at: Instant | None = None
    kept_at: Instant | None = None
    witness: Witness | None = None


class Proof(NamedTuple):
    """A party's first entry that signs for another one."""

    id: EntryId
    number: int
    signed_at: Instant
    kept_at: Instant


def proof_of(kept: Kept, party: PostId, deliveries_of: DeliveriesOf) -> Proof | None:
    """The first entry of a party that signs for this one: the entry itself where it is its own."""
    header = kept.entry.header
    if header.author == party:
        return Proof(kept.entry.id, header.number, header.time, kept.at)
    first = next((each for each in deliveries_of(header.author, header.number) if each.by == party), None)
    return None if first is None else Proof(first.proof, first.number, first.signed_at, first.kept_at)


def knowledge(kept: Kept, party: PostId, moment: Moment, deliveries_of: DeliveriesOf) -> Knowledge:
    """What is known of one party and one entry at a moment. Monotone: what is proved stays proved at later moments."""
    proof = proof_of(kept, party, deliveries_of)
    if proof is None:
        return Knowledge(kept.entry.id, party, Had.NOT_PROVED)
    had, witness = Had.PROVED, None
    if moment.entry is not None:
        had = Had.PROVED if _held_by(moment.entry, party, proof) else Had.NOT_PROVED
    elif moment.at is not None:
        had, witness = _by(kept.entry.header, party, proof, moment.at, deliveries_of)
    return Knowledge(kept.entry.id, party, had, proof.id, proof.signed_at, proof.kept_at, witness)


def _held_by(cut: Kept, party: PostId, proof: Proof) -> bool:
    """Whether the author of the cut had the proof when it signed the cut, or it is the cut."""
    header = cut.entry.header
    reached = header.number if header.author == party else cut.knew.get(party, 0)
    return proof.number <= reached


def _by(
    header: Header, party: PostId, proof: Proof, at: Instant, deliveries_of: DeliveriesOf
) -> tuple[Had, Witness | None]:
    """By a time: proved where the author, the party and a witness all date their entries at or before it."""
    seen = [Witness(each.by, each.proof, each.signed_at) for each in deliveries_of(party, proof.number)]
    in_time = [each for each in seen if each.at <= at]
    witness = min(in_time, key=lambda each: (each.at, each.by), default=None)
    if proof.signed_at <= at and header.time <= at:
        unseen = Had.HELD if proof.kept_at <= at else Had.CLAIMED
        return (unseen, None) if witness is None else (Had.PROVED, witness)
    if proof.signed_at <= at or witness is not None:
        return Had.DIFFER, witness
    return Had.NOT_PROVED, None


def had_by(
    entries: Iterable[Kept], party: PostId, moment: Moment, deliveries_of: DeliveriesOf
) -> tuple[Knowledge, ...]:
    """What is known of one party and each of these entries, in their order."""
    return tuple(knowledge(kept, party, moment, deliveries_of) for kept in entries)


def there(entries: Iterable[Kept], moment: Moment) -> tuple[Kept, ...]:
    """The entries that were there at a moment: dated so by their authors, or had by the author of an entry."""
    cut, at = moment.entry, moment.at
    if cut is not None:
        return tuple(kept for kept in entries if kept.entry.id == cut.entry.id or precedes(kept, cut))
    return tuple(kept for kept in entries if at is None or kept.entry.header.time <= at)
