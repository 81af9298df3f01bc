"""The entry: what an author signs, its id, its body items and their commitments (spec/entry.md)."""

from __future__ import annotations

import hashlib
import hmac
from operator import attrgetter
from typing import Any, Final

import msgspec

from openline.errors import BadField, UnknownVersion
from openline.limits import BEYOND_MAX, HEADER_MAX_BYTES, ITEMS_MAX, LINE_MEMBERS_MAX, REFERS_MAX
from openline.terms import ID_BYTES, EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire import cbor
from openline.wire.assertion import Assertion, assertion_value, decode_assertion
from openline.wire.fields import as_list, as_map, octets, text, uint

VERSION: Final = 1
SALT_BYTES: Final = 16
DRAFT_BYTES: Final = 16
SIGNATURE_BYTES: Final = 64

ENTRY_CONTEXT: Final = b"openline/entry/1"
ACT_CONTEXT: Final = b"openline/act/1"
DRAFTED_CONTEXT: Final = b"openline/drafted/1"
ITEM_CONTEXT: Final = b"openline/item/1\x00"

PROTECTED: Final = cbor.encode({1: -8})
"""COSE protected header: alg EdDSA (RFC 9053 section 2.2), nothing else."""


class Have(msgspec.Struct, frozen=True):
    """What the author holds of one feed: all entries up to `number`, whose id is `id`, and `beyond` after a gap."""

    feed: PostId
    number: int
    id: EntryId
    beyond: tuple[tuple[int, EntryId], ...] = ()


Signature = bytes | Assertion
"""Of an officer: 64 bytes under a key that the post holds, or what a passkey of theirs made."""


class Drafted(msgspec.Struct, frozen=True):
    """The signature of the officer who drafted what another one releases."""

    officer: int
    role: str
    time: Instant
    signature: Signature


class Act(msgspec.Struct, frozen=True):
    """An officer's signature on what an entry does, made before the entry has a number.

    `drafted` is there where another officer has drafted it: both have signed the same draft.
    """

    officer: int
    draft: bytes
    role: str
    time: Instant
    signature: Signature
    drafted: Drafted | None = None


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What the author signs. `previous` is None for entry 1 alone; an `exchange` of None opens a new one."""

    line: LineId
    author: PostId
    number: int
    previous: EntryId | None
    time: Instant
    terms: int
    epoch: int
    kind: int
    exchange: EntryId | None = None
    traffic: TrafficClass = TrafficClass.OPERATION
    precedence: Precedence = Precedence.ROUTINE
    refers: tuple[EntryId, ...] = ()
    have: tuple[Have, ...] = ()
    commitments: tuple[bytes, ...] = ()
    act: Act | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A header with its signature and its body: `items[i]` is None where the item is withheld.

    `payload` is the header as signed; `id` follows from it. An Entry is made by `entry_of` or by the author alone.
    """

    id: EntryId
    header: Header
    payload: bytes
    signature: bytes
    items: tuple[bytes | None, ...] = ()
    salts: tuple[bytes | None, ...] = ()


def to_be_signed(context: bytes, payload: bytes) -> bytes:
    """The COSE Sig_structure (RFC 9052 section 4.4) of `payload`, with the context as external_aad."""
    return cbor.encode_ordered(["Signature1", PROTECTED, context, payload])


def entry_to_be_signed(payload: bytes) -> bytes:
    """What the author signs; the id is its SHA-256, and the Merkle leaf is over the same bytes."""
    return to_be_signed(ENTRY_CONTEXT, payload)


def entry_id(payload: bytes) -> EntryId:
    """The id of the entry with this header."""
    return EntryId(hashlib.sha256(entry_to_be_signed(payload)).digest())


def commitment(salt: bytes, item: bytes) -> bytes:
    """What the header holds of one body item (as the digests of SD-JWT, RFC 9901)."""
    return hashlib.sha256(ITEM_CONTEXT + salt + item).digest()


