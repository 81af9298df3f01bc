"""The full form of an entry: everything needed to verify it, nothing to rebuild (spec/entry.md).

It is what a record keeps, what a relaying member passes on, and what a bundle holds.
"""

from __future__ import annotations

from typing import Any

from openline.errors import BadField
from openline.limits import ENTRY_MAX_BYTES, ITEMS_MAX
from openline.wire import cbor
from openline.wire.entry import SALT_BYTES, SIGNATURE_BYTES, Entry, commitment, decode_header, entry_id
from openline.wire.fields import as_list, octets


def encode_full(entry: Entry) -> bytes:
    """[payload, signature, [[salt, item] or nil, ...]]."""
    return cbor.encode_ordered(full_value(entry))


def full_value(entry: Entry) -> list[Any]:
    """The full form as a value, to stand inside another structure."""
    shown = [None if item is None else [salt, item] for salt, item in zip(entry.salts, entry.items, strict=True)]
    return [entry.payload, entry.signature, shown]


def decode_full(data: bytes) -> Entry:
    """The entry that `data` holds; its signature is not yet checked. Raises PeerError subclasses only."""
    return full_entry(cbor.decode(data, ENTRY_MAX_BYTES))


def full_entry(value: Any) -> Entry:
    """The entry that a decoded full form holds: header parsed, every shown item checked against its commitment."""
    payload, signature, shown = as_list(value, "full form", most=3, exactly=3)
    header = decode_header(octets(payload, "header"))
    pairs = as_list(shown, "items", most=ITEMS_MAX, exactly=len(header.commitments))
    salts: list[bytes | None] = []
    items: list[bytes | None] = []
    for pair, expected in zip(pairs, header.commitments, strict=True):
        if pair is None:
            salts.append(None)
            items.append(None)
            continue
        salt, item = as_list(pair, "item", most=2, exactly=2)
        if commitment(octets(salt, "salt", exactly=SALT_BYTES), octets(item, "item")) != expected:
            raise BadField("A body item is not the one that its author committed to.")
        salts.append(salt)
        items.append(item)
    return Entry(
        id=entry_id(payload),
        header=header,
        payload=payload,
        signature=octets(signature, "signature", exactly=SIGNATURE_BYTES),
        items=tuple(items),
        salts=tuple(salts),
    )
