"""The passkeys of vectors/card/ (spec/acts.md): used by generate_card.py."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def seed(label: str) -> bytes:
    return sha256(b"openline passkey vector: " + label.encode()).digest()


def passkey(post: bytes, label: str, rp: str = "localhost", number: int = 1, **odd: Any) -> list[Any]:
    """Change 13 (spec/acts.md); a label with "ed25519" in it has a key of that sort."""
    private = device(odd.get("by", label))
    public = device_key(label)
    origin = odd.get("origin", "http://localhost:8080" if rp == "localhost" else f"https://{rp}")
    about = urlsafe_b64encode(sha256(b"openline/possession/1\0" + post + public).digest()).decode().rstrip("=")
    client = f'{{"type":"webauthn.get","challenge":"{about}","origin":"{origin}","crossOrigin":false}}'.encode()
    data = sha256(odd.get("hashed", rp).encode()).digest() + bytes([odd.get("flags", 5)]) + (1).to_bytes(4)
    signed = data + sha256(client).digest()
    if isinstance(private, Ed25519PrivateKey):
        return [13, number, public, rp, [data, client, private.sign(signed)]]
    r, s = decode_dss_signature(private.sign(signed, ECDSA(SHA256(), deterministic_signing=True)))
    s = min(s, ORDER - s) if not odd.get("upper") else max(s, ORDER - s)
    return [13, number, public, rp, [data, client, r.to_bytes(32) + s.to_bytes(32)]]


ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def device(label: str) -> EllipticCurvePrivateKey | Ed25519PrivateKey:
    if "ed25519" in label:
        return Ed25519PrivateKey.from_private_bytes(seed(label))
    return derive_private_key(int.from_bytes(seed(label)) >> 1, SECP256R1())


def device_key(label: str) -> bytes:
    private = device(label)
    if isinstance(private, Ed25519PrivateKey):
        return private.public_key().public_bytes_raw()
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def passkeys(post: bytes, then: Callable[..., bytes]) -> dict[str, tuple[str, bytes]]:
    """Cards that are wrong; `then` makes one of officer 1 and these changes."""

    good = passkey(post, "phone")
    key = {
        "passkey_not_proved": then([passkey(post, "phone", by="another")]),
        "passkey_of_another_post": then([passkey(b"\x77" * 32, "phone")]),
        "passkey_of_another_origin": then([passkey(post, "phone", origin="https://evil.example")]),
        "passkey_with_another_rp_hash": then([passkey(post, "phone", hashed="evil.example")]),
        "passkey_user_not_verified": then([passkey(post, "phone", flags=1)]),
        "passkey_upper_s": then([passkey(post, "phone", upper=True)]),
        "passkey_not_on_curve": then([[*good[:2], b"\x02" + (1).to_bytes(32), *good[3:]]]),
        "passkey_twice": then([good], [good]),
        "passkey_again_after_revocation": then([good], [[11, good[2]]], [good]),
        "passkey_ed25519_not_proved": then([passkey(post, "stick ed25519", by="other ed25519")]),
    }
    field = {
        "passkey_of_no_officer": then([passkey(post, "phone", number=2)]),
        "passkey_of_an_ended_officer": then([[9, 1]], [good]),
        "passkey_revoked_twice": then([good], [[11, good[2]]], [[11, good[2]]]),
        "unknown_passkey_revoked": then([[11, good[2]]]),
        "passkey_uncompressed": then([[*good[:2], b"\x04" + bytes(64), *good[3:]]]),
        "passkey_for_an_address": then([passkey(post, "phone", "127.0.0.1")]),
        "passkey_rp_in_capitals": then([passkey(post, "phone", "Desk.example")]),
        "passkey_proved_by_64_bytes": then([[*good[:4], bytes(64)]]),
    }
    nine = [passkey(post, f"phone {at}") for at in range(9)]
    return (
        {name: ("bad-key", data) for name, data in key.items()}
        | {name: ("bad-field", data) for name, data in field.items()}
        | {"nine_passkeys": ("too-large", then(nine))}
    )


