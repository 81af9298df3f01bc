"""Sealing under a shared key: HKDF-SHA256 (RFC 5869) and AES-256-GCM-SIV (RFC 8452).

GCM-SIV forgives a nonce used twice: equal plaintexts then look equal, and nothing else is lost. It authenticates
nobody: everyone who has the key can seal. Sealed bytes are 16 longer than the plaintext.
"""

from __future__ import annotations

import hmac
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from openline.errors import BadSeal

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
HKDF_MAX_BYTES: Final = 255 * 32


def hkdf(secret: bytes, info: bytes, length: int = 32, salt: bytes = b"") -> bytes:
    """`length` bytes derived from a secret for one purpose, `info` (RFC 5869). ValueError for more than 8160 bytes."""
    if length > HKDF_MAX_BYTES:
        raise ValueError("HKDF-SHA256 gives at most 8160 bytes")
    extracted = hmac.digest(salt, secret, "sha256")
    block = hmac.digest(extracted, info + b"\x01", "sha256")
    output = block
    while len(output) < length:
        block = hmac.digest(extracted, block + info + bytes([len(output) // 32 + 1]), "sha256")
        output += block
    return output[:length]


def seal(key: bytes, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """Seal under a key of 32 bytes and a nonce of 12; `aad` is bound but not carried. ValueError for other lengths."""
    return _cipher(key).encrypt(nonce, plaintext, aad)


def open(key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    """What was sealed under the same key, nonce and `aad`; BadSeal otherwise. ValueError as for `seal`."""
    try:
        return _cipher(key).decrypt(nonce, sealed, aad)
    except InvalidTag:
        raise BadSeal(
            "These bytes do not open: they were changed, or sealed under another key or for another place."
        ) from None


def forget() -> None:
    """Drop every key that is remembered for speed. Call it when a secret has been destroyed."""
    _cipher.cache_clear()


@lru_cache(maxsize=1024)
def _cipher(key: bytes) -> AESGCMSIV:
    if len(key) != KEY_BYTES:
        raise ValueError("an AES-256-GCM-SIV key is 32 bytes")
    return AESGCMSIV(key)
