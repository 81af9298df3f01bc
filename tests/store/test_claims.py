"""The tables of what have-vectors say: chained claims rise, later ones wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from openline.store.claims import Claims, rows_of
from openline.store.migrations import migrate
from tests.make import author, feed_of, have, have_only
from tests.store.contract import LINE

BY, FEED = 1, 2


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    migrate(opened)
    yield opened
    opened.close()


def table(db: sqlite3.Connection, name: str) -> list[tuple[int, int]]:
    return db.execute(f"SELECT by_number, number FROM {name} WHERE by = ? ORDER BY 1, 2", (BY,)).fetchall()


def test_a_header_says_what_it_holds() -> None:
    alpha, carol, bravo = feed_of(LINE, "alpha", 5), feed_of(LINE, "carol", 3), author(LINE, "bravo")
    entry = bravo.write(have=[have(alpha.entries[1], alpha.entries[3]), have_only(carol.entries[2])])
    rows = rows_of(entry.header, {alpha.post: 7, carol.post: 8})
    assert sorted(rows) == [(1, 7, 2, False), (1, 7, 4, True), (1, 8, 3, True)]


def test_claims_rise_and_the_first_to_hold_counts(db: sqlite3.Connection) -> None:
    claims = Claims(db)
    claims.keep(BY, 9, [(2, FEED, 3, False), (1, FEED, 5, False), (3, FEED, 7, False)])
    claims.keep(BY, 9, [(4, FEED, 9, True), (5, FEED, 9, True), (5, FEED, 7, False)])
    assert table(db, "claim") == [(1, 5), (3, 7)]
    assert table(db, "held") == [(4, 9)]


def test_what_does_not_rise_is_kept_in_runs_and_the_first_to_rise_again_ends_them(db: sqlite3.Connection) -> None:
    """A feed that went back to a branch: what was signed of the one and of the other are both found by number."""
    said = [(1, 8), (2, 9), (3, 5), (4, 7), (5, 9), (6, 12), (7, 13), (8, 6), (9, 14), (10, 15)]
    for by_number, number in said:
        Claims(db).keep(BY, 99, [(by_number, FEED, number, False)])
    assert table(db, "claim") == [(1, 8), (2, 9), (6, 12), (7, 13), (9, 14), (10, 15)]
    runs = db.execute("SELECT run, by_number, number FROM lower WHERE by = ? ORDER BY by_number", (BY,)).fetchall()
    assert runs == [(0, 3, 5), (0, 4, 7), (0, 5, 9), (0, 6, 12), (1, 8, 6), (1, 9, 14)]
    Claims(db).forget(BY, 5)
    assert [len(table(db, name)) for name in ("claim", "lower")] == [2, 2]


def test_what_is_beyond_the_head_waits_until_released(db: sqlite3.Connection) -> None:
    claims = Claims(db)
    claims.keep(BY, 1, [(1, FEED, 1, False), (3, FEED, 2, False), (3, FEED, 4, True), (5, FEED, 6, False)])
    assert table(db, "waiting") == [(3, 2), (3, 4), (5, 6)]
    released = claims.released(BY, 4)
    assert sorted(released) == [(3, FEED, 2, False), (3, FEED, 4, True)]
    claims.keep(BY, 4, released)
    assert (table(db, "claim"), table(db, "held"), table(db, "waiting")) == ([(1, 1), (3, 2)], [(3, 4)], [(5, 6)])


def test_forgotten_claims_can_be_made_again(db: sqlite3.Connection) -> None:
    claims = Claims(db)
    rows = [(1, FEED, 1, False), (2, FEED, 5, False), (2, FEED, 8, True), (9, FEED, 9, False)]
    claims.keep(BY, 2, rows)
    claims.forget(BY, 2)
    assert (table(db, "claim"), table(db, "held"), table(db, "waiting")) == ([(1, 1)], [], [])
    claims.keep(BY, 2, [(2, FEED, 3, False)])
    assert table(db, "claim") == [(1, 1), (2, 3)]


def test_a_new_process_knows_the_highest_claim(db: sqlite3.Connection) -> None:
    Claims(db).keep(BY, 2, [(1, FEED, 4, False)])
    Claims(db).keep(BY, 2, [(2, FEED, 4, False)])
    assert table(db, "claim") == [(1, 4)]
