"""An officer's device for tests: a passkey made from a label, which signs as an authenticator and its browser do."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openline.identity.passkeys import plain_assertion, possession_challenge
from openline.terms import PostId
from openline.wire.assertion import Assertion

VERIFIED = 0x05
"""Flags: user present and verified."""


def unpadded(data: bytes) -> str:
    """Base64url as WebAuthn writes it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Device:
    """A passkey for one RP id; `counter` is that of its last signature."""

    label: str
    rp: str = "localhost"
    ed25519: bool = False
    counter: int = 0

    @property
    def _private(self) -> EllipticCurvePrivateKey | Ed25519PrivateKey:
        seed = sha256(b"device " + self.label.encode()).digest()
        if self.ed25519:
            return Ed25519PrivateKey.from_private_bytes(seed)
        return derive_private_key(int.from_bytes(seed) >> 1, SECP256R1())

    @property
    def public(self) -> bytes:
        """33 bytes, or 32 for Ed25519."""
        form = (Encoding.Raw, PublicFormat.Raw) if self.ed25519 else (Encoding.X962, PublicFormat.CompressedPoint)
        return self._private.public_key().public_bytes(*form)

    @property
    def spki(self) -> bytes:
        """The public key as a browser hands it out."""
        return self._private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def raw(self, challenge: bytes, **odd: Any) -> tuple[bytes, bytes, bytes]:
        """authenticatorData, clientDataJSON and the signature in the form of an authenticator."""
        self.counter += 1
        rp_hash = sha256(odd.get("rp", self.rp).encode()).digest()
        authenticator = rp_hash + bytes([odd.get("flags", VERIFIED)]) + odd.get("counter", self.counter).to_bytes(4)
        origin = odd.get("origin", f"http://{self.rp}:8080" if self.rp == "localhost" else f"https://{self.rp}")
        kind, rest = odd.get("kind", "webauthn.get"), odd.get("rest", ',"crossOrigin":false')
        said = f'"type":"{kind}","challenge":"{unpadded(challenge)}","origin":"{origin}"{rest}'
        client = f"{{{said}}}".encode()
        message = authenticator + sha256(client).digest()
        private = self._private
        if isinstance(private, Ed25519PrivateKey):
            return authenticator, client, private.sign(message)
        return authenticator, client, private.sign(message, ECDSA(SHA256(), deterministic_signing=True))

    def assertion(self, challenge: bytes, **odd: Any) -> Assertion:
        """What an act holds of it."""
        return plain_assertion(self.public, *self.raw(challenge, **odd))

    def possession(self, post: PostId) -> Assertion:
        """The proof that the device holds its key for this post."""
        return self.assertion(possession_challenge(post, self.public))
