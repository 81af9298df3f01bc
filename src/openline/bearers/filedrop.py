"""The file bearer: parcels written so that no reader ever sees half of one, and directories used as post boxes.

A drop directory is written by one post and emptied by one other: a stick, a shared folder, a folder that some program
copies. Each frame is a parcel file of its own, named by a number that only grows; a parcel without a frame says that
nothing follows. The reader takes them in the order of their numbers and removes each when it is done with it, so a
frame may come twice after a crash, and never not at all. All calls block for as long as the disk takes.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from openline.bearers.framing import read_parcel, write_parcel
from openline.errors import BadParcel, CannotRead, CannotWrite, LinkClosed, OpenlineError, PeerError, TooLarge
from openline.limits import BUNDLE_MAX_BYTES, DROP_FILES_MAX

_PIECE_BYTES = 64 << 10
_NUMBER_MAX: Final = 10**12 - 1
_NAME = re.compile(r"([0-9]{12})\.parcel")
_REFUSED = ".refused"


def write_parcel_file(path: Path, frames: Iterable[bytes]) -> None:
    """Write `frames` as one parcel: afterwards the whole file is on disk, or nothing new is. Replaces what was there.

    Raises `CannotWrite`, or `FrameSize`.
    """
    try:
        _write_and_rename(path, frames)
    except OSError as error:
        raise _cannot_write(path, error) from error


def _write_and_rename(path: Path, frames: Iterable[bytes]) -> None:
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        with open(descriptor, "wb") as file:
            for piece in write_parcel(frames):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _cannot_write(path: Path, error: OSError) -> OpenlineError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return CannotWrite(f"{path} was not written: the disk is full. Make room there, then try again.")
    return CannotWrite(f"{path} cannot be written: {error.strerror or error}.")


def read_parcel_file(path: Path) -> Iterator[bytes]:
    """The frames of a parcel file, each as soon as it is whole.

    Raises `CannotRead` (also for anything but an ordinary file: a pipe or device could hold us forever), `TooLarge`,
    `CutParcel` or `BadParcel`.
    """
    with open(_open_ordinary(path), "rb", buffering=0) as file:
        try:
            yield from read_parcel(iter(lambda: file.read(_PIECE_BYTES), b""))
        except OSError as error:
            raise CannotRead(f"{path} cannot be read to its end: {error.strerror}.") from error


def _open_ordinary(path: Path) -> int:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        why = "it is a link to another file" if error.errno == errno.ELOOP else error.strerror
        raise CannotRead(f"{path} cannot be read: {why}.") from error
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode) and status.st_size <= BUNDLE_MAX_BYTES:
        return descriptor
    os.close(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise CannotRead(f"{path} cannot be read: it is not an ordinary file.")
    raise TooLarge(f"{path} has {status.st_size} bytes; {BUNDLE_MAX_BYTES} is the most.")


def _numbers(directory: Path) -> list[int]:
    """Numbers of the parcels in a drop directory, ascending; links and devices do not count. Raises `CannotRead`."""
    numbers = []
    try:
        with os.scandir(directory) as entries:
            for count, entry in enumerate(entries, 1):
                if count > DROP_FILES_MAX:
                    raise CannotRead(f"{directory} holds more than {DROP_FILES_MAX} files. Remove what is not ours.")
                match = _NAME.fullmatch(entry.name)
                if match and entry.is_file(follow_symlinks=False):
                    numbers.append(int(match[1]))
    except OSError as error:
        raise CannotRead(f"{directory} cannot be read: {error.strerror}.") from error
    return sorted(numbers)


class Outbox:
    """The writing end of a drop directory. Raises `CannotRead` when the directory is not there or holds too much."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        waiting = _numbers(directory)
        self._next = waiting[-1] + 1 if waiting else 1
        self._room = DROP_FILES_MAX // 2 - len(waiting)
        self._closed = False

    def put(self, frame: bytes) -> None:
        """Leave one frame for the reader. Raises `FrameSize`, `LinkClosed`, or `CannotWrite` (also: too many wait)."""
        self._write([frame])

    def close(self) -> None:
        """Leave word that nothing follows. Raises `CannotWrite`, or `LinkClosed` the second time."""
        self._write([])
        self._closed = True

    def _write(self, frames: list[bytes]) -> None:
        if self._closed:
            raise LinkClosed("The drop directory was closed here.")
        if self._room <= 0:
            self._room = DROP_FILES_MAX // 2 - len(_numbers(self._directory))
        if self._room <= 0:
            raise CannotWrite(f"Too many frames wait in {self._directory}: the other side has to fetch them first.")
        if self._next > _NUMBER_MAX:
            raise CannotWrite(f"The numbers in {self._directory} are used up. Use an empty directory.")
        write_parcel_file(self._directory / f"{self._next:012d}.parcel", frames)
        self._next += 1
        self._room -= 1


class Inbox:
    """The reading end of a drop directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._waiting: deque[int] = deque()

    def next(self) -> bytes | None:
        """The first frame not done yet, or None when there is none now. The same again until `done`.

        Raises `LinkClosed` when the writer said that nothing follows; `CannotRead`; or the `PeerError` for a file that
        is no parcel of one frame: it is set aside with the ending ``.refused``, and the next call goes on behind it.
        """
        if not self._waiting:
            self._waiting.extend(_numbers(self._directory))
        if not self._waiting:
            return None
        path = self._path()
        try:
            frames = list(islice(read_parcel_file(path), 2))
            if len(frames) > 1:
                raise BadParcel(f"{path} holds more than one frame.")
        except CannotRead:
            self._waiting.clear()
            raise
        except PeerError:
            self._set_aside(path)
            raise
        if not frames:
            self.done()
            raise LinkClosed("The other side closed its drop directory.")
        return frames[0]

    def done(self) -> None:
        """The frame that `next` returned is kept elsewhere now: remove its file. Raises `CannotWrite`."""
        path = self._path()
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(f"{path} cannot be removed: {error.strerror}.") from error
        self._waiting.popleft()

    def _path(self) -> Path:
        return self._directory / f"{self._waiting[0]:012d}.parcel"

    def _set_aside(self, path: Path) -> None:
        try:
            path.rename(path.with_name(path.name + _REFUSED))
        except OSError as error:
            raise CannotWrite(f"{path} cannot be set aside: {error.strerror}.") from error
        self._waiting.popleft()
