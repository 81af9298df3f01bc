"""The short form of an entry on a link: what the receiver can rebuild is left out (spec/link.md, forms).

The signed bytes are always the full header; the receiver rebuilds them and the signature tells whether it did so
rightly. What does not verify is asked for once in full form, so a short form is never a judgement on its author.
What is rebuilt is read as strictly as a full form would be: else an entry could be taken here that no other member,
and not even our own record, could ever read again.
"""

from __future__ import annotations

from typing import Any, Protocol

from openline.errors import BadField, NotRebuilt, TooLarge
from openline.limits import ENTRY_MAX_BYTES, HEADER_MAX_BYTES, ITEMS_MAX, LINE_MEMBERS_MAX
from openline.terms import ID_BYTES, EntryId, Instant, LineId, PostId
from openline.wire import cbor
from openline.wire.entry import (
    DRAFT_BYTES,
    SIGNATURE_BYTES,
    VERSION,
    Entry,
    Have,
    act_value,
    commitment,
    entry_id,
    header_of,
    salts,
)
from openline.wire.fields import as_list, as_map, octets, uint
from openline.wire.full import encode_full

# The short map has the header's own keys, and: 14 have by member number, 15 the items themselves, 17 the signature.
_FIELDS = frozenset({5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17})
_REQUIRED = frozenset({6, 7, 9, 17})
_NEVER_EMPTY = frozenset({11, 12, 13, 14, 15})
_EARLIEST = -(1 << 62)

FULL_ADDS_MAX_BYTES = HEADER_MAX_BYTES + 32 * ITEMS_MAX
"""By so much at most the full form of an entry is longer than its short form."""


class Sender(Protocol):
    """What the sender knows of the line and of this receiver."""

    base: Instant

    def index(self, post: PostId) -> int:
        """The number of a member on the wire."""

    def holds(self, feed: PostId, number: int) -> bool:
        """Whether the receiver's own signed word, or its own feed, tells that it holds this entry."""


class Receiver(Protocol):
    """What the receiver knows of the line and of this sealer."""

    line: LineId
    author: PostId
    epoch: int
    base: Instant
    salt_key: bytes

    def member(self, index: int) -> PostId | None:
        """The member with this number."""

    def id_at(self, feed: PostId, number: int) -> EntryId | None:
        """The id of an entry that is held here, chained; None where it is not."""


def encode_short(entry: Entry, sender: Sender) -> bytes:
    """The short form of one of the sender's own entries, all items shown."""
    header = entry.header
    fields: dict[int, Any] = {6: header.time - sender.base, 7: header.terms, 9: int(header.kind), 17: entry.signature}
    if header.previous is not None and not sender.holds(header.author, header.number - 1):
        fields[5] = header.previous
    if header.exchange is not None:
        fields[10] = header.exchange
    if header.traffic:
        fields[11] = int(header.traffic)
    if header.precedence:
        fields[12] = int(header.precedence)
    if header.refers:
        fields[13] = list(header.refers)
    if header.have:
        fields[14] = [_short_have(have, sender) for have in header.have]
    if entry.items:
        fields[15] = list(entry.items)
    if header.act is not None:
        fields[16] = act_value(header.act, header.time)
    return cbor.encode(fields)


def _short_have(have: Have, sender: Sender) -> list[Any]:
    value: list[Any] = [sender.index(have.feed), have.number]
    known = have.number == 0 or sender.holds(have.feed, have.number)
    if have.beyond or not known:
        value.append(None if known else have.id)
    if have.beyond:
        value.append([list(pair) for pair in have.beyond])
    return value


