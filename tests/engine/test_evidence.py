"""Who signs two things that cannot both be true is named to every member, with both as evidence."""

from __future__ import annotations

from typing import Any

import pytest

from openline.engine.events import Send
from openline.feeds.feed import NOTHING
from openline.terms import EntryId, Instant, LineId, Precedence
from openline.wire.bodies import Message, message_item
from openline.wire.entry import Entry, Have
from openline.wire.kinds import Kind
from tests.engine.forging import hand_over, signed, slip
from tests.engine.pair import Post, Wire


def members(*names: str) -> tuple[Wire, LineId]:
    wire = Wire(*names)
    line = wire.line()
    wire.wait(10)
    return wire, line


def said(liar: Post, line: LineId, text: str, **fields: Any) -> Entry:
    return signed(liar, line, Kind.MESSAGE, (message_item(Message(text, 1)),), **fields)


# Forks


def fork(wire: Wire, line: LineId, liar: Post, *others: Post) -> None:
    """The liar signs two entries with one number, and hands each to whom it likes."""
    for at, other in enumerate(others):
        hand_over(wire, liar, other, said(liar, line, f"to {at}"))


def test_two_entries_with_one_number_are_evidence_at_every_member() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, liar = wire.posts
    fork(wire, line, liar, alpha, bravo)
    wire.wait(10)
    for post in (alpha, bravo):
        alarms = [alarm for alarm in post.alarms if alarm.code == "forked-feed"]
        assert [alarm.precedence for alarm in alarms] == [Precedence.FLASH]
        assert "Charlie signed two different histories" in alarms[0].text
        split = post.line(line).feeds[liar.id].fork
        assert split is not None
        both = {post.kept_entry(line, entry).entry.id for entry in (split.ours, split.theirs)}
        assert len(both) == 2
        for member in (alpha, bravo):
            (evidence,) = post.entries(line, member, Kind.EVIDENCE)
            assert set(evidence.header.refers) == both


def test_the_line_goes_on_between_the_others() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, liar = wire.posts
    fork(wire, line, liar, alpha, alpha)
    alpha.do(Send, line=line, text="Did you see that?")
    bravo.do(Send, line=line, text="Yes.")
    assert (bravo.texts(line, alpha), alpha.texts(line, bravo)) == (["Did you see that?"], ["Yes."])
    frozen = alpha.line(line).feeds[liar.id].number
    hand_over(wire, liar, alpha, said(liar, line, "trust me", number=frozen + 1))
    wire.wait(10)
    assert alpha.line(line).feeds[liar.id].number == frozen


def test_branches_shown_to_different_members_are_noticed() -> None:
    """Alpha hears one thing, Charlie another: what the two sign that they hold betrays it."""
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    slip(wire, bravo, charlie, said(bravo, line, "We leave."))
    wire.sever("Bravo", "Charlie")
    bravo.do(Send, line=line, text="We stay.")
    assert [post.texts(line, bravo) for post in (alpha, charlie)] == [["We stay."], ["We leave."]]
    wire.wait(20)
    for post in (alpha, charlie):
        assert "forked-feed" in post.told()
        assert post.line(line).feeds[bravo.id].fork is not None
    wire.wait(60)
    for post in (alpha, charlie):
        assert post.told().count("forked-feed") == 1


def test_a_chain_that_does_not_meet_is_a_fork_too() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, liar = wire.posts
    hand_over(wire, liar, alpha, said(liar, line, "after nothing", previous=EntryId(b"\x99" * 32)))
    assert "forked-feed" in alpha.told()


def test_a_fork_is_remembered_over_a_restart_and_told_again() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, _, liar = wire.posts
    fork(wire, line, liar, alpha, alpha)
    split = alpha.line(line).feeds[liar.id].fork
    alpha.stop()
    alpha.start()
    wire.wait(10)
    assert alpha.line(line).feeds[liar.id].fork == split
    assert alpha.told().count("forked-feed") == 2
    assert len(alpha.entries(line, alpha, Kind.EVIDENCE)) == 1


# Have-vectors that lie


def test_a_shrinking_have_vector_is_alarmed() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, liar, _ = wire.posts
    first = alpha.entries(line, alpha)[0]
    hand_over(wire, liar, alpha, signed(liar, line, have=(Have(alpha.id, 1, first.id),)))
    wire.wait(60)
    assert alpha.told().count("have-shrank") == 1
    assert "Bravo" in next(alarm.text for alarm in alpha.alarms if alarm.code == "have-shrank")


def test_a_wrong_id_is_alarmed() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, liar, charlie = wire.posts
    number = alpha.line(line).feeds[charlie.id].number
    hand_over(wire, liar, alpha, signed(liar, line, have=(Have(charlie.id, number, EntryId(b"\x99" * 32)),)))
    wire.wait(5)
    assert "have-differs" in alpha.told()
    charlie.do(Send, line=line, text="still here")
    assert alpha.texts(line, charlie) == ["still here"]


def test_what_was_signed_for_before_it_was_written_is_held_against_what_comes() -> None:
    """The author alone knows at once that nothing of the kind was written; a third member sees it when it is."""
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, liar, charlie = wire.posts
    number = alpha.line(line).mine.number + 9
    false = signed(liar, line, have=(Have(alpha.id, number, EntryId(b"\x99" * 32)),))
    hand_over(wire, liar, charlie, false)
    wire.wait(15)
    assert "empty-claim" in alpha.told()
    assert "have-differs" not in charlie.told()
    sent = [alpha.do(Send, line=line, text=f"nobody had {at} before") for at in range(9)]
    wire.wait(5)
    assert "have-differs" in charlie.told()
    at = alpha.kept_entry(line, sent[0]).entry.header.number
    for post in (alpha, charlie):
        assert false.id not in {each.proof for each in post.record.deliveries(line, alpha.id, at)}
    assert charlie.id in {each.by for each in alpha.record.deliveries(line, alpha.id, at)}


def test_a_receipt_in_advance_keeps_no_alarm_from_anybody_over_a_restart() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, liar = wire.posts
    proved = alpha.line(line).proved[liar.id]
    hand_over(wire, liar, alpha, signed(liar, line, have=(Have(alpha.id, 1_000, EntryId(b"\x99" * 32)),)))
    wire.sever("Alpha", "Bravo")
    wire.wait(15)
    alpha.do(Send, line=line, text="is anybody there?", deliver_by=Instant(wire.now + 60_000))
    assert alpha.line(line).claimed(liar.id, alpha.id) == proved
    alpha.stop()
    alpha.start()
    assert alpha.line(line).claimed(liar.id, alpha.id) == proved
    wire.wait(90)
    assert "late" in alpha.told()


@pytest.mark.parametrize("number", [0, 3])
def test_nothing_and_something_are_not_confused(number: int) -> None:
    """A have-vector of nothing names no entry; one of something that is not here is not held against its author."""
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    have = Have(charlie.id, 1_000, EntryId(b"\x01" * 32)) if number else Have(charlie.id, 0, NOTHING)
    hand_over(wire, bravo, alpha, signed(bravo, line, have=(have,)))
    assert "have-differs" not in alpha.told()
