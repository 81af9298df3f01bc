"""Entries under a revoked key: neither a thief's back-dating nor an owner's disowning works (spec/verify.md)."""

from __future__ import annotations

from openline.terms import EntryId
from openline.wire.bodies import Message, message_item
from openline.wire.entry import Entry, Have
from openline.wire.kinds import Kind
from tests.proof.bundles import agreed
from tests.proof.world import Poster, World


def world_with_three() -> tuple[World, Poster, Poster, Poster]:
    world = World("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = world.members
    alpha.say("Good.")
    return world, alpha, bravo, charlie


def codes(world: World, *more: Entry) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.number) for fault in agreed(world.bundle(world.members[1], *more), world.known()).faults]


def test_an_owner_cannot_disown_what_another_member_held() -> None:
    world, alpha, bravo, _ = world_with_three()
    alpha.say("We shot first.")
    alpha.say("Twice.")
    bravo.hear()
    bravo.acknowledge()
    alpha.rotate(2)
    finding = agreed(world.bundle(bravo), world.known())
    assert finding.ok
    assert [(each.number, each.held_by) for each in finding.disowned] == [(3, (bravo.post,)), (4, (bravo.post,))]


def test_what_nobody_held_is_refused_though_an_entry_before_it_was_held() -> None:
    world, alpha, bravo, _ = world_with_three()
    alpha.say("Held.")
    bravo.hear()
    bravo.acknowledge()
    alpha.say("Not held.")
    alpha.rotate(2)
    assert codes(world) == [("key-revoked", 4)]


def test_an_ack_of_what_was_held_beyond_a_gap_proves_it() -> None:
    world, alpha, bravo, _ = world_with_three()
    alpha.say("Between.")
    last = alpha.say("Overtook.")
    bravo.write(Kind.ACK, have=(Have(alpha.post, 0, EntryId(bytes(32)), ((4, last.id),)),))
    alpha.rotate(2)
    finding = agreed(world.bundle(bravo), world.known())
    assert [each.number for each in finding.disowned] == [4, 3] or [each.number for each in finding.disowned] == [3, 4]
    assert finding.ok


def test_a_thief_who_writes_after_the_revocation_is_known_is_refused() -> None:
    world, alpha, bravo, _ = world_with_three()
    thief = Poster(world, alpha.own, alpha.card, entries=list(alpha.entries))
    alpha.rotate(2)
    alpha.tell_keys()
    bravo.hear()
    bravo.acknowledge()
    forged = thief.make(Kind.MESSAGE, message_item(Message("Backdated.", 2)), time=alpha.entries[1].header.time)
    beyond = ((5, forged.id),)
    bravo.write(Kind.ACK, have=(Have(alpha.post, 3, alpha.entries[2].id, beyond),))
    assert ("key-revoked", 3) in codes(world, forged)


def test_the_true_feed_goes_on_beside_a_thief_s_entries() -> None:
    world, alpha, bravo, _ = world_with_three()
    thief = Poster(world, alpha.own, alpha.card, entries=list(alpha.entries))
    alpha.rotate(2)
    alpha.tell_keys()
    alpha.say("True.")
    forged = thief.make(Kind.MESSAGE, message_item(Message("False.", 2)))
    bravo.hear()
    bravo.acknowledge()
    assert codes(world, forged) == [("key-revoked", 3)]


def test_two_histories_of_which_one_is_under_the_revoked_key_and_was_held_are_told_apart() -> None:
    world, alpha, bravo, _ = world_with_three()
    disowned = alpha.say("We shot first.")
    bravo.hear()
    bravo.acknowledge()
    alpha.entries.pop()
    alpha.rotate(2)
    alpha.serials.clear()
    alpha.serials[disowned.header.traffic] = 1
    alpha.tell_keys()
    finding = agreed(world.bundle(bravo, disowned), world.known())
    assert [(each.number, each.held_by) for each in finding.disowned] == [(3, (bravo.post,))]


def test_a_key_that_is_good_for_nothing_on_the_line_revokes_all() -> None:
    world, alpha, _, _ = world_with_three()
    alpha.rotate(None)
    assert codes(world) == [("key-revoked", 1), ("key-revoked", 2)]


def test_a_second_revocation_does_not_undo_what_was_told_before() -> None:
    world, alpha, bravo, _ = world_with_three()
    alpha.rotate(2)
    alpha.tell_keys()
    alpha.rotate(3)
    alpha.tell_keys()
    alpha.say("Under the third key.")
    bravo.hear()
    bravo.acknowledge()
    assert codes(world) == []


def test_what_a_thief_dates_back_beside_the_last_good_entry_or_below_it_is_no_fork() -> None:
    for number in (3, 4):
        world, alpha, bravo, _ = world_with_three()
        alpha.say("True.")
        last = alpha.say("And the last.")
        thief = Poster(world, alpha.own, alpha.card, entries=list(alpha.entries[: number - 1]))
        forged = thief.say("Never said.")
        assert forged.header.number == number
        alpha.rotate(last.header.number)
        alpha.say("Under the new key.")
        bravo.hear()
        bravo.acknowledge()
        finding = agreed(world.bundle(bravo, forged), world.known())
        assert finding.ok, finding.faults
        assert [each.number for each in finding.settled] == [number]
        assert finding.feeds[[feed.post for feed in finding.feeds].index(alpha.post)].last == len(alpha.entries)


def test_two_histories_after_the_last_good_entry_stay_a_fork() -> None:
    world, alpha, bravo, _ = world_with_three()
    alpha.rotate(2)
    liar = Poster(world, alpha.own, alpha.card, entries=list(alpha.entries))
    alpha.say("One.")
    other = liar.say("Another.")
    assert codes(world, other) == [("forked-feed", other.header.number)]
