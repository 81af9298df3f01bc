"""What the keystore of a home holds: the post's private keys, the key of the record's secrets, the last key statement.

A change of keys makes new private keys and a statement that says so. Both go into the keystore in one write, and only
then does the card follow: so whenever the power fails, the next start ends with keys and card that belong together.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from openline.bearers.tls import Tls
from openline.errors import DamagedKeystore, HomeDamaged, Misuse, PeerError, RootOffline, UnknownKeystore
from openline.identity import signing
from openline.identity.card import Card
from openline.identity.own import Own, Root
from openline.keys import keystore
from openline.keys.linkcert import certificate
from openline.limits import KEYSTORE_MAX_BYTES
from openline.post.home import homes
from openline.post.home.homes import Home
from openline.terms import Instant
from openline.wire import cbor
from openline.wire.fields import as_list, octets

VERSION: Final = 1
STORE_KEY_BYTES: Final = 32

COST: Final = keystore.Cost()
"""What one guess of the passphrase costs in a home made or changed now."""

_LINK_NAME = "openline"
_LINK_SINCE = Instant(1_577_836_800_000)


@dataclass(frozen=True)
class Keyring:
    """An unlocked home's keys. `passphrase` locks them again when they change."""

    home: Home
    own: Own = field(repr=False)
    card: Card
    store_key: bytes = field(repr=False)
    passphrase: bytes = field(repr=False)

    def tls(self) -> Tls:
        """What this post shows of itself on a link: its link key, in a certificate that says nothing else."""
        return Tls(*certificate(self.own.link_seed, _LINK_NAME, _LINK_SINCE, 1))

    def changed(self, change: Callable[[Own, Card], tuple[Own, bytes]]) -> Keyring:
        """The keys after one of the changes of `openline.identity.signing`, kept: keys first, then the card.

        Raises what the change raises, CannotWrite or DiskFull; then everything is as before.
        """
        own, statement = change(self.own, self.card)
        self.home.lock(_locked(self.passphrase, own, self.store_key, statement))
        card = self.card.extended(statement)
        self.home.publish(card.encode())
        return replace(self, own=own, card=card)

    def root_copy(self) -> bytes:
        """The root, locked under the passphrase of the home, for a file kept elsewhere. Raises RootOffline."""
        return keystore.lock(self.passphrase, self.own.need_root().encode(), os.urandom(keystore.SALT_BYTES), COST)

    def without_root(self, copy: bytes) -> Keyring:
        """The home without its root, of which this is the copy. Raises as `unlock` does, or Misuse."""
        if self._root_in(copy) != self.own.need_root():
            raise Misuse("The file does not hold the root key of this home; nothing was changed.")
        return self._kept(self.own.without_root())

    def with_root(self, copy: bytes) -> Keyring:
        """The home with its root again. Raises as `unlock` does, or RootOffline for another root than the card's."""
        own = self.own.with_root(root := self._root_in(copy))
        if not signing.is_root_of(root, self.card):
            raise RootOffline("The file holds an older root key: the card has another one in force.")
        return self._kept(own)

    def without_ended(self, at: Instant) -> Keyring:
        """The home without the private halves of sealing keys that ended by that time."""
        return self._kept(self.own.drop_sealing_keys(at))

    def _root_in(self, copy: bytes) -> Root:
        return Root.decode(keystore.unlock(self.passphrase, copy))

    def _kept(self, own: Own) -> Keyring:
        if own != self.own:
            self.home.lock(_locked(self.passphrase, own, self.store_key, b""))
        return replace(self, own=own)


def unlock(home: Home, passphrase: bytes) -> Keyring:
    """The keys of a home. Raises WrongPassphrase, DamagedKeystore, UnknownKeystore or HomeDamaged."""
    plain = home.unlock(passphrase)
    try:
        version, own, store_key, statement = as_list(cbor.decode(plain, KEYSTORE_MAX_BYTES), "keys", most=4, exactly=4)
        octets(store_key, "store key", exactly=STORE_KEY_BYTES)
        octets(own, "own keys")
        octets(statement, "statement")
    except PeerError as error:
        raise DamagedKeystore(f"The key file does not hold the keys of a post: {error}") from None
    if version != VERSION:
        raise UnknownKeystore(f"The keys have version {version!r}; this program knows version {VERSION}.")
    try:
        card = Card.admit(home.card())
        whole = card.extended(statement) if statement else card
    except PeerError as error:
        raise HomeDamaged(f"The card of the home does not belong to its keys: {error}") from None
    keys = Own.decode(own)
    if not keys.post == whole.post == home.post:
        raise HomeDamaged("The keys, the card and the home are not of one post.")
    home.publish(whole.encode())
    return Keyring(home, keys, whole, store_key, passphrase)


def found(
    path: Path, name: str, officer: str, passphrase: bytes, at: Instant, cost: keystore.Cost | None = None
) -> Keyring:
    """Make a new post in an empty or new directory. Raises HomeTaken, BadField, CannotWrite or DiskFull.

    A guess of the passphrase costs as much as `cost` says, until its keys change; without one, the usual.
    """
    homes.prepare(path)
    own, card = signing.found(name, os.urandom(signing.FOUND_SEED_BYTES), at, officer)
    store_key = os.urandom(STORE_KEY_BYTES)
    home = homes.make(path, name, own.post, _locked(passphrase, own, store_key, b"", cost), card.encode())
    return Keyring(home, own, card, store_key, passphrase)


def _locked(
    passphrase: bytes, own: Own, store_key: bytes, statement: bytes, cost: keystore.Cost | None = None
) -> bytes:
    plain = cbor.encode([VERSION, own.encode(), store_key, statement])
    return keystore.lock(passphrase, plain, os.urandom(keystore.SALT_BYTES), cost or COST)