def salts(salt_key: bytes, number: int, draft: bytes | None, count: int) -> tuple[bytes, ...]:
    """The salts of an entry's items: bound to the draft where an officer signed one, else to the number."""
    seed = draft if draft is not None else number.to_bytes(8, "big")
    return tuple(hmac.digest(salt_key, seed + bytes([i]), "sha256")[:SALT_BYTES] for i in range(count))


def encode_header(header: Header) -> bytes:
    """The payload of the COSE_Sign1: deterministic CBOR of the header map, absent fields left out."""
    fields: dict[int, Any] = {1: VERSION, 2: header.line, 3: header.author, 4: header.number}
    if header.previous is not None:
        fields[5] = header.previous
    fields[6] = header.time
    fields[7] = header.terms
    fields[8] = header.epoch
    fields[9] = int(header.kind)
    if header.exchange is not None:
        fields[10] = header.exchange
    fields[11] = int(header.traffic)
    fields[12] = int(header.precedence)
    if header.refers:
        fields[13] = list(header.refers)
    if header.have:
        fields[14] = {have.feed: _have_value(have) for have in sorted(header.have, key=attrgetter("feed"))}
    if header.commitments:
        fields[15] = list(header.commitments)
    if header.act is not None:
        fields[16] = act_value(header.act)
    return cbor.encode_ordered(fields)


def act_value(act: Act, base: int = 0) -> list[Any]:
    """The list that stands for an act, its times counted from `base`."""
    value: list[Any] = [act.officer, act.draft, act.role, act.time - base, _signature_value(act.signature)]
    if act.drafted is not None:
        value.append(drafted_value(act.drafted, base))
    return value


def drafted_value(drafted: Drafted, base: int = 0) -> list[Any]:
    """The list that stands for what the drafter signed, its time counted from `base`."""
    return [drafted.officer, drafted.role, drafted.time - base, _signature_value(drafted.signature)]


def _signature_value(signature: Signature) -> Any:
    return assertion_value(signature) if isinstance(signature, Assertion) else signature


def _have_value(have: Have) -> list[Any]:
    return [have.number, have.id, *([[list(pair) for pair in have.beyond]] if have.beyond else [])]


CLASS_MAX: Final = int(max(TrafficClass))
PRECEDENCE_MAX: Final = int(max(Precedence))

_FIELDS = frozenset(range(1, 17))
_REQUIRED = frozenset({1, 2, 3, 4, 6, 7, 8, 9, 11, 12})


def decode_header(payload: bytes) -> Header:
    """The header that `payload` encodes. Raises TooLarge, BadEncoding, BadField or UnknownVersion."""
    return header_of(cbor.decode(payload, HEADER_MAX_BYTES))


def header_of(value: Any) -> Header:
    """The header that a decoded map is. Raises BadField or UnknownVersion."""
    fields = as_map(value, _FIELDS, "The header")
    if uint(fields.get(1), "version") != VERSION:
        raise UnknownVersion(f"This entry has format version {fields.get(1)!r}; this program knows {VERSION}.")
    if not fields.keys() >= _REQUIRED:
        raise BadField("The header lacks a field that every entry has.")
    number = uint(fields[4], "number", least=1)
    previous = _id(fields, 5, "previous")
    if (previous is None) != (number == 1):
        raise BadField("Every entry but the first names the one before it, and the first names none.")
    author = PostId(octets(fields[3], "author", exactly=ID_BYTES))
    return Header(
        line=LineId(octets(fields[2], "line", exactly=ID_BYTES)),
        author=author,
        number=number,
        previous=previous,
        time=Instant(uint(fields[6], "time")),
        terms=uint(fields[7], "terms", least=1),
        epoch=uint(fields[8], "epoch"),
        kind=uint(fields[9], "kind", least=1, most=65_535),
        exchange=_id(fields, 10, "exchange"),
        traffic=TrafficClass(uint(fields[11], "class", most=CLASS_MAX)),
        precedence=Precedence(uint(fields[12], "precedence", most=PRECEDENCE_MAX)),
        refers=_ids(fields, 13, REFERS_MAX, "refers"),
        have=_haves(fields[14], author) if 14 in fields else (),
        commitments=_ids(fields, 15, ITEMS_MAX, "items"),
        act=decode_act(fields[16]) if 16 in fields else None,
    )


