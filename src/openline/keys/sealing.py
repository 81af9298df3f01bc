"""Sealing a short secret for one receiver: HPKE base mode (RFC 9180) with X-Wing, against a later quantum computer.

Suite: MLKEM768-X25519 (0x647a, draft-ietf-hpke-pq), HKDF-SHA256 (0x0001), AES-256-GCM (0x0002).
Base mode authenticates no sender and takes no associated data here: bind the context in `info`, sign outside.
The library cannot export the pair, so a key is its 32-byte seed, expanded as the draft says: SHAKE256 of the seed,
96 bytes: 64 for ML-KEM-768 (d || z), 32 for X25519.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from openline.errors import BadKey, BadSeal

SEED_BYTES: Final = 32
PUBLIC_BYTES: Final = 1216
OVERHEAD_BYTES: Final = 1136
"""What sealing adds: 1120 bytes encapsulated, 16 bytes tag."""

_MLKEM_PUBLIC_BYTES: Final = 1184
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class SealingKey:
    """The private half that opens what was sealed for `public` (1216 bytes); `seed` is its 32 secret bytes."""

    public: bytes
    seed: bytes = field(repr=False, compare=False)
    _private: MLKEM768X25519PrivateKey = field(repr=False, compare=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> SealingKey:
        """The key of 32 secret random bytes. ValueError for another length."""
        if len(seed) != SEED_BYTES:
            raise ValueError("a sealing seed is 32 bytes")
        expanded = hashlib.shake_256(seed).digest(96)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        x25519 = X25519PrivateKey.from_private_bytes(expanded[64:])
        public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        return cls(public, seed, MLKEM768X25519PrivateKey(mlkem, x25519))

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """What was sealed for this key under the same `info`.

        BadSeal when it does not open: sealed for another key, for another `info`, or changed; HPKE cannot tell which.
        """
        try:
            return _SUITE.decrypt(sealed, self._private, info)
        except (InvalidTag, ValueError):
            raise BadSeal("These bytes were not sealed for this key and this purpose, or were changed.") from None


def check_public(public: bytes) -> None:
    """Raise BadKey unless `seal` can use these bytes: asked once, when a key is enrolled; draws no randomness."""
    try:
        _, x25519 = _parsed(public)
        X25519PrivateKey.from_private_bytes(bytes(32)).exchange(x25519)  # refuses small order, whatever the scalar
    except ValueError:
        raise BadKey("This sealing key cannot be used.") from None


def seal(public: bytes, info: bytes, plaintext: bytes) -> bytes:
    """Seal for one receiver: 1136 bytes more than the plaintext. An effect: the library draws randomness.

    BadKey when `public` is not 1216 bytes that make a usable pair (FIPS 203 section 7.2; X25519 of small order).
    """
    try:
        mlkem, x25519 = _parsed(public)
        return _SUITE.encrypt(plaintext, MLKEM768X25519PublicKey(mlkem, x25519), info)
    except ValueError:
        raise BadKey("This sealing key cannot be used.") from None


def _parsed(public: bytes) -> tuple[MLKEM768PublicKey, X25519PublicKey]:
    if len(public) != PUBLIC_BYTES:
        raise BadKey(f"A sealing key is {PUBLIC_BYTES} bytes; this one is {len(public)}.")
    mlkem = MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES])
    return mlkem, X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:])
