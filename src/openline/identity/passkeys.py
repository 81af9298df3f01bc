"""Passkeys: keys on officers' own devices, and whether a signature of one holds (spec/acts.md, Passkeys).

Everything is checked offline, from the card and the signature alone: nobody is asked, least of all who made the device.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Final

import msgspec

from openline.errors import BadField, BadKey, BadSignature
from openline.keys import ed25519, es256
from openline.keys.ed25519 import POSSESSION_CONTEXT
from openline.terms import PostId
from openline.wire.assertion import Assertion, why_not


class Passkey(msgspec.Struct, frozen=True):
    """A key on a device: 33 bytes for ES256 or 32 for Ed25519, good for one RP id."""

    public: bytes
    rp: str
    revoked: bool = False


ALGORITHMS: Final = (-7, -8)
"""What a passkey may sign with, as COSE numbers it: ES256 first, for most devices have it alone, then EdDSA."""


def check_public(public: bytes) -> None:
    """Raise BadKey unless this can be the public key of a passkey."""
    (es256 if len(public) == es256.PUBLIC_BYTES else ed25519).check_public(public)


def possession_challenge(post: PostId, public: bytes) -> bytes:
    """What a device signs, 32 bytes, to show that it holds this key for this post."""
    return hashlib.sha256(POSSESSION_CONTEXT + post + public).digest()


def check_possession(public: bytes, rp: str, post: PostId, proof: Assertion) -> None:
    """Raise BadKey unless the key is good and the proof shows that a device holds it for this post."""
    check_public(public)
    why = _why_not(public, rp, proof, possession_challenge(post, public))
    if why is not None:
        raise BadKey(f"Nothing shows that a device holds the private half of the passkey: {why}.")


def check_assertion(passkey: Passkey, assertion: Assertion, challenge: bytes) -> None:
    """Raise BadSignature unless this is the passkey's signature about the challenge, 32 bytes."""
    why = _why_not(passkey.public, passkey.rp, assertion, challenge)
    if why is not None:
        raise BadSignature(f"The signature of the passkey does not hold: {why}.")


def plain_assertion(public: bytes, authenticator: bytes, client: bytes, signature: bytes) -> Assertion:
    """An assertion with its signature in the one form that is ever verified. Raises BadSignature or BadField."""
    if len(public) == es256.PUBLIC_BYTES:
        signature = es256.plain_signature(signature)
    if len(signature) != es256.SIGNATURE_BYTES:
        raise BadField("This is not a signature of a passkey.")
    return Assertion(authenticator, client, signature)


@lru_cache(maxsize=1024)
def _why_not(public: bytes, rp: str, assertion: Assertion, challenge: bytes) -> str | None:
    rp_hash = hashlib.sha256(rp.encode()).digest()
    why = why_not(assertion.authenticator, assertion.client, rp_hash, rp, challenge)
    if why is not None:
        return why
    signed = assertion.authenticator + hashlib.sha256(assertion.client).digest()
    verify = es256.verify if len(public) == es256.PUBLIC_BYTES else ed25519.verify
    return None if verify(public, assertion.signature, signed) else "it is not by this key"
