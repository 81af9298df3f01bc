"""Sealing against a second HPKE, written here from RFC 9180 and X-Wing and held to the draft's vector itself."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st

from openline.errors import BadKey, BadSeal
from openline.keys.sealing import OVERHEAD_BYTES, PUBLIC_BYTES, SealingKey, check_public, seal

VECTOR = json.loads(
    (Path(__file__).resolve().parents[2] / "vectors/standard/hpke/mlkem768_x25519_base.json").read_text()
)
ENCAPSULATED = 1120
INFO = b"openline/epoch/1 line author 7"
KEY = SealingKey.from_seed(b"\x21" * 32)
SEALED = seal(KEY.public, INFO, b"the secret of an epoch, 32 bytes")


def shared_secret(seed: bytes, encapsulated: bytes) -> bytes:
    """X-Wing decapsulation (draft-connolly-cfrg-xwing-kem section 5.5)."""
    expanded = hashlib.shake_256(seed).digest(96)
    x25519 = X25519PrivateKey.from_private_bytes(expanded[64:])
    first = MLKEM768PrivateKey.from_seed_bytes(expanded[:64]).decapsulate(encapsulated[:1088])
    second = x25519.exchange(X25519PublicKey.from_public_bytes(encapsulated[1088:]))
    parts = (first, second, encapsulated[1088:], x25519.public_key().public_bytes_raw(), b"\\.//^\\")
    return hashlib.sha3_256(b"".join(parts)).digest()


def key_and_nonce(secret: bytes, info: bytes, aead_id: int) -> tuple[bytes, bytes]:
    """Base mode of the key schedule (RFC 9180 section 5.1) with HKDF-SHA256."""
    suite = b"HPKE" + bytes.fromhex("647a0001") + aead_id.to_bytes(2)

    def extract(salt: bytes, label: bytes, material: bytes) -> bytes:
        return hmac.digest(salt, b"HPKE-v1" + suite + label + material, "sha256")

    def expand(label: bytes, length: int) -> bytes:
        labelled = length.to_bytes(2) + b"HPKE-v1" + suite + label + context
        return hmac.digest(scheduled, labelled + b"\x01", "sha256")[:length]

    context = b"\x00" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    scheduled = extract(secret, b"secret", b"")
    return expand(b"key", 32), expand(b"base_nonce", 12)


def test_the_second_hpke_follows_the_vector() -> None:
    seed, encapsulated = bytes.fromhex(VECTOR["skRm"]), bytes.fromhex(VECTOR["enc"])
    secret = shared_secret(seed, encapsulated)
    assert secret.hex() == VECTOR["shared_secret"]
    key, nonce = key_and_nonce(secret, bytes.fromhex(VECTOR["info"]), VECTOR["aead_id"])
    assert (key.hex(), nonce.hex()) == (VECTOR["key"], VECTOR["base_nonce"])
    first = VECTOR["encryptions"][0]
    opened = ChaCha20Poly1305(key).decrypt(nonce, bytes.fromhex(first["ct"]), bytes.fromhex(first["aad"]))
    assert opened == bytes.fromhex(first["pt"])


def test_a_seed_makes_the_public_key_of_the_vector() -> None:
    assert SealingKey.from_seed(bytes.fromhex(VECTOR["skRm"])).public.hex() == VECTOR["pkRm"]


def test_the_second_hpke_opens_what_is_sealed_here() -> None:
    key, nonce = key_and_nonce(shared_secret(KEY.seed, SEALED[:ENCAPSULATED]), INFO, aead_id=2)
    assert AESGCM(key).decrypt(nonce, SEALED[ENCAPSULATED:], b"") == b"the secret of an epoch, 32 bytes"


def test_what_the_second_hpke_seals_opens_here() -> None:
    encapsulated = bytes.fromhex(VECTOR["enc"])
    key, nonce = key_and_nonce(bytes.fromhex(VECTOR["shared_secret"]), INFO, aead_id=2)
    sealed = encapsulated + AESGCM(key).encrypt(nonce, b"known", b"")
    assert SealingKey.from_seed(bytes.fromhex(VECTOR["skRm"])).open(sealed, INFO) == b"known"


@settings(max_examples=30)
@given(st.binary(max_size=200), st.binary(max_size=100))
def test_what_is_sealed_opens(plain: bytes, info: bytes) -> None:
    first, second = seal(KEY.public, info, plain), seal(KEY.public, info, plain)
    assert first != second
    assert len(first) == len(plain) + OVERHEAD_BYTES
    assert KEY.open(first, info) == KEY.open(second, info) == plain


def test_another_key_or_purpose_does_not_open() -> None:
    with pytest.raises(BadSeal):
        SealingKey.from_seed(b"\x22" * 32).open(SEALED, INFO)
    with pytest.raises(BadSeal):
        KEY.open(SEALED, INFO + b"8")


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_any_changed_byte_is_refused(at: int, change: int) -> None:
    with pytest.raises(BadSeal):
        KEY.open(SEALED[:at] + bytes([SEALED[at] ^ change]) + SEALED[at + 1 :], INFO)


@pytest.mark.parametrize("length", [0, 1, 1087, 1088, 1119, 1120, 1135, 1136, len(SEALED) - 1])
def test_any_cut_is_refused(length: int) -> None:
    with pytest.raises(BadSeal):
        KEY.open(SEALED[:length], INFO)


def test_an_encapsulated_point_of_small_order_is_refused() -> None:
    with pytest.raises(BadSeal):
        KEY.open(SEALED[:1088] + bytes(32) + SEALED[1120:], INFO)


@pytest.mark.parametrize(
    "public",
    [b"", KEY.public[:-1], KEY.public + b"\x00", b"\xff" * 1184 + KEY.public[1184:], KEY.public[:1184] + bytes(32)],
    ids=["none", "cut", "longer", "ML-KEM out of range", "X25519 of small order"],
)
def test_unusable_keys_are_bad_keys(public: bytes) -> None:
    with pytest.raises(BadKey):
        seal(public, INFO, b"secret")
    with pytest.raises(BadKey):
        check_public(public)


@given(st.binary(min_size=PUBLIC_BYTES, max_size=PUBLIC_BYTES))
def test_any_public_bytes_seal_or_are_bad_keys(public: bytes) -> None:
    try:
        sealed = seal(public, INFO, b"")
    except BadKey:
        with pytest.raises(BadKey):
            check_public(public)
        return
    assert len(sealed) == OVERHEAD_BYTES
    check_public(public)


@settings(max_examples=30)
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_what_is_enrolled_can_be_sealed_for(seed: bytes, point: bytes) -> None:
    good = SealingKey.from_seed(seed).public
    check_public(good)
    swapped = good[:1184] + point
    try:
        check_public(swapped)
    except BadKey:
        with pytest.raises(BadKey):
            seal(swapped, INFO, b"")
        return
    assert len(seal(swapped, INFO, b"")) == OVERHEAD_BYTES


def test_keys_show_no_secret_and_compare_by_their_public_half() -> None:
    assert KEY.seed.hex() not in repr(KEY)
    assert repr(KEY.seed) not in repr(KEY)
    assert SealingKey.from_seed(KEY.seed) == KEY != SealingKey.from_seed(b"\x22" * 32)
    with pytest.raises(ValueError, match="32 bytes"):
        SealingKey.from_seed(b"")
