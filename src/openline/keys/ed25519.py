"""Ed25519 signatures under one strict rule, so that two verifiers never disagree (RFC 8032; spec/entry.md, Signatures).

RFC 8032 leaves open what a verifier does with odd keys and signatures, and libraries differ ("Taming the many EdDSAs",
Chalkias, Garillot, Nikolaenko, 2020). Openline's rule, held by ``vectors/ed25519``:

- a signature is 64 bytes R || S with S < L, R canonical and not of small order;
- the cofactorless equation S*B = R + h*A holds, compared as bytes of R;
- a key is canonical and not of small order: `verify` refuses anything else;
- a key is also in the prime-order subgroup, and its owner has proved to hold it: `check_public` and
  `check_possession` establish that once, at enrolment, and `verify` relies on it.

OpenSSL checks S < L, computes S*B - h*A and compares its encoding with R: so a non-canonical R never passes.
What it does not do is done here: R and A of small order, and A not canonical.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from openline.errors import BadKey
from openline.keys import edwards

PUBLIC_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
SEED_BYTES: Final = 32

POSSESSION_CONTEXT: Final = b"openline/possession/1\x00"

_SMALL_ORDER: Final = edwards.SMALL_ORDER_ENCODINGS


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private Ed25519 key. Two are equal when their public keys are; the secret is never in its repr.

    `public` is 32 bytes; `seed` is the 32 secret bytes of RFC 8032 section 5.1.5, for the keystore only.
    """

    public: bytes
    seed: bytes = field(repr=False, compare=False)
    _private: Ed25519PrivateKey = field(repr=False, compare=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningKey:
        """The key of 32 secret random bytes. ValueError for another length."""
        if len(seed) != SEED_BYTES:
            raise ValueError("an Ed25519 seed is 32 bytes")
        private = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(private.public_key().public_bytes_raw(), seed, private)

    def sign(self, message: bytes) -> bytes:
        """64 bytes, the same every time for the same message (RFC 8032 section 5.1.6)."""
        return self._private.sign(message)


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """True when the signature holds under the rule at the top of this file; False for anything else, never an error.

    The key must have been enrolled with `check_public`: that it is in the prime-order subgroup is not asked again here.
    """
    return _holds(public, signature, message)


# A signature is asked about again when what it signs is told and shown; what is signed is never a secret.
@lru_cache(maxsize=4096)
def _holds(public: bytes, signature: bytes, message: bytes) -> bool:
    if signature[:32] in _SMALL_ORDER:
        return False
    key = _parsed(public)
    if key is None:
        return False
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=4096)
def _parsed(public: bytes) -> Ed25519PublicKey | None:
    if public in _SMALL_ORDER or edwards.decode(public) is None:
        return None
    return Ed25519PublicKey.from_public_bytes(public)


def check_public(public: bytes) -> None:
    """Raise BadKey unless these are 32 bytes that encode, canonically, a point of exactly the prime order.

    Asked once, when a key is enrolled; takes some milliseconds the first time and is remembered.
    """
    flaw = _flaw(public)
    if flaw:
        raise BadKey(flaw)


@lru_cache(maxsize=4096)
def _flaw(public: bytes) -> str:
    if len(public) != PUBLIC_BYTES:
        return f"An Ed25519 public key is 32 bytes; this one is {len(public)}."
    point = edwards.decode(public)
    if point is None:
        return "This Ed25519 public key is not the canonical encoding of a point on the curve."
    if not edwards.in_prime_subgroup(point):
        return "This Ed25519 public key is of small order or has a part of small order."
    return ""


def prove_possession(key: SigningKey, post: bytes) -> bytes:
    """A signature (64 bytes) by which the holder of a key shows that it is theirs, for the post with this id.

    Over ``openline/possession/1``, a zero byte, the post's id and the public key: nobody can enrol another's key.
    """
    return key.sign(POSSESSION_CONTEXT + post + key.public)


def check_possession(public: bytes, post: bytes, proof: bytes) -> None:
    """Raise BadKey unless the key is good (`check_public`) and `proof` shows that this post holds it."""
    check_public(public)
    if not verify(public, proof, POSSESSION_CONTEXT + post + public):
        raise BadKey("Nothing shows that this post holds the private half of the key.")
