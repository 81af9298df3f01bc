"""How a store keeps: each commit one transaction, durable when it returns.

Most entries come with the next number of their feed, chained at once; that path asks the database next to nothing.
What it needs to know of a feed (`_Feed`) stays in memory, is read when first needed, and is forgotten after a commit
that failed, or when another process has written.

Of several entries with one number, one stands in the feed and the others are set aside: up to the head the one that
the head's own chain of previous ids goes through, beyond it the first one kept.
Where a new head changes that, `_switch` exchanges them, and the claims are taken again from there on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from openline.feeds.record import Drop, Head, Keep, KeepEntry, KeepHead, Put
from openline.store.claims import Claims, Row, rows_of
from openline.store.failures import explained
from openline.store.reading import LAST, SPAN, stored_entry
from openline.terms import LineId, PostId
from openline.wire.entry import Header
from openline.wire.full import encode_full

INSERT: Final = (
    "INSERT INTO entry (line, feed, number, id, exchange, kind, precedence, time, kept_at, aside, full)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
ABOUT: Final = "INSERT OR IGNORE INTO about (about, feed, kind, number) VALUES (?, ?, ?, ?)"
KNOWN: Final = "SELECT 1 FROM entry WHERE id = ?"
STANDING: Final = "SELECT sequence, id, full FROM entry WHERE feed = ? AND aside = 0 AND number = ?"
ASIDE: Final = "SELECT sequence, id FROM entry WHERE feed = ? AND aside = 1 AND number = ?"
FORKED: Final = "SELECT number FROM entry WHERE feed = ? AND aside = 1"
TOP: Final = "SELECT max(number) FROM entry WHERE feed = ? AND aside = 0"


class _Feed:
    """What the writer remembers of a feed: its row, the highest number kept, the numbers kept more than once."""

    __slots__ = ("at", "forked", "frontier", "head", "kept", "line", "number", "top")

    def __init__(self, at: int, line: int, kept: int, number: int, head: bytes, frontier: bytes) -> None:
        self.at, self.line, self.kept = at, line, kept
        self.number, self.head, self.frontier = number, head, frontier
        self.top = 0
        self.forked: set[int] = set()


class Writer:
    """The one connection that writes. `commit` is for one thread at a time."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._claims = Claims(db)
        self._feeds: dict[tuple[bytes, bytes], _Feed] = {}
        self._version = -1

    def commit(self, keeps: Sequence[Keep]) -> None:
        """Keep all of these at once, or none. Raises DiskFull, DiskFailed, StoreReadOnly, StoreBusy, StoreDamaged."""
        heads: dict[tuple[LineId, PostId], Head] = {}
        objects: dict[tuple[str, bytes], bytes | None] = {}
        entries: list[KeepEntry] = []
        for keep in keeps:
            match keep:
                case KeepEntry():
                    entries.append(keep)
                case KeepHead(head):
                    heads[head.line, head.feed] = head
                case Put(table, key, value):
                    objects[table, key] = value
                case Drop(table, key):
                    objects[table, key] = None
        with explained(), self._transaction():
            said = self._keep_entries(entries)
            moved = {self._feed(line, post): head for (line, post), head in heads.items()}
            for feed in said | moved:
                rows = said.get(feed, [])
                if feed in moved:
                    rows = self._move_head(feed, moved[feed], rows)
                self._claims.keep(feed.at, feed.number, rows)
            self._save(list(said | moved))
            self._keep_objects(objects)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            (version,) = self._db.execute("PRAGMA data_version").fetchone()
            if version != self._version:
                self._forget()
                self._version = version
            yield
            self._db.execute("COMMIT")
        except BaseException:
            self._forget()
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _forget(self) -> None:
        self._feeds.clear()
        self._claims.clear()

    def _keep_entries(self, keeps: list[KeepEntry]) -> dict[_Feed, list[Row]]:
        """Insert what is not kept yet; for each feed, what the entries that stand in it say that they hold."""
        said: dict[_Feed, list[Row]] = {}
        rows: list[tuple[Any, ...]] = []
        about: list[tuple[bytes, int, int, int]] = []
        for keep in keeps:
            entry, header = keep.entry, keep.entry.header
            feed = self._feed(header.line, header.author)
            aside = False
            if header.number > feed.top:
                feed.top = header.number
            else:
                self._db.executemany(INSERT, rows)
                rows.clear()
                if self._db.execute(KNOWN, (entry.id,)).fetchone():
                    continue
                aside = self._db.execute(STANDING, (feed.at, header.number)).fetchone() is not None
            feed.kept += 1
            taken = said.setdefault(feed, [])
            if aside:
                feed.forked.add(header.number)
            elif header.have:
                taken += self._rows(header)
            if header.exchange is None and header.refers:
                about.append((header.refers[0], feed.at, header.kind, header.number))
            rows.append((
                feed.line, feed.at, header.number, entry.id, header.exchange, header.kind,
                header.precedence, header.time, keep.at, aside, encode_full(entry),
            ))  # fmt: skip
        self._db.executemany(INSERT, rows)
        self._db.executemany(ABOUT, about)
        return said

    def _move_head(self, feed: _Feed, head: Head, rows: list[Row]) -> list[Row]:
        """Set the head; what has to be taken into the claims now, given the rows of this commit's entries."""
        before = feed.number
        feed.number, feed.head, feed.frontier = head.number, head.id, head.frontier
        changed = self._switch(feed) if feed.forked else []
        if changed or head.number < before:
            since = min(*changed, before + 1, head.number + 1)
            self._claims.forget(feed.at, since)
            return self._said_since(feed, since)
        return self._claims.released(feed.at, head.number) + rows

    def _switch(self, feed: _Feed) -> list[int]:
        """Let the right one of several entries with one number stand; the numbers at which that changed."""
        changed = []
        for number in sorted(feed.forked, reverse=True):
            sequence, standing, _ = self._db.execute(STANDING, (feed.at, number)).fetchone()
            rivals = {identifier: at for at, identifier in self._db.execute(ASIDE, (feed.at, number))}
            right = self._right(feed, number, {**rivals, standing: sequence})
            if right in rivals:
                self._db.execute("UPDATE entry SET aside = 1 WHERE sequence = ?", (sequence,))
                self._db.execute("UPDATE entry SET aside = 0 WHERE sequence = ?", (rivals[right],))
                changed.append(number)
        return changed

    def _right(self, feed: _Feed, number: int, rivals: dict[bytes, int]) -> bytes | None:
        if number > feed.number:
            return min(rivals, key=rivals.__getitem__)
        if number == feed.number:
            return feed.head
        after = self._db.execute(STANDING, (feed.at, number + 1)).fetchone()
        return stored_entry(*after[1:]).header.previous if after else None

    def _said_since(self, feed: _Feed, since: int) -> list[Row]:
        said: list[Row] = []
        for row in self._db.execute(SPAN, (feed.at, since, LAST)).fetchall():
            said += self._rows(stored_entry(*row).header)
        return said

    def _rows(self, header: Header) -> list[Row]:
        return rows_of(header, {have.feed: self._feed(header.line, have.feed).at for have in header.have})

    def _feed(self, line: LineId, post: PostId) -> _Feed:
        feed = self._feeds.get((line, post))
        if feed is None:
            feed = self._feeds[line, post] = self._load(line, post)
        return feed

    def _load(self, line: LineId, post: PostId) -> _Feed:
        db = self._db
        db.execute("INSERT OR IGNORE INTO line (name) VALUES (?)", (line,))
        (line_at,) = db.execute("SELECT id FROM line WHERE name = ?", (line,)).fetchone()
        db.execute(
            "INSERT OR IGNORE INTO feed (line, post, kept, number, head, frontier) VALUES (?, ?, 0, 0, x'', x'')",
            (line_at, post),
        )
        feed = _Feed(*db.execute(
            "SELECT id, line, kept, number, head, frontier FROM feed WHERE line = ? AND post = ?", (line_at, post)
        ).fetchone())  # fmt: skip
        (top,) = db.execute(TOP, (feed.at,)).fetchone()
        feed.top = top or 0
        feed.forked = {number for (number,) in db.execute(FORKED, (feed.at,))}
        return feed

    def _save(self, feeds: list[_Feed]) -> None:
        self._db.executemany(
            "UPDATE feed SET kept = ?, number = ?, head = ?, frontier = ? WHERE id = ?",
            [(feed.kept, feed.number, feed.head, feed.frontier, feed.at) for feed in feeds],
        )

    def _keep_objects(self, objects: dict[tuple[str, bytes], bytes | None]) -> None:
        puts = [(*address, value) for address, value in objects.items() if value is not None]
        drops = [address for address, value in objects.items() if value is None]
        self._db.executemany("INSERT OR REPLACE INTO object (tbl, key, value) VALUES (?, ?, ?)", puts)
        self._db.executemany("DELETE FROM object WHERE tbl = ? AND key = ?", drops)
