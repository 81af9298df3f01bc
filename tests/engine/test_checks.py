"""Link checks by the clock: answered by machines, missed aloud at both ends, explained when announced."""

from __future__ import annotations

from openline.engine.conversing import gather
from openline.engine.effects import SignTree
from openline.engine.events import AcceptLine, ChangeMembers, MakeCheckpoint, Say
from openline.exchanges.linkcheck import State, fold
from openline.limits import CHECKS_ANSWERED_MAX, OUTAGES_MAX
from openline.terms import Instant, LineId
from openline.wire.kinds import Kind
from openline.wire.linkcheck import CHECK, OUTAGE, Check, Outage, Silence, missed_of
from openline.wire.rules import Rules, Slots, encode_rules
from tests.engine.pair import START, Post, Wire

MINUTE_MS = 60_000
FIRST = START // MINUTE_MS % 1440 + 5
"""The minute of the day, five minutes after the world begins, at which Alpha checks; Bravo a minute later."""


def checked(*, human: bool = False) -> tuple[Wire, Post, Post, LineId]:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    mine = Slots(member=alpha.id, human=(FIRST,)) if human else Slots(member=alpha.id, machine=(FIRST,))
    slots = (mine, Slots(member=bravo.id, machine=(FIRST + 1,)))
    rules = Rules(slots=slots, texts=("Swans.", "The ferry."), grace_ms=MINUTE_MS)
    alpha.do(ChangeMembers, line=line, rules=encode_rules(rules))
    bravo.do(AcceptLine, line)
    wire.wait(1)
    return wire, alpha, bravo, line


def checks(post: Post, line: LineId) -> list[State]:
    found = [kept for _, kept in post.record.openings(line, [Kind.CHECK], None, 100)]
    folded = [fold(gather(post.record, line, kept.entry.id)) for kept in found]
    return [each.state for each in folded if each is not None]


def test_each_side_checks_and_the_other_answers() -> None:
    wire, alpha, bravo, line = checked()
    wire.wait(10 * 60)
    for post in (alpha, bravo):
        states = checks(post, line)
        assert [state.entry.header.author for state in states] == [bravo.id, alpha.id]
        assert all(state.silent == () for state in states)
        assert all(state.check is not None and state.check.text in ("Swans.", "The ferry.") for state in states)
        assert not {"check-missed", "check-unanswered"} & set(post.told())
    wire.wait(86_400)
    assert len(checks(alpha, line)) == 4


def test_a_missed_check_alarms_both_ends_and_names_the_last_thing_received() -> None:
    wire, alpha, bravo, line = checked()
    wire.sever("Alpha", "Bravo")
    had = alpha.line(line).feeds[bravo.id].number
    wire.wait(10 * 60)
    (unanswered,) = [alarm for alarm in alpha.alarms if alarm.code == "check-unanswered"]
    assert f"Bravo: the last of it here is entry {had}" in unanswered.text
    assert [alarm.code for alarm in alpha.alarms if "check" in alarm.code] == ["check-unanswered", "check-missed"]
    assert "check-missed" in bravo.told()
    (told,) = alpha.entries(line, alpha, Kind.CHECK_MISSED)
    assert (missed_of(told).member, missed_of(told).number) == (bravo.id, had)
    before = bravo.told().count("check-missed")
    wire.heal("Alpha", "Bravo")
    wire.wait(30)
    assert bravo.told().count("check-missed") == before + 1


def test_a_human_check_needs_an_officer() -> None:
    wire, alpha, bravo, line = checked(human=True)
    wire.wait(5 * 60 + 10)
    assert bravo.told().count("check-waits") == 1
    (state,) = checks(bravo, line)
    assert state.silent == (bravo.id,)
    wire.wait(120)
    assert "check-unanswered" in alpha.told()
    assert "check-unanswered" in bravo.told()


def test_an_officers_answer_ends_the_waiting() -> None:
    wire, alpha, bravo, line = checked(human=True)
    wire.wait(5 * 60 + 10)
    (state,) = checks(bravo, line)
    opening = state.entry.id
    entries = gather(bravo.record, line, opening)
    bravo.do(
        Say,
        line=line,
        kind=Kind.CHECK_ANSWER,
        items=(),
        officer=1,
        opening=opening,
        refers=(opening,),
        exchange=entries,
    )
    wire.wait(120)
    assert "check-unanswered" not in alpha.told() + bravo.told()
    assert [each.officer for each in checks(alpha, line)[-1].answers] == [1]


def test_announced_silence_is_no_miss() -> None:
    wire, alpha, bravo, line = checked()
    body = Outage(begins=wire.now, ends=Instant(wire.now + 3_600_000), why=Silence.RADIO_SILENCE)
    bravo.do(Say, line=line, kind=Kind.OUTAGE, items=(OUTAGE.item(body),), officer=1)
    assert "outage-announced" in alpha.told()
    wire.sever("Alpha", "Bravo")
    wire.wait(10 * 60)
    assert not {"check-missed", "check-unanswered"} & set(alpha.told())
    assert "check-missed" in bravo.told()


