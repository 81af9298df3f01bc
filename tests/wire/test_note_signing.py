"""Signatures on checkpoints: our good and bad ones, the example of C2SP signed-note, and a real key of each type."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadSignature
from openline.keys.ed25519 import SigningKey, verify
from openline.keys.mldsa import Mldsa44Key
from openline.wire.note import Checkpoint, NoteSignature, decode
from openline.wire.note_signing import (
    SignatureType,
    ed25519_cosign,
    key_id,
    mldsa_message,
    mldsa_signature,
    sign_author,
    verify_author,
    verify_ed25519_cosignature,
    verify_mldsa_cosignature,
)

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
OURS = json.loads((VECTORS / "checkpoint/signatures.json").read_text())
GOOD = {case["type"]: case for case in OURS["cases"] if case["expect"] == "accept"}
C2SP = json.loads((VECTORS / "standard/tlog/c2sp-notes.json").read_text())

CHECKPOINT = Checkpoint("openline/line/author", 1000, bytes(range(32)))
FEED_KEY = SigningKey.from_seed(b"feed key of the author, 32 bytes")
COSIGNING_KEY = SigningKey.from_seed(b"cosigning key, a member, 32 byte")
CHECKPOINT_KEY = Mldsa44Key.from_seed(b"checkpoint key of the author, 32")
TIME_S = 1_794_000_000


def checkpoint_of(case: dict[str, Any]) -> Checkpoint:
    said = case["checkpoint"]
    return Checkpoint(said["origin"], said["size"], bytes.fromhex(said["root"]))


def check(case: dict[str, Any]) -> int | None:
    """The signed time where the type has one; BadSignature."""
    checkpoint, signature = checkpoint_of(case), NoteSignature.from_line(case["line"])
    public = bytes.fromhex(OURS["keys"][case["key"]])
    if case["type"] == "author":
        assert case["key_name"] == checkpoint.origin
        verify_author(checkpoint, signature, public)
        return None
    by_type: dict[str, Callable[[Checkpoint, str, NoteSignature, bytes], int]] = {
        "ed25519-cosignature": verify_ed25519_cosignature,
        "mldsa44-cosignature": verify_mldsa_cosignature,
    }
    return by_type[case["type"]](checkpoint, case["key_name"], signature, public)


@pytest.mark.parametrize("case", OURS["cases"], ids=lambda case: case["name"])
def test_our_vectors(case: dict[str, Any]) -> None:
    if case["expect"] == "accept":
        assert check(case) == (None if case["type"] == "author" else OURS["time_s"])
    else:
        with pytest.raises(BadSignature) as raised:
            check(case)
        assert raised.value.code == case["expect"]


def test_every_type_has_a_good_vector() -> None:
    assert sorted(GOOD) == ["author", "ed25519-cosignature", "mldsa44-cosignature"]


def test_the_message_for_the_checkpoint_key_is_byte_for_byte_that_of_the_vector() -> None:
    case = GOOD["mldsa44-cosignature"]
    message = mldsa_message(checkpoint_of(case), case["key_name"], OURS["time_s"])
    assert message.hex() == OURS["mldsa_message"]


def test_the_key_id_and_signature_of_the_c2sp_example() -> None:
    name, hashed, encoded = C2SP["signed_note"]["vkey"].split("+", 2)
    public = b64decode(encoded)
    assert public[0] == SignatureType.ED25519
    signature = NoteSignature.from_line(C2SP["signed_note"]["signature_line"])
    assert key_id(name, SignatureType.ED25519, public[1:]).hex() == hashed == signature.key_id.hex()
    assert verify(public[1:], signature.signature, C2SP["signed_note"]["text"].encode())


def test_the_time_stands_first_in_the_c2sp_example() -> None:
    cosignature = decode(C2SP["cosigned_checkpoint"].encode()).signatures[1]
    assert int.from_bytes(cosignature.signature[:8]) == C2SP["cosigned_time_s"]
    assert len(cosignature.signature) == 8 + 64


def test_the_author_signs_in_the_name_of_the_feed() -> None:
    signature = sign_author(CHECKPOINT, FEED_KEY)
    assert signature.name == CHECKPOINT.origin
    verify_author(CHECKPOINT, signature, FEED_KEY.public)


@pytest.mark.parametrize("time_s", [1, TIME_S, (1 << 63) - 1])
def test_a_member_cosigns_with_its_time(time_s: int) -> None:
    signature = ed25519_cosign(CHECKPOINT, "openline/member", time_s, COSIGNING_KEY)
    assert verify_ed25519_cosignature(CHECKPOINT, "openline/member", signature, COSIGNING_KEY.public) == time_s


@pytest.mark.parametrize("time_s", [1, TIME_S, (1 << 63) - 1])
def test_the_checkpoint_key_signs_with_its_time(time_s: int) -> None:
    made = CHECKPOINT_KEY.sign(mldsa_message(CHECKPOINT, "openline/author", time_s))
    signature = mldsa_signature(CHECKPOINT, "openline/author", CHECKPOINT_KEY.public, time_s, made)
    assert verify_mldsa_cosignature(CHECKPOINT, "openline/author", signature, CHECKPOINT_KEY.public) == time_s


def test_a_post_quantum_signature_that_does_not_hold_is_not_wrapped() -> None:
    made = CHECKPOINT_KEY.sign(mldsa_message(CHECKPOINT, "openline/author", TIME_S))
    with pytest.raises(BadSignature):
        mldsa_signature(CHECKPOINT, "openline/author", CHECKPOINT_KEY.public, TIME_S + 1, made)


@pytest.mark.parametrize("time_s", [-1, 0, 1 << 63])
def test_nothing_is_cosigned_without_a_time(time_s: int) -> None:
    with pytest.raises(ValueError, match="time of a cosignature"):
        ed25519_cosign(CHECKPOINT, "openline/member", time_s, COSIGNING_KEY)
    with pytest.raises(ValueError, match="time of a cosignature"):
        mldsa_message(CHECKPOINT, "openline/author", time_s)


@given(
    st.sampled_from(sorted(GOOD)),
    st.one_of(st.binary(min_size=1, max_size=90), st.binary(min_size=2410, max_size=2440)),
    st.binary(min_size=8, max_size=8),
)
def test_any_other_signature_under_the_right_key_id_is_a_bad_signature(kind: str, junk: bytes, stamp: bytes) -> None:
    case = GOOD[kind]
    right = NoteSignature.from_line(case["line"])
    for signature in (junk, stamp + junk):
        forged = NoteSignature(right.name, right.key_id, signature)
        with pytest.raises(BadSignature):
            check(case | {"line": forged.line()})
