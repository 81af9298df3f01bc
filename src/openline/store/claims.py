"""What the have-vectors of kept entries say, as tables: `claim`, `held` and `waiting` (see migrations.py).

A row here is (by_number, feed, number, beyond): entry `by_number` says that its author holds `feed` up to `number`
without a hole, or, with `beyond`, that it holds entry `number` beyond a hole.
Rows are taken in the order of the chain, so table `claim` only ever rises.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final

from openline.terms import PostId
from openline.wire.entry import Header

Row = tuple[int, int, int, bool]

HIGHEST: Final = "SELECT max(number) FROM claim WHERE by = ? AND feed = ?"
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


class Claims:
    """The three tables, as the writer sees them; the highest claim of each pair of feeds is remembered."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._highest: dict[tuple[int, int], int] = {}

    def clear(self) -> None:
        """Remember nothing."""
        self._highest.clear()

    def keep(self, by: int, head: int, rows: list[Row]) -> None:
        """Take the rows of feed `by`: those up to its head count now, those beyond wait."""
        raised: list[tuple[int, int, int, int]] = []
        held: list[tuple[int, int, int, int]] = []
        waiting: list[tuple[int, int, int, int, bool]] = []
        for by_number, feed, number, beyond in sorted(rows):
            if by_number > head:
                waiting.append((by, by_number, feed, number, beyond))
            elif beyond:
                held.append((by, feed, number, by_number))
            elif number > self._highest_of(by, feed):
                self._highest[by, feed] = number
                raised.append((by, feed, number, by_number))
        self._db.executemany("INSERT INTO claim (by, feed, number, by_number) VALUES (?, ?, ?, ?)", raised)
        self._db.executemany("INSERT OR IGNORE INTO held (by, feed, number, by_number) VALUES (?, ?, ?, ?)", held)
        self._db.executemany(
            "INSERT OR IGNORE INTO waiting (by, by_number, feed, number, beyond) VALUES (?, ?, ?, ?, ?)", waiting
        )

    def released(self, by: int, head: int) -> list[Row]:
        """Take out of `waiting` what entries of `by` up to `head` say."""
        rows = self._db.execute(RELEASED, (by, head)).fetchall()
        if rows:
            self._db.execute(RELEASE, (by, head))
        return rows

    def forget(self, by: int, since: int) -> None:
        """Drop all that entries of `by` from number `since` on say."""
        for table in ("claim", "held", "waiting"):
            self._db.execute(f"DELETE FROM {table} WHERE by = ? AND by_number >= ?", (by, since))
        self.clear()

    def _highest_of(self, by: int, feed: int) -> int:
        highest = self._highest.get((by, feed))
        if highest is None:
            (found,) = self._db.execute(HIGHEST, (by, feed)).fetchone()
            highest = self._highest[by, feed] = found or 0
        return highest