def test_silence_that_was_called_off_explains_nothing_after() -> None:
    wire, alpha, bravo, line = checked()
    body = Outage(begins=wire.now, ends=Instant(wire.now + 3_600_000), why=Silence.OUTAGE)
    announced = bravo.do(Say, line=line, kind=Kind.OUTAGE, items=(OUTAGE.item(body),), officer=1)
    exchange = gather(bravo.record, line, announced)
    bravo.do(
        Say,
        line=line,
        kind=Kind.OUTAGE_OVER,
        items=(),
        officer=1,
        opening=announced,
        refers=(announced,),
        exchange=exchange,
    )
    wire.sever("Alpha", "Bravo")
    wire.wait(10 * 60)
    assert "check-missed" in alpha.told()


def test_a_restart_repeats_no_check_and_forgets_none() -> None:
    wire, alpha, bravo, line = checked()
    wire.wait(5 * 60 + 10)
    alpha.stop()
    alpha.start()
    wire.wait(5)
    assert len([each for each in checks(bravo, line) if each.entry.header.author == alpha.id]) == 1
    assert alpha.line(line).checks.own == {False: START // 86_400_000 * 86_400_000 + FIRST * MINUTE_MS}


def test_a_slot_that_passed_while_down_is_not_made_up_for() -> None:
    wire, alpha, bravo, line = checked()
    wire.wait(2)
    alpha.stop()
    wire.wait(10 * 60)
    alpha.start()
    wire.wait(5)
    assert [each.entry.header.author for each in checks(bravo, line)] == [bravo.id]
    assert "check-missed" in bravo.told()


def test_a_check_that_cannot_be_read_stops_nothing() -> None:
    _, alpha, bravo, line = checked()
    body = Check(slot=Instant(1), answer_by=Instant(2), asked=(bravo.id,), text="Swans.")
    alpha.do(Say, line=line, kind=Kind.CHECK, items=(CHECK.item(body),))
    assert len(checks(bravo, line)) == 1
    assert checks(alpha, line)[0].silent == ()


def test_a_check_of_a_slot_far_ahead_hides_no_missed_one() -> None:
    wire, alpha, bravo, line = checked()
    body = Check(slot=Instant(1 << 60), answer_by=Instant(1 << 61), asked=(alpha.id,), text="Swans.")
    bravo.do(Say, line=line, kind=Kind.CHECK, items=(CHECK.item(body),))
    wire.sever("Alpha", "Bravo")
    wire.wait(10 * 60)
    assert "check-missed" in alpha.told()


def test_a_flood_of_checks_is_answered_up_to_a_limit() -> None:
    wire, alpha, bravo, line = checked()
    for count in range(CHECKS_ANSWERED_MAX + 10):
        slot = Instant(wire.now + count)
        body = Check(slot=slot, answer_by=slot, asked=(alpha.id,), text="Swans.")
        bravo.ask(Say, line=line, kind=Kind.CHECK, items=(CHECK.item(body),))
    wire.settle()
    assert len(bravo.entries(line, alpha, Kind.CHECK_ANSWER)) == CHECKS_ANSWERED_MAX
    wire.now = Instant(wire.now + 60 * MINUTE_MS)
    newest = Check(slot=wire.now, answer_by=wire.now, asked=(alpha.id,), text="Swans.")
    bravo.do(Say, line=line, kind=Kind.CHECK, items=(CHECK.item(newest),))
    assert len(bravo.entries(line, alpha, Kind.CHECK_ANSWER)) == CHECKS_ANSWERED_MAX + 1


def test_only_the_newest_announcements_of_a_member_are_remembered() -> None:
    wire, alpha, bravo, line = checked()
    for count in range(OUTAGES_MAX + 5):
        body = Outage(begins=Instant(1 + count), ends=Instant(1 << 60), why=Silence.OUTAGE)
        bravo.do(Say, line=line, kind=Kind.OUTAGE, items=(OUTAGE.item(body),), officer=1)
    begins = [begins for _, begins, _ in alpha.line(line).checks.silent.values()]
    assert begins == list(range(6, OUTAGES_MAX + 6))
    alpha.stop()
    alpha.start()
    assert [begins for _, begins, _ in alpha.line(line).checks.silent.values()] == begins


def test_a_check_that_comes_while_a_checkpoint_is_signed_is_answered_after() -> None:
    wire, alpha, bravo, line = checked()
    alpha.hold = (SignTree,)
    alpha.ask(MakeCheckpoint, line)
    wire.settle()
    body = Check(slot=wire.now, answer_by=wire.now, asked=(alpha.id,), text="Swans.")
    bravo.do(Say, line=line, kind=Kind.CHECK, items=(CHECK.item(body),))
    assert bravo.entries(line, alpha, Kind.CHECK_ANSWER) == []
    alpha.release()
    wire.settle()
    assert len(bravo.entries(line, alpha, Kind.CHECK_ANSWER)) == 1