def _id(fields: dict[int, Any], key: int, what: str) -> EntryId | None:
    return EntryId(octets(fields[key], what, exactly=ID_BYTES)) if key in fields else None


def _ids(fields: dict[int, Any], key: int, most: int, what: str) -> tuple[EntryId, ...]:
    if key not in fields:
        return ()
    values = as_list(fields[key], what, most=most)
    if not values:
        raise BadField(f"{what} is present and empty.")
    return tuple(EntryId(octets(value, what, exactly=ID_BYTES)) for value in values)


def _haves(value: Any, author: PostId) -> tuple[Have, ...]:
    if type(value) is not dict or not 0 < len(value) <= LINE_MEMBERS_MAX or author in value:
        raise BadField("have is not a map of the feeds of others.")
    return tuple(_have(feed, held) for feed, held in value.items())


def _have(feed: Any, held: Any) -> Have:
    if type(held) is not list or len(held) not in (2, 3):
        raise BadField("have of a feed is not number, id and what is held beyond.")
    number = uint(held[0], "have number")
    beyond: list[tuple[int, EntryId]] = []
    for pair in as_list(held[2], "have beyond", most=BEYOND_MAX) if len(held) == 3 else []:
        at, entry = as_list(pair, "have beyond", most=2, exactly=2)
        beyond.append((uint(at, "have beyond", least=number + 2), EntryId(octets(entry, "id", exactly=ID_BYTES))))
    if (len(held) == 3 and not beyond) or beyond != sorted(set(beyond)) or len(dict(beyond)) != len(beyond):
        raise BadField("have beyond is empty or out of order.")
    identifier = EntryId(octets(held[1], "have id", exactly=ID_BYTES))
    if number == 0 and any(identifier):
        raise BadField("have of nothing names an entry.")
    return Have(PostId(octets(feed, "have feed", exactly=ID_BYTES)), number, identifier, tuple(beyond))


def decode_act(value: Any) -> Act:
    """An act from its five fields, or six."""
    if type(value) is not list or len(value) not in (5, 6):
        raise BadField("act is not a list of the right length.")
    officer, draft, role, time, signature = value[:5]
    return Act(
        uint(officer, "officer"),
        octets(draft, "draft", exactly=DRAFT_BYTES),
        text(role, "role"),
        Instant(uint(time, "act time")),
        _signature(signature),
        drafted_of(value[5]) if len(value) == 6 else None,
    )


def drafted_of(value: Any) -> Drafted:
    """What the drafter signed, from its four fields."""
    officer, role, time, signature = as_list(value, "drafted", most=4, exactly=4)
    return Drafted(uint(officer, "officer"), text(role, "role"), Instant(uint(time, "act time")), _signature(signature))


def _signature(value: Any) -> Signature:
    if type(value) is list:
        return decode_assertion(value)
    return octets(value, "act signature", exactly=SIGNATURE_BYTES)


def act_to_be_signed(header: Header, *, draft: bytes, role: str, time: Instant, context: bytes = ACT_CONTEXT) -> bytes:
    """What an officer signs: everything about the entry that is known before it has a number (spec/acts.md).

    `context` is DRAFTED_CONTEXT for who drafts what another is to release.
    The body is bound by the hash of its commitments, so an act is checked even where the body is withheld.
    Exchange and refers are bound too: else the same act could be moved onto another entry.
    """
    body = hashlib.sha256(b"".join(header.commitments)).digest()
    fields: dict[int, Any] = {
        1: header.line,
        2: header.terms,
        3: int(header.traffic),
        4: int(header.precedence),
        5: int(header.kind),
        6: body,
        7: draft,
        8: role,
        9: time,
    }
    if header.exchange is not None:
        fields[10] = header.exchange
    fields[11] = list(header.refers)
    return to_be_signed(context, cbor.encode_ordered(fields))
