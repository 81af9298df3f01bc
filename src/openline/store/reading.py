"""What a store answers: index lookups, on a connection of their own, so that no reader waits for the writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from heapq import nlargest
from itertools import chain
from threading import Lock
from typing import Final

from openline.errors import PeerError, StoreDamaged
from openline.feeds.proving import Place, proves
from openline.feeds.record import Delivery, Head, Kept, opens_about
from openline.limits import EXCHANGE_ENTRIES_MAX, OPENINGS_ABOUT_MAX
from openline.store.failures import explained
from openline.terms import EntryId, Instant, LineId, PostId, Precedence
from openline.wire.entry import Entry
from openline.wire.full import decode_full

LINE: Final = "SELECT id FROM line WHERE name = ?"
LINES: Final = "SELECT id FROM line ORDER BY id"
FEED: Final = "SELECT id, number FROM feed WHERE line = (SELECT id FROM line WHERE name = ?) AND post = ?"
FEEDS: Final = "SELECT id, post, number FROM feed WHERE line = ? ORDER BY id"
HEADS: Final = "SELECT post, number, head, frontier FROM feed WHERE line = ? AND length(head) > 0 ORDER BY post"
COUNT: Final = "SELECT coalesce(sum(kept), 0) FROM feed WHERE line = ?"
OBJECTS: Final = "SELECT key, value FROM object WHERE tbl = ? ORDER BY key"
IDS: Final = "SELECT id FROM entry WHERE feed = ? AND aside = 0 AND number BETWEEN 1 AND ? ORDER BY number"
SPAN: Final = "SELECT id, full FROM entry WHERE feed = ? AND aside = 0 AND number BETWEEN ? AND ? ORDER BY number"
RAISED: Final = (
    "SELECT id, full FROM entry WHERE feed = ? AND aside = 0 AND precedence > 0 AND precedence = ?"
    " AND number BETWEEN ? AND ? ORDER BY number LIMIT ?"
)
ROUTINE: Final = (
    "SELECT id, full FROM entry WHERE feed = ? AND aside = 0 AND precedence = 0"
    " AND number BETWEEN ? AND ? ORDER BY number LIMIT ?"
)
ENTRY: Final = "SELECT id, full, feed, kept_at FROM entry WHERE id = ? AND line = ?"
BETWEEN: Final = (
    "SELECT name, entry.id FROM entry JOIN line ON line.id = entry.line"
    " WHERE entry.id BETWEEN ? AND ? ORDER BY entry.id LIMIT ?"
)
EXCHANGE: Final = (
    "SELECT id, full, feed, kept_at FROM entry WHERE exchange = ? AND feed = ? AND aside = 0 ORDER BY number LIMIT ?"
)
ABOUT: Final = (
    "SELECT entry.id, full, entry.feed, kept_at FROM about CROSS JOIN entry ON entry.feed = about.feed AND aside = 0"
    " AND entry.number = about.number WHERE about = ? AND about.feed = ? AND about.kind = ?"
    " ORDER BY about.number LIMIT ?"
)
OPENINGS: Final = (
    "SELECT sequence FROM entry WHERE line = ? AND kind = ? AND exchange IS NULL AND aside = 0 AND sequence < ?"
    " ORDER BY sequence DESC LIMIT ?"
)
NEWEST: Final = "SELECT sequence, id, full, feed, kept_at FROM entry WHERE sequence < ? ORDER BY sequence DESC LIMIT ?"
OPENING: Final = "SELECT id, full, feed, kept_at FROM entry WHERE sequence = ?"
OPENED: Final = (
    "SELECT id, full, feed, kept_at FROM entry WHERE feed = ? AND kind = ? AND exchange IS NULL AND aside = 0"
    " AND number >= ? ORDER BY number LIMIT ?"
)
CLAIM: Final = "SELECT number FROM claim WHERE by = ? AND feed = ? ORDER BY number DESC LIMIT 1"
KNEW: Final = (
    "SELECT post, (SELECT number FROM claim WHERE by = ?1 AND feed = feed.id AND by_number < ?2"
    " ORDER BY by_number DESC LIMIT 1) AS known FROM feed"
    " WHERE line = (SELECT line FROM feed WHERE id = ?1) AND known NOT NULL"
    " UNION ALL SELECT post, waiting.number FROM waiting JOIN feed ON feed.id = waiting.feed"
    " WHERE by = ?1 AND by_number < ?2 AND NOT beyond"
)
CLAIMED: Final = "SELECT by_number FROM claim WHERE by = ? AND feed = ? AND number >= ? ORDER BY number LIMIT ?"
RUNS: Final = "SELECT max(run) FROM lower WHERE by = ? AND feed = ?"
LOWER: Final = (
    "SELECT by_number FROM lower WHERE by = ? AND feed = ? AND run = ? AND number >= ?"
    " ORDER BY number, by_number LIMIT ?"
)
HELD: Final = "SELECT by_number FROM held WHERE by = ? AND feed = ? AND number = ?"
STANDING: Final = "SELECT id, full, time, kept_at FROM entry WHERE feed = ? AND aside = 0 AND number = ?"
ID_AT: Final = "SELECT id FROM entry WHERE feed = ? AND aside = 0 AND number = ?"

LAST: Final = (1 << 63) - 1

FALSE_CLAIMS: Final = 64
CLAIM_RUNS: Final = 256
"""Claims of one run, and runs of one feed's claims, that are looked through for a proof of delivery: one who signs for
more that is not so proves nothing any more. Who is honest begins a run when a feed goes back to a branch."""


class Reader:
    """The answers of `openline.feeds.record.Record`, from any thread, each from one state of the store."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._turn = Lock()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._turn, explained():
            self._db.execute("BEGIN")
            try:
                yield self._db
            finally:
                self._db.execute("COMMIT")

    def objects(self, table: str) -> dict[bytes, bytes]:
        """Everything remembered under `table`, in order of key."""
        with self._reading() as db:
            return dict(db.execute(OBJECTS, (table,)))

    def heads(self, line: LineId) -> list[Head]:
        """How far each feed of a line is chained, in order of post."""
        with self._reading() as db:
            rows = db.execute(HEADS, (_line(db, line),)).fetchall()
        return [Head(line, PostId(post), number, EntryId(head), frontier) for post, number, head, frontier in rows]

    def ids(self, line: LineId, feed: PostId) -> bytes:
        """The ids of entries 1 to the head of a feed, 32 bytes each, in order."""
        with self._reading() as db:
            at, head = _feed(db, line, feed)
            return b"".join(chain.from_iterable(db.execute(IDS, (at, head))))

    def beyond(self, line: LineId, feed: PostId) -> list[Entry]:
        """Entries kept beyond the head of a feed, in order of number."""
        with self._reading() as db:
            at, head = _feed(db, line, feed)
            rows = db.execute(SPAN, (at, head + 1, LAST)).fetchall()
        return [stored_entry(*row) for row in rows]

    def claims(self, line: LineId) -> dict[tuple[PostId, PostId], int]:
        """(author, feed) -> the highest number of `feed` that a chained entry of `author` says it holds without a hole.

        Nothing is said of a pair for which nobody claims anything.
        """
        claims: dict[tuple[PostId, PostId], int] = {}
        with self._reading() as db:
            feeds = db.execute(FEEDS, (_line(db, line),)).fetchall()
            for by, author, _ in feeds:
                for feed, post, _ in feeds:
                    for (number,) in db.execute(CLAIM, (by, feed)):
                        claims[author, post] = number
        return claims

    def entry(self, line: LineId, entry: EntryId) -> Kept | None:
        """One entry by its id."""
        with self._reading() as db:
            row = db.execute(ENTRY, (entry, _line(db, line))).fetchone()
            return None if row is None else _kept(db, row)

    def between(self, first: EntryId, last: EntryId, most: int) -> list[tuple[LineId, EntryId]]:
        """Entries of any line whose ids are first..last, in order of id, at most `most` of them."""
        with self._reading() as db:
            rows = db.execute(BETWEEN, (first, last, most)).fetchall()
        return [(LineId(line), EntryId(identifier)) for line, identifier in rows]

    def span(self, line: LineId, feed: PostId, first: int, last: int, most_bytes: int) -> list[Entry]:
        """Entries first..last of a feed, in order of number: as many as `most_bytes` hold, and at least one."""
        with self._reading() as db:
            at, _ = _feed(db, line, feed)
            return _as_many(_rows(db, SPAN, (at, max(first, 1), last)), LAST, most_bytes)

    def urgent(
        self, line: LineId, feed: PostId, ranges: Sequence[tuple[int, int]], most: int, most_bytes: int
    ) -> list[Entry]:
        """Kept entries of a feed in any of the inclusive ranges: highest precedence first, then by number.

        At most `most` of them and, but for the first, at most `most_bytes` in full form.
        """
        with self._reading() as db:
            at, _ = _feed(db, line, feed)
            return _as_many(_by_precedence(db, at, _merged(ranges), most), most, most_bytes)

    def exchange(self, line: LineId, opening: EntryId) -> list[Kept]:
        """The opening entry of an exchange and the chained or waiting entries that name it, in no certain order.

        Of each author those that count and one more (EXCHANGE_ENTRIES_MAX).
        """
        with self._reading() as db:
            at = _line(db, line)
            rows = db.execute(ENTRY, (opening, at)).fetchall()
            for feed, _, _ in db.execute(FEEDS, (at,)).fetchall():
                rows += db.execute(EXCHANGE, (opening, feed, EXCHANGE_ENTRIES_MAX + 1)).fetchall()
            return [_kept(db, row) for row in rows]

    def deliveries(self, line: LineId, feed: PostId, number: int) -> list[Delivery]:
        """For each member but the author, its first entry that proves that it holds entry `number` of `feed`."""
        with self._reading() as db:
            feeds = db.execute(FEEDS, (_line(db, line),)).fetchall()
            at, head = next(((at, head) for at, post, head in feeds if post == feed), (0, 0))
            place = Place(feed, number, head, lambda each: _id_at(db, at, each))
            found = [_delivery(db, by, PostId(post), at, place) for by, post, _ in feeds if by != at]
        return [each for each in found if each is not None]

    def openings(
        self, line: LineId | None, kinds: Sequence[int], before: int | None, most: int
    ) -> list[tuple[int, Kept]]:
        """Entries that open an exchange, newest kept first: (sequence, entry), with sequence below `before`."""
        with self._reading() as db:
            lines = [_line(db, line)] if line is not None else [at for (at,) in db.execute(LINES)]
            below = LAST if before is None else before
            sequences = chain.from_iterable(
                row for at in lines for kind in set(kinds) for row in db.execute(OPENINGS, (at, int(kind), below, most))
            )
            newest = nlargest(most, sequences)
            return [(at, _kept(db, db.execute(OPENING, (at,)).fetchone())) for at in newest]

    def newest(self, before: int | None, most: int) -> list[tuple[int, Kept]]:
        """Entries of all lines, evidence of forks included, newest kept first: (sequence, entry), below `before`."""
        with self._reading() as db:
            rows = db.execute(NEWEST, (LAST if before is None else before, most)).fetchall()
            return [(int(sequence), _kept(db, tuple(row))) for sequence, *row in rows]

    def about(self, line: LineId, kinds: Sequence[int], entry: EntryId) -> list[Kept]:
        """What opens an exchange of these kinds and refers first to an entry: of each author and kind the first ones.

        As many as count (OPENINGS_ABOUT_MAX), by author, kind and number.
        """
        found = []
        with self._reading() as db:
            for feed, _, _ in db.execute(FEEDS, (_line(db, line),)).fetchall():
                for kind in sorted(set(kinds)):
                    rows = db.execute(ABOUT, (entry, feed, int(kind), OPENINGS_ABOUT_MAX)).fetchall()
                    found += [_kept(db, row) for row in rows]
        return [kept for kept in found if opens_about(kept.entry.header, kinds, entry)]

    def opened(self, line: LineId, feed: PostId, kind: int, first: int, most: int) -> list[Kept]:
        """Entries of one kind with which a feed opens exchanges, from number `first` on, in order of number."""
        with self._reading() as db:
            at, _ = _feed(db, line, feed)
            rows = db.execute(OPENED, (at, int(kind), max(first, 1), most)).fetchall()
            return [_kept(db, row) for row in rows]

    def count(self, line: LineId) -> int:
        """Entries kept of a line, all feeds, evidence of forks included."""
        with self._reading() as db:
            (count,) = db.execute(COUNT, (_line(db, line),)).fetchone()
        return int(count)


