"""ECDSA on P-256 with SHA-256, as passkeys sign with it (ES256, RFC 9053 section 2.1; spec/acts.md, Signatures).

A key is the 33 bytes of a compressed point (SEC 1 section 2.3.3), a signature the 64 bytes r || s with s in the lower
half. So each has one form: an authenticator's DER and its upper s are turned into that once (`plain_signature`), where
they come in, and nothing else is ever verified.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from openline.errors import BadKey, BadSignature

PUBLIC_BYTES: Final = 33
SIGNATURE_BYTES: Final = 64
ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group (SEC 2 section 2.4.2)."""

_HALF: Final = ORDER // 2
_WIDTH: Final = 32


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """True when the signature holds under the rule at the top of this file; False for anything else."""
    key = _parsed(public)
    r, s = int.from_bytes(signature[:_WIDTH], "big"), int.from_bytes(signature[_WIDTH:], "big")
    if key is None or len(signature) != SIGNATURE_BYTES or not 0 < r < ORDER or not 0 < s <= _HALF:
        return False
    try:
        key.verify(encode_dss_signature(r, s), message, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def check_public(public: bytes) -> None:
    """Raise BadKey unless these are 33 bytes that encode a point of the curve. It has no points of small order."""
    if _parsed(public) is None:
        raise BadKey("This is not the compressed form of a P-256 public key.")


@lru_cache(maxsize=1024)
def _parsed(public: bytes) -> EllipticCurvePublicKey | None:
    if len(public) != PUBLIC_BYTES or public[0] not in (2, 3):
        return None
    try:
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public)
    except ValueError:
        return None


def plain_public(der: bytes) -> bytes:
    """The public key in a SubjectPublicKeyInfo (RFC 5280): 33 bytes for P-256, 32 for Ed25519. Raises BadKey."""
    try:
        key = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadKey("This is not a public key.") from error
    if isinstance(key, Ed25519PublicKey):
        return key.public_bytes_raw()
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    raise BadKey("A passkey signs with ES256 or Ed25519; this key is of another sort.")


def plain_signature(der: bytes) -> bytes:
    """r || s, s in the lower half, of a signature as an authenticator gives it (DER, RFC 3279). Raises BadSignature."""
    try:
        r, s = decode_dss_signature(der)
    except ValueError as error:
        raise BadSignature("This is not a signature of a passkey.") from error
    if not 0 < r < ORDER or not 0 < s < ORDER:
        raise BadSignature("This is not a signature of a passkey.")
    return r.to_bytes(_WIDTH, "big") + min(s, ORDER - s).to_bytes(_WIDTH, "big")
