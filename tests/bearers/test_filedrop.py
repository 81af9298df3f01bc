"""The file bearer: the contract, and what disks and other people's directories do to it."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from openline.bearers import filedrop
from openline.bearers.filedrop import Inbox, Outbox, read_parcel_file, write_parcel_file
from openline.bearers.framing import write_parcel
from openline.errors import BadParcel, CannotRead, CannotWrite, CutParcel, LinkClosed, TooLarge
from openline.limits import PARCEL_FRAME_MAX_BYTES
from tests.bearers.contract import BearerContract, Pair
from tests.bearers.posts import until


class DropEnd:
    """A post that writes into one directory and looks into another."""

    def __init__(self, out: Path, into: Path) -> None:
        self.outbox = Outbox(out)
        self.inbox = Inbox(into)

    async def send(self, frame: bytes) -> None:
        self.outbox.put(frame)

    async def receive(self) -> bytes:
        await until(lambda: self.inbox.next() is not None)
        frame = self.inbox.next()
        assert frame is not None
        self.inbox.done()
        return frame

    def close(self) -> None:
        self.outbox.close()


class TestFiledropContract(BearerContract):
    @pytest.fixture
    def pair(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pair:
        monkeypatch.setattr(filedrop, "DROP_FILES_MAX", 2_000)
        there, back = tmp_path / "there", tmp_path / "back"

        def spoil() -> None:
            (there / "000000000099.parcel").write_bytes(b"garbage")

        there.mkdir()
        back.mkdir()
        return Pair(
            near=DropEnd(there, back),
            far=DropEnd(back, there),
            frame_max_bytes=PARCEL_FRAME_MAX_BYTES,
            unread_max_bytes=1_000 * 8_000,
            spoil=spoil,
        )


def test_a_parcel_file_comes_back_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "to-them.parcel"
    for frames in ([b"one", b"two"], [b"three"]):
        write_parcel_file(path, frames)
        assert list(read_parcel_file(path)) == frames
        assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_write_that_fails_keeps_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "to-them.parcel"
    write_parcel_file(path, [b"before"])

    def frames() -> Iterator[bytes]:
        yield b"after"
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        write_parcel_file(path, frames())
    assert list(read_parcel_file(path)) == [b"before"]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@contextmanager
def files_of_4_kib_at_most() -> Iterator[None]:
    """Within the test alone: the report of a run may itself go to a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_no_room_is_a_sentence_and_leaves_no_half_file(tmp_path: Path) -> None:
    with files_of_4_kib_at_most(), pytest.raises(CannotWrite, match="disk is full"):
        write_parcel_file(tmp_path / "to-them.parcel", [bytes(10_000)])
    assert list(tmp_path.iterdir()) == []


def test_a_full_device_is_a_sentence(tmp_path: Path) -> None:
    error = filedrop._cannot_write(tmp_path, OSError(28, "No space left on device"))
    assert str(error) == f"{tmp_path} was not written: the disk is full. Make room there, then try again."


def test_a_directory_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="No such file"):
        write_parcel_file(tmp_path / "gone" / "x.parcel", [b"x"])
    with pytest.raises(CannotRead, match="No such file"):
        list(read_parcel_file(tmp_path / "gone"))
    with pytest.raises(CannotRead, match="No such file"):
        Outbox(tmp_path / "gone")
    with pytest.raises(CannotRead, match="No such file"):
        Inbox(tmp_path / "gone").next()


@pytest.mark.parametrize("kind", ["directory", "pipe", "link", "device"])
def test_only_an_ordinary_file_is_read(kind: str, tmp_path: Path) -> None:
    path = tmp_path / kind
    if kind == "directory":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        write_parcel_file(tmp_path / "real", [b"x"])
        path.symlink_to(tmp_path / "real")
    else:
        path = Path("/dev/zero")
    with pytest.raises(CannotRead, match="not an ordinary file|link to another"):
        list(read_parcel_file(path))


def test_a_file_beyond_the_maximum_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(5 << 30)
    with pytest.raises(TooLarge):
        next(read_parcel_file(path))


def test_a_cut_file_gives_what_it_holds_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cut"
    path.write_bytes(b"".join(write_parcel([b"one", b"two"]))[:-40])
    reader = read_parcel_file(path)
    assert next(reader) == b"one"
    with pytest.raises(CutParcel):
        list(reader)


def test_a_frame_stays_until_it_is_done_with(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.put(b"one")
    outbox.put(b"two")
    assert Inbox(tmp_path).next() == b"one"
    inbox = Inbox(tmp_path)
    assert inbox.next() == inbox.next() == b"one"
    inbox.done()
    assert Inbox(tmp_path).next() == inbox.next() == b"two"
    inbox.done()
    assert inbox.next() is None


def test_an_outbox_opened_again_goes_on_behind_what_waits(tmp_path: Path) -> None:
    Outbox(tmp_path).put(b"one")
    Outbox(tmp_path).put(b"two")
    inbox = Inbox(tmp_path)
    for frame in (b"one", b"two"):
        assert inbox.next() == frame
        inbox.done()


@pytest.mark.parametrize("content", [b"garbage", b"".join(write_parcel([b"one", b"two"]))])
def test_a_bad_file_is_set_aside_and_the_next_one_is_read(content: bytes, tmp_path: Path) -> None:
    outbox, inbox = Outbox(tmp_path), Inbox(tmp_path)
    (tmp_path / "000000000000.parcel").write_bytes(content)
    outbox.put(b"good")
    with pytest.raises((BadParcel, CutParcel)):
        inbox.next()
    assert inbox.next() == b"good"
    assert (tmp_path / "000000000000.parcel.refused").read_bytes() == content


def test_what_is_not_a_parcel_by_name_or_kind_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not ours")
    (tmp_path / ".000000000001.parcel.part").write_text("being written")
    os.mkfifo(tmp_path / "000000000001.parcel")
    assert Inbox(tmp_path).next() is None


def test_a_file_that_vanishes_is_forgotten(tmp_path: Path) -> None:
    outbox, inbox = Outbox(tmp_path), Inbox(tmp_path)
    outbox.put(b"one")
    outbox.put(b"two")
    assert inbox.next() == b"one"
    (tmp_path / "000000000001.parcel").unlink()
    with pytest.raises(CannotRead):
        inbox.next()
    assert inbox.next() == b"two"


def test_a_directory_fills_no_further_than_its_maximum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filedrop, "DROP_FILES_MAX", 6)
    outbox, inbox = Outbox(tmp_path), Inbox(tmp_path)
    for _ in range(3):
        outbox.put(b"x")
    with pytest.raises(CannotWrite, match="fetch them first"):
        outbox.put(b"x")
    inbox.next()
    inbox.done()
    outbox.put(b"x")
    for number in range(6):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(CannotRead, match="more than 6 files"):
        Inbox(tmp_path).next()


def test_numbers_that_are_used_up_are_a_sentence(tmp_path: Path) -> None:
    write_parcel_file(tmp_path / "999999999999.parcel", [b"last"])
    with pytest.raises(CannotWrite, match="empty directory"):
        Outbox(tmp_path).put(b"x")


def test_the_word_that_nothing_follows_is_read_once(tmp_path: Path) -> None:
    Outbox(tmp_path).close()
    inbox = Inbox(tmp_path)
    with pytest.raises(LinkClosed):
        inbox.next()
    Outbox(tmp_path).put(b"a new beginning")
    assert inbox.next() == b"a new beginning"