def _line(db: sqlite3.Connection, line: LineId) -> int:
    row = db.execute(LINE, (line,)).fetchone()
    return int(row[0]) if row else 0


def _feed(db: sqlite3.Connection, line: LineId, feed: PostId) -> tuple[int, int]:
    """The feed's small integer and how far it is chained; 0, 0 if nothing is known of it."""
    row = db.execute(FEED, (line, feed)).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _id_at(db: sqlite3.Connection, feed: int, number: int) -> EntryId | None:
    row = db.execute(ID_AT, (feed, number)).fetchone()
    return None if row is None else EntryId(row[0])


def _delivery(db: sqlite3.Connection, by: int, post: PostId, feed: int, place: Place) -> Delivery | None:
    """The first entry of feed `by` that proves that its author holds the entry at a place of `feed`."""
    first: Delivery | None = None
    for claims in _claims(db, by, feed, place.number):
        for (by_number,) in claims:
            if first is not None and by_number >= first.number:
                break
            identifier, full, time, kept_at = db.execute(STANDING, (by, by_number)).fetchone()
            if proves(stored_entry(identifier, full).header, place):
                first = Delivery(post, EntryId(identifier), by_number, Instant(time), Instant(kept_at))
                break
    return first


def _claims(db: sqlite3.Connection, by: int, feed: int, number: int) -> Iterator[list[tuple[int]]]:
    """Numbers of entries of feed `by` that say that they hold an entry of `feed`: in each list the first ones first."""
    yield db.execute(CLAIMED, (by, feed, number, FALSE_CLAIMS)).fetchall()
    yield db.execute(HELD, (by, feed, number)).fetchall()
    (runs,) = db.execute(RUNS, (by, feed)).fetchone()
    for run in range(min(runs + 1, CLAIM_RUNS) if runs is not None else 0):
        yield db.execute(LOWER, (by, feed, run, number, FALSE_CLAIMS)).fetchall()


