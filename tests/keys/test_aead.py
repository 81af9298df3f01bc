"""HKDF and AES-256-GCM-SIV against their RFCs, and against anything else that comes in."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadSeal
from openline.keys import aead

RFC_5869 = [
    (
        "0b" * 22,
        "000102030405060708090a0b0c",
        "f0f1f2f3f4f5f6f7f8f9",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ),
    (
        bytes(range(0x50)).hex(),
        bytes(range(0x60, 0xB0)).hex(),
        bytes(range(0xB0, 0x100)).hex(),
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
        "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
        "cc30c58179ec3e87c14c01d5c1f3434f1d87",
    ),
    (
        "0b" * 22,
        "",
        "",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    ),
]
"""RFC 5869 appendix A.1 to A.3: secret, salt, info, output."""

ONE, THREE = "01" + "00" * 31, "03" + "00" * 11
RFC_8452 = [
    (ONE, THREE, "", "", "07f5f4169bbf55a8400cd47ea6fd400f"),
    (ONE, THREE, "0100000000000000", "", "c2ef328e5c71c83b843122130f7364b761e0b97427e3df28"),
    (
        ONE,
        THREE,
        "0100000000000000000000000000000002000000000000000000000000000000",
        "",
        "4a6a9db4c8c6549201b9edb53006cba821ec9cf850948a7c86c68ac7539d027fe819e63abcd020b006a976397632eb5d",
    ),
    (ONE, THREE, "0200000000000000", "01", "1de22967237a813291213f267e3b452f02d01ae33e4ec854"),
    (
        "00" * 32,
        "00" * 12,
        "000000000000000000000000000000004db923dc793ee6497c76dcc03a98e108",
        "",
        "f3f80f2cf0cb2dd9c5984fcda908456cc537703b5ba70324a6793a7bf218d3eaffffffff000000000000000000000000",
    ),
]
"""RFC 8452 appendix C.2, and C.3 where the counter wraps: key, nonce, plaintext, associated data, result."""

KEY, NONCE = b"\x31" * 32, b"\x32" * 12
SEALED = aead.seal(KEY, NONCE, b"go round by the north", b"header")


@pytest.mark.parametrize(("secret", "salt", "info", "output"), RFC_5869)
def test_rfc_5869(secret: str, salt: str, info: str, output: str) -> None:
    length = len(output) // 2
    assert aead.hkdf(bytes.fromhex(secret), bytes.fromhex(info), length, bytes.fromhex(salt)).hex() == output


@given(st.binary(max_size=100), st.binary(max_size=100), st.integers(1, 300), st.binary(max_size=100))
def test_hkdf_is_that_of_the_library(secret: bytes, info: bytes, length: int, salt: bytes) -> None:
    assert aead.hkdf(secret, info, length, salt) == HKDF(SHA256(), length, salt, info).derive(secret)


def test_hkdf_has_an_end() -> None:
    assert aead.hkdf(b"s", b"i", 8160) == HKDF(SHA256(), 8160, None, b"i").derive(b"s")
    with pytest.raises(ValueError, match="8160"):
        aead.hkdf(b"s", b"i", 8161)


@pytest.mark.parametrize(("key", "nonce", "plain", "aad", "result"), RFC_8452)
def test_rfc_8452(key: str, nonce: str, plain: str, aad: str, result: str) -> None:
    parts = [bytes.fromhex(part) for part in (key, nonce, plain, aad, result)]
    assert aead.seal(parts[0], parts[1], parts[2], parts[3]) == parts[4]
    assert aead.open(parts[0], parts[1], parts[4], parts[3]) == parts[2]


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=12, max_size=12), st.binary(), st.binary())
def test_what_is_sealed_opens(key: bytes, nonce: bytes, plain: bytes, aad: bytes) -> None:
    sealed = aead.seal(key, nonce, plain, aad)
    assert len(sealed) == len(plain) + aead.TAG_BYTES
    assert aead.open(key, nonce, sealed, aad) == plain


@pytest.mark.parametrize("at", range(len(SEALED)))
def test_any_change_or_cut_is_refused(at: int) -> None:
    for changed in (SEALED[:at] + bytes([SEALED[at] ^ 1]) + SEALED[at + 1 :], SEALED[:at], SEALED[at + 1 :]):
        with pytest.raises(BadSeal):
            aead.open(KEY, NONCE, changed, b"header")


def test_another_key_nonce_or_place_is_refused() -> None:
    for key, nonce, aad in ((b"\x33" * 32, NONCE, b"header"), (KEY, bytes(12), b"header"), (KEY, NONCE, b"other")):
        with pytest.raises(BadSeal):
            aead.open(key, nonce, SEALED, aad)


@pytest.mark.parametrize(
    ("key", "nonce", "said"),
    [
        (KEY[1:], NONCE, "key is 32"),
        (KEY + b"\x00", NONCE, "key is 32"),
        (KEY[:16], NONCE, "key is 32"),
        (KEY, b"", "(?i)nonce"),
    ],
)
def test_other_lengths_are_mistakes_of_the_program(key: bytes, nonce: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        aead.seal(key, nonce, b"", b"")
    with pytest.raises(ValueError, match=said):
        aead.open(key, nonce, SEALED, b"")


def test_keys_can_be_forgotten() -> None:
    aead.seal(KEY, NONCE, b"", b"")
    assert aead._cipher.cache_info().currsize > 0
    aead.forget()
    assert aead._cipher.cache_info().currsize == 0
    assert aead.open(KEY, NONCE, SEALED, b"header") == b"go round by the north"
