"""What SQLite reports comes out in Openline's words; bugs come out as they are."""

from __future__ import annotations

import sqlite3

import pytest

from openline.errors import DiskFailed, DiskFull, LocalError, StoreBusy, StoreDamaged, StoreForeign, StoreReadOnly
from openline.store.failures import explained


def reported(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("words of SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_IOERR_FSYNC, DiskFailed),
        (sqlite3.SQLITE_READONLY_DBMOVED, StoreReadOnly),
        (sqlite3.SQLITE_CANTOPEN, StoreReadOnly),
        (sqlite3.SQLITE_CORRUPT_INDEX, StoreDamaged),
        (sqlite3.SQLITE_NOTADB, StoreForeign),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusy),
    ],
)
def test_every_failure_has_its_error_and_advice(code: int, kind: type[LocalError]) -> None:
    with pytest.raises(kind) as caught, explained():
        raise reported(code)
    assert kind.advice
    assert kind.advice in str(caught.value)
    assert isinstance(caught.value.__cause__, sqlite3.Error)


def test_a_bug_is_not_dressed_up() -> None:
    with pytest.raises(sqlite3.OperationalError, match="words of SQLite"), explained():
        raise reported(sqlite3.SQLITE_ERROR)
    with pytest.raises(sqlite3.ProgrammingError), explained():
        raise sqlite3.ProgrammingError("closed")
