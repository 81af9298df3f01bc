"""What people are told of a joint statement, and when something is due."""

from __future__ import annotations

from openline.exchanges.joint_statement import barred, due, fold, overdue, told
from openline.exchanges.joint_statement.telling import REMIND_MS
from openline.feeds.record import Kept
from openline.terms import Instant, PostId
from openline.wire.joint_statement import Change
from openline.wire.kinds import Kind
from openline.wire.rules import Rules
from tests.exchanges.joints import THREE, Room, add, approval, change, closed, drafted, word
from tests.exchanges.talks import name_of
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE

STRANGER = PostId(b"x" * 32)


def codes(room: Room, me: PostId, *news: Kept) -> list[str]:
    """What `me` is told when these came."""
    after = fold(room.entries)
    assert after is not None
    return [each.code for each in told(fold(each for each in room.entries if each not in news), after, me, name_of)]


def test_each_party_is_told_what_the_others_did() -> None:
    room = Room(needed=2)
    assert codes(room, BRAVO, room.opened) == ["statement-drafted"]
    assert codes(room, ALPHA, room.opened) == codes(room, STRANGER, room.opened) == []
    line = room.write(add, ALPHA)
    assert codes(room, BRAVO, line) == ["statement-changed"]
    proposal = room.write(change, BRAVO, Change.AMEND, line, revision=1, en="No.")
    assert codes(room, ALPHA, proposal) == codes(room, CHARLIE, proposal) == ["statement-changed"]
    no = room.write(word, ALPHA, proposal, False)
    assert codes(room, BRAVO, no) == ["statement-changed"]
    yes = room.write(approval, BRAVO, room.state.digest())
    assert codes(room, ALPHA, yes) == ["statement-approved"]
    back = room.write(approval, BRAVO, room.state.digest(), back=True)
    assert codes(room, ALPHA, back) == ["statement-taken-back"]
    room.approve(BRAVO)
    last = room.write(approval, CHARLIE, room.state.digest())
    assert codes(room, ALPHA, last) == ["statement-approved", "statement-ready"]
    out = room.write(closed, ALPHA, room.state.digest())
    assert codes(room, BRAVO, out) == codes(room, ALPHA, out) == ["statement-released"]
    over = drafted()
    end = over.write(closed, ALPHA)
    assert codes(over, CHARLIE, end) == ["statement-withdrawn"]


def test_who_approved_is_told_that_it_counts_no_more() -> None:
    room = drafted()
    room.approve(BRAVO)
    edit = room.write(change, ALPHA, Change.AMEND, room.entries[1], revision=1, en="Otherwise.")
    assert codes(room, BRAVO, edit) == ["statement-changed", "statement-void"]
    assert codes(room, CHARLIE, edit) == ["statement-changed"]


def test_a_text_that_waits_is_remembered_once() -> None:
    room = Room()
    assert due(room.state, BRAVO, Instant(0)) is None
    proposal = room.write(add, BRAVO)
    assert due(room.state, BRAVO, Instant(0)) is None
    assert due(room.state, ALPHA, Instant(0)) == REMIND_MS
    room.write(word, ALPHA, proposal)
    assert due(room.state, STRANGER, Instant(0)) is None
    assert due(room.state, BRAVO, Instant(0)) == REMIND_MS
    assert due(room.state, BRAVO, Instant(REMIND_MS)) is None
    assert [each.code for each in overdue(room.state, BRAVO, Instant(REMIND_MS), name_of)] == ["statement-waits"]
    assert overdue(room.state, BRAVO, Instant(REMIND_MS - 1), name_of) == ()
    room.approve(BRAVO)
    assert due(room.state, BRAVO, Instant(0)) is None


def test_the_drafter_is_told_when_it_may_be_out() -> None:
    room = drafted(not_before=Instant(5_000))
    room.approve(*THREE)
    assert due(room.state, ALPHA, Instant(0)) == 5_000
    assert due(room.state, BRAVO, Instant(0)) is None
    assert [each.code for each in overdue(room.state, ALPHA, Instant(5_000), name_of)] == ["statement-due"]
    room.write(closed, ALPHA, room.state.digest(), at=5_000)
    assert due(room.state, ALPHA, Instant(0)) is None
    at_once = drafted()
    at_once.approve(*THREE)
    assert due(at_once.state, ALPHA, Instant(0)) is None


def test_the_rules_of_a_line_may_ask_for_two_persons() -> None:
    rules = Rules(two_persons=(Kind.JOINT_APPROVAL,))
    assert barred(Room().state, Rules()) is None
    assert "two persons" in str(barred(Room().state, rules))
    assert barred(Room(one_person=False).state, rules) is None
