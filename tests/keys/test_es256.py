"""ES256: one form of a key and of a signature, and nothing else passes."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    SECP384R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openline.errors import BadKey, BadSignature
from openline.keys import es256
from openline.keys.es256 import ORDER

KEY = derive_private_key(0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, SECP256R1())
"""The key of RFC 6979, appendix A.2.5."""
PUBLIC = bytes.fromhex("0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6")
R = 0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716
S = 0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8
"""Its signature of "sample" with SHA-256, from the same place; s is in the upper half."""


def spki(key: EllipticCurvePrivateKey | Ed25519PrivateKey) -> bytes:
    """A public key as browsers hand it out."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def raw(r: int, s: int) -> bytes:
    """r || s."""
    return r.to_bytes(32) + s.to_bytes(32)


def test_the_example_of_rfc_6979_in_its_one_form() -> None:
    assert es256.plain_public(spki(KEY)) == PUBLIC
    plain = es256.plain_signature(encode_dss_signature(R, S))
    assert plain == raw(R, ORDER - S)
    assert es256.verify(PUBLIC, plain, b"sample")
    assert es256.plain_signature(encode_dss_signature(R, ORDER - S)) == plain


@pytest.mark.parametrize(
    "signature",
    [raw(R, S), raw(R, 0), raw(0, ORDER - S), raw(ORDER, 1), raw(R, ORDER - S)[:63], raw(R, ORDER - S) + b"\0", b""],
    ids=["upper s", "s 0", "r 0", "r the order", "short", "long", "empty"],
)
def test_another_form_does_not_pass(signature: bytes) -> None:
    assert not es256.verify(PUBLIC, signature, b"sample")


def test_another_message_or_key_does_not_pass() -> None:
    plain = raw(R, ORDER - S)
    assert not es256.verify(PUBLIC, plain, b"Sample")
    assert not es256.verify(bytes([PUBLIC[0] ^ 1]) + PUBLIC[1:], plain, b"sample")


FIELD = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF


@pytest.mark.parametrize(
    "public",
    [
        b"",
        PUBLIC[:32],
        b"\x04" + PUBLIC[1:],
        b"\x00" + bytes(32),
        b"\x02" + FIELD.to_bytes(32),
        b"\x02" + (FIELD + 5).to_bytes(32),
        b"\x02" + (1).to_bytes(32),
        KEY.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
    ],
    ids=["empty", "short", "uncompressed in name", "infinity", "x the field", "x above", "off the curve", "65 bytes"],
)
def test_what_is_no_point_is_no_key(public: bytes) -> None:
    assert not es256.verify(public, raw(R, ORDER - S), b"sample")
    with pytest.raises(BadKey):
        es256.check_public(public)


def test_keys_of_other_sorts_are_refused() -> None:
    es256.check_public(PUBLIC)
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert es256.plain_public(spki(other)) == other.public_key().public_bytes_raw()
    for der in (b"", b"\x30\x00", spki(derive_private_key(7, SECP384R1())), spki(KEY)[:-1]):
        with pytest.raises(BadKey):
            es256.plain_public(der)


def test_what_is_no_signature_is_refused() -> None:
    good = KEY.sign(b"sample", ECDSA(SHA256(), deterministic_signing=True))
    assert es256.plain_signature(good) == raw(R, ORDER - S)
    for der in (b"", good[:-1], good + b"\0", encode_dss_signature(ORDER, 1), encode_dss_signature(R, 0)):
        with pytest.raises(BadSignature):
            es256.plain_signature(der)
