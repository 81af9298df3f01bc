"""The header: one encoding, every rule of spec/entry.md, and a COSE_Sign1 that any COSE library would verify."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadEncoding, BadField, PeerError, TooLarge, UnknownVersion
from openline.limits import BEYOND_MAX, HEADER_MAX_BYTES, ITEMS_MAX, LINE_MEMBERS_MAX, REFERS_MAX
from openline.terms import EntryId, Instant
from openline.wire import cbor
from openline.wire.entry import (
    PROTECTED,
    Entry,
    Have,
    act_to_be_signed,
    act_value,
    commitment,
    decode_act,
    decode_header,
    encode_header,
    entry_id,
    entry_to_be_signed,
    salts,
    to_be_signed,
)
from openline.wire.kinds import Kind
from tests.make import author, line_id
from tests.wire.anything import AUTHOR, LARGEST, LINE, MEMBERS, changed, entries, refused

STANDARD = Path(__file__).resolve().parents[2] / "vectors/standard/cose/sign1.json"
ID = bytes(range(32))


def fields(**more: Any) -> dict[int, Any]:
    """The header map of a plain entry 2; `f5=...` puts another value under key 5, `f5=None` null."""
    plain = {1: 1, 2: LINE, 3: AUTHOR, 4: 2, 5: ID, 6: 0, 7: 1, 8: 0, 9: 16, 11: 0, 12: 0}
    return plain | {int(key[1:]): value for key, value in more.items()}


@given(entries())
def test_every_header_comes_back_from_its_one_encoding(entry: Entry) -> None:
    assert decode_header(entry.payload) == entry.header
    assert encode_header(decode_header(entry.payload)) == entry.payload


@given(entries(), st.data())
def test_changed_bytes_are_another_header_or_an_error(entry: Entry, data: st.DataObject) -> None:
    other = changed(entry.payload, data)
    try:
        header = decode_header(other)
    except PeerError:
        return
    assert encode_header(header) == other
    assert (header == entry.header) == (other == entry.payload)


def test_the_least_header_is_taken() -> None:
    header = decode_header(cbor.encode(fields()))
    assert (header.number, header.exchange, header.refers, header.have, header.commitments, header.act) == (
        2,
        None,
        (),
        (),
        (),
        None,
    )


ACT: list[Any] = [1, bytes(16), "duty officer", 5, bytes(64)]
OTHER = MEMBERS[0]

BROKEN: dict[str, dict[int, Any]] = {
    "entry 1 with previous": fields(f4=1),
    "entry 1 with previous null": fields(f4=1, f5=None),
    "entry 2 with previous null": fields(f5=None),
    "number 0": fields(f4=0),
    "number above 63 bits": fields(f4=1 << 63),
    "number true": fields(f4=True),
    "version true": fields(f1=True),
    "line short": fields(f2=bytes(31)),
    "line as text": fields(f2="a" * 32),
    "author long": fields(f3=bytes(33)),
    "previous short": fields(f5=bytes(31)),
    "time negative": fields(f6=-1),
    "time null": fields(f6=None),
    "terms 0": fields(f7=0),
    "epoch negative": fields(f8=-1),
    "kind 0": fields(f9=0),
    "kind 65,536": fields(f9=65_536),
    "exchange null": fields(f10=None),
    "exchange empty": fields(f10=b""),
    "class 4": fields(f11=4),
    "class false": fields(f11=False),
    "precedence 4": fields(f12=4),
    "precedence false": fields(f12=False),
    "refers empty": fields(f13=[]),
    "refers null": fields(f13=None),
    "refers of another length": fields(f13=[bytes(31)]),
    "refers too many": fields(f13=[ID] * (REFERS_MAX + 1)),
    "have empty": fields(f14={}),
    "have null": fields(f14=None),
    "have as list": fields(f14=[]),
    "have of its own feed": fields(f14={AUTHOR: [1, ID]}),
    "have by number": fields(f14={1: [1, ID]}),
    "have of too many": fields(f14={bytes([at]) * 32: [1, ID] for at in range(LINE_MEMBERS_MAX + 1)}),
    "have without id": fields(f14={OTHER: [1]}),
    "have with more": fields(f14={OTHER: [1, ID, [[3, ID]], 0]}),
    "have id null": fields(f14={OTHER: [1, None]}),
    "have number true": fields(f14={OTHER: [True, ID]}),
    "have of nothing with an id": fields(f14={OTHER: [0, ID]}),
    "beyond empty": fields(f14={OTHER: [1, ID, []]}),
    "beyond null": fields(f14={OTHER: [1, ID, None]}),
    "beyond without a hole": fields(f14={OTHER: [1, ID, [[2, ID]]]}),
    "beyond falling": fields(f14={OTHER: [1, ID, [[5, ID], [4, ID]]]}),
    "beyond twice": fields(f14={OTHER: [1, ID, [[4, ID], [4, ID]]]}),
    "beyond one number with two ids": fields(f14={OTHER: [1, ID, [[4, ID], [4, bytes([255]) * 32]]]}),
    "beyond too many": fields(f14={OTHER: [1, ID, [[at, ID] for at in range(3, BEYOND_MAX + 4)]]}),
    "beyond with three": fields(f14={OTHER: [1, ID, [[4, ID, 0]]]}),
    "items empty": fields(f15=[]),
    "items null": fields(f15=None),
    "items too many": fields(f15=[ID] * (ITEMS_MAX + 1)),
    "item short": fields(f15=[bytes(31)]),
    "act null": fields(f16=None),
    "act empty": fields(f16=[]),
    "act with six": fields(f16=[*ACT, 0]),
    "act officer true": fields(f16=[True, *ACT[1:]]),
    "act officer negative": fields(f16=[-1, *ACT[1:]]),
    "act draft short": fields(f16=[1, bytes(15), *ACT[2:]]),
    "act role as bytes": fields(f16=[1, bytes(16), b"duty", *ACT[3:]]),
    "act role too long": fields(f16=[1, bytes(16), "\u00e9" * 33, *ACT[3:]]),
    "act time negative": fields(f16=[*ACT[:3], -1, ACT[4]]),
    "act signature short": fields(f16=[*ACT[:4], bytes(63)]),
    "unknown field": fields(f17=0),
    "unknown negative field": fields() | {-1: 0},
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_header_that_breaks_one_rule_is_refused(name: str) -> None:
    refused(decode_header, BROKEN[name], BadField)


@pytest.mark.parametrize("key", [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12])
def test_a_header_without_a_field_that_it_needs_is_refused(key: int) -> None:
    header = fields()
    del header[key]
    refused(decode_header, header, BadField)


@pytest.mark.parametrize("version", [0, 2, LARGEST])
def test_another_version_is_unknown_whatever_else_is_there(version: int) -> None:
    refused(decode_header, {1: version, 2: b"anything"}, UnknownVersion)


@pytest.mark.parametrize("value", [None, True, 1, b"", "", [], [1]])
def test_a_header_is_a_map(value: Any) -> None:
    refused(decode_header, value, BadField)


@pytest.mark.parametrize("value", [1.5, float("nan"), float("inf")])
def test_a_time_is_never_a_float(value: float) -> None:
    refused(decode_header, fields(f6=value), BadEncoding)


def test_a_header_has_its_largest_size_and_no_larger() -> None:
    refers = [ID] * REFERS_MAX
    beyond = [[at, ID] for at in range(5, 5 + BEYOND_MAX)]
    have = {bytes([at]) * 32: [3, ID, beyond] for at in range(6)}
    header = fields(f13=refers, f14=have, f16=[1, bytes(16), "", 0, bytes(64)])
    size = len(cbor.encode(header))
    assert size < HEADER_MAX_BYTES < size + 3_000
    assert decode_header(cbor.encode(header)).refers == tuple(refers)
    header[14] |= {bytes([at]) * 32: [3, ID, beyond] for at in range(6, 8)}
    refused(decode_header, header, TooLarge)


@given(entries())
def test_the_id_is_the_hash_of_what_is_signed_and_of_the_header_alone(entry: Entry) -> None:
    signed = entry_to_be_signed(entry.payload)
    assert entry_id(entry.payload) == hashlib.sha256(signed).digest()
    assert signed == b"\x84\x6aSignature1\x43\xa1\x01\x27\x50openline/entry/1" + cbor.encode(entry.payload)


def test_an_entry_verifies_as_a_cose_sign1_built_by_hand() -> None:
    """RFC 9052 section 4.4, written out in bytes, verified with a library that knows nothing of Openline."""
    entry = author(line_id("channel"), "alpha").write(b"Fire in sector 4.")
    length = len(entry.payload)
    payload = (b"\x58" + bytes([length]) if length < 256 else b"\x59" + length.to_bytes(2, "big")) + entry.payload
    sig_structure = b"\x84" + b"\x6aSignature1" + b"\x43" + b"\xa1\x01\x27" + b"\x50" + b"openline/entry/1" + payload
    seed = hashlib.sha256(b"post alpha").digest()
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    public.verify(entry.signature, sig_structure)
    assert hashlib.sha256(sig_structure).digest() == entry.id
    for other in (b"openline/entry/2", b"openline/xntry/1"):
        with pytest.raises(InvalidSignature):
            public.verify(entry.signature, sig_structure.replace(b"openline/entry/1", other))


@pytest.mark.parametrize("example", json.loads(STANDARD.read_text()), ids=lambda example: str(example["title"]))
def test_the_sig_structure_is_that_of_the_cose_examples(example: dict[str, str]) -> None:
    """Ours has a protected header of its own; with theirs in its place, the bytes are theirs."""
    protected = bytes.fromhex(example["protected"])
    ours = to_be_signed(bytes.fromhex(example["external_aad"]), bytes.fromhex(example["payload"]))
    expected = bytes.fromhex(example["to_be_signed"])
    assert ours.count(cbor.encode(PROTECTED)) == 1
    assert ours.replace(cbor.encode(PROTECTED), cbor.encode(protected)) == expected
    if "signature" in example:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(example["public"]))
        public.verify(bytes.fromhex(example["signature"]), expected)
        signer = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(example["seed"]))
        assert signer.sign(expected).hex() == example["signature"]


def test_salts_are_bound_to_the_draft_or_else_to_the_number() -> None:
    key = hashlib.sha256(b"key").digest()
    by_number = hmac.new(key, (7).to_bytes(8, "big") + b"\x01", "sha256").digest()[:16]
    by_draft = hmac.new(key, b"d" * 16 + b"\x01", "sha256").digest()[:16]
    assert salts(key, 7, None, 2)[1] == by_number
    assert salts(key, 7, b"d" * 16, 2)[1] == by_draft
    assert len({*salts(key, 7, None, ITEMS_MAX), *salts(key, 8, None, ITEMS_MAX)}) == 2 * ITEMS_MAX


def test_a_commitment_binds_salt_and_item_under_its_context() -> None:
    said = hashlib.sha256(b"openline/item/1\x00" + b"s" * 16 + b"item").digest()
    assert commitment(b"s" * 16, b"item") == said


def test_an_act_binds_what_the_entry_does_and_not_where_it_stands() -> None:
    writer = author(line_id("channel"), "alpha")
    other = author(line_id("channel"), "bravo").write()
    plain: dict[str, Any] = {"draft": bytes(16), "role": "duty", "time": Instant(5)}

    def signed(*items: bytes, **more: Any) -> bytes:
        return act_to_be_signed(writer.sign(2, writer.entries[0].id, *items, **more).header, **plain)

    writer.write()
    first = signed(b"text")
    moved = writer.sign(
        9, EntryId(ID), b"text", time=Instant(9), epoch=4, have=[Have(other.header.author, 1, other.id)]
    )
    assert (
        act_to_be_signed(moved.header, **plain) != first
    )  # the salts, and so the commitments, are those of another number
    same = [signed(b"text", **more) for more in ({}, {"time": Instant(9)}, {"epoch": 4})]
    differ = [
        signed(b"other"),
        signed(b"text", terms=2),
        signed(b"text", traffic=1),
        signed(b"text", precedence=3),
        signed(b"text", kind=Kind.TAKEN),
        signed(b"text", exchange=EntryId(ID)),
        signed(b"text", refers=(EntryId(ID),)),
    ]
    assert set(same) == {first}
    assert len({first, *differ}) == 8
    others: list[dict[str, Any]] = [{"draft": bytes(15) + b"\x01"}, {"role": "chief"}, {"time": Instant(6)}]
    for more in others:
        assert act_to_be_signed(writer.sign(2, writer.entries[0].id, b"text").header, **{**plain, **more}) != first


@given(entries())
def test_an_act_comes_back(entry: Entry) -> None:
    if entry.header.act is not None:
        act = entry.header.act
        assert decode_act(act_value(act)) == act
