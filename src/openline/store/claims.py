"""What the have-vectors of kept entries say, as tables: `claim`, `lower`, `held` and `waiting` (see migrations.py).

A row here is (by_number, feed, number, beyond): entry `by_number` says that its author holds `feed` up to `number`
without a hole, or, with `beyond`, that it holds entry `number` beyond a hole.
Rows are taken in the order of the chain, so table `claim` only ever rises. What does not rise above it is of a feed
that went back to a branch, or it is a lie: table `lower` keeps it in runs, each of which rises again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final

from openline.terms import PostId
from openline.wire.entry import Header

Row = tuple[int, int, int, bool]

HIGHEST: Final = "SELECT number, by_number FROM claim WHERE by = ? AND feed = ? ORDER BY number DESC LIMIT 1"
LOWEST: Final = "SELECT run, number, by_number FROM lower WHERE by = ? AND feed = ? ORDER BY by_number DESC LIMIT 1"
RELEASED: Final = "SELECT by_number, feed, number, beyond FROM waiting WHERE by = ? AND by_number <= ?"
RELEASE: Final = "DELETE FROM waiting WHERE by = ? AND by_number <= ?"


def rows_of(header: Header, feeds: Mapping[PostId, int]) -> list[Row]:
    """What one header says; `feeds` gives the small integer of each feed that it names."""
    rows: list[Row] = []
    for have in header.have:
        feed = feeds[have.feed]
        if have.number:
            rows.append((header.number, feed, have.number, False))
        rows.extend((header.number, feed, number, True) for number, _ in have.beyond)
    return rows


class _Pair:
    """Of one feed and another: the highest claim so far, the last row in `lower` with its run, which was the later."""

    __slots__ = ("fell", "highest", "last", "run")

    def __init__(self, highest: tuple[int, int] | None, last: tuple[int, int, int] | None) -> None:
        self.highest, claimed_by = highest or (0, 0)
        self.run, self.last, lower_by = last or (0, 0, 0)
        self.fell = lower_by > claimed_by


class Claims:
    """The tables, as the writer sees them; where each pair of feeds stands is remembered."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._pairs: dict[tuple[int, int], _Pair] = {}

    def clear(self) -> None:
        """Remember nothing."""
        self._pairs.clear()

    def keep(self, by: int, head: int, rows: list[Row]) -> None:
        """Take the rows of feed `by`: those up to its head count now, those beyond wait."""
        raised: list[tuple[int, int, int, int]] = []
        lower: list[tuple[int, int, int, int, int]] = []
        held: list[tuple[int, int, int, int]] = []
        waiting: list[tuple[int, int, int, int, bool]] = []
        for by_number, feed, number, beyond in sorted(rows):
            if by_number > head:
                waiting.append((by, by_number, feed, number, beyond))
                continue
            if beyond:
                held.append((by, feed, number, by_number))
                continue
            pair = self._pair(by, feed)
            rises = number > pair.highest
            if pair.fell or not rises:  # the first to rise again ends what is below: it covers that, too
                pair.run += number < pair.last
                pair.last = number
                lower.append((by, feed, pair.run, number, by_number))
            if rises:
                pair.highest = number
                raised.append((by, feed, number, by_number))
            pair.fell = not rises
        insert = self._db.executemany
        insert("INSERT INTO claim (by, feed, number, by_number) VALUES (?, ?, ?, ?)", raised)
        insert("INSERT INTO lower (by, feed, run, number, by_number) VALUES (?, ?, ?, ?, ?)", lower)
        insert("INSERT OR IGNORE INTO held (by, feed, number, by_number) VALUES (?, ?, ?, ?)", held)
        insert("INSERT OR IGNORE INTO waiting (by, by_number, feed, number, beyond) VALUES (?, ?, ?, ?, ?)", waiting)

    def released(self, by: int, head: int) -> list[Row]:
        """Take out of `waiting` what entries of `by` up to `head` say."""
        rows = self._db.execute(RELEASED, (by, head)).fetchall()
        if rows:
            self._db.execute(RELEASE, (by, head))
        return rows

    def forget(self, by: int, since: int) -> None:
        """Drop all that entries of `by` from number `since` on say."""
        for table in ("claim", "lower", "held", "waiting"):
            self._db.execute(f"DELETE FROM {table} WHERE by = ? AND by_number >= ?", (by, since))
        self.clear()

    def _pair(self, by: int, feed: int) -> _Pair:
        pair = self._pairs.get((by, feed))
        if pair is None:
            highest = self._db.execute(HIGHEST, (by, feed)).fetchone()
            pair = self._pairs[by, feed] = _Pair(highest, self._db.execute(LOWEST, (by, feed)).fetchone())
        return pair
