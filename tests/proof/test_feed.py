"""One feed: holes, forks and what counts while they are open."""

from __future__ import annotations

from openline.terms import TrafficClass
from openline.wire.bodies import Message, message_item
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from tests.proof.bundles import agreed
from tests.proof.world import Poster, World


def small() -> tuple[World, Poster, Poster]:
    world = World("Alpha", "Bravo")
    alpha, bravo = world.members
    return world, alpha, bravo


def codes(world: World, *more: Entry, gone: tuple[Entry, ...] = ()) -> list[tuple[str, int | None]]:
    entries = [entry for entry in world.in_order(*more) if entry not in gone]
    finding = agreed(world.bundle(world.members[1], entries=entries), world.known())
    return [(fault.code, fault.number) for fault in finding.faults]


def fork(alpha: Poster, text: str) -> Entry:
    """Another entry with the number of the next one."""
    return alpha.make(Kind.MESSAGE, message_item(Message(text, alpha.serials.get(TrafficClass.OPERATION, 0) + 1)))


def test_holes_are_named_as_ranges() -> None:
    world, alpha, _ = small()
    said = [alpha.say(f"Message {number}.") for number in range(8)]
    entries = [entry for entry in world.in_order() if entry not in (*said[1:4], said[6])]
    finding = agreed(world.bundle(alpha, entries=entries), world.known())
    (feed,) = (feed for feed in finding.feeds if feed.post == alpha.post)
    assert feed.holes == ((3, 5), (8, 8))
    assert [fault.sentence for fault in finding.faults] == [
        "The feed of “Alpha” lacks entries 3 to 5.",
        "The feed of “Alpha” lacks entry 8.",
    ]


def test_a_checkpoint_above_a_hole_is_not_relied_on_and_no_fault_of_its_own() -> None:
    world, alpha, _ = small()
    gone = alpha.say("Left out.")
    alpha.checkpoint()
    entries = [entry for entry in world.in_order() if entry is not gone]
    finding = agreed(world.bundle(alpha, entries=entries), world.known())
    assert [fault.code for fault in finding.faults] == ["hole"]
    assert all(feed.covered is None for feed in finding.feeds)


def test_after_an_open_fork_nothing_in_the_feed_counts() -> None:
    world, alpha, _ = small()
    other = fork(alpha, "No.")
    alpha.say("Yes.")
    alpha.say("A serial far off.", serial=40, officer=7)
    assert codes(world, other) == [("forked-feed", 2)]


def test_both_branches_may_go_on() -> None:
    world, alpha, _ = small()
    liar = Poster(world, alpha.own, alpha.card, entries=list(alpha.entries))
    alpha.say("Yes.")
    alpha.say("Still yes.")
    liar.say("No.", officer=0)
    liar.say("Still no.", officer=0)
    assert codes(world, *liar.entries[1:]) == [("forked-feed", 2), ("forked-feed", 3)]


def test_a_named_branch_settles_all_forks_before_it() -> None:
    world, alpha, _ = small()
    liar = Poster(world, alpha.own, alpha.card, entries=list(alpha.entries))
    alpha.say("Yes.")
    alpha.say("Still yes.")
    liar.say("No.", officer=0)
    liar.say("Still no.", officer=0)
    alpha.name_branch(alpha.entries[2])
    alpha.tell_keys()
    checkpoint = alpha.checkpoint()
    finding = agreed(world.bundle(alpha, *liar.entries[1:]), world.known())
    assert finding.ok, finding.sentences()
    assert [each.number for each in finding.settled] == [2, 3]
    (feed,) = (feed for feed in finding.feeds if feed.post == alpha.post)
    assert feed.covered is not None
    assert feed.covered.size == checkpoint.header.number - 1


def test_only_the_false_branch_is_shown() -> None:
    world, alpha, _ = small()
    false = fork(alpha, "No.")
    true = alpha.say("Yes.")
    alpha.name_branch(true)
    later = alpha.say("After.")
    assert codes(world, false, gone=(true,)) == [("forked-feed", later.header.number)]


def test_each_class_has_its_own_serials() -> None:
    world, alpha, _ = small()
    alpha.say("One.")
    alpha.say("Exercise one.", traffic=TrafficClass.EXERCISE)
    alpha.say("Two.")
    assert codes(world) == []


def test_after_a_hole_serials_must_only_rise() -> None:
    world, alpha, _ = small()
    alpha.say("One.")
    gone = alpha.say("Two.")
    alpha.say("Three.")
    last = alpha.say("Two again.", serial=2)
    assert codes(world, gone=(gone,)) == [("bad-serial", last.header.number), ("hole", gone.header.number)]


def test_a_correction_needs_no_serial_of_its_own() -> None:
    world, alpha, _ = small()
    first = alpha.say("One.")
    corrected = message_item(Message("One, corrected.", 1))
    alpha.write(Kind.CORRECTION, corrected, officer=1, refers=(first.id,), exchange=first.id)
    alpha.say("Two.")
    assert codes(world) == []
