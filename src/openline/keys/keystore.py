"""Private keys at rest: bytes locked under a passphrase.

Argon2id (RFC 9106) makes a key of the passphrase, AES-256-GCM-SIV (RFC 8452) seals under it. The file, integers
big-endian:

    offset  bytes  what
         0      8  b"OLKEYS\\r\\n"
         8      1  version, 1
         9      4  memory, KiB
        13      4  passes over it
        17      1  lanes
        18     16  salt
        34      n  sealed: AES-256-GCM-SIV, nonce zero, associated data bytes 0 to 33; n is 16 more than the plain bytes
    34 + n     32  SHA-256 of all bytes before

The salt is new each time, so the key is, and the nonce can be zero. The hash at the end proves nothing to an attacker;
it lets a damaged file be told from a wrong passphrase. The cost is bounded on reading, so that a file cannot ask for
all memory of the machine.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from openline.errors import BadSeal, DamagedKeystore, UnknownKeystore, WrongPassphrase
from openline.keys import aead
from openline.limits import (
    KEYSTORE_LANES_MAX,
    KEYSTORE_MAX_BYTES,
    KEYSTORE_MEMORY_MAX_KIB,
    KEYSTORE_PASSES_MAX,
    PASSPHRASE_MAX_BYTES,
)

MAGIC: Final = b"OLKEYS\r\n"
VERSION: Final = 1
SALT_BYTES: Final = 16

_HEADER: Final = struct.Struct(f">8sBIIB{SALT_BYTES}s")
_HASH_BYTES: Final = 32
_NONCE: Final = bytes(aead.NONCE_BYTES)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of the passphrase costs: `memory_kib` of memory, passed over `passes` times, in `lanes`.

    The default takes about a third of a second. ValueError for what no reader would accept.
    """

    memory_kib: int = 64 << 10
    passes: int = 8
    lanes: int = 4

    def __post_init__(self) -> None:
        """Hold the cost to the limits and to RFC 9106 section 3.1."""
        if not 1 <= self.lanes <= KEYSTORE_LANES_MAX:
            raise ValueError(f"1 to {KEYSTORE_LANES_MAX} lanes")
        if not 8 * self.lanes <= self.memory_kib <= KEYSTORE_MEMORY_MAX_KIB:
            raise ValueError(f"8 KiB a lane to {KEYSTORE_MEMORY_MAX_KIB} KiB of memory")
        if not 1 <= self.passes <= KEYSTORE_PASSES_MAX:
            raise ValueError(f"1 to {KEYSTORE_PASSES_MAX} passes")


def lock(passphrase: bytes, plain: bytes, salt: bytes, cost: Cost) -> bytes:
    """Lock `plain` under a passphrase (UTF-8), with 16 new random bytes as `salt`.

    ValueError for another length of salt, or more than `limits` allow.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError("a keystore salt is 16 bytes")
    if len(passphrase) > PASSPHRASE_MAX_BYTES:
        raise ValueError(f"a passphrase has at most {PASSPHRASE_MAX_BYTES} bytes")
    header = _HEADER.pack(MAGIC, VERSION, cost.memory_kib, cost.passes, cost.lanes, salt)
    body = header + aead.seal(_key(passphrase, salt, cost), _NONCE, plain, header)
    if len(body) + _HASH_BYTES > KEYSTORE_MAX_BYTES:
        raise ValueError(f"a keystore has at most {KEYSTORE_MAX_BYTES} bytes")
    return body + hashlib.sha256(body).digest()


def unlock(passphrase: bytes, locked: bytes) -> bytes:
    """The plain bytes. WrongPassphrase, DamagedKeystore, or UnknownKeystore for a file of a newer version."""
    cost, salt = _read(locked)
    if len(passphrase) > PASSPHRASE_MAX_BYTES:
        raise WrongPassphrase(f"A passphrase has at most {PASSPHRASE_MAX_BYTES} bytes.")
    header, sealed = locked[: _HEADER.size], locked[_HEADER.size : -_HASH_BYTES]
    try:
        return aead.open(_key(passphrase, salt, cost), _NONCE, sealed, header)
    except BadSeal:
        raise WrongPassphrase("The passphrase does not open these keys.") from None


def _read(locked: bytes) -> tuple[Cost, bytes]:
    if len(locked) > KEYSTORE_MAX_BYTES or len(locked) < _HEADER.size + aead.TAG_BYTES + _HASH_BYTES:
        raise DamagedKeystore(f"The key file has {len(locked)} bytes, which no key file has.")
    if not locked.startswith(MAGIC):
        raise DamagedKeystore("This is not a key file.")
    if hashlib.sha256(locked[:-_HASH_BYTES]).digest() != locked[-_HASH_BYTES:]:
        raise DamagedKeystore("The key file was changed or cut since it was written.")
    _, version, memory_kib, passes, lanes, salt = _HEADER.unpack_from(locked)
    if version != VERSION:
        raise UnknownKeystore(f"The key file has version {version}; this program knows version {VERSION}.")
    try:
        return Cost(memory_kib, passes, lanes), salt
    except ValueError as error:
        raise DamagedKeystore(f"The key file names a cost outside the limits: {error}.") from None


def _key(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    return Argon2id(
        salt=salt, length=aead.KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(passphrase)
