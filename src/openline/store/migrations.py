"""The tables of a store, and how an older store becomes a newer one.

`user_version` counts the migrations that a store has had; `application_id` says that it is one.

Small integers stand for lines and for feeds (a feed is one post on one line).
An entry whose number another entry of its feed has already is kept with `aside` = 1: it is evidence, found by its id
alone. Four tables hold what the have-vectors of a feed `by` say, so that deliveries are index lookups:

    claim    chained entries that raised what `by` says it holds of `feed` without a hole: both numbers rise together
    lower    chained entries whose claim did not rise above all before it, in runs that rise; the first that does so
             again ends them
    held     the first chained entry of `by` that says it holds one entry of `feed` beyond a hole
    waiting  the same of entries beyond the head of `by`: moved to the others when they are chained

Table `about` holds, of what opens an exchange, the entry to which it refers first: a minute, its call.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from openline.errors import PeerError, StoreForeign, StoreTooNew
from openline.wire.full import decode_full

APPLICATION_ID: Final = 0x4F70_4C6E
"""`OpLn`, at offset 68 of the file (https://www.sqlite.org/fileformat.html section 1.3.14)."""

_FIRST = """
CREATE TABLE line (
    id INTEGER PRIMARY KEY,
    name BLOB NOT NULL UNIQUE
);
CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    line INTEGER NOT NULL REFERENCES line,
    post BLOB NOT NULL,
    kept INTEGER NOT NULL,
    number INTEGER NOT NULL,
    head BLOB NOT NULL,
    frontier BLOB NOT NULL,
    UNIQUE (line, post)
);
CREATE TABLE entry (
    sequence INTEGER PRIMARY KEY,
    line INTEGER NOT NULL,
    feed INTEGER NOT NULL REFERENCES feed,
    number INTEGER NOT NULL,
    id BLOB NOT NULL,
    exchange BLOB,
    kind INTEGER NOT NULL,
    precedence INTEGER NOT NULL,
    time INTEGER NOT NULL,
    kept_at INTEGER NOT NULL,
    aside INTEGER NOT NULL,
    full BLOB NOT NULL
);
CREATE UNIQUE INDEX entry_by_id ON entry (id);
CREATE INDEX entry_by_number ON entry (feed, aside, number, precedence, id);
CREATE INDEX entry_by_precedence ON entry (feed, precedence, number) WHERE aside = 0 AND precedence > 0;
CREATE INDEX entry_by_exchange ON entry (exchange) WHERE aside = 0 AND exchange IS NOT NULL;
CREATE INDEX entry_that_opens ON entry (line, kind, aside, exchange) WHERE exchange IS NULL;
CREATE TABLE claim (
    by INTEGER NOT NULL,
    feed INTEGER NOT NULL,
    number INTEGER NOT NULL,
    by_number INTEGER NOT NULL,
    PRIMARY KEY (by, feed, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX claim_by_author ON claim (by, feed, by_number);
CREATE TABLE held (
    by INTEGER NOT NULL,
    feed INTEGER NOT NULL,
    number INTEGER NOT NULL,
    by_number INTEGER NOT NULL,
    PRIMARY KEY (by, feed, number)
) WITHOUT ROWID;
CREATE TABLE waiting (
    by INTEGER NOT NULL,
    by_number INTEGER NOT NULL,
    feed INTEGER NOT NULL,
    number INTEGER NOT NULL,
    beyond INTEGER NOT NULL,
    PRIMARY KEY (by, by_number, feed, number)
) WITHOUT ROWID;
CREATE TABLE object (
    tbl TEXT NOT NULL,
    key BLOB NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (tbl, key)
) WITHOUT ROWID;
"""

_SECOND = """
CREATE INDEX entry_by_opener ON entry (feed, kind, number) WHERE aside = 0 AND exchange IS NULL;
"""

_THIRD = """
CREATE TABLE lower (
    by INTEGER NOT NULL,
    feed INTEGER NOT NULL,
    run INTEGER NOT NULL,
    number INTEGER NOT NULL,
    by_number INTEGER NOT NULL,
    PRIMARY KEY (by, feed, by_number)
) WITHOUT ROWID;
CREATE INDEX lower_by_run ON lower (by, feed, run, number, by_number);
"""

_FOURTH = """
DROP INDEX entry_by_exchange;
CREATE INDEX entry_of_exchange ON entry (exchange, feed, number) WHERE aside = 0 AND exchange IS NOT NULL;
"""

_FIFTH = """
CREATE TABLE about (
    about BLOB NOT NULL,
    feed INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (about, feed, kind, number)
) WITHOUT ROWID;
INSERT OR IGNORE INTO about SELECT first_referred(full), feed, kind, number FROM entry
    WHERE exchange IS NULL AND first_referred(full) IS NOT NULL;
"""

MIGRATIONS: Final = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH)
"""What makes version n + 1 of a store out of version n. Never changed once released; only added to."""


def migrate(db: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Bring an empty or older store up to date, each step all or nothing. Raises StoreForeign or StoreTooNew."""
    check(db, migrations)
    db.create_function("first_referred", 1, first_referred, deterministic=True)
    for version, migration in enumerate(migrations, 1):
        db.execute("BEGIN IMMEDIATE")
        try:
            if _pragma(db, "user_version") < version:
                for statement in migration.split(";\n"):
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {version}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def first_referred(full: bytes) -> bytes | None:
    """The first entry to which a kept one refers, if any."""
    try:
        refers = decode_full(full).header.refers
    except PeerError:  # damaged on the disk; whoever reads it is told
        return None
    return refers[0] if refers else None


def check(db: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Raise StoreForeign or StoreTooNew unless this is a store, or empty; nothing is changed."""
    if _pragma(db, "application_id") != APPLICATION_ID:
        (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables or _pragma(db, "user_version") or _pragma(db, "application_id"):
            raise StoreForeign("This file is a database, but not a store of Openline.")
    version = _pragma(db, "user_version")
    if version > len(migrations):
        raise StoreTooNew(f"The store has format {version}; this Openline knows formats up to {len(migrations)}.")


def _pragma(db: sqlite3.Connection, name: str) -> int:
    (value,) = db.execute(f"PRAGMA {name}").fetchone()
    return int(value)
