"""What the body items of each kind hold (spec/kinds.md). An item is the deterministic encoding of one value."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from openline.errors import BadField
from openline.limits import (
    CARD_MAX_BYTES,
    LINE_MEMBERS_MAX,
    NAME_MAX_BYTES,
    NOTE_MAX_BYTES,
    STATEMENTS_MAX,
    TERMS_MAX_BYTES,
    TEXT_MAX_BYTES,
)
from openline.terms import Instant
from openline.wire import cbor
from openline.wire.entry import Entry
from openline.wire.fields import as_list, as_map, octets, text, uint


class Message(msgspec.Struct, frozen=True):
    """The body of a MESSAGE: `serial` counts the author's messages of one class on the line, without a gap."""

    text: str
    serial: int
    deliver_by: Instant | None = None
    give_up: bool = False


class Epoch(msgspec.Struct, frozen=True):
    """The body of an EPOCH: what the secret hashes to, and for which sealing key of which member it was wrapped."""

    commitment: bytes
    wraps: tuple[tuple[int, int], ...]


def item(entry: Entry, at: int, most: int, *, count: int = 1) -> Any:
    """The value of a shown body item, of `count` that the kind has; BadField if it is withheld or they are others."""
    if len(entry.items) != count:
        raise BadField(f"This entry has {len(entry.items)} body items; its kind has {count}.")
    held = entry.items[at]
    if held is None:
        raise BadField("A body item is withheld.")
    return cbor.decode(held, most)


def message_item(message: Message) -> bytes:
    """The item of a MESSAGE or a CORRECTION."""
    fields: dict[int, Any] = {1: message.text, 2: message.serial}
    if message.deliver_by is not None:
        fields[3] = message.deliver_by
        fields[4] = message.give_up
    return cbor.encode_ordered(fields)


def message_of(entry: Entry) -> Message:
    """The message that an entry carries. Raises PeerError subclasses only."""
    fields = as_map(item(entry, 0, TEXT_MAX_BYTES + 64), frozenset({1, 2, 3, 4}), "The message")
    if not {1, 2} <= fields.keys() or (3 in fields) != (4 in fields):
        raise BadField("The message lacks a field.")
    if type(fields.get(4, False)) is not bool:
        raise BadField("give up is not yes or no.")
    return Message(
        text(fields[1], "text", most=TEXT_MAX_BYTES),
        uint(fields[2], "serial", least=1),
        Instant(uint(fields[3], "deliver by")) if 3 in fields else None,
        fields.get(4, False),
    )


def whom_item(whom: str) -> bytes:
    """The item of a PASSED_ON: to whom it was passed."""
    return cbor.encode(whom)


def whom_of(entry: Entry) -> str:
    """To whom an entry says it was passed on."""
    return text(item(entry, 0, 4 * NAME_MAX_BYTES + 8), "to whom", most=4 * NAME_MAX_BYTES)


def bytes_item(value: bytes) -> bytes:
    """The item of a TERMS (its payload), a CHECKPOINT (a note) or a COSIGN (a signature line)."""
    return cbor.encode(value)


def terms_of(entry: Entry) -> bytes:
    """The terms payload that a TERMS entry signs."""
    return octets(item(entry, 0, TERMS_MAX_BYTES + 8), "terms", most=TERMS_MAX_BYTES)


def statements_item(statements: Sequence[bytes]) -> bytes:
    """The item of a KEYS: signed key statements, in order."""
    return cbor.encode(list(statements))


def statements_of(entry: Entry) -> tuple[bytes, ...]:
    """The key statements that a KEYS entry copies into the feed."""
    held = as_list(item(entry, 0, CARD_MAX_BYTES), "statements", most=STATEMENTS_MAX)
    if not held:
        raise BadField("A keys entry without statements.")
    return tuple(octets(statement, "statement", most=CARD_MAX_BYTES) for statement in held)


def note_of(entry: Entry) -> bytes:
    """The signed note of a CHECKPOINT, or the signature line of a COSIGN."""
    return octets(item(entry, 0, NOTE_MAX_BYTES + 8), "note", most=NOTE_MAX_BYTES)


def epoch_item(epoch: Epoch) -> bytes:
    """The item of an EPOCH."""
    return cbor.encode({1: epoch.commitment, 2: [list(pair) for pair in epoch.wraps]})


def epoch_of(entry: Entry) -> Epoch:
    """What an EPOCH entry commits to."""
    fields = as_map(item(entry, 0, TERMS_MAX_BYTES), frozenset({1, 2}), "The epoch")
    if fields.keys() != {1, 2}:
        raise BadField("The epoch lacks a field.")
    pairs = [as_list(pair, "wrap", most=2, exactly=2) for pair in as_list(fields[2], "wraps", most=LINE_MEMBERS_MAX)]
    most = LINE_MEMBERS_MAX - 1
    wraps = tuple((uint(member, "member", most=most), uint(key, "sealing key", least=1)) for member, key in pairs)
    members = [member for member, _ in wraps]
    if members != sorted(set(members)):
        raise BadField("The wraps of an epoch are not in rising order of members, each once.")
    return Epoch(octets(fields[1], "commitment", exactly=32), wraps)


def epoch_commitment(secret: bytes) -> bytes:
    """What an EPOCH entry says of its secret, so that all members provably hold one and the same."""
    return hashlib.sha256(b"openline/epoch/1\x00" + secret).digest()
