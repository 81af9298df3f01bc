"""Every query of a store is an index lookup, and what it finds damaged it names."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import StoreDamaged
from openline.store import claims, reading, writing
from openline.store.migrations import migrate
from openline.store.reading import _merged
from openline.store.sqlite import SqliteRecord
from tests.make import feed_of, kept
from tests.store.contract import LINE, PLENTY

QUERIES = {
    f"{module.__name__.rpartition('.')[2]}.{name}": query
    for module in (reading, writing, claims)
    for name, query in vars(module).items()
    if isinstance(query, str) and query.startswith(("SELECT ", "DELETE "))
}
LARGE = ("entry", "about", "claim", "lower", "held", "waiting", "object")
WITHOUT_LOOKUP = {"reading.LINES": "every line is what it asks for"}


def plan(query: str) -> list[str]:
    """How SQLite means to answer a query of a store."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    migrate(db)
    values = [0] * max(query.count("?"), 3)
    steps = db.execute(f"EXPLAIN QUERY PLAN {query}", values[: _parameters(query)]).fetchall()
    db.close()
    return [str(step[-1]) for step in steps]


def _parameters(query: str) -> int:
    numbered = [int(query[at + 1]) for at, mark in enumerate(query[:-1]) if mark == "?" and query[at + 1].isdigit()]
    return max(numbered) if numbered else query.count("?")


def test_the_queries_are_found() -> None:
    assert {"reading.SPAN", "reading.CLAIMED", "writing.KNOWN", "claims.RELEASED"} <= QUERIES.keys()


@pytest.mark.parametrize("name", sorted(QUERIES.keys() - WITHOUT_LOOKUP))
def test_no_query_scans_or_sorts(name: str) -> None:
    steps = plan(QUERIES[name])
    assert steps
    assert [step for step in steps if step.startswith("SCAN") and step.split()[1] in (*LARGE, "feed", "line")] == []
    assert [step for step in steps if "TEMP B-TREE" in step and "feed" not in name.lower()] == []


def test_a_scan_would_be_noticed() -> None:
    assert plan("SELECT id FROM entry WHERE time = ?")[0].startswith("SCAN entry")


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("IDS", "COVERING INDEX entry_by_number"),
        ("SPAN", "entry_by_number (feed=? AND aside=? AND number>? AND number<?)"),
        ("ROUTINE", "entry_by_number (feed=? AND aside=? AND number>? AND number<?)"),
        ("RAISED", "entry_by_precedence (feed=? AND precedence=? AND number>? AND number<?)"),
        ("ENTRY", "entry_by_id (id=?)"),
        ("EXCHANGE", "entry_of_exchange (exchange=? AND feed=?)"),
        ("OPENINGS", "COVERING INDEX entry_that_opens (line=? AND kind=? AND aside=? AND exchange=? AND rowid<?)"),
        ("NEWEST", "INTEGER PRIMARY KEY (rowid<?)"),
        ("ABOUT", "PRIMARY KEY (about=? AND feed=? AND kind=?)"),
        ("OPENED", "entry_by_opener (feed=? AND kind=? AND number>?)"),
        ("CLAIMED", "PRIMARY KEY (by=? AND feed=? AND number>?)"),
        ("LOWER", "COVERING INDEX lower_by_run (by=? AND feed=? AND run=? AND number>?)"),
        ("KNEW", "claim_by_author (by=? AND feed=? AND by_number<?)"),
    ],
)
def test_the_hot_queries_use_their_index(name: str, index: str) -> None:
    assert index in "\n".join(plan(QUERIES[f"reading.{name}"]))


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 12))))
def test_merged_ranges_are_the_same_numbers_once_and_in_order(ranges: list[tuple[int, int]]) -> None:
    numbers = [number for first, last in _merged(ranges) for number in range(first, last + 1)]
    assert numbers == sorted({number for first, last in ranges for number in range(first, last + 1)})


@pytest.mark.parametrize("damage", ["full = x'00'", "full = (SELECT full FROM entry WHERE number = 2)"])
def test_an_entry_that_was_changed_on_the_disk_is_named(tmp_path: Path, damage: str) -> None:
    alpha = feed_of(LINE, "alpha", 2)
    record = SqliteRecord.open(tmp_path / "record.db")
    record.commit(kept(*alpha.entries))
    record._writing.execute(f"UPDATE entry SET {damage} WHERE number = 1")
    with pytest.raises(StoreDamaged, match=alpha.entries[0].id.hex()):
        record.entry(LINE, alpha.entries[0].id)
    assert record.span(LINE, alpha.post, 2, 2, PLENTY) == alpha.entries[1:]
    record.close()
