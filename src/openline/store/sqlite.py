"""The record in one SQLite file, written ahead (WAL) and synced at each commit.

One connection writes, in whatever thread calls `commit`, one call at a time; another reads and never waits for it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Final, Self

from openline.errors import StoreReadOnly
from openline.feeds.record import Keep
from openline.store.failures import explained
from openline.store.migrations import check, migrate
from openline.store.reading import Reader
from openline.store.writing import Writer

BUSY_SECONDS: Final = 5.0
"""How long the writer waits for another process that writes, before StoreBusy."""

CACHE_KIB: Final = 32 << 10
"""Pages that each connection may hold in memory."""


def connect(path: Path) -> sqlite3.Connection:
    """A connection to an existing file that begins no transaction by itself, for any thread."""
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA trusted_schema = OFF")
    return db


class SqliteRecord(Reader):
    """`openline.feeds.record.Record` on one file. Make it with `open`; close it once."""

    def __init__(self, path: Path, writer: sqlite3.Connection, reader: sqlite3.Connection) -> None:
        super().__init__(reader)
        self.path = path
        self._writing = writer
        self._writer = Writer(writer)
        self._one_commit = Lock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """The store at `path`, made if there is none, migrated if it is older.

        Raises StoreForeign, StoreTooNew, StoreDamaged, StoreReadOnly, StoreBusy, DiskFull or DiskFailed.
        """
        _make(path)
        with explained():
            writer = connect(path)
            try:
                check(writer)
                writer.execute("PRAGMA journal_mode = WAL")
                writer.execute("PRAGMA synchronous = FULL")
                migrate(writer)
                reader = connect(path)
            except BaseException:
                writer.close()
                raise
        reader.execute("PRAGMA query_only = ON")
        return cls(path, writer, reader)

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with self._one_commit, self._turn, explained():
            self._db.close()
            self._writing.close()

    def commit(self, keeps: Sequence[Keep]) -> None:
        """Keep all of these at once, in this order; durable when it returns. Raises as `Writer.commit` does."""
        with self._one_commit:
            self._writer.commit(keeps)


def _make(path: Path) -> None:
    """An empty file that only its owner may read, and that is still there after a power cut."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise StoreReadOnly(f"The store {path} cannot be opened: {error.strerror}.") from error
