"""ML-DSA signatures, which a quantum computer does not forge (FIPS 204): 44 for checkpoints, 65 for roots.

Signing draws randomness inside the library ("hedged", FIPS 204 section 3.4): two signatures of the same bytes differ,
so `sign` is an effect and its result comes back to the engine as an event. The library offers no deterministic signing.
The context string of FIPS 204 section 5.2 is empty, as C2SP tlog-cosignature and COSE (RFC 9964) have it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import (
    MLDSA44PrivateKey,
    MLDSA44PublicKey,
    MLDSA65PrivateKey,
    MLDSA65PublicKey,
)

SEED_BYTES: Final = 32
PUBLIC44_BYTES: Final = 1312
PUBLIC65_BYTES: Final = 1952


@dataclass(frozen=True, slots=True)
class Mldsa44Key:
    """A private ML-DSA-44 key; `public` is 1312 bytes, `seed` the 32 secret bytes of FIPS 204 section 5.1."""

    public: bytes
    seed: bytes = field(repr=False, compare=False)
    _private: MLDSA44PrivateKey = field(repr=False, compare=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> Mldsa44Key:
        """The key of 32 secret random bytes. ValueError for another length."""
        private = MLDSA44PrivateKey.from_seed_bytes(_seed(seed))
        return cls(private.public_key().public_bytes_raw(), seed, private)

    def sign(self, message: bytes) -> bytes:
        """2420 bytes, other ones each time: an effect (the library draws randomness)."""
        return self._private.sign(message)


@dataclass(frozen=True, slots=True)
class Mldsa65Key:
    """A private ML-DSA-65 key; `public` is 1952 bytes, `seed` the 32 secret bytes of FIPS 204 section 5.1."""

    public: bytes
    seed: bytes = field(repr=False, compare=False)
    _private: MLDSA65PrivateKey = field(repr=False, compare=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> Mldsa65Key:
        """The key of 32 secret random bytes. ValueError for another length."""
        private = MLDSA65PrivateKey.from_seed_bytes(_seed(seed))
        return cls(private.public_key().public_bytes_raw(), seed, private)

    def sign(self, message: bytes) -> bytes:
        """3309 bytes, other ones each time: an effect (the library draws randomness)."""
        return self._private.sign(message)


def verify44(public: bytes, signature: bytes, message: bytes) -> bool:
    """True when an ML-DSA-44 signature holds; False for anything else, never an error (FIPS 204 section 5.3)."""
    key = _parsed44(public)
    return key is not None and _holds(key, signature, message)


def verify65(public: bytes, signature: bytes, message: bytes) -> bool:
    """True when an ML-DSA-65 signature holds; False for anything else, never an error (FIPS 204 section 5.3)."""
    key = _parsed65(public)
    return key is not None and _holds(key, signature, message)


def _seed(seed: bytes) -> bytes:
    if len(seed) != SEED_BYTES:
        raise ValueError("an ML-DSA seed is 32 bytes")
    return seed


def _holds(key: MLDSA44PublicKey | MLDSA65PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=256)
def _parsed44(public: bytes) -> MLDSA44PublicKey | None:
    return MLDSA44PublicKey.from_public_bytes(public) if len(public) == PUBLIC44_BYTES else None


@lru_cache(maxsize=256)
def _parsed65(public: bytes) -> MLDSA65PublicKey | None:
    return MLDSA65PublicKey.from_public_bytes(public) if len(public) == PUBLIC65_BYTES else None
