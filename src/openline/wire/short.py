"""The short form of an entry on a link: what the receiver can rebuild is left out (spec/link.md, forms).

The signed bytes are always the full header; the receiver rebuilds them and the signature tells whether it did so
rightly. What does not verify is asked for once in full form, so a short form is never a judgement on its author.
"""

from __future__ import annotations

from typing import Any, Protocol

from openline.errors import BadField, NotRebuilt
from openline.limits import BEYOND_MAX, ENTRY_MAX_BYTES, ITEMS_MAX, LINE_MEMBERS_MAX, REFERS_MAX
from openline.terms import ID_BYTES, EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire import cbor
from openline.wire.entry import (
    DRAFT_BYTES,
    SIGNATURE_BYTES,
    Act,
    Entry,
    Have,
    Header,
    commitment,
    encode_header,
    entry_id,
    salts,
)
from openline.wire.fields import as_list, as_map, octets, uint

# The short map has the header's own keys, and: 14 have by member number, 15 the items themselves, 17 the signature.
_FIELDS = frozenset({5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17})


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
        act = header.act
        fields[16] = [act.officer, act.draft, act.role, act.time - header.time, act.signature]
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
    if not {6, 7, 9, 17} <= fields.keys():
        raise BadField("The short form lacks a field.")
    draft, act = _act(fields)
    items = tuple(octets(value, "item") for value in as_list(fields.get(15, []), "items", most=ITEMS_MAX))
    salt = salts(receiver.salt_key, number, draft, len(items))
    time = Instant(receiver.base + uint(fields[6], "time", least=-(1 << 62)))
    header = Header(
        line=receiver.line,
        author=receiver.author,
        number=number,
        previous=_previous(fields.get(5), number, receiver),
        time=time,
        terms=uint(fields[7], "terms", least=1),
        epoch=receiver.epoch,
        kind=uint(fields[9], "kind", least=1, most=65_535),
        exchange=EntryId(octets(fields[10], "exchange", exactly=ID_BYTES)) if 10 in fields else None,
        traffic=TrafficClass(uint(fields.get(11, 0), "class", most=max(TrafficClass))),
        precedence=Precedence(uint(fields.get(12, 0), "precedence", most=max(Precedence))),
        refers=tuple(
            EntryId(octets(value, "refers", exactly=ID_BYTES))
            for value in as_list(fields.get(13, []), "refers", most=REFERS_MAX)
        ),
        have=_haves(fields.get(14, []), receiver),
        commitments=tuple(commitment(s, i) for s, i in zip(salt, items, strict=True)),
        act=None if act is None else Act(act.officer, act.draft, act.role, Instant(time + act.time), act.signature),
    )
    payload = encode_header(header)
    return Entry(
        id=entry_id(payload),
        header=header,
        payload=payload,
        signature=octets(fields[17], "signature", exactly=SIGNATURE_BYTES),
        items=items,
        salts=salt,
    )


def _act(fields: dict[int, Any]) -> tuple[bytes | None, Act | None]:
    if 16 not in fields:
        return None, None
    officer, draft, role, later, signature = as_list(fields[16], "act", most=5, exactly=5)
    if type(role) is not str or len(role.encode()) > 64:
        raise BadField("role is not a short text.")
    act = Act(
        uint(officer, "officer"),
        octets(draft, "draft", exactly=DRAFT_BYTES),
        role,
        Instant(uint(later, "act time", least=-(1 << 62))),
        octets(signature, "act signature", exactly=SIGNATURE_BYTES),
    )
    return act.draft, act


def _previous(value: Any, number: int, receiver: Receiver) -> EntryId | None:
    if value is not None:
        return EntryId(octets(value, "previous", exactly=ID_BYTES))
    if number == 1:
        return None
    known = receiver.id_at(receiver.author, number - 1)
    if known is None:
        raise NotRebuilt("The entry before this one is not held here.")
    return known


def _haves(value: Any, receiver: Receiver) -> tuple[Have, ...]:
    haves = [_have(part, receiver) for part in as_list(value, "have", most=LINE_MEMBERS_MAX)]
    return tuple(sorted(haves, key=lambda have: have.feed))


def _have(part: Any, receiver: Receiver) -> Have:
    if type(part) is not list or not 2 <= len(part) <= 4:
        raise BadField("have of a feed is not number, id and what is held beyond.")
    feed = receiver.member(uint(part[0], "member", most=LINE_MEMBERS_MAX))
    if feed is None:
        raise NotRebuilt("A member is named that is not known here yet.")
    number = uint(part[1], "have number")
    given = part[2] if len(part) > 2 else None
    identifier = _have_id(given, feed, number, receiver)
    beyond = []
    for pair in as_list(part[3], "have beyond", most=BEYOND_MAX) if len(part) == 4 else []:
        at, held = as_list(pair, "have beyond", most=2, exactly=2)
        beyond.append((uint(at, "have beyond"), EntryId(octets(held, "id", exactly=ID_BYTES))))
    return Have(feed, number, identifier, tuple(beyond))


def _have_id(given: Any, feed: PostId, number: int, receiver: Receiver) -> EntryId:
    if given is not None:
        return EntryId(octets(given, "have id", exactly=ID_BYTES))
    if number == 0:
        return EntryId(bytes(ID_BYTES))
    known = receiver.id_at(feed, number)
    if known is None:
        raise NotRebuilt("An entry is named by its number that is not held here.")
    return known
