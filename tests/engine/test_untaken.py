"""What nobody has taken: when it alarms, at whom, in which words, how often, and what ends it."""

from __future__ import annotations

import pytest

from openline.engine.effects import Alarm
from openline.engine.events import AcceptLine, ChangeMembers, Mark, OpenLine, Say, Send
from openline.engine.turn import Turn
from openline.engine.untaken import UNTAKEN_MS, noticed
from openline.limits import UNTAKEN_ALARMS_MAX, UNTAKEN_MAX_ENTRIES
from openline.terms import EntryId, Instant, LineId, Precedence, TrafficClass
from openline.wire.contact import (
    ANSWER,
    CLOSING,
    REQUEST,
    REQUEST_WORDS,
    WORDS,
    Answer,
    Called,
    Closing,
    Outcome,
    Reply,
    Request,
    RequestWords,
    Words,
)
from openline.wire.hoax import ANSWER as HOAX_ANSWER
from openline.wire.hoax import CLAIM, Claim, Verdict
from openline.wire.hoax import Answer as HoaxAnswer
from openline.wire.kinds import Kind
from openline.wire.notice import TO, To
from openline.wire.stop import PASSED, Head, Hit, Passed, ReadBack, Spot
from openline.wire.stop import READ_BACK as STOP_READ_BACK
from openline.wire.stop import SAID as STOP_SAID
from openline.wire.stop import Said as StopSaid
from openline.wire.stop import items as stop_items
from tests.engine.forging import hand_over, signed
from tests.engine.pair import Post, Wire

FLASH, IMMEDIATE = Precedence.FLASH, Precedence.IMMEDIATE


def pair() -> tuple[Wire, Post, Post, LineId]:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    return wire, alpha, bravo, wire.line()


def told(post: Post) -> list[Alarm]:
    return [alarm for alarm in post.alarms if alarm.code.startswith("untaken")]


def kept(post: Post) -> int:
    """How many messages the record remembers as waiting."""
    return len(post.record.objects("untaken"))


@pytest.mark.parametrize(("precedence", "minutes"), [(FLASH, 2), (IMMEDIATE, 10)])
def test_both_desks_hear_of_it_when_its_time_is_over(precedence: Precedence, minutes: int) -> None:
    wire, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Are these yours?", precedence=precedence, officer=1)
    wire.wait(minutes * 60 - 1)
    assert told(alpha) == told(bravo) == []
    wire.wait(2)
    (here,), (there,) = told(bravo), told(alpha)
    assert (here.code, there.code) == ("untaken", "untaken-there")
    assert (here.about, here.line, here.precedence) == (asked, line, precedence)
    assert here.text == f"Nobody here has taken this {precedence.name} of Alpha, {minutes} minutes after it came."
    assert there.text == (
        f"Nobody at Bravo has taken this {precedence.name}, {minutes} minutes after it was written. "
        "Bravo signed that it is delivered."
    )
    wire.wait(minutes * 60)
    assert len(told(bravo)) == len(told(alpha)) == 2


@pytest.mark.parametrize("precedence", [Precedence.ROUTINE, Precedence.PRIORITY])
def test_what_is_in_less_of_a_hurry_does_not(precedence: Precedence) -> None:
    wire, alpha, bravo, line = pair()
    alpha.do(Send, line=line, text="Good morning.", precedence=precedence)
    wire.wait(1_300)
    assert told(alpha) == told(bravo) == []
    assert kept(alpha) == kept(bravo) == 0


@pytest.mark.parametrize("kind", [Kind.TAKEN, Kind.PASSED_ON])
def test_who_takes_it_or_passes_it_on_ends_it_at_both(kind: Kind) -> None:
    wire, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH)
    assert kept(alpha) == kept(bravo) == 1
    to = "radar" if kind == Kind.PASSED_ON else ""
    bravo.do(Mark, line=line, target=bravo.kept_entry(line, asked), kind=kind, officer=1, to=to)
    assert kept(alpha) == kept(bravo) == 0
    wire.wait(130)
    assert told(alpha) == told(bravo) == []


@pytest.mark.parametrize("kind", [Kind.SEEN, Kind.ACKNOWLEDGED])
def test_to_have_seen_it_is_not_to_have_taken_it(kind: Kind) -> None:
    wire, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH)
    bravo.do(Mark, line=line, target=bravo.kept_entry(line, asked), kind=kind, officer=1)
    wire.wait(121)
    assert len(told(alpha)) == len(told(bravo)) == 1


