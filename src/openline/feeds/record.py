"""What a record keeps and answers: the seam between the machine that decides and the store that keeps.

The engine says what to keep in these words and never how; a store keeps it and never decides.
`Record` is what every store offers; one contract suite (tests/store/contract.py) holds them all to it.
A post keeps two sorts of thing: entries, which are evidence and never change, and small objects, which are
what the post itself must remember (cards, secrets, terms, reminders), addressed by table and key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from openline.terms import EntryId, Instant, LineId, PostId, Precedence
from openline.wire.entry import Entry, Header


class Head(msgspec.Struct, frozen=True):
    """How far a feed is chained without a hole: `number` entries, the last of them `id`, the tree's right edge."""

    line: LineId
    feed: PostId
    number: int
    id: EntryId
    frontier: bytes


class KeepEntry(msgspec.Struct, frozen=True):
    """Keep an entry for good. Keeping the same id again changes nothing."""

    entry: Entry
    at: Instant


class KeepHead(msgspec.Struct, frozen=True):
    """The feed is chained up to here now; of several in one commit the last counts."""

    head: Head


class Put(msgspec.Struct, frozen=True):
    """Remember `value` under `table` and `key`, in place of what was there."""

    table: str
    key: bytes
    value: bytes


class Drop(msgspec.Struct, frozen=True):
    """Forget what stands under `table` and `key`, if anything does."""

    table: str
    key: bytes


Keep = KeepEntry | KeepHead | Put | Drop


class Kept(msgspec.Struct, frozen=True):
    """An entry as kept: when it was kept here, and what its author had of each feed when it signed it.

    `knew` holds, for each feed, the highest number that any entry of the same author up to this one claims.
    """

    entry: Entry
    at: Instant
    knew: Mapping[PostId, int]


class Delivery(msgspec.Struct, frozen=True):
    """The first entry of member `by` whose have-vector names an entry or one chained to it: its proof of delivery."""

    by: PostId
    proof: EntryId
    number: int
    signed_at: Instant
    kept_at: Instant


class Record(Protocol):
    """A durable record. `commit` is all or nothing, and durable when it returns."""

    def commit(self, keeps: Sequence[Keep]) -> None:
        """Keep all of these at once, in this order."""

    def objects(self, table: str) -> dict[bytes, bytes]:
        """Everything remembered under `table`, in order of key."""

    def heads(self, line: LineId) -> list[Head]:
        """How far each feed of a line is chained."""

    def ids(self, line: LineId, feed: PostId) -> bytes:
        """The ids of entries 1 to the head of a feed, 32 bytes each, in order."""

    def beyond(self, line: LineId, feed: PostId) -> list[Entry]:
        """Entries kept beyond the head of a feed, in order of number."""

    def claims(self, line: LineId) -> dict[tuple[PostId, PostId], int]:
        """(author, feed) -> the highest number of `feed` that a chained entry of `author` says it holds."""

    def entry(self, line: LineId, entry: EntryId) -> Kept | None:
        """One entry by its id."""

    def between(self, first: EntryId, last: EntryId, most: int) -> list[tuple[LineId, EntryId]]:
        """Entries of any line whose ids are first..last, in order of id, at most `most` of them."""

    def span(self, line: LineId, feed: PostId, first: int, last: int, most_bytes: int) -> list[Entry]:
        """Entries first..last of a feed, in order of number, until `most_bytes` are reached (at least one)."""

    def urgent(
        self, line: LineId, feed: PostId, ranges: Sequence[tuple[int, int]], most: int, most_bytes: int
    ) -> list[Entry]:
        """Kept entries of a feed in any of the inclusive ranges: highest precedence first, then by number.

        At most `most` of them and, but for the first, at most `most_bytes` in full form.
        """

    def exchange(self, line: LineId, opening: EntryId) -> list[Kept]:
        """The opening entry of an exchange and the chained or waiting entries that name it, in no certain order.

        Of each author those that count and one more (EXCHANGE_ENTRIES_MAX).
        """

    def deliveries(self, line: LineId, feed: PostId, number: int) -> list[Delivery]:
        """For each member but the author, its first entry that proves that it holds entry `number` of `feed`.

        What names another id than the one that stands in the feed proves nothing (feeds.proving).
        """

    def openings(
        self, line: LineId | None, kinds: Sequence[int], before: int | None, most: int
    ) -> list[tuple[int, Kept]]:
        """Entries that open an exchange, newest kept first: (sequence, entry), with sequence below `before`."""

    def newest(self, before: int | None, most: int) -> list[tuple[int, Kept]]:
        """Entries of all lines, evidence of forks included, newest kept first: (sequence, entry), below `before`."""

    def about(self, line: LineId, kinds: Sequence[int], entry: EntryId) -> list[Kept]:
        """What opens an exchange of these kinds and refers first to an entry, in no certain order.

        Of each author and kind the first ones of its feed, as many as count (OPENINGS_ABOUT_MAX).
        """

    def opened(self, line: LineId, feed: PostId, kind: int, first: int, most: int) -> list[Kept]:
        """Entries of one kind with which a feed opens exchanges, from number `first` on, in order of number."""

    def count(self, line: LineId) -> int:
        """Entries kept of a line, all feeds."""


def opens_about(header: Header, kinds: Sequence[int], entry: EntryId) -> bool:
    """Whether this opens an exchange of one of these kinds, and refers first to that entry."""
    return header.exchange is None and header.kind in kinds and header.refers[:1] == (entry,)


def highest_first(entry: Entry) -> tuple[int, int]:
    """The order in which entries of one feed go out."""
    return (Precedence.FLASH - entry.header.precedence, entry.header.number)
