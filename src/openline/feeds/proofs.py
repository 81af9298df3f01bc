"""Proofs about a feed's tree: RFC 9162 sections 2.1.3 (inclusion) and 2.1.4 (consistency).

The makers work on the leaf hashes of one's own record and raise `ValueError` on numbers outside the tree.
The verifiers take anything that a peer may have sent, and answer `False` to whatever does not prove the claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from openline.feeds.merkle import EMPTY_ROOT, HASH_BYTES, node_hash, root_of


def inclusion_proof(leaves: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """The path from leaf `index` (from 0) to the root of the first `size` leaves (RFC 9162 section 2.1.3.1)."""
    if not 0 <= index < size <= len(leaves):
        raise ValueError(f"There is no leaf {index} in a tree of {size}, with {len(leaves)} leaves given.")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(root_of(leaves[middle:end]))
            end = middle
        else:
            path.append(root_of(leaves[start:middle]))
            start = middle
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows that `leaf` stands at `index` in the tree of `size` leaves (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size or not _are_nodes([leaf, root, *proof]):
        return False
    node, at, last = leaf, index, size - 1
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(sibling, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def consistency_proof(leaves: Sequence[bytes], old: int, new: int) -> list[bytes]:
    """What shows that the first `new` leaves begin with the first `old` (RFC 9162 section 2.1.4.1).

    It is empty if the old tree is empty, or is the new one.
    """
    if not 0 <= old <= new <= len(leaves):
        raise ValueError(f"There is no tree of {old} in a tree of {new}, with {len(leaves)} leaves given.")
    if old in (0, new):
        return []
    path: list[bytes] = []
    start, end = 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(root_of(leaves[middle:end]))
            end = middle
        else:
            path.append(root_of(leaves[start:middle]))
            start = middle
    if start:
        path.append(root_of(leaves[start:end]))
    return path[::-1]


def verify_consistency(old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the new tree begins with the old one (RFC 9162 section 2.1.4.2).

    The empty tree, whose root is SHA-256 of nothing, begins every tree; its proof is empty.
    """
    if not 0 <= old_size <= new_size or not _are_nodes([old_root, new_root, *proof]):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root and (old_size > 0 or old_root == EMPTY_ROOT)
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    whole = old_size & (old_size - 1) == 0
    path = [old_root, *proof] if whole else list(proof)
    if not path:
        return False
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_node = new_node = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old_node, new_node = node_hash(sibling, old_node), node_hash(sibling, new_node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new_node = node_hash(new_node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and old_node == old_root and new_node == new_root


def _split(size: int) -> int:
    """The largest power of two below `size`, which is at least 2 (RFC 9162 section 2.1.1)."""
    return 1 << (size - 1).bit_length() - 1


def _are_nodes(nodes: Sequence[bytes]) -> bool:
    return all(len(node) == HASH_BYTES for node in nodes)
