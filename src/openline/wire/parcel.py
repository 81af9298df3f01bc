"""A carried parcel: link frames sealed to one post and signed by another, for sticks and couriers (spec/carry.md).

As frames of a parcel file: the sealed key, the sealed label, then the sealed link frames in order.

    key     HPKE of 32 random bytes to a sealing key of the receiver, info `openline/parcel/1`
    label   who sent it to whom, and a signature; sealed under the key, nonce 0
    frame i one link frame, sealed under the key, nonce i, counted from 1

So a finder of the stick learns its size, and not even whose it is. Sealing says nothing about the sender, so the label
is signed with the sender's feed key over the receiver, the sealed key and the hash of all sealed frames.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import msgspec

from openline.errors import BadField, BadSeal, UnknownVersion
from openline.keys import aead, sealing
from openline.limits import PARCEL_FRAMES_MAX
from openline.terms import ID_BYTES, Instant, PostId
from openline.wire import cbor
from openline.wire.entry import to_be_signed
from openline.wire.fields import as_map, octets, uint

VERSION: Final = 1
CONTEXT: Final = b"openline/parcel/1"
KEY_BYTES: Final = 32
LABEL_MAX_BYTES: Final = 1_024


class Label(msgspec.Struct, frozen=True):
    """Who sent what to whom, and when by the sender's clock. `signed` is what `signature` must verify over."""

    sender: PostId
    receiver: PostId
    time: Instant
    signed: bytes
    signature: bytes


def pack(
    frames: Sequence[bytes],
    *,
    sender: PostId,
    receiver: PostId,
    time: Instant,
    key: bytes,
    sealed_key: bytes,
    sign: Callable[[bytes], bytes],
) -> Iterator[bytes]:
    """The frames of the parcel file. `key` is 32 new random bytes, `sealed_key` the same, sealed with info CONTEXT."""
    sealed = [aead.seal(key, _nonce(at), frame, CONTEXT) for at, frame in enumerate(frames, 1)]
    signed = _signed(sender, receiver, time, sealed_key, sealed)
    label = {1: VERSION, 2: sender, 3: receiver, 4: time, 5: sign(signed)}
    yield sealed_key
    yield aead.seal(key, _nonce(0), cbor.encode(label), CONTEXT)
    yield from sealed


def unpack(pieces: Sequence[bytes], keys: Sequence[sealing.SealingKey]) -> tuple[Label, tuple[bytes, ...]]:
    """The label, whose signature is not yet verified, and the link frames; one of our `keys` opens it.

    Raises BadField, BadSeal, BadEncoding, TooLarge or UnknownVersion.
    """
    if len(pieces) < 2 or len(pieces) > PARCEL_FRAMES_MAX + 2:
        raise BadField("This parcel has no label, or too many frames.")
    sealed_key, sealed_label, *sealed = pieces
    key = _open_key(sealed_key, keys)
    fields = as_map(cbor.decode(_open(key, 0, sealed_label), LABEL_MAX_BYTES), frozenset(range(1, 6)), "The label")
    if uint(fields.get(1), "version") != VERSION:
        raise UnknownVersion(f"This parcel has version {fields.get(1)!r}; this program knows {VERSION}.")
    if len(fields) != 5:
        raise BadField("The label lacks a field.")
    sender = PostId(octets(fields[2], "sender", exactly=ID_BYTES))
    receiver = PostId(octets(fields[3], "receiver", exactly=ID_BYTES))
    time = Instant(uint(fields[4], "time"))
    signature = octets(fields[5], "signature", exactly=64)
    frames = tuple(_open(key, at, frame) for at, frame in enumerate(sealed, 1))
    return Label(sender, receiver, time, _signed(sender, receiver, time, sealed_key, sealed), signature), frames


def _open_key(sealed_key: bytes, keys: Sequence[sealing.SealingKey]) -> bytes:
    for each in keys:
        try:
            key = each.open(sealed_key, CONTEXT)
        except BadSeal:
            continue
        return octets(key, "key", exactly=KEY_BYTES)
    raise BadSeal("This parcel is not for this post, or for a key that this post has dropped, or it was changed.")


def _open(key: bytes, at: int, sealed: bytes) -> bytes:
    return aead.open(key, _nonce(at), sealed, CONTEXT)


def _nonce(at: int) -> bytes:
    return at.to_bytes(aead.NONCE_BYTES, "big")


def _signed(sender: PostId, receiver: PostId, time: Instant, sealed_key: bytes, sealed: Sequence[bytes]) -> bytes:
    digest = hashlib.sha256()
    for frame in sealed:
        digest.update(len(frame).to_bytes(4, "big") + frame)
    fields: dict[int, Any] = {
        1: VERSION,
        2: sender,
        3: receiver,
        4: time,
        5: hashlib.sha256(sealed_key).digest(),
        6: len(sealed),
        7: digest.digest(),
    }
    return to_be_signed(CONTEXT, cbor.encode(fields))
