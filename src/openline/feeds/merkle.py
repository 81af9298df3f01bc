"""The tree over a feed: RFC 9162 section 2.1, SHA-256.

Leaves and inner nodes are hashed under different first bytes, so that no inner node passes for a leaf.
A tree is kept as its `Frontier` only: enough to append and to know the root, 32 bytes for each 1 bit of the size.
Proofs are in `openline.feeds.proofs`.  This file does not know what a leaf holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from openline.errors import BadEncoding

HASH_BYTES: Final = 32
"""One node of the tree."""

SIZE_BYTES: Final = 8
"""A tree's size in a stored frontier: unsigned, big-endian."""

EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of the tree without leaves (RFC 9162 section 2.1.1)."""


def leaf_hash(data: bytes) -> bytes:
    """The leaf that holds `data`: SHA-256(0x00 || data), 32 bytes (RFC 9162 section 2.1.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The node above two nodes of 32 bytes: SHA-256(0x01 || left || right) (RFC 9162 section 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a tree of `size` leaves: the roots of its largest perfect subtrees, from the left.

    There is one subtree for each 1 bit of `size`, the highest bit first.
    Make one with `empty`, `append` or `from_bytes`, so that nodes and size always agree.
    """

    size: int
    nodes: tuple[bytes, ...]

    @staticmethod
    def empty() -> Frontier:
        """The tree without leaves."""
        return Frontier(0, ())

    def append(self, leaf: bytes) -> Frontier:
        """The tree with one more leaf on the right; `leaf` is a `leaf_hash`, 32 bytes."""
        size, kept, node = self.size, len(self.nodes), leaf
        while size & 1:
            kept -= 1
            node = node_hash(self.nodes[kept], node)
            size >>= 1
        return Frontier(self.size + 1, (*self.nodes[:kept], node))

    def append_many(self, leaves: Iterable[bytes]) -> Frontier:
        """The tree with all `leaves` on the right, in order; the same as `append` for each, and cheaper."""
        size, nodes = self.size, list(self.nodes)
        for leaf in leaves:
            node, above = leaf, size
            while above & 1:
                node = node_hash(nodes.pop(), node)
                above >>= 1
            nodes.append(node)
            size += 1
        return Frontier(size, tuple(nodes))

    def root(self) -> bytes:
        """The Merkle tree hash, 32 bytes (RFC 9162 section 2.1.1)."""
        if not self.nodes:
            return EMPTY_ROOT
        root = self.nodes[-1]
        for node in reversed(self.nodes[:-1]):
            root = node_hash(node, root)
        return root

    def to_bytes(self) -> bytes:
        """The stored form: size in 8 bytes, big-endian, then the nodes from the left."""
        return self.size.to_bytes(SIZE_BYTES) + b"".join(self.nodes)

    @staticmethod
    def from_bytes(stored: bytes) -> Frontier:
        """The frontier whose `to_bytes` is `stored`; anything else is `BadEncoding`."""
        size = int.from_bytes(stored[:SIZE_BYTES])
        if len(stored) < SIZE_BYTES or len(stored) != SIZE_BYTES + HASH_BYTES * size.bit_count():
            raise BadEncoding("A stored frontier does not have one node for each subtree of its size.")
        starts = range(SIZE_BYTES, len(stored), HASH_BYTES)
        return Frontier(size, tuple(stored[at : at + HASH_BYTES] for at in starts))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of the tree over these leaf hashes, 32 bytes."""
    return Frontier.empty().append_many(leaves).root()
