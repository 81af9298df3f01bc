"""A backup: one file with a whole home in it, made while the post runs; and a home made of one again.

The file is framed like a parcel (`openline.bearers.framing`), so that a cut or changed one is told from a whole one: a
frame with the format, then home.json, the card, the locked keys, and the record in pieces. Keys stay locked under the
passphrase that they had. What the members of a line said can be read in the record: keep the file as safe as the home.
A restored home is marked, so that the machine writes nothing on a line before it has fetched what it wrote itself since
the backup was made (spec/feeds.md, Restore).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from openline.bearers.framing import read_parcel, write_parcel
from openline.errors import BadBackup, CannotRead, PeerError
from openline.feeds.record import Put
from openline.post.home import homes
from openline.post.home.homes import Home, cannot_write, write_file
from openline.store.backup import backup as copy_store
from openline.store.sqlite import SqliteRecord

FORMAT: Final = b"openline backup 1"
RESTORED: Final = Put("home", b"restored", b"1")

_PIECE_BYTES = 1 << 20


def backup(home: Home, file: Path) -> int:
    """Write a backup of a home into `file`, whole or not at all; its size in bytes.

    Raises CannotWrite, DiskFull, or as the store does.
    """
    part = file.with_name(f".{file.name}.part")
    store = file.with_name(f".{file.name}.record")
    try:
        copy_store(home.record, store)
        # The card before the keys: keys that are newer than the card make it whole again, never the reverse.
        about, card, locked = home.about(), home.card(), home.locked()
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as out:
            for piece in write_parcel(_frames(about, card, locked, store)):
                out.write(piece)
            out.flush()
            os.fsync(descriptor)
        os.replace(part, file)
        homes.sync_directory(file.parent)
        return file.stat().st_size
    except OSError as error:
        raise cannot_write(file, error) from error
    finally:
        part.unlink(missing_ok=True)
        store.unlink(missing_ok=True)


def _frames(about: bytes, card: bytes, locked: bytes, store: Path) -> Iterator[bytes]:
    yield from (FORMAT, about, card, locked)
    with open(store, "rb") as record:
        while piece := record.read(_PIECE_BYTES):
            yield piece


def restore(file: Path, path: Path) -> Home:
    """Make a home of a backup in an empty or new directory.

    Raises BadBackup, CannotRead, HomeTaken, CannotWrite, DiskFull, or what the home and the store raise.
    """
    try:
        with open(file, "rb") as backed_up:
            frames = read_parcel(iter(lambda: backed_up.read(_PIECE_BYTES), b""))
            return _make(frames, file, path)
    except OSError as error:
        raise CannotRead(f"{file} cannot be read: {error.strerror}.") from error
    except PeerError as error:
        raise BadBackup(f"{file} is not a whole backup: {error}") from error


def _make(frames: Iterator[bytes], file: Path, path: Path) -> Home:
    if next(frames, b"") != FORMAT:
        raise BadBackup(f"{file} is not a backup that this program knows.")
    homes.prepare(path)
    about, card, locked = (next(frames, b"") for _ in range(3))
    homes.write_keys(path, locked, card)
    record = path / homes.RECORD
    try:
        descriptor = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as out:
            for piece in frames:
                out.write(piece)
            out.flush()
            os.fsync(descriptor)
    except OSError as error:
        raise cannot_write(record, error) from error
    store = SqliteRecord.open(record)
    try:
        store.commit([RESTORED])
    finally:
        store.close()
    write_file(path / homes.ABOUT, about)
    return homes.find(path)
