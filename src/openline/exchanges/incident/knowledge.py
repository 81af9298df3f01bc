"""What a party had of an incident, as far as the record proves it (spec/incident.md, What a party had).

A party had an entry when it had signed for it: by the entry itself where it is its own, else by the first entry of its
own feed whose have-vector covers it. That entry is the proof. When it was signed is only its signer's claim; another
member that signed for the proof is its witness. So nothing here says "knew" by one clock alone, and nothing ever says
"did not know": what is not proved is called not proved.

A have-vector covers an entry only if the id that it names stands in the feed as it is held here: who signed for another
branch of a feed signed for nothing of this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import partial
from typing import NamedTuple

import msgspec

from openline.feeds.record import Delivery, Kept, Record
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire.entry import Entry, Header


class Signed(NamedTuple):
    """What a record of one line answers. Feeds go by their posts.

    `deliveries` gives for a feed and a number the first entry of each other member that claims that one (feeds.record);
    `entry` the entry of an id; `id_at` the id that stands in a feed at a number.
    """

    deliveries: Callable[[PostId, int], Sequence[Delivery]]
    entry: Callable[[EntryId], Entry | None]
    id_at: Callable[[PostId, int], EntryId | None]


def signed_in(record: Record, line: LineId) -> Signed:
    """What a record answers of one of its lines."""

    def entry(identifier: EntryId) -> Entry | None:
        kept = record.entry(line, identifier)
        return None if kept is None else kept.entry

    def id_at(feed: PostId, number: int) -> EntryId | None:
        found = record.span(line, feed, number, number, 1)
        return found[0].id if found else None

    return Signed(partial(record.deliveries, line), entry, id_at)


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


def proof_of(kept: Kept, party: PostId, signed: Signed) -> Proof | None:
    """The first entry of a party that signs for this one: the entry itself where it is its own."""
    header = kept.entry.header
    if header.author == party:
        return Proof(kept.entry.id, header.number, header.time, kept.at)
    first = next((each for each in _covering(header.author, header.number, signed) if each.by == party), None)
    return None if first is None else Proof(first.proof, first.number, first.signed_at, first.kept_at)


def _covering(feed: PostId, number: int, signed: Signed) -> list[Delivery]:
    """The first entry of each other member that signs for an entry of the branch of the feed that stands."""
    return [each for each in signed.deliveries(feed, number) if _is_of_this_branch(each, feed, number, signed)]


def _is_of_this_branch(delivery: Delivery, feed: PostId, number: int, signed: Signed) -> bool:
    entry = signed.entry(delivery.proof)
    haves = () if entry is None else entry.header.have
    have = next((each for each in haves if each.feed == feed), None)
    if have is None:
        return False
    if have.number >= number:
        return signed.id_at(feed, have.number) == have.id
    return signed.id_at(feed, number) == dict(have.beyond).get(number)


def knowledge(kept: Kept, party: PostId, moment: Moment, signed: Signed) -> Knowledge:
    """What is known of one party and one entry at a moment. Monotone: what is proved stays proved at later moments."""
    proof = proof_of(kept, party, signed)
    if proof is None:
        return Knowledge(kept.entry.id, party, Had.NOT_PROVED)
    had, witness = Had.PROVED, None
    if moment.entry is not None:
        had = Had.PROVED if _held_by(moment.entry.entry.header, party, proof, signed) else Had.NOT_PROVED
    elif moment.at is not None:
        had, witness = _by(kept.entry.header, party, proof, moment.at, signed)
    return Knowledge(kept.entry.id, party, had, proof.id, proof.signed_at, proof.kept_at, witness)


def _held_by(cut: Header, party: PostId, proof: Proof, signed: Signed) -> bool:
    """Whether the author of the cut had the proof when it signed the cut, or it is the cut."""
    if cut.author == party:
        return proof.number <= cut.number
    seen = next((each for each in _covering(party, proof.number, signed) if each.by == cut.author), None)
    return seen is not None and seen.number <= cut.number


def _by(header: Header, party: PostId, proof: Proof, at: Instant, signed: Signed) -> tuple[Had, Witness | None]:
    """By a time: proved where the author, the party and a witness all date their entries at or before it."""
    seen = [Witness(each.by, each.proof, each.signed_at) for each in _covering(party, proof.number, signed)]
    in_time = [each for each in seen if each.at <= at]
    witness = min(in_time, key=lambda each: (each.at, each.by), default=None)
    if proof.signed_at <= at and header.time <= at:
        unseen = Had.HELD if proof.kept_at <= at else Had.CLAIMED
        return (unseen, None) if witness is None else (Had.PROVED, witness)
    if proof.signed_at <= at or witness is not None:
        return Had.DIFFER, witness
    return Had.NOT_PROVED, None


def had_by(entries: Iterable[Kept], party: PostId, moment: Moment, signed: Signed) -> tuple[Knowledge, ...]:
    """What is known of one party and each of these entries, in their order."""
    return tuple(knowledge(kept, party, moment, signed) for kept in entries)


def there(entries: Iterable[Kept], moment: Moment, signed: Signed) -> tuple[Kept, ...]:
    """The entries that were there at a moment: dated so by their authors, or had by the author of an entry."""
    cut, at = moment.entry, moment.at
    if cut is None:
        return tuple(kept for kept in entries if at is None or kept.entry.header.time <= at)
    author = cut.entry.header.author
    return tuple(kept for kept in entries if knowledge(kept, author, moment, signed).had is Had.PROVED)
