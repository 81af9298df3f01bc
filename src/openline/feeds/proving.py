"""What a signed have-vector proves: that its author held an entry, and which (spec/feeds.md, Have-vectors).

A number proves nothing by itself. Who signed for it before it was written, or on another branch of the feed, named an
id that does not stand there; only the id that stands binds what comes before it, through the chain.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from openline.feeds.record import Record
from openline.terms import EntryId, PostId
from openline.wire.entry import Entry, Header


class Place(NamedTuple):
    """An entry's place in a feed as it is held here: `head` entries are chained, `id_at` gives the id at a number."""

    feed: PostId
    number: int
    head: int
    id_at: Callable[[int], EntryId | None]


def proves(header: Header, place: Place) -> bool:
    """Whether the have-vector in this header names the entry at the place, or one that is chained to it."""
    have = next((each for each in header.have if each.feed == place.feed), None)
    if have is None:
        return False
    if have.number == place.number or place.number < have.number <= place.head:
        return place.id_at(have.number) == have.id
    named = dict(have.beyond).get(place.number)
    return named is not None and named == place.id_at(place.number)


def had_signed(record: Record, entry: Entry, feed: PostId, number: int) -> bool:
    """Whether the author of an entry had signed by then for that number of a feed, as it stands here."""
    header = entry.header
    proofs = record.deliveries(header.line, feed, number)
    return any(each.by == header.author and each.number <= header.number for each in proofs)