def decode_short(data: bytes, number: int, receiver: Receiver) -> Entry:
    """The entry that a short form rebuilds into; its signature is not yet checked.

    Raises NotRebuilt where something left out is not known here, else PeerError subclasses.
    """
    fields = as_map(cbor.decode(data, ENTRY_MAX_BYTES), _FIELDS, "The short form")
    if not fields.keys() >= _REQUIRED or any(not fields[key] for key in _NEVER_EMPTY & fields.keys()):
        raise BadField("The short form lacks a field, or says what goes without saying.")
    items = tuple(octets(value, "item") for value in as_list(fields.get(15, []), "items", most=ITEMS_MAX))
    act = as_list(fields[16], "act", most=6) if 16 in fields else None
    if act is not None and len(act) < 5:
        raise BadField("act is not a list of the right length.")
    draft = None if act is None else octets(act[1], "draft", exactly=DRAFT_BYTES)
    salt = salts(receiver.salt_key, number, draft, len(items))
    header = _header(fields, number, receiver)
    if items:
        header[15] = [commitment(s, i) for s, i in zip(salt, items, strict=True)]
    if act is not None:
        header[16] = [*act[:3], _later(header[6], act[3]), act[4], *(_drafted(header[6], each) for each in act[5:])]
    payload = cbor.encode(header)
    if len(payload) > HEADER_MAX_BYTES:
        raise TooLarge("The header of this entry is longer than a header may be.")
    entry = Entry(
        id=entry_id(payload),
        header=header_of(header),
        payload=payload,
        signature=octets(fields[17], "signature", exactly=SIGNATURE_BYTES),
        items=items,
        salts=salt,
    )
    if len(data) + FULL_ADDS_MAX_BYTES > ENTRY_MAX_BYTES and len(encode_full(entry)) > ENTRY_MAX_BYTES:
        raise TooLarge("The full form of this entry is longer than an entry may be.")
    return entry


def _later(base: int, time: Any) -> int:
    return base + uint(time, "act time", least=_EARLIEST)


def _drafted(base: int, value: Any) -> list[Any]:
    officer, role, time, signature = as_list(value, "drafted", most=4, exactly=4)
    return [officer, role, _later(base, time), signature]


def _header(fields: dict[int, Any], number: int, receiver: Receiver) -> dict[int, Any]:
    """The header map, without items and act; whether its fields are in order is for `header_of` to say."""
    header: dict[int, Any] = {key: fields[key] for key in (5, 7, 9, 10, 13) if key in fields}
    header |= {1: VERSION, 2: receiver.line, 3: receiver.author, 4: number, 8: receiver.epoch}
    header |= {
        6: receiver.base + uint(fields[6], "time", least=_EARLIEST),
        11: fields.get(11, 0),
        12: fields.get(12, 0),
    }
    if 5 not in fields and number > 1:
        header[5] = _known(receiver, receiver.author, number - 1)
    if 14 in fields:
        header[14] = _haves(fields[14], receiver)
    return header


def _haves(value: Any, receiver: Receiver) -> dict[PostId, list[Any]]:
    haves = [_have(part, receiver) for part in as_list(value, "have", most=LINE_MEMBERS_MAX)]
    feeds = [feed for feed, _ in haves]
    if feeds != sorted(set(feeds)):
        raise BadField("have names its feeds out of order.")
    return dict(haves)


def _have(part: Any, receiver: Receiver) -> tuple[PostId, list[Any]]:
    if type(part) is not list or not 2 <= len(part) <= 4:
        raise BadField("have of a feed is not number, id and what is held beyond.")
    feed = receiver.member(uint(part[0], "member", most=LINE_MEMBERS_MAX - 1))
    if feed is None:
        raise NotRebuilt("A member is named that is not known here yet.")
    number = uint(part[1], "have number")
    given = part[2] if len(part) > 2 else None
    if (given is None and len(part) == 3) or (given is not None and not number):
        raise BadField("have of a feed says what goes without saying.")
    if given is None:
        given = _known(receiver, feed, number) if number else bytes(ID_BYTES)
    return feed, [number, given, *part[3:]]


def _known(receiver: Receiver, feed: PostId, number: int) -> EntryId:
    known = receiver.id_at(feed, number)
    if known is None:
        raise NotRebuilt("An entry is named by its number that is not held here.")
    return known
