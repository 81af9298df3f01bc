"""Carried parcels: for one receiver, from one signer, and nothing of them can be changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadSeal, PeerError
from openline.keys import ed25519, sealing
from openline.keys.ed25519 import SigningKey
from openline.keys.sealing import SealingKey
from openline.terms import Instant, PostId
from openline.wire import parcel

SENDER, RECEIVER = PostId(b"s" * 32), PostId(b"r" * 32)
SIGNER = SigningKey.from_seed(b"1" * 32)
OURS, OLDER, OTHERS = (SealingKey.from_seed(bytes([at]) * 32) for at in (1, 2, 3))
KEY = b"k" * 32
SEALED_KEY = sealing.seal(OURS.public, parcel.CONTEXT, KEY)
FRAMES = (b"first frame", b"", b"third" * 1_000)


def packed(frames: tuple[bytes, ...] = FRAMES) -> list[bytes]:
    return list(
        parcel.pack(
            frames,
            sender=SENDER,
            receiver=RECEIVER,
            time=Instant(5),
            key=KEY,
            sealed_key=SEALED_KEY,
            sign=SIGNER.sign,
        )
    )


def opened(pieces: list[bytes]) -> tuple[bytes, ...]:
    """What a receiver takes who also checks the signature."""
    label, frames = parcel.unpack(pieces, [OLDER, OURS])
    if not ed25519.verify(SIGNER.public, label.signature, label.signed):
        raise BadSeal("signature")
    assert (label.sender, label.receiver, label.time) == (SENDER, RECEIVER, 5)
    return frames


def test_it_opens_as_it_was_packed() -> None:
    assert opened(packed()) == FRAMES
    assert opened(packed(())) == ()


def test_it_shows_neither_frames_nor_posts() -> None:
    whole = b"".join(packed())
    assert b"frame" not in whole
    assert whole.find(SENDER) == whole.find(RECEIVER) == -1


def test_nobody_else_opens_it() -> None:
    with pytest.raises(BadSeal):
        parcel.unpack(packed(), [OTHERS])
    with pytest.raises(BadSeal):
        parcel.unpack(packed(), [])


def test_frames_are_not_left_out_moved_or_added() -> None:
    pieces = packed()
    for bad in (pieces[:-1], [*pieces, pieces[-1]], [*pieces[:2], *reversed(pieces[2:])], pieces[:2], pieces[:1], []):
        with pytest.raises(PeerError):
            opened(bad)


@given(st.data())
def test_any_changed_byte_is_refused(data: st.DataObject) -> None:
    pieces = packed()
    which = data.draw(st.integers(0, len(pieces) - 1))
    at = data.draw(st.integers(0, len(pieces[which]) - 1))
    flip = data.draw(st.integers(1, 255))
    pieces[which] = pieces[which][:at] + bytes([pieces[which][at] ^ flip]) + pieces[which][at + 1 :]
    with pytest.raises(PeerError):
        opened(pieces)


@given(st.lists(st.binary(max_size=2_000), max_size=5))
def test_any_pieces_end_in_a_documented_error(pieces: list[bytes]) -> None:
    with pytest.raises(PeerError):
        parcel.unpack(pieces, [OURS])
