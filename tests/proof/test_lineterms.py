"""Terms: versions in force, proposals that never were, and members who come and go."""

from __future__ import annotations

import msgspec

from openline.identity import signing
from openline.identity.acts import sign_act, sign_drafted
from openline.terms import Precedence
from openline.wire import cbor
from openline.wire.bodies import bytes_item
from openline.wire.kinds import Kind
from openline.wire.lineterms import Member, encode_terms, terms_hash
from openline.wire.rules import Rules, encode_rules
from tests.proof.bundles import agreed
from tests.proof.world import Poster, World, seeds


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


def ruled(*kinds: Kind) -> tuple[World, Poster, Poster]:
    """Two members whose line asks for two persons for these kinds; the first has a second officer."""
    world = World("Alpha", "Bravo")
    alpha, bravo = world.members
    alpha.own, statement = signing.add_officer(alpha.own, alpha.card, "Bo", seeds("bo", 32), [], world.now)
    alpha.card = alpha.card.extended(statement)
    rules = encode_rules(Rules(two_persons=tuple(kinds)))
    before = world.chain[-1]
    terms = msgspec.structs.replace(before, version=2, previous=terms_hash(world.payload), rules=rules)
    world.payload = encode_terms(terms)
    for each in (alpha, bravo):
        each.agree(world.payload)
        each.terms = 2
    return world, alpha, bravo


def by_two(alpha: Poster, text: str) -> None:
    """A message that the first officer drafted and the second released."""
    alpha.say(text, officer=2)
    made = alpha.entries.pop()
    header, act = made.header, made.header.act
    first, second = alpha.own.officer(1), alpha.own.officer(2)
    assert act is not None
    assert first is not None
    assert second is not None
    drafted = sign_drafted(header, 1, "", act.draft, act.time, first)
    released = sign_act(header, 2, "", act.draft, act.time, second)
    header = msgspec.structs.replace(header, act=msgspec.structs.replace(released, drafted=drafted))
    items = tuple(item for item in made.items if item is not None)
    alpha.entries.append(alpha.sign(header, items, tuple(salt for salt in made.salts if salt is not None)))


def test_what_one_signed_alone_is_named_where_the_rules_ask_for_two() -> None:
    world, alpha, bravo = ruled(Kind.MESSAGE, Kind.HOAX_REPORT)
    by_two(alpha, "Together.")
    alpha.say("At once.", precedence=Precedence.FLASH)
    bravo.hear()
    bravo.say("An answer.", exchange=alpha.entries[-1].id, refers=(alpha.entries[-1].id,))
    assert codes(world) == []
    alpha.say("Alone.")
    alpha.say("Alone again.")
    bravo.say("By a machine.", officer=0)
    assert sorted(codes(world), key=str) == [("one-person", 4), ("one-person", 5)]


def test_the_accident_form_and_what_is_withheld_are_not_named() -> None:
    world, alpha, _ = ruled(Kind.NOTICE)
    alpha.write(Kind.NOTICE, cbor.encode({1: {1: "accident"}}), officer=1)
    alpha.write(Kind.NOTICE, b"\xff", officer=1)
    alpha.write(Kind.NOTICE, cbor.encode({1: {1: "missile-launch"}}), officer=1)
    assert codes(world) == [("one-person", 5)]


def test_drafted_and_released_by_one_is_a_bad_act() -> None:
    world, alpha, _ = ruled(Kind.MESSAGE)
    alpha.say("Twice by one.")
    made = alpha.entries.pop()
    act, key = made.header.act, alpha.own.officer(1)
    assert act is not None
    assert key is not None
    drafted = sign_drafted(made.header, 1, "", act.draft, act.time, key)
    header = msgspec.structs.replace(made.header, act=msgspec.structs.replace(act, drafted=drafted))
    items = tuple(item for item in made.items if item is not None)
    alpha.entries.append(alpha.sign(header, items, tuple(salt for salt in made.salts if salt is not None)))
    assert codes(world) == [("bad-act", 3)]