def test_an_answer_ends_it_and_waits_itself_until_it_is_seen() -> None:
    wire, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH)
    answer = bravo.do(Send, line=line, text="No.", precedence=FLASH, replies_to=bravo.kept_entry(line, asked))
    assert list(alpha.line(line).untaken) == list(bravo.line(line).untaken) == [answer]
    wire.wait(121)
    assert [alarm.text for alarm in told(alpha)] == [
        "Nobody here has seen this FLASH of Bravo, 2 minutes after it came."
    ]
    alpha.do(Mark, line=line, target=alpha.kept_entry(line, answer), kind=Kind.SEEN, officer=1)
    assert kept(alpha) == kept(bravo) == 0


def test_an_answer_of_its_own_author_does_not_end_it() -> None:
    _, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH)
    alpha.do(Send, line=line, text="Hurry.", replies_to=alpha.kept_entry(line, asked))
    assert list(bravo.line(line).untaken) == list(alpha.line(line).untaken) == [asked]


def test_a_correction_of_what_is_taken_waits_again() -> None:
    wire, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Boat 17.", precedence=FLASH)
    bravo.do(Mark, line=line, target=bravo.kept_entry(line, asked), kind=Kind.TAKEN, officer=1)
    alpha.do(Send, line=line, text="Boat 71.", precedence=FLASH, corrects=alpha.kept_entry(line, asked))
    wire.wait(121)
    assert [alarm.about for alarm in told(bravo)] == [asked]
    bravo.do(Mark, line=line, target=bravo.kept_entry(line, asked), kind=Kind.SEEN, officer=1)
    assert kept(bravo) == 0


def test_a_message_given_up_waits_for_nobody() -> None:
    wire, alpha, bravo, line = pair()
    wire.sever("Alpha", "Bravo")
    soon = Instant(wire.now + 30_000)
    alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH, deliver_by=soon, give_up=True)
    wire.wait(40)
    assert kept(alpha) == 0
    wire.heal("Alpha", "Bravo")
    wire.wait(130)
    assert (kept(bravo), told(alpha), told(bravo)) == (0, [], [])


def test_the_sender_hears_that_nothing_shows_its_arrival() -> None:
    wire, alpha, bravo, line = pair()
    wire.sever("Alpha", "Bravo")
    alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH, traffic=TrafficClass.DRILL)
    wire.wait(121)
    assert [alarm.text for alarm in told(alpha)] == [
        "Nobody at Bravo has taken this DRILL FLASH, 2 minutes after it was written. "
        "Nothing that Bravo signed shows that it arrived."
    ]
    wire.heal("Alpha", "Bravo")
    wire.wait(60)
    assert told(bravo) == []
    wire.wait(70)
    assert len(told(bravo)) == 1, "the clock here starts when it came"


def test_of_three_the_sender_hears_who_has_not_taken_it() -> None:
    wire = Wire("Alpha", "Bravo", "Delta")
    alpha, bravo, delta = wire.posts
    line = wire.line()
    asked = alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH)
    wire.sever("Alpha", "Delta")
    bravo.do(Mark, line=line, target=bravo.kept_entry(line, asked), kind=Kind.TAKEN, officer=1)
    wire.wait(121)
    assert told(bravo) == []
    assert len(told(delta)) == 1
    assert "Nobody at Delta has taken" in told(alpha)[0].text
    delta.do(Mark, line=line, target=delta.kept_entry(line, asked), kind=Kind.TAKEN, officer=1)
    wire.wait(20)
    assert kept(alpha) == kept(delta) == 0


def test_a_mark_whose_act_does_not_hold_ends_nothing() -> None:
    wire, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH)
    seen = bravo.do(Mark, line=line, target=bravo.kept_entry(line, asked), kind=Kind.SEEN, officer=1)
    act = bravo.kept_entry(line, seen).entry.header.act
    for borrowed in (None, act):
        taken = signed(bravo, line, Kind.TAKEN, refers=(asked,), exchange=asked, precedence=FLASH, act=borrowed)
        hand_over(wire, bravo, alpha, taken)
        assert alpha.record.entry(line, taken.id) is not None
        assert kept(alpha) == 1
        bravo.line(line).mine.append(taken)


def test_a_restored_post_does_not_ask_again_for_what_it_had_taken() -> None:
    wire, alpha, bravo, line = pair()
    before = bravo.snapshot()
    taken = alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH)
    bravo.do(Mark, line=line, target=bravo.kept_entry(line, taken), kind=Kind.TAKEN, officer=1)
    ours = bravo.do(Send, line=line, text="Are those yours?", precedence=FLASH)
    alpha.do(Mark, line=line, target=alpha.kept_entry(line, ours), kind=Kind.TAKEN, officer=1)
    wire.wait(1)
    bravo.stop()
    bravo.record = before
    bravo.start(restored=True)
    wire.wait(10)
    wire.alike(line)
    assert kept(bravo) == kept(alpha) == 0


