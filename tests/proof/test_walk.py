"""The whole record: what one feed says of another, and what others say of where it ends."""

from __future__ import annotations

from openline.wire.entry import Have
from openline.wire.kinds import Kind
from tests.proof.bundles import agreed, first
from tests.proof.world import World


def test_a_have_vector_may_name_either_of_two_histories() -> None:
    world = World("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = world.members
    other = alpha.make(Kind.ACK)
    true = alpha.write(Kind.ACK)
    bravo.write(Kind.ACK, have=(Have(alpha.post, 2, true.id),))
    charlie.write(Kind.ACK, have=(Have(alpha.post, 2, other.id),))
    finding = agreed(world.bundle(bravo, other), world.known())
    assert [(fault.code, fault.number) for fault in finding.faults] == [("forked-feed", 2)]
    assert {entry.hex()[:12] in finding.faults[0].sentence for entry in (true.id, other.id)} == {True}


def test_the_highest_claim_of_another_member_is_told() -> None:
    world = World("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = world.members
    said = [alpha.say(f"Message {number}.") for number in range(4)]
    charlie.hear()
    charlie.acknowledge()
    kept = [entry for entry in world.in_order() if entry not in said[2:]]
    finding = agreed(world.bundle(bravo, entries=kept), world.known())
    assert finding.ok
    (feed,) = (feed for feed in finding.feeds if feed.post == alpha.post)
    assert (feed.last, feed.claimed, feed.claimed_by) == (3, 5, charlie.post)


def test_a_hundred_wrong_entries_do_not_drown_the_others() -> None:
    world = World("Alpha", "Bravo")
    alpha, _ = world.members
    for _ in range(130):
        alpha.say("By nobody.", officer=7)
    alpha.say("A serial left out.", serial=200)
    finding = first(world.bundle(alpha), world.known())
    assert {fault.code for fault in finding.faults} == {"bad-act", "bad-serial"}
    assert finding.more == 30
    assert "And 30 more like these." in finding.sentences()


def test_acts_are_counted_by_officer_with_their_holding() -> None:
    world = World("Alpha", "Bravo")
    alpha, bravo = world.members
    alpha.say("One.")
    alpha.say("Two.")
    alpha.say("By a machine.", officer=0)
    bravo.say("Three.")
    finding = agreed(world.bundle(alpha), world.known())
    acts = {each.post: (each.officer, each.name, each.holding, each.count, each.in_force) for each in finding.acts}
    assert acts[alpha.post] == (1, "Officer of Alpha", "post", 2, True)
    assert acts[bravo.post] == (1, "Officer of Bravo", "post", 1, True)
