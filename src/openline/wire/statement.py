"""The key statement: how a post's root changes the post's keys; and the card that holds them all (spec/card.md)."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import msgspec

from openline.errors import BadField, UnknownVersion
from openline.limits import CARD_MAX_BYTES, STATEMENT_MAX_BYTES, STATEMENTS_MAX
from openline.terms import ID_BYTES, Instant, PostId
from openline.wire import cbor
from openline.wire.change import ED25519_SIGNATURE_BYTES, Change, change_value, decode_change
from openline.wire.entry import to_be_signed
from openline.wire.fields import as_list, as_map, octets, uint

VERSION: Final = 1
CARD_VERSION: Final = "openline/card/1"
STATEMENT_CONTEXT: Final = b"openline/statement/1"
POST_CONTEXT: Final = b"openline/post/1\x00"
NEXT_ROOT_CONTEXT: Final = b"openline/next-root/1\x00"

MLDSA65_SIGNATURE_BYTES: Final = 3309


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What the root says; `previous` is None for statement 1 alone."""

    post: PostId
    sequence: int
    previous: bytes | None
    time: Instant
    changes: tuple[Change, ...]


class SignedStatement(msgspec.Struct, frozen=True):
    """A statement as it came: `signatures` are one (Ed25519, ML-DSA-65) pair, or two at a rotation, the old root first.

    Nothing is verified yet: `openline.identity.chain` does that.
    """

    statement: Statement
    payload: bytes
    signatures: tuple[tuple[bytes, bytes], ...]


def post_id(ed25519: bytes, mldsa65: bytes) -> PostId:
    """The id of the post with these first root keys."""
    return PostId(hashlib.sha256(POST_CONTEXT + ed25519 + mldsa65).digest())


def next_root(ed25519: bytes, mldsa65: bytes) -> bytes:
    """The commitment, 32 bytes, to root keys that are not shown yet."""
    return hashlib.sha256(NEXT_ROOT_CONTEXT + ed25519 + mldsa65).digest()


def statement_to_be_signed(payload: bytes) -> bytes:
    """What both root keys sign."""
    return to_be_signed(STATEMENT_CONTEXT, payload)


def statement_id(payload: bytes) -> bytes:
    """SHA-256 over what is signed: it names a statement whatever signatures it carries."""
    return hashlib.sha256(statement_to_be_signed(payload)).digest()


def encode_statement(statement: Statement) -> bytes:
    """The payload: deterministic CBOR of the statement map."""
    fields: dict[int, Any] = {
        1: VERSION,
        2: statement.post,
        3: statement.sequence,
        5: statement.time,
        6: [change_value(change) for change in statement.changes],
    }
    if statement.previous is not None:
        fields[4] = statement.previous
    return cbor.encode(fields)


def encode_signed(payload: bytes, *signatures: tuple[bytes, bytes]) -> bytes:
    """[payload, [Ed25519, ML-DSA-65]], and a second pair at a rotation."""
    return cbor.encode([payload, *(list(pair) for pair in signatures)])


def decode_signed(data: bytes) -> SignedStatement:
    """The statement that `data` holds, not verified. TooLarge, BadEncoding, BadField or UnknownVersion."""
    parts = as_list(cbor.decode(data, STATEMENT_MAX_BYTES), "statement", most=3)
    if len(parts) < 2:
        raise BadField("A statement is a payload and one or two pairs of signatures.")
    payload = octets(parts[0], "statement payload")
    return SignedStatement(decode_statement(payload), payload, tuple(_pair(pair) for pair in parts[1:]))


def _pair(value: Any) -> tuple[bytes, bytes]:
    ed25519, mldsa65 = as_list(value, "signatures", most=2, exactly=2)
    return (
        octets(ed25519, "Ed25519 signature", exactly=ED25519_SIGNATURE_BYTES),
        octets(mldsa65, "ML-DSA-65 signature", exactly=MLDSA65_SIGNATURE_BYTES),
    )


_FIELDS: Final = frozenset(range(1, 7))
_REQUIRED: Final = _FIELDS - {4}


def decode_statement(payload: bytes) -> Statement:
    """The statement that `payload` encodes. TooLarge, BadEncoding, BadField or UnknownVersion."""
    value = cbor.decode(payload, STATEMENT_MAX_BYTES)
    version = uint(value[1], "version") if type(value) is dict and 1 in value else VERSION
    if version != VERSION:
        raise UnknownVersion(f"This key statement has format version {version}; this program knows {VERSION}.")
    fields = as_map(value, _FIELDS, "The statement")
    if not fields.keys() >= _REQUIRED:
        raise BadField("The statement lacks a field that every statement has.")
    sequence = uint(fields[3], "sequence", least=1)
    if (4 in fields) == (sequence == 1):
        raise BadField("Every statement but the first names the one before it, and the first names none.")
    changes = as_list(fields[6], "changes", most=STATEMENT_MAX_BYTES)
    if not changes:
        raise BadField("A statement changes nothing.")
    return Statement(
        post=PostId(octets(fields[2], "post", exactly=ID_BYTES)),
        sequence=sequence,
        previous=octets(fields[4], "previous", exactly=ID_BYTES) if 4 in fields else None,
        time=Instant(uint(fields[5], "time")),
        changes=tuple(decode_change(change) for change in changes),
    )


def encode_card(statements: tuple[bytes, ...]) -> bytes:
    """A card of these encoded statements, first to last."""
    return cbor.encode([CARD_VERSION, list(statements)])


def decode_card(data: bytes) -> tuple[bytes, ...]:
    """The encoded statements of a card, none of them decoded. TooLarge, BadEncoding, BadField or UnknownVersion."""
    value = cbor.decode(data, CARD_MAX_BYTES)
    if type(value) is not list or not value or type(value[0]) is not str:
        raise BadField("This is not a card.")
    if value[0] != CARD_VERSION:
        raise UnknownVersion(f"This has the format {value[0][:40]!r}; this program knows {CARD_VERSION!r}.")
    _, statements = as_list(value, "card", most=2, exactly=2)
    if not as_list(statements, "statements", most=STATEMENTS_MAX):
        raise BadField("This card is empty.")
    return tuple(octets(statement, "statement") for statement in statements)
