"""What SQLite reports, in Openline's words (https://www.sqlite.org/rescode.html)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from openline.errors import (
    DiskFailed,
    DiskFull,
    LocalError,
    StoreBusy,
    StoreDamaged,
    StoreForeign,
    StoreReadOnly,
)

_MEANINGS: dict[int, tuple[type[LocalError], str]] = {
    sqlite3.SQLITE_FULL: (DiskFull, "The disk is full: this was not kept."),
    sqlite3.SQLITE_IOERR: (DiskFailed, "The disk refused to read or write: this was not kept."),
    sqlite3.SQLITE_READONLY: (StoreReadOnly, "The store may only be read."),
    sqlite3.SQLITE_CANTOPEN: (StoreReadOnly, "The store cannot be opened."),
    sqlite3.SQLITE_PERM: (StoreReadOnly, "The store may not be opened."),
    sqlite3.SQLITE_CORRUPT: (StoreDamaged, "The store is damaged."),
    sqlite3.SQLITE_NOTADB: (StoreForeign, "This file is not a store."),
    sqlite3.SQLITE_BUSY: (StoreBusy, "Another process is writing to the store."),
    sqlite3.SQLITE_LOCKED: (StoreBusy, "Another process is writing to the store."),
}


@contextmanager
def explained() -> Iterator[None]:
    """Raise what SQLite reports inside as a LocalError; what only a bug can cause comes out as it is."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None or code & 0xFF not in _MEANINGS:
            raise
        kind, sentence = _MEANINGS[code & 0xFF]
        raise kind(sentence) from error