def test_while_a_post_restores_a_mark_may_come_back_before_its_message() -> None:
    _, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH)
    taken = bravo.do(Mark, line=line, target=bravo.kept_entry(line, asked), kind=Kind.TAKEN, officer=1)
    held, turn = bravo.line(line), Turn(bravo.wire.now, bytes(32))
    held.unheard = {alpha.id}
    for entry in (taken, asked):
        noticed(bravo.engine.state, turn, held, bravo.kept_entry(line, entry).entry, acted=entry == taken)
    assert held.untaken == {}


def test_it_goes_on_after_a_restart_and_ends_at_a_bound() -> None:
    wire, alpha, bravo, line = pair()
    alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH)
    wire.wait(121)
    bravo.stop()
    wire.wait(119)
    bravo.start()
    wire.wait(2)
    assert len(told(bravo)) == 2
    wire.wait(120 * UNTAKEN_ALARMS_MAX)
    assert len(told(bravo)) == len(told(alpha)) == UNTAKEN_ALARMS_MAX
    assert told(bravo)[-1].text.endswith("30 minutes after it came. This is the last alarm about it.")
    assert kept(bravo) == 1, "it still waits, and is paged"


def test_a_clock_that_is_set_back_silences_nothing() -> None:
    wire, alpha, bravo, line = pair()
    alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH)
    wire.now = Instant(wire.now - 3_600_000)
    bravo.wake = alpha.wake = wire.now
    wire.wait(122)
    assert len(told(bravo)) == 1


def test_one_author_is_remembered_to_a_bound_and_flash_stays() -> None:
    wire, alpha, bravo, line = pair()
    flash = alpha.do(Send, line=line, text="Now.", precedence=FLASH)
    for _ in range(UNTAKEN_MAX_ENTRIES + 1):
        alpha.ask(Send, line=line, text="Soon.", precedence=IMMEDIATE)
    ours = bravo.do(Send, line=line, text="Ours.", precedence=IMMEDIATE)
    wire.settle()
    waiting = bravo.line(line).untaken
    assert len(waiting) == UNTAKEN_MAX_ENTRIES + 1 == kept(bravo)
    assert {flash, ours} <= waiting.keys()


def test_what_was_written_before_a_post_came_waits_for_nobody_there() -> None:
    wire = Wire("Alpha", "Bravo", "Delta")
    alpha, bravo, delta = wire.posts
    line = alpha.do(OpenLine, "hot line", (bravo.id,))["id"]
    bravo.do(AcceptLine, line)
    alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH)
    alpha.do(ChangeMembers, line, add=(delta.id,))
    bravo.do(AcceptLine, line)
    delta.do(AcceptLine, line)
    wire.wait(5)
    assert delta.texts(line, alpha) == ["Are these yours?"]
    assert kept(delta) == 0
    assert UNTAKEN_MS[FLASH] == 120_000


def test_an_urgent_call_request_waits_until_an_officer_answers() -> None:
    wire = Wire("Alpha", "Bravo", "Delta")
    alpha, bravo, delta = wire.posts
    line = wire.line()
    body = Request(office="Chairman", called=(Called(bravo.id, "Chief"),), reply_by=Instant(wire.now + 3_600_000))
    items = (REQUEST.item(body), REQUEST_WORDS.item(RequestWords(topics=("the missile",))))
    request = alpha.do(Say, line=line, kind=Kind.CALL_REQUEST, items=items, officer=1, precedence=FLASH)
    assert [kept(post) for post in wire.posts] == [0, 1, 0]
    wire.wait(121)
    assert told(alpha) == told(delta) == []
    assert [alarm.text for alarm in told(bravo)] == [
        "Nobody here has answered this FLASH call request of Alpha, 2 minutes after it came."
    ]
    bravo.stop()
    bravo.start()
    answered = (ANSWER.item(Answer(reply=Reply.CONTENT_TAKEN)), WORDS.item(Words("")))
    bravo.do(
        Say,
        line=line,
        kind=Kind.CALL_ANSWER,
        items=answered,
        officer=1,
        precedence=FLASH,
        opening=request,
        refers=(request,),
        exchange=tuple(bravo.record.exchange(line, request)),
    )
    assert kept(bravo) == 0


def test_a_call_request_that_is_closed_waits_no_more() -> None:
    wire, alpha, bravo, line = pair()
    body = Request(office="Chairman", called=(Called(bravo.id, "Chief"),), reply_by=Instant(wire.now + 3_600_000))
    items = (REQUEST.item(body), REQUEST_WORDS.item(RequestWords(topics=("the missile",))))
    request = alpha.do(Say, line=line, kind=Kind.CALL_REQUEST, items=items, officer=1, precedence=FLASH)
    message = alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH)
    closed = (CLOSING.item(Closing(post=bravo.id, outcome=Outcome.WITHDRAWN)), WORDS.item(Words("")))
    alpha.do(
        Say,
        line=line,
        kind=Kind.CALL_OUTCOME,
        items=closed,
        officer=1,
        precedence=FLASH,
        opening=request,
        refers=(request,),
        exchange=tuple(alpha.record.exchange(line, request)),
    )
    assert list(bravo.line(line).untaken) == [message]