def _rows(db: sqlite3.Connection, query: str, values: tuple[int, ...]) -> Generator[tuple[bytes, bytes]]:
    with closing(db.execute(query, values)) as rows:
        yield from rows


def _by_precedence(
    db: sqlite3.Connection, feed: int, ranges: list[tuple[int, int]], most: int
) -> Generator[tuple[bytes, bytes]]:
    for precedence in sorted(Precedence, reverse=True):
        for first, last in ranges:
            if precedence is Precedence.ROUTINE:
                yield from _rows(db, ROUTINE, (feed, first, last, most))
            else:
                yield from _rows(db, RAISED, (feed, precedence, first, last, most))


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same numbers in ranges that do not overlap, in order."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        elif first <= last:
            merged.append((first, last))
    return merged


def _as_many(rows: Generator[tuple[bytes, bytes]], most: int, most_bytes: int) -> list[Entry]:
    entries: list[Entry] = []
    with closing(rows):
        for identifier, full in rows:
            most_bytes -= len(full)
            if len(entries) >= most or (entries and most_bytes < 0):
                break
            entries.append(stored_entry(identifier, full))
    return entries


REMEMBERED: Final = 2_048
REMEMBERED_BYTES: Final = 4_096
"""So many entries, none longer, are remembered as decoded: an inbox shows the same ones again and again."""


def stored_entry(identifier: bytes, full: bytes) -> Entry:
    """The entry kept as `full`. Raises StoreDamaged unless it is the one with this id."""
    return _remembered(identifier, full) if len(full) <= REMEMBERED_BYTES else _decoded(identifier, full)


@lru_cache(REMEMBERED)
def _remembered(identifier: bytes, full: bytes) -> Entry:
    return _decoded(identifier, full)


def _decoded(identifier: bytes, full: bytes) -> Entry:
    try:
        entry = decode_full(full)
    except PeerError as error:
        raise StoreDamaged(f"The store does not hold entry {identifier.hex()} as it was kept.") from error
    if entry.id != identifier:
        raise StoreDamaged(f"The store holds another entry in place of {identifier.hex()}.")
    return entry


def _kept(db: sqlite3.Connection, row: tuple[bytes, bytes, int, int]) -> Kept:
    identifier, full, feed, at = row
    entry = stored_entry(identifier, full)
    knew = {have.feed: have.number for have in entry.header.have if have.number}
    for post, number in db.execute(KNEW, (feed, entry.header.number)):
        knew[post] = max(number, knew.get(post, 0))
    return Kept(entry, Instant(at), knew)
