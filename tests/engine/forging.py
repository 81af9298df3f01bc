"""What a liar with real keys can do: sign any header, and hand over any piece on an open link."""

from __future__ import annotations

from typing import Any

import msgspec

from openline.engine.sealing import entry_piece
from openline.terms import LineId, PostId
from openline.wire.entry import (
    Entry,
    Header,
    commitment,
    encode_header,
    entry_id,
    entry_to_be_signed,
    salts,
)
from openline.wire.full import encode_full
from openline.wire.kinds import Kind
from openline.wire.link import CLEAR, EntryPiece
from tests.engine.pair import Post, Wire


def signed(liar: Post, line: LineId, kind: int = Kind.ACK, items: tuple[bytes, ...] = (), **fields: Any) -> Entry:
    """An entry signed by the liar, by default the next one of its feed, and nowhere kept."""
    held = liar.line(line)
    feed = held.mine
    number = fields.pop("number", feed.number + 1)
    previous = fields.pop("previous", feed.id_at(number - 1))
    salted = salts(bytes(32), number, None, len(items))
    given: dict[str, Any] = {
        "author": liar.id,
        "time": liar.wire.now,
        "terms": held.terms.version,
        "epoch": 0 if held.epoch is None else held.epoch.number,
        **fields,
    }
    header = Header(
        line=line,
        number=number,
        previous=previous,
        kind=kind,
        commitments=tuple(commitment(salt, item) for salt, item in zip(salted, items, strict=True)),
        **given,
    )
    return sealed_in(liar, header, items, salted)


def sealed_in(liar: Post, header: Header, items: tuple[bytes, ...], salted: tuple[bytes, ...]) -> Entry:
    """The entry that a header makes, signed."""
    payload = encode_header(header)
    signature = liar.own.feed.sign(entry_to_be_signed(payload))
    return Entry(id=entry_id(payload), header=header, payload=payload, signature=signature, items=items, salts=salted)


def broken(entry: Entry) -> Entry:
    """The entry with a signature that is not its author's."""
    return msgspec.structs.replace(entry, signature=bytes(64))


def alias(giver: Post, taker: Post, line: LineId) -> int:
    """The giver's short name of a line on its link to the taker."""
    link = giver.wire.link_between(giver, taker)
    return giver.engine.state.links[link].alias(line)


def hand_over(wire: Wire, giver: Post, taker: Post, *entries: Entry) -> None:
    """Make one post give another these entries, sealed in full form as a relaying member does."""
    slip(wire, giver, taker, *entries)
    wire.settle()


def slip(wire: Wire, giver: Post, taker: Post, *entries: Entry) -> None:
    """The same, but nobody has taken a turn yet."""
    for entry in entries:
        link = giver.engine.state.links[wire.link_between(giver, taker)]
        wire.inject(giver, taker, entry_piece(giver.engine.state, giver.line(entry.header.line), link, entry, True))


def clear(giver: Post, taker: Post, entry: Entry, author: PostId | None = None, number: int = 0) -> EntryPiece:
    """A piece with an entry in clear form, under any name and number."""
    line = entry.header.line
    member = giver.line(line).index(entry.header.author if author is None else author)
    return EntryPiece(alias(giver, taker, line), member, number or entry.header.number, 0, CLEAR, encode_full(entry))
