"""A passkey's signature: what the authenticator and the browser said, byte for byte (spec/acts.md, Assertion).

The browser's JSON is never parsed: it is compared with the bytes that WebAuthn makes every browser write
(https://www.w3.org/TR/webauthn-2/#clientdatajson-verification), so no two readers can read it differently.
"""

from __future__ import annotations

import base64
import re
from typing import Any, Final

import msgspec

from openline.errors import BadField
from openline.limits import CLIENT_DATA_MAX_BYTES, RP_ID_MAX_BYTES
from openline.wire.fields import as_list, octets, text

AUTHENTICATOR_BYTES: Final = 37
"""SHA-256 of the RP id, one byte of flags, a counter of four bytes; no extensions."""

SIGNATURE_BYTES: Final = 64

USER_PRESENT, USER_VERIFIED, BACKUP_ELIGIBLE, BACKED_UP = 0x01, 0x04, 0x08, 0x10
_KNOWN: Final = USER_PRESENT | USER_VERIFIED | BACKUP_ELIGIBLE | BACKED_UP

_CLIENT: Final = re.compile(
    rb'\{"type":"webauthn\.get","challenge":"([A-Za-z0-9_-]{43})",'
    rb'"origin":"(https?)://([a-z0-9.-]+)(?::[1-9][0-9]{0,4})?"'
    rb'(?:,"crossOrigin":false(?:,([ -\[\]-~]+))?)?\}'
)
_SAID_BEFORE: Final = (b'"type"', b'"challenge"', b'"origin"', b'"crossOrigin"')
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")


class Assertion(msgspec.Struct, frozen=True):
    """`authenticator` is authenticatorData, `client` clientDataJSON; `signature` is 64 bytes over both."""

    authenticator: bytes
    client: bytes
    signature: bytes

    @property
    def counter(self) -> int:
        """How often the authenticator says that it has signed; 0 where it does not count."""
        return int.from_bytes(self.authenticator[33:], "big")


def decode_assertion(value: Any) -> Assertion:
    """An assertion from its three fields. Raises BadField."""
    authenticator, client, signature = as_list(value, "assertion", most=3, exactly=3)
    return Assertion(
        octets(authenticator, "authenticator data", exactly=AUTHENTICATOR_BYTES),
        octets(client, "client data", most=CLIENT_DATA_MAX_BYTES),
        octets(signature, "signature of an assertion", exactly=SIGNATURE_BYTES),
    )


def assertion_value(assertion: Assertion) -> list[bytes]:
    """The list that stands for an assertion."""
    return [assertion.authenticator, assertion.client, assertion.signature]


def rp_id(value: Any) -> str:
    """The name for which a passkey is good: a host name in lower case, no address. Raises BadField."""
    said = text(value, "RP id", most=RP_ID_MAX_BYTES)
    if _HOST.fullmatch(said) is None:
        raise BadField("The RP id of a passkey is not the name of a host.")
    return said


def why_not(authenticator: bytes, client: bytes, rp_hash: bytes, rp: str, challenge: bytes) -> str | None:
    """Why this is no assertion about the challenge (32 bytes) for that RP id; None where it is one.

    `rp_hash` is SHA-256 of the RP id. The signature is for another to verify.
    """
    flags = authenticator[32]
    if authenticator[:32] != rp_hash:
        return "it was made for another RP id"
    if flags & ~_KNOWN or (flags & BACKED_UP and not flags & BACKUP_ELIGIBLE):
        return "its flags are not those of a plain assertion"
    if not flags & USER_PRESENT or not flags & USER_VERIFIED:
        return "the device did not ask its user, or did not verify them"
    said = _CLIENT.fullmatch(client)
    if said is None or any(name in (said[4] or b"") for name in _SAID_BEFORE):
        return "what the browser said has not the form of WebAuthn"
    if said[1] != base64.urlsafe_b64encode(challenge).rstrip(b"="):
        return "it is about something else"
    if said[3].decode() != rp or (said[2] == b"http" and rp != "localhost"):
        return "it was made at another origin"
    return None
