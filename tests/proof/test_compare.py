"""Two records of one line: what each left out, and where they contradict each other."""

from __future__ import annotations

from openline.proof.compare import compare
from openline.proof.export import Rule
from openline.wire.bodies import Message, message_item
from openline.wire.kinds import Kind
from tests.proof.bundles import first
from tests.proof.world import World


def long_world() -> World:
    world = World("Alpha", "Bravo")
    alpha, bravo = world.members
    for number in range(5):
        alpha.say(f"Message {number}.")
    bravo.hear()
    bravo.acknowledge()
    return world


def test_the_same_record_twice() -> None:
    world = long_world()
    finding = first(world.bundle(world.members[0]), world.known())
    comparison = compare(finding, finding)
    assert comparison.same
    assert comparison.sentences("a", "b") == ["a and b show the same entries and items."]


def test_each_is_told_what_it_left_out() -> None:
    world = long_world()
    alpha, bravo = world.members
    without_end = [entry for entry in world.in_order() if entry not in alpha.entries[3:5]]
    without_ack = [entry for entry in world.in_order() if entry is not bravo.entries[1]]
    one = first(world.bundle(alpha, entries=without_end), world.known())
    two = first(world.bundle(bravo, entries=without_ack), world.known())
    comparison = compare(one, two)
    assert not comparison.same
    assert [(each.feed, each.first, each.last) for each in comparison.first_lacks] == [(alpha.post, 4, 5)]
    assert [(each.feed, each.first, each.last) for each in comparison.second_lacks] == [(bravo.post, 2, 2)]
    assert comparison.second_lacks[0].id == bravo.entries[1].id
    assert comparison.sentences("mine", "theirs") == [
        "mine leaves out entries 4 to 5 of “Alpha”, which theirs shows.",
        "theirs leaves out entry 2 of “Bravo”, which mine shows.",
    ]
    assert comparison.as_json()["first_lacks"][0]["feed"] == alpha.post.hex()


def test_withheld_items_are_named() -> None:
    world = long_world()
    alpha, _ = world.members
    rule = Rule(entries=frozenset({alpha.entries[2].id}))
    opened = first(world.bundle(alpha), world.known())
    closed = first(world.bundle(alpha, rule=rule), world.known())
    (said,) = compare(opened, closed).sentences("mine", "theirs")
    assert said == "Of entry 3 of “Alpha”, mine shows an item that theirs withholds."


def test_two_histories_are_a_contradiction() -> None:
    world = World("Alpha", "Bravo")
    alpha, _ = world.members
    other = alpha.make(Kind.MESSAGE, message_item(Message("No.", 1)))
    alpha.say("Yes.")
    yes = first(world.bundle(alpha), world.known())
    entries = [other if entry is alpha.entries[1] else entry for entry in world.in_order()]
    no = first(world.bundle(alpha, entries=entries), world.known())
    assert yes.ok
    assert no.ok
    comparison = compare(yes, no)
    assert [(each.feed, each.first) for each in comparison.contradictions] == [(alpha.post, 2)]
    assert "signed two histories" in comparison.sentences("one", "the other")[0]


def test_two_lines_are_not_compared() -> None:
    one, two = World("Alpha", "Bravo"), World("Alpha", "Charlie")
    comparison = compare(*(first(world.bundle(world.members[0]), world.known()) for world in (one, two)))
    assert not comparison.same
    assert comparison.sentences("a", "b") == ["a and b are records of two different lines."]
