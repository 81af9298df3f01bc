"""Stores are made, brought up to date, and refused when they are not ours or not yet known."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from openline.errors import StoreDamaged, StoreForeign, StoreTooNew
from openline.feeds.record import Put
from openline.store.migrations import APPLICATION_ID, MIGRATIONS, migrate
from openline.store.sqlite import SqliteRecord
from openline.wire.kinds import Kind
from tests.make import feed_of, heads, kept
from tests.store.contract import LINE, PLENTY


def version(path: Path) -> tuple[int, int]:
    db = sqlite3.connect(path)
    found = tuple(db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    db.close()
    return found[0], found[1]


def test_a_new_store_says_what_it_is(tmp_path: Path) -> None:
    SqliteRecord.open(tmp_path / "record.db").close()
    assert version(tmp_path / "record.db") == (APPLICATION_ID, len(MIGRATIONS))
    assert (tmp_path / "record.db").read_bytes()[68:72] == b"OpLn"


def test_an_older_store_is_brought_up_to_date_and_keeps_what_it_held(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "record.db", isolation_level=None)
    migrate(db, ["CREATE TABLE old (a);\nINSERT INTO old VALUES (5)"])
    migrate(db, ["CREATE TABLE old (a)", "ALTER TABLE old ADD COLUMN b;\nUPDATE old SET b = a + 1"])
    assert db.execute("SELECT a, b FROM old").fetchall() == [(5, 6)]
    db.close()
    assert version(tmp_path / "record.db") == (APPLICATION_ID, 2)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "record.db", isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="missing"):
        migrate(db, ["CREATE TABLE one (a)", "CREATE TABLE two (a);\nINSERT INTO missing VALUES (1)"])
    assert [name for (name,) in db.execute("SELECT name FROM sqlite_schema")] == ["one"]
    assert not db.in_transaction
    db.close()
    assert version(tmp_path / "record.db") == (APPLICATION_ID, 1)


def test_a_newer_store_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    SqliteRecord.open(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match="Run the newer Openline"):
        SqliteRecord.open(path)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE places (a)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StoreForeign, match="which home"):
        SqliteRecord.open(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(b"a letter, not a store\n" * 100)
    with pytest.raises(StoreForeign):
        SqliteRecord.open(path)
    assert path.read_bytes() == b"a letter, not a store\n" * 100


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    path, alpha = tmp_path / "record.db", feed_of(LINE, "alpha", 40)
    record = SqliteRecord.open(path)
    record.commit([*kept(*alpha.entries), *heads(alpha), Put("card", b"a", b"1")])
    record.close()
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    path.write_bytes(data)
    record = SqliteRecord.open(path)
    with pytest.raises(StoreDamaged, match="restore the newest backup"):
        record.span(LINE, alpha.post, 1, 40, PLENTY)
    record.close()


def test_an_older_store_learns_what_was_opened_about_what(tmp_path: Path) -> None:
    alpha = feed_of(LINE, "alpha", 1)
    minute = alpha.write(kind=Kind.MINUTE, refers=(alpha.entries[0].id,))
    with closing(SqliteRecord.open(tmp_path / "record.db")) as record:
        record.commit(kept(*alpha.entries) + heads(alpha))
    db = sqlite3.connect(tmp_path / "record.db", isolation_level=None)
    db.execute("DROP TABLE about")
    db.execute("PRAGMA user_version = 4")
    db.close()
    with closing(SqliteRecord.open(tmp_path / "record.db")) as record:
        assert [each.entry for each in record.about(LINE, [Kind.MINUTE], alpha.entries[0].id)] == [minute]
