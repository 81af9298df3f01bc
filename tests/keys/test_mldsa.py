"""ML-DSA against the vectors of the COSE draft, and against anything else that comes in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openline.keys.mldsa import Mldsa44Key, Mldsa65Key, verify44, verify65

FOLDER = Path(__file__).resolve().parents[2] / "vectors/standard/mldsa"

Verify = Callable[[bytes, bytes, bytes], bool]
KINDS: list[tuple[int, type[Mldsa44Key] | type[Mldsa65Key], Verify]] = [
    (44, Mldsa44Key, verify44),
    (65, Mldsa65Key, verify65),
]
LENGTHS = {44: (1312, 2420), 65: (1952, 3309)}

KEY44 = Mldsa44Key.from_seed(b"\x01" * 32)
KEY65 = Mldsa65Key.from_seed(b"\x01" * 32)
SIGNED44 = KEY44.sign(b"checkpoint")


@pytest.mark.parametrize(("size", "kind", "verify"), KINDS)
def test_vectors_of_the_cose_draft(size: int, kind: type[Mldsa44Key] | type[Mldsa65Key], verify: Verify) -> None:
    found = json.loads((FOLDER / f"ml_dsa_{size}.json").read_text())
    seed, public, message, signature = (
        bytes.fromhex(found[part]) for part in ("priv", "raw_public_key", "raw_to_be_signed", "raw_signature")
    )
    assert kind.from_seed(seed).public == public
    assert verify(public, signature, message)
    assert not verify(public, signature, message + b"\x00")


@pytest.mark.parametrize(("size", "kind", "verify"), KINDS)
def test_sign_and_verify(size: int, kind: type[Mldsa44Key] | type[Mldsa65Key], verify: Verify) -> None:
    key, other = kind.from_seed(b"\x02" * 32), kind.from_seed(b"\x03" * 32)
    first, second = key.sign(b"root"), key.sign(b"root")
    assert first != second
    assert (len(key.public), len(first)) == LENGTHS[size]
    assert verify(key.public, first, b"root")
    assert verify(key.public, second, b"root")
    assert not verify(other.public, first, b"root")
    assert key.seed.hex() not in repr(key)
    assert repr(key.seed) not in repr(key)
    assert key == kind.from_seed(b"\x02" * 32) != other


def test_one_kind_does_not_verify_the_other() -> None:
    assert not verify65(KEY44.public, SIGNED44, b"checkpoint")
    assert not verify44(KEY65.public, KEY65.sign(b"checkpoint"), b"checkpoint")


@given(st.integers(0, 2419), st.integers(0, 7))
def test_any_changed_bit_is_refused(at: int, bit: int) -> None:
    changed = SIGNED44[:at] + bytes([SIGNED44[at] ^ 1 << bit]) + SIGNED44[at + 1 :]
    assert not verify44(KEY44.public, changed, b"checkpoint")


@settings(max_examples=50)
@given(st.one_of(st.binary(max_size=64), st.binary(min_size=1312, max_size=1312)), st.binary(max_size=64))
def test_any_bytes_are_only_false(public: bytes, signature: bytes) -> None:
    for verify in (verify44, verify65):
        assert not verify(public, signature, b"")
        assert not verify(KEY44.public, signature, b"")
        assert not verify(public, SIGNED44, b"checkpoint")


@pytest.mark.parametrize("kind", [Mldsa44Key, Mldsa65Key])
def test_a_seed_is_32_bytes(kind: type[Mldsa44Key] | type[Mldsa65Key]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        kind.from_seed(bytes(31))
