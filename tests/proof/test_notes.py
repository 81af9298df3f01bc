"""Checkpoints and cosignatures: which tree is relied on, and under whose keys."""

from __future__ import annotations

import pytest

from openline.errors import BadCheckpoint, BadSignature
from openline.feeds.merkle import Frontier, leaf_hash
from openline.identity import signing
from openline.proof.notes import check_cosignature, check_tree
from openline.wire.entry import entry_to_be_signed
from openline.wire.note import cosigner_name, decode
from openline.wire.note_signing import ed25519_cosign
from tests.proof.bundles import agreed
from tests.proof.world import Poster, World, seeds


def small() -> tuple[World, Poster, Poster]:
    world = World("Alpha", "Bravo")
    alpha, bravo = world.members
    return world, alpha, bravo


def frontier(poster: Poster) -> Frontier:
    leaves = [leaf_hash(entry_to_be_signed(entry.payload)) for entry in poster.entries]
    return Frontier.empty().append_many(leaves)


def test_a_good_checkpoint_is_relied_on() -> None:
    world, alpha, _ = small()
    tree = check_tree(world.line, alpha.card, 2, alpha.note(), frontier(alpha))
    assert tree.relied
    assert (tree.checkpoint.size, tree.time) == (1, world.now // 1000 * 1000)


def test_without_the_entries_below_it_is_not_relied_on() -> None:
    world, alpha, _ = small()
    assert not check_tree(world.line, alpha.card, 2, alpha.note(), None).relied


def test_it_stands_right_above_what_it_covers() -> None:
    world, alpha, bravo = small()
    with pytest.raises(BadCheckpoint):
        check_tree(world.line, alpha.card, 3, alpha.note(), None)
    with pytest.raises(BadCheckpoint):
        check_tree(world.line, bravo.card, 2, alpha.note(), None)


def test_a_revoked_checkpoint_key_proves_nothing_more() -> None:
    world, alpha, _ = small()
    note = alpha.note()
    alpha.own, statement = signing.rotate_key(alpha.own, alpha.card, "checkpoint", seeds("new", 32), world.now)
    alpha.card = alpha.card.extended(statement)
    assert not check_tree(world.line, alpha.card, 2, note, frontier(alpha)).relied
    alpha.checkpoint(note)
    finding = agreed(world.bundle(alpha), world.known())
    assert finding.ok
    assert all(feed.covered is None for feed in finding.feeds)


def test_a_cosignature_is_by_a_key_of_the_member() -> None:
    world, alpha, bravo = small()
    note = alpha.note()
    tree = check_tree(world.line, alpha.card, 2, note, frontier(alpha))
    name = cosigner_name(bravo.post)
    good = ed25519_cosign(decode(note).checkpoint, name, 1, bravo.own.cosigning).line().encode()
    assert check_cosignature(tree, bravo.card, good)
    assert check_cosignature(tree, bravo.card, good + b"\n")
    other = ed25519_cosign(decode(note).checkpoint, name, 1, bravo.own.feed).line().encode()
    with pytest.raises(BadSignature):
        check_cosignature(tree, bravo.card, other)


def test_a_revoked_cosigning_key_is_not_counted() -> None:
    world, alpha, bravo = small()
    checkpoint = alpha.checkpoint()
    bravo.hear()
    bravo.cosign(alpha, checkpoint)
    bravo.own, statement = signing.rotate_key(bravo.own, bravo.card, "cosigning", seeds("new", 32), world.now)
    bravo.card = bravo.card.extended(statement)
    finding = agreed(world.bundle(alpha), world.known())
    assert finding.ok
    (feed,) = (feed for feed in finding.feeds if feed.post == alpha.post)
    assert feed.covered is not None
    assert (feed.covered.size, feed.covered.cosigned, feed.covered.by) == (1, 0, ())
