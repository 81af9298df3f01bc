"""The tree against the definition of RFC 9162, against published roots, and its stored form against any bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadEncoding
from openline.feeds.merkle import Frontier, leaf_hash, node_hash, root_of

STANDARD = Path(__file__).resolve().parents[2] / "vectors/standard/tlog"
ROOTS = json.loads((STANDARD / "rfc6962-roots.json").read_text())


def defined_root(leaves: Sequence[bytes]) -> bytes:
    """RFC 9162 section 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + defined_root(leaves[:k]) + defined_root(leaves[k:])).digest()


def leaves_of(size: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4)) for number in range(size)]


def test_hashes_are_told_apart_by_their_first_byte() -> None:
    assert leaf_hash(b"entry") == sha256(b"\x00entry").digest()
    assert node_hash(b"l" * 32, b"r" * 32) == sha256(b"\x01" + b"l" * 32 + b"r" * 32).digest()


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size: int) -> None:
    leaves = [leaf_hash(bytes.fromhex(each)) for each in ROOTS["leaves_hex"][:size]]
    assert root_of(leaves).hex() == ROOTS["roots_hex_by_size"][size]


def test_every_size_grows_to_the_defined_root() -> None:
    leaves = leaves_of(130)
    frontier = Frontier.empty()
    for size, leaf in enumerate(leaves, 1):
        frontier = frontier.append(leaf)
        assert frontier.size == size
        assert frontier.root() == defined_root(leaves[:size])
        assert frontier == Frontier.empty().append_many(leaves[:size])


@given(st.integers(0, 300), st.integers(0, 300))
def test_appending_many_continues_where_the_tree_stands(first: int, more: int) -> None:
    leaves = leaves_of(first + more)
    grown = Frontier.empty().append_many(leaves[:first]).append_many(leaves[first:])
    assert grown.size == first + more
    assert grown.root() == defined_root(leaves)


def test_appending_leaves_the_tree_before_as_it_was() -> None:
    before = Frontier.empty().append_many(leaves_of(3))
    stored = before.to_bytes()
    before.append(leaf_hash(b"one more"))
    before.append_many(leaves_of(5))
    assert before.to_bytes() == stored


@given(st.integers(0, 300))
def test_the_stored_form_returns_the_tree(size: int) -> None:
    frontier = Frontier.empty().append_many(leaves_of(size))
    assert len(frontier.to_bytes()) == 8 + 32 * size.bit_count()
    assert Frontier.from_bytes(frontier.to_bytes()) == frontier


@given(st.binary(max_size=120) | st.builds(lambda size, rest: size.to_bytes(8) + rest, st.integers(0, 7), st.binary()))
def test_any_bytes_are_a_stored_tree_or_bad_encoding(stored: bytes) -> None:
    try:
        frontier = Frontier.from_bytes(stored)
    except BadEncoding:
        return
    assert frontier.to_bytes() == stored
    assert frontier.append(leaf_hash(b"next")).size == frontier.size + 1


@pytest.mark.parametrize(
    "stored",
    [b"", b"\x00" * 7, b"\x00" * 9, (1).to_bytes(8), (3).to_bytes(8) + b"n" * 32, (1).to_bytes(8) + b"n" * 33],
    ids=[
        "nothing",
        "size of 7 bytes",
        "a byte after an empty tree",
        "no node",
        "one node of two",
        "a node of 33 bytes",
    ],
)
def test_a_stored_tree_with_the_wrong_nodes_is_refused(stored: bytes) -> None:
    with pytest.raises(BadEncoding, match="one node for each subtree"):
        Frontier.from_bytes(stored)
