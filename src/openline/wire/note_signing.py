"""The three signatures on a checkpoint: making and verifying them (spec/checkpoint.md).

- the author's, by its feed key: Ed25519 over the note text (C2SP signed-note, type 0x01);
- a member's cosignature, by its cosigning key: Ed25519 over time and text (C2SP tlog-cosignature, type 0x04);
- the author's cosignature, by its checkpoint key: ML-DSA-44 over name, time and tree (type 0x06), which outlives
  quantum computers.  Its making draws randomness, so here are only the bytes to sign and the wrapping of the result.

Type 0x04 does not sign the cosigner's name, so a cosigning key belongs to one post and signs nothing else.
The key id only selects a key; trust comes from the key that the verifier brings.
"""

from __future__ import annotations

from enum import IntEnum
from hashlib import sha256
from typing import Final

from openline.errors import BadSignature
from openline.keys.ed25519 import SigningKey, verify
from openline.keys.mldsa import verify44
from openline.wire.note import KEY_ID_BYTES, Checkpoint, NoteSignature

TIME_BYTES: Final = 8
TIME_MAX_S: Final = (1 << 63) - 1

COSIGNED_LABEL: Final = b"subtree/v1\n\x00"


class SignatureType(IntEnum):
    """How a key signs a note: the byte that goes into its key id (C2SP signed-note, signature types)."""

    ED25519 = 0x01
    ED25519_COSIGNATURE = 0x04
    MLDSA44_COSIGNATURE = 0x06


def key_id(name: str, kind: SignatureType, public: bytes) -> bytes:
    """The 4 bytes that select a key: SHA-256(name || newline || type || public key)[:4] (C2SP signed-note)."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:KEY_ID_BYTES]


def sign_author(checkpoint: Checkpoint, key: SigningKey) -> NoteSignature:
    """The author's own signature by its feed key; the key name is the origin."""
    chosen = key_id(checkpoint.origin, SignatureType.ED25519, key.public)
    return NoteSignature(checkpoint.origin, chosen, key.sign(checkpoint.text()))


def verify_author(checkpoint: Checkpoint, signature: NoteSignature, public: bytes) -> None:
    """BadSignature unless `signature` is the author's over this checkpoint, by this feed key (32 bytes)."""
    _check_key(signature, checkpoint.origin, SignatureType.ED25519, public)
    if not verify(public, signature.signature, checkpoint.text()):
        raise BadSignature("The author's signature on a checkpoint does not hold.")


def ed25519_cosign(checkpoint: Checkpoint, name: str, time_s: int, key: SigningKey) -> NoteSignature:
    """A member's cosignature at `time_s`, seconds since 1970 (from 1; ValueError otherwise), by its cosigning key."""
    stamp = _stamp(time_s)
    signed = key.sign(_ed25519_message(checkpoint, time_s))
    return NoteSignature(name, key_id(name, SignatureType.ED25519_COSIGNATURE, key.public), stamp + signed)


def verify_ed25519_cosignature(checkpoint: Checkpoint, name: str, signature: NoteSignature, public: bytes) -> int:
    """The time that the member `name` signed, in seconds since 1970; BadSignature unless its key (32 bytes) did so."""
    _check_key(signature, name, SignatureType.ED25519_COSIGNATURE, public)
    time_s, signed = _unstamp(signature)
    if not verify(public, signed, _ed25519_message(checkpoint, time_s)):
        raise BadSignature("A member's cosignature on a checkpoint does not hold.")
    return time_s


def mldsa_message(checkpoint: Checkpoint, name: str, time_s: int) -> bytes:
    """The `cosigned_message` for the checkpoint key of `name` to sign, `time_s` from 1 (ValueError otherwise)."""
    cosigner, log = name.encode(), checkpoint.origin.encode()
    return b"".join(
        (
            COSIGNED_LABEL,
            len(cosigner).to_bytes(1) + cosigner,
            _stamp(time_s),
            len(log).to_bytes(1) + log,
            (0).to_bytes(8),
            checkpoint.size.to_bytes(8),
            checkpoint.root,
        )
    )


def mldsa_signature(checkpoint: Checkpoint, name: str, public44: bytes, time_s: int, signature: bytes) -> NoteSignature:
    """What a note carries of the `signature` (2,420 bytes) that a checkpoint key made over `mldsa_message`.

    BadSignature if it does not hold, so that a mistake of the signer is found before it is published.
    """
    chosen = key_id(name, SignatureType.MLDSA44_COSIGNATURE, public44)
    made = NoteSignature(name, chosen, _stamp(time_s) + signature)
    verify_mldsa_cosignature(checkpoint, name, made, public44)
    return made


def verify_mldsa_cosignature(checkpoint: Checkpoint, name: str, signature: NoteSignature, public44: bytes) -> int:
    """The time that `name` signed, in seconds since 1970; BadSignature unless its checkpoint key (1,312 bytes) did."""
    _check_key(signature, name, SignatureType.MLDSA44_COSIGNATURE, public44)
    time_s, signed = _unstamp(signature)
    if not verify44(public44, signed, mldsa_message(checkpoint, name, time_s)):
        raise BadSignature("The post-quantum signature on a checkpoint does not hold.")
    return time_s


def _check_key(signature: NoteSignature, name: str, kind: SignatureType, public: bytes) -> None:
    if signature.name != name or signature.key_id != key_id(name, kind, public):
        raise BadSignature("A signature on a checkpoint names another key than the one that should have made it.")


def _ed25519_message(checkpoint: Checkpoint, time_s: int) -> bytes:
    """C2SP tlog-cosignature, Ed25519 signed message."""
    return f"cosignature/v1\ntime {time_s}\n".encode() + checkpoint.text()


def _stamp(time_s: int) -> bytes:
    if not 1 <= time_s <= TIME_MAX_S:
        raise ValueError(f"The time of a cosignature is not from 1 to 2^63 - 1 seconds: {time_s}.")
    return time_s.to_bytes(TIME_BYTES)


def _unstamp(signature: NoteSignature) -> tuple[int, bytes]:
    """A `timestamped_signature` of C2SP tlog-cosignature: the time in seconds, and the bare signature."""
    stamp, signed = signature.signature[:TIME_BYTES], signature.signature[TIME_BYTES:]
    time_s = int.from_bytes(stamp)
    if not 1 <= time_s <= TIME_MAX_S:
        raise BadSignature("A cosignature on a checkpoint carries no time from 1 to 2^63 - 1 seconds.")
    return time_s, signed
