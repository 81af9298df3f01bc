"""Carrying by hand: files sealed to one peer and signed by this post (spec/carry.md)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from openline.bearers.filedrop import read_parcel_file, write_parcel_file
from openline.errors import BadSignature, NotReady, PeerUnknown, TooLarge
from openline.feeds.record import Record
from openline.identity.card import Card
from openline.identity.own import Own
from openline.keys import sealing
from openline.limits import CARRIED_MAX_BYTES
from openline.post.loop import now
from openline.post.names import Names
from openline.terms import LineId, PostId
from openline.wire import parcel
from openline.wire.entry import Entry

Lacking = Mapping[PostId, Sequence[tuple[int, int]]]
"""For each feed, the stretches of numbers that a peer has not signed for."""

_MOST_ENTRIES: Final = 1_000_000


def lacking(record: Record, line: LineId, wanted: Lacking) -> tuple[Entry, ...]:
    """The entries of these stretches, highest precedence first in each feed, as many as one parcel takes."""
    room = CARRIED_MAX_BYTES // 2
    found: list[Entry] = []
    for feed, ranges in wanted.items():
        if room > 0 and ranges:
            entries = record.urgent(line, feed, ranges, _MOST_ENTRIES, room)
            room -= sum(len(entry.payload) + sum(len(item) for item in entry.items if item) for entry in entries)
            found += entries
    return tuple(found)


def write(own: Own, card: Card, frames: Sequence[bytes], file: Path) -> int:
    """Seal frames to the owner of `card`, sign, write; returns the size. Raises NotReady, DiskFull or CannotWrite."""
    at = now()
    newest = card.sealing_key(at)
    if newest is None:
        raise NotReady(f"The sealing keys of {card.name!r} have run out; ask them for their newest card.")
    key = os.urandom(parcel.KEY_BYTES)
    pieces = parcel.pack(
        frames,
        sender=own.post,
        receiver=card.post,
        time=at,
        key=key,
        sealed_key=sealing.seal(newest[1], parcel.CONTEXT, key),
        sign=own.feed.sign,
    )
    write_parcel_file(file, pieces)
    return file.stat().st_size


def read(own: Own, names: Names, file: Path) -> tuple[PostId, tuple[bytes, ...]]:
    """The sender and the frames of a file for this post, its signature verified.

    Raises CannotRead, TooLarge, CutParcel, BadParcel, BadSeal, BadField, PeerUnknown or BadSignature.
    """
    pieces: list[bytes] = []
    size = 0
    for piece in read_parcel_file(file):
        size += len(piece)
        if size > CARRIED_MAX_BYTES:
            raise TooLarge(f"{file} carries more than {CARRIED_MAX_BYTES} bytes.")
        pieces.append(piece)
    keys = [key for number, *_ in reversed(own.sealing_seeds) if (key := own.sealing(number)) is not None]
    label, frames = parcel.unpack(pieces, keys)
    card = names.card(label.sender)
    if card is None or label.sender == own.post:
        raise PeerUnknown(f"{file} comes from a post whose card is not here.")
    signer = card.verify_feed(label.signature, label.signed)
    if signer is None or signer.revocations is not None or label.receiver != own.post:
        raise BadSignature(f"{file} is not signed by {names.post(label.sender)} for this post.")
    return label.sender, frames