def test_a_question_whether_this_post_called_waits_until_an_officer_answers() -> None:
    wire, alpha, bravo, line = pair()
    claim = CLAIM.item(Claim(at=wire.now, channel="telephone", post=bravo.id))
    question = alpha.do(Say, line=line, kind=Kind.HOAX_QUESTION, items=(claim,), officer=1, precedence=FLASH)
    wire.wait(121)
    assert "has answered this FLASH question whether this post called" in told(bravo)[0].text
    assert "did-you-waits" in alpha.told()
    assert "did-you-waits" not in bravo.told()
    bravo.do(
        Say,
        line=line,
        kind=Kind.HOAX_ANSWER,
        items=(HOAX_ANSWER.item(HoaxAnswer(verdict=Verdict.NO)),),
        officer=1,
        precedence=FLASH,
        opening=question,
        refers=(question,),
        exchange=tuple(bravo.record.exchange(line, question)),
    )
    assert kept(bravo) == 0


def say(post: Post, line: LineId, kind: Kind, items: tuple[bytes, ...], stop: EntryId | None = None) -> EntryId:
    """One entry of a STOP; it opens one, or belongs to `stop` and names it twice."""
    refers = () if stop is None else (stop,) if kind != Kind.STOP_READ_BACK else (stop, stop)
    entries = () if stop is None else tuple(post.record.exchange(line, stop))
    said: EntryId = post.do(
        Say,
        line=line,
        kind=kind,
        items=items,
        officer=1,
        precedence=FLASH,
        opening=stop,
        refers=refers,
        exchange=entries,
    )
    return said


def stop_of(post: Post, other: Post, line: LineId) -> EntryId:
    head = Head(to=(other.id,))
    return say(post, line, Kind.STOP, stop_items(head, Hit(what="convoy", where="km 12"), Spot()))


def test_a_stop_waits_for_those_whom_it_is_for_and_rings_by_its_own_alarm() -> None:
    wire = Wire("Alpha", "Bravo", "Delta")
    alpha, bravo, delta = wire.posts
    line = wire.line()
    stop = stop_of(alpha, bravo, line)
    assert [list(post.line(line).untaken) for post in wire.posts] == [[], [stop], []]
    held = bravo.line(line).untaken[stop]
    assert (held.precedence, held.kind, held.opens) == (FLASH, Kind.STOP, True)
    wire.wait(121)
    assert [told(post) for post in (alpha, bravo, delta)] == [[], [], []]
    assert ["stop-waits" in post.told() for post in (alpha, bravo, delta)] == [True, True, False]
    bravo.stop()
    bravo.start()
    assert list(bravo.line(line).untaken) == [stop]
    wire.wait(3_700)
    assert list(bravo.line(line).untaken) == [stop]


@pytest.mark.parametrize("kind", [Kind.STOP_READ_BACK, Kind.STOP_PASSED])
def test_who_reads_a_stop_back_or_passes_it_on_has_taken_it(kind: Kind) -> None:
    _, alpha, bravo, line = pair()
    stop = stop_of(alpha, bravo, line)
    items = {
        Kind.STOP_READ_BACK: (STOP_READ_BACK.item(ReadBack(what="convoy", where="km 12")),),
        Kind.STOP_PASSED: (PASSED.item(Passed(Instant(1))), TO.item(To("3rd battery"))),
    }
    say(bravo, line, kind, items[kind], stop)
    assert kept(bravo) == 0
    added = stop_items(Head(to=(bravo.id,)), Hit(by="artillery"), Spot())
    say(alpha, line, Kind.STOP_ADDED, added, stop)
    assert list(bravo.line(line).untaken) == [stop]
    say(bravo, line, Kind.STOP_PASSED, items[Kind.STOP_PASSED], stop)
    assert kept(bravo) == 0


def test_a_stop_that_is_withdrawn_waits_no_more() -> None:
    _, alpha, bravo, line = pair()
    stop = stop_of(alpha, bravo, line)
    say(alpha, line, Kind.STOP_WITHDRAWN, (STOP_SAID.item(StopSaid("it is over")),), stop)
    assert kept(bravo) == 0


def test_a_stop_pages_whatever_its_header_says() -> None:
    _, alpha, bravo, line = pair()
    items = stop_items(Head(to=(bravo.id,)), Hit(), Spot())
    alpha.do(Say, line=line, kind=Kind.STOP, items=items, officer=1, precedence=Precedence.ROUTINE)
    assert [held.precedence for held in bravo.line(line).untaken.values()] == [FLASH]
