"""The record of a post, with the machine's secrets sealed before they reach the store.

Objects of the tables `secret`, `desk`, `means`, `token` and `together` are sealed with AES-256-GCM-SIV (RFC 8452): a
new nonce of 12 random bytes, then the sealed value; the associated data is the table and the key, so no value can be
moved.
The key comes from the keystore, so a copied disk without the passphrase shows none of them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

from openline.errors import BadSeal, StoreDamaged
from openline.feeds.record import Keep, Put
from openline.keys import aead
from openline.store.sqlite import SqliteRecord

TABLE: Final = "secret"
DESK_TABLE: Final = "desk"
"""Who may sign in at the desk (`openline.post.people.accounts`)."""

MEANS_TABLE: Final = "means"
"""With what officers sign in beside a password (`openline.post.people.means`)."""

TOKEN_TABLE: Final = "token"
"""With what programs ask at the desk (`openline.post.people.tokens`)."""

TOGETHER_TABLE: Final = "together"
"""Documents that wait to be shown in a simultaneous exchange (`openline.engine.together`)."""

_CONTEXTS: Final = {
    TABLE: b"openline/secret/1\x00",
    DESK_TABLE: b"openline/desk/1\x00",
    MEANS_TABLE: b"openline/desk-means/1\x00",
    TOKEN_TABLE: b"openline/desk-token/1\x00",
    TOGETHER_TABLE: b"openline/together-kept/1\x00",
}


class SealedRecord(SqliteRecord):
    """A record of whose secret tables nobody reads anything without its key. Make it with `unlocked`."""

    _key = b""

    @classmethod
    def unlocked(cls, path: Path, key: bytes) -> Self:
        """The record at `path`, its secrets under this key of 32 bytes. Raises what `SqliteRecord.open` raises."""
        record = cls.open(path)
        record._key = key
        return record

    def commit(self, keeps: Sequence[Keep]) -> None:
        """As every record, with the secrets sealed."""
        super().commit([self._sealed(keep) if type(keep) is Put else keep for keep in keeps])

    def objects(self, table: str) -> dict[bytes, bytes]:
        """As every record, with the secrets opened. Raises StoreDamaged where one does not open."""
        held = super().objects(table)
        context = _CONTEXTS.get(table)
        return held if context is None else {key: self._opened(context + key, value) for key, value in held.items()}

    def _sealed(self, put: Put) -> Put:
        if put.table not in _CONTEXTS:
            return put
        nonce = os.urandom(aead.NONCE_BYTES)
        return Put(put.table, put.key, nonce + aead.seal(self._key, nonce, put.value, _CONTEXTS[put.table] + put.key))

    def _opened(self, context: bytes, value: bytes) -> bytes:
        nonce, sealed = value[: aead.NONCE_BYTES], value[aead.NONCE_BYTES :]
        try:
            return aead.open(self._key, nonce, sealed, context)
        except (BadSeal, ValueError):
            raise StoreDamaged("A secret in the store does not open with the keys of this home.") from None
