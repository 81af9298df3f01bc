"""Proofs: published ones, our own bad ones, every one of small trees against a naive maker, and any bytes at all."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.feeds.merkle import leaf_hash, root_of
from openline.feeds.proofs import consistency_proof, inclusion_proof, verify_consistency, verify_inclusion

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
HAPPY = json.loads((VECTORS / "standard/tlog/merkle-happy.json").read_text())
RFC6962 = json.loads((VECTORS / "standard/tlog/rfc6962-roots.json").read_text())
LEAVES = [leaf_hash(number.to_bytes(4)) for number in range(70)]
ROOTS = [root_of(LEAVES[:size]) for size in range(len(LEAVES) + 1)]


def ours(name: str) -> list[Any]:
    cases = json.loads((VECTORS / "merkle" / name).read_text())["cases"]
    return [pytest.param(case, id=case["name"]) for case in cases]


def hexes(nodes: list[str]) -> list[bytes]:
    return [bytes.fromhex(node) for node in nodes]


def split(size: int) -> int:
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def defined_path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D_n) of RFC 9162 section 2.1.3.1, word for word."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*defined_path(m, leaves[:k]), root_of(leaves[k:])]
    return [*defined_path(m - k, leaves[k:]), root_of(leaves[:k])]


def defined_subproof(m: int, leaves: Sequence[bytes], known: bool) -> list[bytes]:
    """SUBPROOF(m, D_n, b) of RFC 9162 section 2.1.4.1, word for word."""
    if m == len(leaves):
        return [] if known else [root_of(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*defined_subproof(m, leaves[:k], known), root_of(leaves[k:])]
    return [*defined_subproof(m - k, leaves[k:], False), root_of(leaves[:k])]


@pytest.mark.parametrize("case", HAPPY["inclusion"], ids=lambda case: case["file"])
def test_published_inclusion(case: dict[str, Any]) -> None:
    proof = [b64decode(node) for node in case["proof"] or []]
    leaf, root = b64decode(case["leafHash"]), b64decode(case["root"])
    assert verify_inclusion(leaf, case["leafIdx"], case["treeSize"], proof, root) is not case["wantErr"]


@pytest.mark.parametrize("case", HAPPY["consistency"], ids=lambda case: case["file"])
def test_published_consistency(case: dict[str, Any]) -> None:
    proof = [b64decode(node) for node in case["proof"] or []]
    old, new = b64decode(case["root1"]), b64decode(case["root2"])
    assert verify_consistency(case["size1"], case["size2"], old, new, proof) is not case["wantErr"]


def test_proofs_over_the_known_leaves_are_the_published_ones() -> None:
    leaves = [leaf_hash(data) for data in hexes(RFC6962["leaves_hex"])]
    for case in RFC6962["inclusion"]:
        assert inclusion_proof(leaves, case["index"], case["size"]) == hexes(case["path"])
    for case in RFC6962["consistency"]:
        assert consistency_proof(leaves, case["size1"], case["size2"]) == hexes(case["path"])


@pytest.mark.parametrize("case", ours("inclusion.json"))
def test_our_inclusion_vectors(case: dict[str, Any]) -> None:
    leaf, root = bytes.fromhex(case["leaf"]), bytes.fromhex(case["root"])
    proved = verify_inclusion(leaf, case["index"], case["size"], hexes(case["proof"]), root)
    assert proved is (case["expect"] == "accept")


@pytest.mark.parametrize("case", ours("consistency.json"))
def test_our_consistency_vectors(case: dict[str, Any]) -> None:
    old, new = bytes.fromhex(case["old_root"]), bytes.fromhex(case["new_root"])
    proved = verify_consistency(case["old_size"], case["new_size"], old, new, hexes(case["proof"]))
    assert proved is (case["expect"] == "accept")


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 64, 70])
def test_every_leaf_is_proved_at_its_place_and_no_other(size: int) -> None:
    for index in range(size):
        proof = inclusion_proof(LEAVES, index, size)
        assert proof == defined_path(index, LEAVES[:size])
        proved_at = [at for at in range(size) if verify_inclusion(LEAVES[index], at, size, proof, ROOTS[size])]
        assert proved_at == [index]


@pytest.mark.parametrize("new", [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 64, 70])
def test_every_older_tree_is_proved_and_no_other(new: int) -> None:
    for old in range(1, new + 1):
        proof = consistency_proof(LEAVES, old, new)
        assert proof == defined_subproof(old, LEAVES[:new], True)
        assert verify_consistency(old, new, ROOTS[old], ROOTS[new], proof)
        proved = [size for size in range(new + 1) if verify_consistency(size, new, ROOTS[old], ROOTS[new], proof)]
        assert proved == [old]


def test_every_tree_begins_with_the_empty_one() -> None:
    assert consistency_proof(LEAVES, 0, 70) == []
    assert verify_consistency(0, 70, ROOTS[0], ROOTS[70], [])


@given(st.data())
def test_a_changed_inclusion_proof_proves_nothing(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 70))
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(LEAVES, index, size)
    assert not verify_inclusion(LEAVES[index], index, size, changed(data, proof), ROOTS[size])


@given(st.data())
def test_a_changed_consistency_proof_proves_nothing(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, 70))
    old = data.draw(st.integers(1, new - 1))
    proof = consistency_proof(LEAVES, old, new)
    assert not verify_consistency(old, new, ROOTS[old], ROOTS[new], changed(data, proof))


def changed(data: st.DataObject, proof: list[bytes]) -> list[bytes]:
    """`proof` with one node dropped, doubled, cut or with one bit turned."""
    at = data.draw(st.integers(0, len(proof) - 1))
    bit = data.draw(st.integers(0, 255))
    turned = (int.from_bytes(proof[at]) ^ (1 << bit)).to_bytes(32)
    put = data.draw(st.sampled_from([[], [proof[at], proof[at]], [proof[at][:31]], [turned]]))
    return [*proof[:at], *put, *proof[at + 1 :]]


NODES = st.binary(max_size=40) | st.sampled_from(LEAVES)
NUMBERS = st.integers(-2, 80) | st.integers(-(1 << 70), 1 << 70)


@given(NODES, NUMBERS, NUMBERS, st.lists(NODES, max_size=80), NODES)
def test_whatever_a_peer_sends_gets_an_answer(
    leaf: bytes, first: int, second: int, proof: list[bytes], root: bytes
) -> None:
    assert verify_inclusion(leaf, first, second, proof, root) is (
        (first, second) == (0, 1) and not proof and leaf == root and len(leaf) == 32
    )
    assert verify_consistency(first, second, leaf, root, proof) is (
        0 < first == second and not proof and leaf == root and len(leaf) == 32
    )


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (0, 71)])
def test_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="There is no leaf"):
        inclusion_proof(LEAVES, index, size)


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3), (0, 71)])
def test_no_proof_of_a_tree_that_is_not_there(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="There is no tree"):
        consistency_proof(LEAVES, old, new)
