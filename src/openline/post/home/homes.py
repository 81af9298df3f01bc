"""A home: the one directory that holds everything of a post, for one process at a time.

    home.json      format, name and id of the post; written last, so that a half-made home is none
    keys.locked    private keys, the own card and the key of the record's secrets, locked under the passphrase
    card           the own card once more, for whoever has no passphrase; what keys.locked says counts
    record.sqlite  the record: entries, cards of peers, everything the machine remembers
    lock           held by the process that serves the home (flock)
    control.sock   where that process listens for commands

The directory is for its owner alone (0700), and so is each file (0600). Every file is replaced whole or not at all.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from openline.errors import (
    CannotRead,
    CannotWrite,
    DiskFull,
    HomeDamaged,
    HomeInUse,
    HomeTaken,
    HomeTooNew,
    LocalError,
    NoHome,
    TooLarge,
)
from openline.keys import keystore
from openline.limits import CARD_MAX_BYTES, HOME_FILE_MAX_BYTES, KEYSTORE_MAX_BYTES
from openline.terms import PostId

FORMAT: Final = 1

ABOUT: Final = "home.json"
RECORD: Final = "record.sqlite"
_KEYS = "keys.locked"
_CARD = "card"
_LOCK = "lock"


class _About(msgspec.Struct):
    format: int
    name: str
    post: str


class Home:
    """A home whose `name` and `post` are known and whose keys are still locked. Made by `find` or `make`."""

    def __init__(self, path: Path, name: str, post: PostId) -> None:
        self.path = path
        self.name = name
        self.post = post

    @property
    def record(self) -> Path:
        """The file of the record."""
        return self.path / RECORD

    def about(self) -> bytes:
        """The file that says which post this is. Raises HomeDamaged."""
        return self._read(ABOUT, HOME_FILE_MAX_BYTES)

    def locked(self) -> bytes:
        """The keystore, as it is on disk. Raises HomeDamaged."""
        return self._read(_KEYS, KEYSTORE_MAX_BYTES)

    def unlock(self, passphrase: bytes) -> bytes:
        """What the keystore holds. Raises WrongPassphrase, DamagedKeystore, UnknownKeystore or HomeDamaged."""
        return keystore.unlock(passphrase, self.locked())

    def lock(self, locked: bytes) -> None:
        """Replace the keystore. Raises CannotWrite or DiskFull; then the old one stands."""
        write_file(self.path / _KEYS, locked)

    def card(self) -> bytes:
        """The public copy of the own card. Raises HomeDamaged."""
        return self._read(_CARD, CARD_MAX_BYTES)

    def publish(self, card: bytes) -> None:
        """Replace the public copy of the own card where it differs. Raises CannotWrite or DiskFull."""
        path = self.path / _CARD
        if not path.exists() or self.card() != card:
            write_file(path, card)

    def _read(self, name: str, most_bytes: int) -> bytes:
        try:
            return read_file(self.path / name, most_bytes)
        except (CannotRead, TooLarge) as error:
            raise HomeDamaged(f"The home lacks a usable '{name}'. {error}") from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the one process of this home for a while. Raises HomeInUse, or CannotWrite."""
        try:
            descriptor = os.open(self.path / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise CannotWrite(f"The lock of the home cannot be opened: {error.strerror}.") from error
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                    raise CannotWrite(f"The home cannot be locked: {error.strerror}.") from error
                raise HomeInUse(f"Another process uses the home {self.path}.") from None
            yield
        finally:
            os.close(descriptor)


def find(path: Path) -> Home:
    """The home in this directory. Raises NoHome, HomeTooNew or HomeDamaged."""
    about = path / ABOUT
    if not os.path.isfile(about):
        raise NoHome(f"There is no post in {path}.")
    try:
        said = msgspec.json.decode(read_file(about, HOME_FILE_MAX_BYTES), type=dict[str, object])
    except (msgspec.DecodeError, CannotRead, TooLarge) as error:
        raise HomeDamaged(f"{about} cannot be understood.") from error
    version = said.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise HomeTooNew(f"The home {path} has format {version}; this Openline knows formats up to {FORMAT}.")
    try:
        known = msgspec.convert(said, _About)
        post = bytes.fromhex(known.post)
    except (msgspec.ValidationError, ValueError) as error:
        raise HomeDamaged(f"{about} cannot be understood.") from error
    if known.format != FORMAT or len(post) != 32:
        raise HomeDamaged(f"{about} does not say which post this is.")
    return Home(path, known.name, PostId(post))


def prepare(path: Path) -> None:
    """Make the directory of a new home, or take an empty one. Raises HomeTaken or CannotWrite."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise HomeTaken(f"{path} is not empty.")
        path.chmod(0o700)
    except FileExistsError as error:
        raise HomeTaken(f"{path} is not a directory.") from error
    except OSError as error:
        raise CannotWrite(f"{path} cannot be made: {error.strerror}.") from error


def make(path: Path, name: str, post: PostId, locked: bytes, card: bytes) -> Home:
    """A new home with these keys and this card, in a directory that `prepare` made. The record makes itself."""
    write_keys(path, locked, card)
    write_file(path / ABOUT, msgspec.json.encode(_About(FORMAT, name, post.hex())) + b"\n")
    return Home(path, name, post)


def write_keys(path: Path, locked: bytes, card: bytes) -> None:
    """The files of keys and card in a home that is being made. Raises CannotWrite or DiskFull."""
    write_file(path / _KEYS, locked)
    write_file(path / _CARD, card)


def read_file(path: Path, most_bytes: int) -> bytes:
    """An ordinary file of at most so many bytes. Raises CannotRead or TooLarge."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            data = file.read(most_bytes + 1)
    except OSError as error:
        raise CannotRead(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > most_bytes:
        raise TooLarge(f"{path} has more than {most_bytes} bytes.")
    return data


def write_file(path: Path, data: bytes) -> None:
    """Write a file for its owner alone: afterwards all of it is on disk, or what was there before still is.

    Raises CannotWrite or DiskFull.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
        sync_directory(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error


def sync_directory(path: Path) -> None:
    """Make what was renamed in a directory durable. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def cannot_write(path: Path, error: OSError) -> LocalError:
    """What the system said about a file that could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(f"{path} was not written: the disk is full.")
    return CannotWrite(f"{path} cannot be written: {error.strerror or error}.")
