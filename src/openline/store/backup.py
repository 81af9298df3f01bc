"""A copy of a store while it is being written to (https://www.sqlite.org/backup.html).

The copy is of one moment: a read transaction holds that moment open on a connection of its own, so the post goes on
writing and the copy never starts again. Until it is done the write-ahead log grows instead of being folded in.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from openline.errors import CannotWrite, StoreDamaged
from openline.store.failures import explained
from openline.store.migrations import check
from openline.store.sqlite import connect

SLICE_PAGES: Final = 256
"""Pages copied at once, 1 MiB, before others may use the disk."""

PAUSE_SECONDS: Final = 0.002
"""How long others may use the disk after each slice."""


def backup(path: Path, destination: Path) -> None:
    """Copy the store at `path` to the file `destination`, whole and checked, in place of what was there, or not at all.

    Raises CannotWrite, StoreDamaged, StoreForeign, StoreTooNew, StoreReadOnly, DiskFull or DiskFailed.
    """
    partial = destination.with_name(f"{destination.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
        try:
            with explained():
                _copy(path, partial)
            _sync(partial)
            os.replace(partial, destination)
        finally:
            partial.unlink(missing_ok=True)
        _sync(destination.parent)
    except OSError as error:
        raise CannotWrite(f"The copy {destination} cannot be written: {error.strerror}.") from error


def _copy(path: Path, partial: Path) -> None:
    with closing(connect(path)) as source, closing(connect(partial)) as copy:
        source.execute("BEGIN")
        check(source)
        source.backup(copy, pages=SLICE_PAGES, progress=lambda *_: time.sleep(PAUSE_SECONDS))
        source.execute("COMMIT")
        copy.execute("PRAGMA journal_mode = DELETE")
        _verify(copy)


def _verify(db: sqlite3.Connection) -> None:
    found = [row[0] for row in db.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        raise StoreDamaged(f"The copy is damaged, and so the store may be: {'; '.join(found)}.")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
