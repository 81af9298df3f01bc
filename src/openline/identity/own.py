"""The post's own private keys: an immutable value for the keystore (`openline.keys.keystore`).

The root may live elsewhere: `without_root` is the home's copy, `root.encode()` what is locked away. Then every key
but the root works as before, and only changes of keys wait until the root is brought (`with_root`).
No secret shows in a repr; a copy that is dropped is not wiped from memory, for Python cannot promise that.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from openline.errors import DamagedKeystore, PeerError, RootOffline, UnknownKeystore
from openline.keys.ed25519 import SigningKey
from openline.keys.mldsa import Mldsa44Key, Mldsa65Key
from openline.keys.sealing import SealingKey
from openline.limits import CARD_KEYS_MAX, KEYSTORE_MAX_BYTES
from openline.terms import ID_BYTES, Instant, PostId
from openline.wire import cbor
from openline.wire.fields import as_list, as_map, octets, uint

VERSION: Final = 1
SEED_BYTES: Final = 32
ROOT_SEED_BYTES: Final = 64
"""32 for Ed25519, then 32 for ML-DSA-65."""


@dataclass(frozen=True)
class Root:
    """The root's seeds, those in force and those that the card has committed to: 64 bytes each."""

    post: PostId
    current: bytes = field(repr=False)
    next: bytes = field(repr=False)

    def encode(self) -> bytes:
        """For a keystore of its own, kept away from the post."""
        return cbor.encode({1: VERSION, 2: self.post, 3: [self.current, self.next]})

    @classmethod
    def decode(cls, data: bytes) -> Root:
        """The reverse of `encode`. DamagedKeystore or UnknownKeystore."""
        fields = _opened(data, frozenset({1, 2, 3}))
        try:
            return _root(PostId(octets(fields.get(2), "post", exactly=ID_BYTES)), fields.get(3))
        except PeerError as error:
            raise DamagedKeystore(f"This is not a root key: {error}") from None


def root_keys(seed: bytes) -> tuple[SigningKey, Mldsa65Key]:
    """Both private keys of a root seed of 64 bytes."""
    return SigningKey.from_seed(seed[:SEED_BYTES]), Mldsa65Key.from_seed(seed[SEED_BYTES:])


