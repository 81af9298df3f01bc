"""The cards of a file: the longer one counts, the reader's where they contradict, and each stands in its place."""

from __future__ import annotations

from openline.proof.cards import Cards
from openline.proof.faults import Faults
from tests.proof.world import World


def test_the_longer_card_counts_and_owners_are_told() -> None:
    world = World("Alpha", "Bravo")
    alpha, bravo = sorted(world.members, key=lambda each: each.post)
    faults = Faults()
    cards = Cards({alpha.post: alpha.card}, faults)
    for each in (alpha, bravo):
        cards.take(each.card.encode())
    assert [(each.post, each.known) for each in cards.owners()] == [(alpha.post, True), (bravo.post, False)]
    assert faults.all() == ()


def test_what_is_no_card_or_out_of_its_place_is_a_fault() -> None:
    world = World("Alpha", "Bravo")
    alpha, bravo = sorted(world.members, key=lambda each: each.post)
    faults = Faults()
    cards = Cards({}, faults)
    cards.take(bravo.card.encode())
    cards.take(alpha.card.encode())
    cards.take(b"")
    assert [each.code for each in faults.all()] == ["bad-order", "bad-encoding"]
    assert list(cards.used) == [bravo.post]
