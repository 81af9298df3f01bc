"""Proofs about a tree of seven leaves, one way of being wrong each: writes vectors/merkle/*.json.

Run from the root: `python vectors/generate_merkle.py`.  The hashes are made here from RFC 9162 section 2.1, by recursion,
without the package.  `expect` is "accept" or "refuse"; all bytes are hex; leaf i holds the one byte i.
"""

import json
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent / "merkle"
LEAVES = [sha256(b"\x00" + bytes([i])).digest() for i in range(7)]


def tree(leaves):
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + tree(leaves[:half]) + tree(leaves[half:])).digest()


def changed(data):
    return bytes([data[0] ^ 1]) + data[1:]


def above(root):
    return sha256(b"\x01" + LEAVES[0] + root).digest()


def inclusion():
    """Leaf 2 of 7: its path is leaf 3, leaves 0-1, leaves 4-6."""
    path = [LEAVES[3], tree(LEAVES[:2]), tree(LEAVES[4:])]
    good = {"leaf": LEAVES[2], "index": 2, "size": 7, "proof": path, "root": tree(LEAVES)}
    alone = {"leaf": LEAVES[0], "index": 0, "size": 1, "proof": [], "root": LEAVES[0]}
    return [
        ("good", "accept", good),
        ("good: the only leaf needs no path", "accept", alone),
        ("good: the last leaf of an uneven tree", "accept",
         {"leaf": LEAVES[6], "index": 6, "size": 7, "proof": [tree(LEAVES[4:6]), tree(LEAVES[:4])], "root": tree(LEAVES)}),
        ("empty tree", "refuse", alone | {"size": 0}),
        ("index is the size", "refuse", good | {"index": 7}),
        ("negative index, with the path of the last leaf of a perfect tree", "refuse",
         {"leaf": LEAVES[3], "index": -1, "size": 4, "proof": [LEAVES[2], tree(LEAVES[:2])], "root": tree(LEAVES[:4])}),
        ("index of the neighbour", "refuse", good | {"index": 3}),
        ("size of a lower tree", "refuse", good | {"size": 4}),
        ("size of a higher tree", "refuse", good | {"size": 9}),
        ("path empty", "refuse", good | {"proof": []}),
        ("path one short", "refuse", good | {"proof": path[:-1]}),
        ("path one long", "refuse", good | {"proof": [*path, path[-1]]}),
        ("path of the only leaf not empty", "refuse", alone | {"proof": [LEAVES[1]]}),
        ("size 1, with the path to the root of two", "refuse",
         {"leaf": LEAVES[1], "index": 0, "size": 1, "proof": [LEAVES[0]], "root": tree(LEAVES[:2])}),
        ("path in the wrong order", "refuse", good | {"proof": path[::-1]}),
        ("one node changed", "refuse", good | {"proof": [*path[:2], changed(path[2])]}),
        ("one node of 31 bytes", "refuse", good | {"proof": [*path[:2], path[2][:31]]}),
        ("one node of 33 bytes", "refuse", good | {"proof": [*path[:2], path[2] + b"\x00"]}),
        ("leaf changed", "refuse", good | {"leaf": changed(LEAVES[2])}),
        ("leaf is an inner node", "refuse",
         {"leaf": tree(LEAVES[2:4]), "index": 2, "size": 7, "proof": path[1:], "root": tree(LEAVES)}),
        ("leaf of 31 bytes", "refuse", good | {"leaf": LEAVES[2][:31]}),
        ("leaf and root of 31 bytes, the same", "refuse", alone | {"leaf": LEAVES[0][:31], "root": LEAVES[0][:31]}),
        ("root changed", "refuse", good | {"root": changed(tree(LEAVES))}),
        ("root empty", "refuse", good | {"root": b""}),
    ]


def consistency():
    """From 3 to 7 (neither a power of two): leaf 2, leaf 3, leaves 0-1, leaves 4-6.  From 4 to 7: leaves 4-6."""
    path = [LEAVES[2], LEAVES[3], tree(LEAVES[:2]), tree(LEAVES[4:])]
    good = {"old_size": 3, "new_size": 7, "old_root": tree(LEAVES[:3]), "new_root": tree(LEAVES), "proof": path}
    whole = {"old_size": 4, "new_size": 7, "old_root": tree(LEAVES[:4]), "new_root": tree(LEAVES), "proof": path[-1:]}
    empty = {"old_size": 0, "new_size": 7, "old_root": tree([]), "new_root": tree(LEAVES), "proof": []}
    same = {"old_size": 7, "new_size": 7, "old_root": tree(LEAVES), "new_root": tree(LEAVES), "proof": []}
    other = [*LEAVES[:2], changed(LEAVES[2])]
    return [
        ("good", "accept", good),
        ("good: the old tree is perfect", "accept", whole),
        ("good: the old tree is empty", "accept", empty),
        ("good: the same tree", "accept", same),
        ("good: both trees are empty", "accept", empty | {"new_size": 0, "new_root": tree([])}),
        ("sizes exchanged", "refuse", good | {"old_size": 7, "new_size": 3}),
        ("negative size", "refuse", empty | {"old_size": -1}),
        ("old size one less", "refuse", good | {"old_size": 2}),
        ("new size of a higher tree", "refuse", good | {"new_size": 9}),
        ("path empty", "refuse", good | {"proof": []}),
        ("path empty, the old tree is perfect", "refuse", whole | {"proof": []}),
        ("path one short", "refuse", good | {"proof": path[:-1]}),
        ("path one long", "refuse", good | {"proof": [*path, path[-1]]}),
        ("old root repeated before the path of a perfect tree", "refuse",
         whole | {"proof": [tree(LEAVES[:4]), *path[-1:]]}),
        ("path one long, to the nodes above both roots", "refuse",
         good | {"old_root": above(good["old_root"]), "new_root": above(good["new_root"]), "proof": [*path, LEAVES[0]]}),
        ("one node changed", "refuse", good | {"proof": [changed(path[0]), *path[1:]]}),
        ("one node of 31 bytes", "refuse", good | {"proof": [path[0][:31], *path[1:]]}),
        ("same tree with a path", "refuse", same | {"proof": path[:1]}),
        ("same size with another root", "refuse", same | {"old_root": changed(tree(LEAVES))}),
        ("empty old tree with a path", "refuse", empty | {"proof": path[:1]}),
        ("empty old tree with another root", "refuse", empty | {"old_root": LEAVES[0]}),
        ("both trees empty with another root", "refuse",
         empty | {"new_size": 0, "old_root": LEAVES[0], "new_root": LEAVES[0]}),
        ("old root of another history", "refuse", good | {"old_root": tree(other)}),
        ("path of another history", "refuse", good | {"old_root": tree(other), "proof": [other[2], *path[1:]]}),
        ("new root changed", "refuse", good | {"new_root": changed(tree(LEAVES))}),
        ("new root of 31 bytes", "refuse", good | {"new_root": tree(LEAVES)[:31]}),
    ]


def hexed(value):
    if isinstance(value, bytes):
        return value.hex()
    return [hexed(each) for each in value] if isinstance(value, list) else value


def write(name, spec, cases):
    listed = [{"name": said, "expect": expect} | {key: hexed(of) for key, of in case.items()} for said, expect, case in cases]
    document = {"made_by": "vectors/generate_merkle.py", "spec": spec, "cases": listed}
    (HERE / name).write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    write("inclusion.json", "RFC 9162 section 2.1.3", inclusion())
    write("consistency.json", "RFC 9162 section 2.1.4", consistency())
