"""A parcel is read as it was written, or refused with a documented error."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.bearers import framing
from openline.bearers.framing import MAGIC, read_parcel, write_parcel
from openline.errors import BadParcel, CutParcel, FrameSize, PeerError, TooLarge
from openline.limits import PARCEL_FRAME_MAX_BYTES

frame_lists = st.lists(st.binary(min_size=1, max_size=300), max_size=6)
GOOD = b"".join(write_parcel([b"one", b"two"]))


def in_pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@given(frame_lists, st.integers(1, 400))
def test_what_is_written_is_read_in_any_pieces(frames: list[bytes], size: int) -> None:
    parcel = b"".join(write_parcel(frames))
    assert list(read_parcel(in_pieces(parcel, size))) == frames


def test_the_bytes_are_those_of_the_format() -> None:
    body = b"openline parcel 1\n" + bytes([0, 0, 0, 3]) + b"one" + bytes([0, 0, 0, 3]) + b"two" + bytes(4)
    assert body + hashlib.sha256(body).digest() == GOOD


@given(st.binary(max_size=200))
def test_any_bytes_give_frames_or_a_documented_error(data: bytes) -> None:
    for parcel in (data, MAGIC + data, GOOD[: len(data)] + data):
        try:
            frames = list(read_parcel([parcel]))
        except PeerError:
            continue
        assert b"".join(write_parcel(frames)) == parcel


@pytest.mark.parametrize("length", range(len(GOOD)))
def test_a_cut_parcel_is_named_as_such(length: int) -> None:
    with pytest.raises(CutParcel, match=f"cut short after {length} bytes"):
        list(read_parcel([GOOD[:length]]))


@pytest.mark.parametrize("at", range(len(GOOD)))
def test_any_changed_byte_is_refused(at: int) -> None:
    changed = bytearray(GOOD)
    changed[at] ^= 1
    with pytest.raises(PeerError):
        list(read_parcel([bytes(changed)]))


@pytest.mark.parametrize("pieces", [[GOOD + b"x"], [GOOD, b"", b"x"]])
def test_bytes_after_the_end_are_refused(pieces: list[bytes]) -> None:
    with pytest.raises(BadParcel, match="after its end"):
        list(read_parcel(pieces))


def test_frames_before_a_cut_are_handed_out() -> None:
    reader = read_parcel([GOOD[:30]])
    assert next(reader) == b"one"
    with pytest.raises(CutParcel):
        next(reader)


def test_a_frame_that_claims_too_much_is_refused_before_it_is_read() -> None:
    claim = (PARCEL_FRAME_MAX_BYTES + 1).to_bytes(4, "big")

    def pieces() -> Iterator[bytes]:
        yield MAGIC + claim
        raise AssertionError("read on")

    with pytest.raises(TooLarge):
        list(read_parcel(pieces()))


def test_a_parcel_beyond_its_maximum_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(framing, "BUNDLE_MAX_BYTES", 30)
    with pytest.raises(TooLarge):
        list(read_parcel([GOOD]))


@pytest.mark.parametrize("size", [0, PARCEL_FRAME_MAX_BYTES + 1])
def test_a_frame_of_no_or_too_many_bytes_is_not_written(size: int) -> None:
    with pytest.raises(FrameSize):
        list(write_parcel([bytes(size)]))


def test_the_largest_frame_passes() -> None:
    frame = bytes(PARCEL_FRAME_MAX_BYTES)
    assert list(read_parcel(write_parcel([frame]))) == [frame]
