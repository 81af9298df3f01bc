"""The whole record: what one feed says of another, and what others say of where it ends."""

from __future__ import annotations

import msgspec

from openline.identity import signing
from openline.identity.acts import challenge
from openline.wire.entry import Act, Have, act_to_be_signed
from openline.wire.kinds import Kind
from tests.identity.devices import Device
from tests.proof.bundles import agreed, first
from tests.proof.world import Poster, World


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


def with_passkey() -> tuple[World, Poster, Device]:
    """Two members; the officer of the first has a passkey."""
    world = World("Alpha", "Bravo")
    alpha, _ = world.members
    device = Device("phone of alpha")
    proof = device.possession(alpha.post)
    alpha.own, statement = signing.add_passkey(alpha.own, alpha.card, 1, device.public, device.rp, proof, world.now)
    alpha.card = alpha.card.extended(statement)
    return world, alpha, device


def say_by(alpha: Poster, device: Device, text: str, **odd: int) -> None:
    """A message whose act the device has signed."""
    alpha.say(text)
    made = alpha.entries.pop()
    header, act = made.header, made.header.act
    assert act is not None
    message = act_to_be_signed(header, draft=act.draft, role="", time=act.time)
    signed = Act(1, act.draft, "", act.time, device.assertion(challenge(message), **odd))
    alpha.entries.append(
        alpha.sign(
            msgspec.structs.replace(header, act=signed),
            tuple(item for item in made.items if item is not None),
            tuple(salt for salt in made.salts if salt is not None),
        )
    )


def test_an_act_by_a_device_is_told_apart_from_one_by_the_post() -> None:
    world, alpha, device = with_passkey()
    alpha.say("By the post.")
    say_by(alpha, device, "By the device.")
    finding = agreed(world.bundle(alpha), world.known())
    assert finding.ok
    acts = [(each.officer, each.holding, each.count) for each in finding.acts if each.post == alpha.post]
    assert acts == [(1, "post", 1), (1, "device", 1)]
    told = "\n".join(finding.sentences())
    assert "1 act by Officer of Alpha, officer 1 of “Alpha” (key on the officer's own device)." in told
    assert "1 act by Officer of Alpha, officer 1 of “Alpha” (vouched for by the post)." in told


def test_a_count_of_a_passkey_given_twice_is_named_by_both() -> None:
    world, alpha, device = with_passkey()
    say_by(alpha, device, "One.", counter=7)
    say_by(alpha, device, "Two.", counter=7)
    say_by(alpha, device, "Three.", counter=0)
    say_by(alpha, device, "Four.", counter=0)
    finding = agreed(world.bundle(alpha), world.known())
    assert [(fault.code, fault.number) for fault in finding.faults] == [("counter-reused", 3)]


def test_an_act_of_a_device_that_is_not_on_the_card_is_named_by_both() -> None:
    world, alpha, device = with_passkey()
    say_by(alpha, Device("a stranger's"), "One.")
    say_by(alpha, device, "Two.", flags=1)
    finding = agreed(world.bundle(alpha), world.known())
    assert [(fault.code, fault.number) for fault in finding.faults] == [("bad-act", 2), ("bad-act", 3)]
