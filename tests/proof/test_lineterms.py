"""Terms: versions in force, proposals that never were, and members who come and go."""

from __future__ import annotations

from openline.wire.bodies import bytes_item
from openline.wire.kinds import Kind
from openline.wire.lineterms import Member
from tests.proof.bundles import agreed
from tests.proof.world import World


def codes(world: World) -> list[tuple[str, int | None]]:
    finding = agreed(world.bundle(world.members[0]), world.known())
    return [(fault.code, fault.number) for fault in finding.faults]


def test_a_proposal_that_nobody_else_signs_is_no_fault() -> None:
    world = World("Alpha", "Bravo")
    alpha, bravo = world.members
    charlie = world.found("Charlie")
    alpha.agree(world.propose(*world.chain[0].members, Member(charlie.post, True)))
    alpha.say("Still under version 1.")
    finding = agreed(world.bundle(alpha), world.known())
    assert finding.ok
    assert finding.terms == 1


def test_a_removed_member_need_not_sign_what_removes_it() -> None:
    world = World("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = world.members
    second = world.propose(*(Member(each.post, each is not charlie) for each in world.members))
    for each in (alpha, bravo):
        each.agree(second)
        each.terms = 2
        each.say("Under version 2.")
    finding = agreed(world.bundle(alpha), world.known())
    assert finding.ok
    assert finding.terms == 2


def test_terms_that_do_not_decode_are_named() -> None:
    world = World("Alpha", "Bravo")
    alpha, _ = world.members
    alpha.write(Kind.TERMS, bytes_item(b"\xa0"))
    assert codes(world) == [("bad-field", 2)]


def test_terms_that_follow_nothing_shown_are_named() -> None:
    world = World("Alpha", "Bravo")
    alpha, _ = world.members
    world.propose(*world.chain[0].members, Member(world.found("Charlie").post, True))
    third = world.propose(*world.chain[1].members)
    alpha.agree(third)
    assert codes(world) == [("bad-terms", 2)]


def test_without_its_founding_terms_a_line_is_nobody_s() -> None:
    world = World("Alpha", "Bravo")
    for each in world.members:
        each.entries.clear()
        each.write(Kind.ACK)
    found = codes(world)
    assert ("bad-terms", None) in found
    assert all(code in ("bad-terms", "not-a-member") for code, _ in found)
