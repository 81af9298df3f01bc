"""Key statements and cards as bytes: one form each, and documented errors for all else."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadEncoding, BadField, PeerError, TooLarge, UnknownVersion
from openline.limits import STATEMENT_MAX_BYTES, STATEMENTS_MAX
from openline.terms import Instant, PostId
from openline.wire import cbor
from openline.wire.change import NewName
from openline.wire.entry import to_be_signed
from openline.wire.statement import (
    CARD_VERSION,
    SignedStatement,
    Statement,
    decode_card,
    decode_signed,
    decode_statement,
    encode_card,
    encode_signed,
    encode_statement,
    next_root,
    post_id,
    statement_id,
)

POST = PostId(b"\x01" * 32)
FIRST = Statement(post=POST, sequence=1, previous=None, time=Instant(5), changes=(NewName("Alpha"),))
LATER = Statement(post=POST, sequence=9, previous=b"\x02" * 32, time=Instant(6), changes=(NewName("B"), NewName("C")))
PAIR = (b"\x03" * 64, b"\x04" * 3309)


@pytest.mark.parametrize("statement", [FIRST, LATER])
def test_a_statement_comes_back(statement: Statement) -> None:
    payload = encode_statement(statement)
    assert decode_statement(payload) == statement
    for signatures in ((PAIR,), (PAIR, PAIR)):
        data = encode_signed(payload, *signatures)
        assert decode_signed(data) == SignedStatement(statement, payload, signatures)


def test_the_bytes_of_one_statement() -> None:
    said = "a5 01 01 02 5820 " + "01" * 32 + " 03 01 05 05 06 81 82 02 65 416c706861"
    assert encode_statement(FIRST) == bytes.fromhex(said)


def test_ids_and_commitments_are_of_different_kinds() -> None:
    short, long = b"\x05" * 32, b"\x06" * 1952
    assert post_id(short, long) == hashlib.sha256(b"openline/post/1\x00" + short + long).digest()
    assert next_root(short, long) == hashlib.sha256(b"openline/next-root/1\x00" + short + long).digest()
    payload = encode_statement(FIRST)
    assert statement_id(payload) == hashlib.sha256(to_be_signed(b"openline/statement/1", payload)).digest()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({1: 2}, UnknownVersion),
        ({1: True}, BadField),
        ({2: bytes(31)}, BadField),
        ({3: 0}, BadField),
        ({4: bytes(31)}, BadField),
        ({5: -1}, BadField),
        ({6: []}, BadField),
        ({6: {}}, BadField),
        ({7: 0}, BadField),
    ],
)
def test_one_wrong_field(change: dict[int, Any], error: type[PeerError]) -> None:
    fields = cbor.decode(encode_statement(LATER), 1000)
    with pytest.raises(error):
        decode_statement(cbor.encode(fields | change))


def test_a_version_of_the_future_may_have_fields_of_its_own() -> None:
    with pytest.raises(UnknownVersion):
        decode_statement(cbor.encode({1: 2, 20: "new"}))


@pytest.mark.parametrize("gone", range(1, 7))
def test_each_field_is_needed(gone: int) -> None:
    fields = cbor.decode(encode_statement(LATER), 1000)
    del fields[gone]
    with pytest.raises(BadField):
        decode_statement(cbor.encode(fields))


def test_a_card_comes_back() -> None:
    statements = (b"one", b"", b"two")
    assert decode_card(encode_card(statements)) == statements


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ([], BadField),
        ([CARD_VERSION], BadField),
        ([CARD_VERSION, []], BadField),
        ([CARD_VERSION, ["one"]], BadField),
        ([CARD_VERSION, [b"one"] * (STATEMENTS_MAX + 1)], BadField),
        (["openline/card/2", [b"one"]], UnknownVersion),
        ([1, [b"one"]], BadField),
        ({1: [b"one"]}, BadField),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_not_a_card(value: Any, error: type[PeerError]) -> None:
    with pytest.raises(error):
        decode_card(cbor.encode(value))


def test_what_is_too_large_is_not_looked_at() -> None:
    for decode in (decode_signed, decode_statement):
        with pytest.raises(TooLarge):
            decode(bytes(STATEMENT_MAX_BYTES + 1))


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_documented_error(data: bytes) -> None:
    for decode in (decode_signed, decode_statement, decode_card):
        with pytest.raises(PeerError):
            decode(data)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_bytes_that_decode_are_the_one_encoding(at: int, flip: int) -> None:
    data = bytearray(encode_statement(LATER))
    data[at % len(data)] ^= flip
    try:
        statement = decode_statement(bytes(data))
    except PeerError:
        return
    assert encode_statement(statement) == bytes(data)


def test_a_trailing_byte_is_refused() -> None:
    for data in (encode_statement(FIRST), encode_signed(encode_statement(FIRST), PAIR), encode_card((b"x",))):
        with pytest.raises(BadEncoding):
            cbor.decode(data + b"\x00", 10_000)