@dataclass(frozen=True, kw_only=True)
class Own:
    """The keys of one post. Seeds are 32 bytes; `officer_seeds` are (number, seed)."""

    post: PostId
    root: Root | None = field(repr=False)
    feed_seed: bytes = field(repr=False)
    checkpoint_seed: bytes = field(repr=False)
    cosigning_seed: bytes = field(repr=False)
    link_seed: bytes = field(repr=False)
    sealing_seeds: tuple[tuple[int, bytes, Instant, Instant], ...] = field(default=(), repr=False)
    """(number, seed, start, end): secrets are sealed for it at a time t with start <= t < end."""
    officer_seeds: tuple[tuple[int, bytes], ...] = field(default=(), repr=False)

    @cached_property
    def feed(self) -> SigningKey:
        """Signs entries."""
        return SigningKey.from_seed(self.feed_seed)

    @cached_property
    def checkpoint(self) -> Mldsa44Key:
        """Signs our own checkpoints; an effect, for it draws randomness."""
        return Mldsa44Key.from_seed(self.checkpoint_seed)

    @cached_property
    def cosigning(self) -> SigningKey:
        """Cosigns other members' checkpoints."""
        return SigningKey.from_seed(self.cosigning_seed)

    @cached_property
    def link(self) -> SigningKey:
        """Our end of a link: `openline.keys.linkcert.certificate` takes its `seed`."""
        return SigningKey.from_seed(self.link_seed)

    def sealing(self, number: int) -> SealingKey | None:
        """Opens what was sealed for our sealing key of that number; None when it was dropped or never ours."""
        return next((SealingKey.from_seed(seed) for each, seed, _, _ in self.sealing_seeds if each == number), None)

    def officer(self, number: int) -> SigningKey | None:
        """Signs acts of an officer whose key the post holds; None for a device's key and for one ended or unknown."""
        return self._officers.get(number)

    @cached_property
    def _officers(self) -> dict[int, SigningKey]:
        return {number: SigningKey.from_seed(seed) for number, seed in self.officer_seeds}

    @property
    def has_root(self) -> bool:
        """Whether changes of keys can be signed here."""
        return self.root is not None

    def without_root(self) -> Own:
        """Everything but the root, for a home whose root is kept offline."""
        return replace(self, root=None)

    def with_root(self, root: Root) -> Own:
        """With the root brought back. RootOffline when it is the root of another post."""
        if root.post != self.post:
            raise RootOffline("The root key that was brought is another post's.")
        return replace(self, root=root)

    def need_root(self) -> Root:
        """The root, or RootOffline."""
        if self.root is None:
            raise RootOffline("Keys change by the signature of the root key, which is kept offline.")
        return self.root

    def drop_sealing_keys(self, before: Instant) -> Own:
        """Without the sealing keys that ended by that time: what was sealed for them opens nowhere any more."""
        return replace(self, sealing_seeds=tuple(each for each in self.sealing_seeds if each[3] > before))

    def encode(self) -> bytes:
        """Deterministic CBOR, all of it secret: for `openline.keys.keystore.lock`."""
        fields: dict[int, Any] = {
            1: VERSION,
            2: self.post,
            4: self.feed_seed,
            5: self.checkpoint_seed,
            6: self.cosigning_seed,
            7: self.link_seed,
            8: [list(each) for each in self.sealing_seeds],
            9: [list(each) for each in self.officer_seeds],
        }
        if self.root is not None:
            fields[3] = [self.root.current, self.root.next]
        return cbor.encode(fields)

    @classmethod
    def decode(cls, data: bytes) -> Own:
        """The reverse of `encode`. DamagedKeystore for anything else, UnknownKeystore for a newer version."""
        fields = _opened(data, frozenset(range(1, 10)))
        try:
            post = PostId(octets(fields.get(2), "post", exactly=ID_BYTES))
            return cls(
                post=post,
                root=_root(post, fields[3]) if 3 in fields else None,
                feed_seed=_seed(fields.get(4)),
                checkpoint_seed=_seed(fields.get(5)),
                cosigning_seed=_seed(fields.get(6)),
                link_seed=_seed(fields.get(7)),
                sealing_seeds=tuple(_sealing(each) for each in as_list(fields.get(8), "sealing", most=CARD_KEYS_MAX)),
                officer_seeds=tuple(_officer(each) for each in as_list(fields.get(9), "officers", most=CARD_KEYS_MAX)),
            )
        except PeerError as error:
            raise DamagedKeystore(f"These are not the private keys of a post: {error}") from None


def _opened(data: bytes, allowed: frozenset[int]) -> dict[int, Any]:
    try:
        fields = as_map(cbor.decode(data, KEYSTORE_MAX_BYTES), frozenset(range(24)), "The keystore")
        version = uint(fields.get(1), "version")
        if version != VERSION:
            raise UnknownKeystore(f"The private keys have version {version}; this program knows version {VERSION}.")
        return as_map(fields, allowed, "The keystore")
    except PeerError as error:
        raise DamagedKeystore(f"These are not the private keys of a post: {error}") from None


def _seed(value: Any) -> bytes:
    return octets(value, "seed", exactly=SEED_BYTES)


def _root(post: PostId, value: Any) -> Root:
    current, following = as_list(value, "root", most=2, exactly=2)
    return Root(
        post, octets(current, "root", exactly=ROOT_SEED_BYTES), octets(following, "next root", exactly=ROOT_SEED_BYTES)
    )


def _sealing(value: Any) -> tuple[int, bytes, Instant, Instant]:
    number, seed, start, end = as_list(value, "sealing key", most=4, exactly=4)
    return uint(number, "number", least=1), _seed(seed), Instant(uint(start, "start")), Instant(uint(end, "end"))


def _officer(value: Any) -> tuple[int, bytes]:
    number, seed = as_list(value, "officer", most=2, exactly=2)
    return uint(number, "number", least=1), _seed(seed)
