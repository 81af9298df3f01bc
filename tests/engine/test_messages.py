"""Messages and marks: the ladder at both ends, what is refused before it is signed, and hours that are kept."""

from __future__ import annotations

from typing import Any

import pytest

from openline.engine.effects import SignTree
from openline.engine.events import MakeCheckpoint, Mark, OpenLine, Send
from openline.errors import LocalError, Misuse, NotAllowed, NotReady, TooManyWords
from openline.exchanges.message import Rung, State, fold, ladder
from openline.feeds.record import Kept
from openline.limits import FLASH_WORDS_MAX, TEXT_MAX_BYTES
from openline.terms import EntryId, Instant, LineId, Precedence, TrafficClass
from openline.wire.bodies import message_of
from openline.wire.kinds import Kind
from tests.engine.pair import Post, Wire

FLASH = Precedence.FLASH


def pair() -> tuple[Wire, Post, Post, LineId]:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    return wire, alpha, bravo, wire.line()


def target(post: Post, line: LineId, entry: EntryId) -> Kept:
    return post.kept_entry(line, entry)


def folded(post: Post, line: LineId, opening: EntryId) -> State:
    state = fold(post.record.exchange(line, opening))
    assert state is not None
    return state


def rungs(post: Post, line: LineId, entry: EntryId) -> list[Rung]:
    kept = target(post, line, entry)
    header = kept.entry.header
    proofs = post.record.deliveries(line, header.author, header.number)
    state = folded(post, line, header.exchange or entry)
    return [step.rung for step in ladder(state, entry, kept.at, (), proofs)]


def test_the_ladder_of_a_flash() -> None:
    wire, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Are these your aircraft?", precedence=FLASH, officer=1)
    assert rungs(alpha, line, asked) == [Rung.KEPT, Rung.DELIVERED]
    steps = [Rung.KEPT, Rung.DELIVERED]
    for kind, rung in (
        (Kind.SEEN, Rung.SEEN),
        (Kind.ACKNOWLEDGED, Rung.ACKNOWLEDGED),
        (Kind.TAKEN, Rung.TAKEN),
        (Kind.PASSED_ON, Rung.PASSED_ON),
    ):
        to = "air defence" if kind == Kind.PASSED_ON else ""
        bravo.do(Mark, line=line, target=target(bravo, line, asked), kind=kind, officer=1, to=to)
        steps.append(rung)
        assert rungs(alpha, line, asked) == rungs(bravo, line, asked) == steps
    answer = bravo.do(Send, line=line, text="They are not ours.", replies_to=target(bravo, line, asked))
    assert rungs(alpha, line, asked) == [*steps, Rung.ANSWERED]
    assert rungs(alpha, line, answer) == [Rung.KEPT, Rung.DELIVERED]
    assert folded(alpha, line, asked) == folded(bravo, line, asked)
    wire.wait(10)
    wire.alike(line)


def test_marks_have_the_precedence_and_class_of_the_message() -> None:
    _, alpha, bravo, line = pair()
    drill = TrafficClass.DRILL
    asked = alpha.do(Send, line=line, text="Are these yours?", precedence=FLASH, traffic=drill)
    seen = bravo.do(Mark, line=line, target=target(bravo, line, asked), kind=Kind.SEEN, officer=1)
    reply = bravo.do(Send, line=line, text="no", traffic=TrafficClass.OPERATION, replies_to=target(bravo, line, asked))
    headers = [target(alpha, line, entry).entry.header for entry in (seen, reply)]
    assert [header.traffic for header in headers] == [drill, drill]
    assert headers[0].precedence == FLASH
    assert [header.exchange for header in headers] == [asked, asked]
    assert not folded(alpha, line, asked).ignored


def test_an_answer_to_an_answer_stays_in_the_exchange() -> None:
    _, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Are these yours?")
    answer = bravo.do(Send, line=line, text="no", replies_to=target(bravo, line, asked))
    again = alpha.do(Send, line=line, text="Whose?", replies_to=target(alpha, line, answer))
    assert target(bravo, line, again).entry.header.exchange == asked
    assert target(bravo, line, again).entry.header.refers == (answer,)
    assert len(folded(bravo, line, asked).said) == 3


def test_only_the_author_corrects() -> None:
    _, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Two aircraft.")
    with pytest.raises(NotAllowed, match="Only its author"):
        bravo.do(Send, line=line, text="None.", corrects=target(bravo, line, asked))
    alpha.do(Send, line=line, text="Three aircraft.", corrects=target(alpha, line, asked))
    assert folded(bravo, line, asked).opening.text == "Three aircraft."
    assert alpha.line(line).serials == {TrafficClass.OPERATION: 1}


def test_serials_count_without_a_gap_for_each_class() -> None:
    _, alpha, bravo, line = pair()
    classes = [TrafficClass.OPERATION, TrafficClass.TEST, TrafficClass.OPERATION, TrafficClass.DRILL, TrafficClass.TEST]
    for traffic in classes:
        alpha.do(Send, line=line, text="hello", traffic=traffic)
        with pytest.raises(Misuse):
            alpha.do(Send, line=line, text="", traffic=traffic)
    found = [(entry.header.traffic, message_of(entry).serial) for entry in bravo.entries(line, alpha, Kind.MESSAGE)]
    assert found == list(zip(classes, [1, 1, 2, 1, 2], strict=True))


@pytest.mark.parametrize("precedence", [Precedence.FLASH, Precedence.IMMEDIATE])
def test_urgent_messages_are_short(precedence: Precedence) -> None:
    _, alpha, _, line = pair()
    words = "word " * FLASH_WORDS_MAX
    assert alpha.do(Send, line=line, text=words, precedence=precedence)
    with pytest.raises(TooManyWords, match=rf"201 words.*{precedence.name}.*200"):
        alpha.do(Send, line=line, text=words + "more", precedence=precedence)
    assert alpha.do(Send, line=line, text=words + "more", precedence=Precedence.PRIORITY)


@pytest.mark.parametrize(
    ("fields", "error", "said"),
    [
        ({"text": ""}, Misuse, "empty"),
        ({"text": " \n\t\u2003 "}, Misuse, "empty"),
        ({"text": "half \ud83d"}, Misuse, "surrogate"),
        ({"text": "x" * (TEXT_MAX_BYTES + 1)}, Misuse, str(TEXT_MAX_BYTES)),
        ({"text": "é" * (TEXT_MAX_BYTES // 2 + 1)}, Misuse, str(TEXT_MAX_BYTES)),
    ],
)
def test_what_is_no_message_is_refused(fields: dict[str, Any], error: type[LocalError], said: str) -> None:
    _, alpha, _, line = pair()
    number = alpha.line(line).mine.number
    with pytest.raises(error, match=said):
        alpha.do(Send, line=line, **fields)
    assert alpha.line(line).mine.number == number
    assert alpha.do(Send, line=line, text="x" * TEXT_MAX_BYTES)


def test_nobody_sends_before_another_has_accepted() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = alpha.do(OpenLine, "hot line", (bravo.id,))["id"]
    with pytest.raises(NotReady, match="accepted"):
        alpha.do(Send, line=line, text="Is anybody there?")


@pytest.mark.parametrize(
    ("fields", "error", "said"),
    [
        ({"kind": Kind.SEEN, "officer": 0}, NotAllowed, "officer"),
        ({"kind": Kind.MESSAGE, "officer": 1}, Misuse, "mark is one of"),
        ({"kind": Kind.GIVEN_UP, "officer": 1}, Misuse, "mark is one of"),
        ({"kind": 9_999, "officer": 1}, Misuse, "mark is one of"),
        ({"kind": Kind.PASSED_ON, "officer": 1}, Misuse, "whom"),
        ({"kind": Kind.PASSED_ON, "officer": 1, "to": "x" * 300}, Misuse, "whom"),
        ({"kind": Kind.PASSED_ON, "officer": 1, "to": "half \ud83d"}, Misuse, "surrogate"),
    ],
)
def test_what_is_no_mark_is_refused(fields: dict[str, Any], error: type[LocalError], said: str) -> None:
    _, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Are these yours?")
    with pytest.raises(error, match=said):
        bravo.do(Mark, line=line, target=target(bravo, line, asked), **fields)


def test_marks_are_for_messages_of_others_on_this_line() -> None:
    _, alpha, bravo, line = pair()
    asked = alpha.do(Send, line=line, text="Are these yours?")
    with pytest.raises(NotAllowed, match="of this post"):
        alpha.do(Mark, line=line, target=target(alpha, line, asked), kind=Kind.SEEN, officer=1)
    ack = next(entry for entry in bravo.entries(line, alpha) if entry.header.kind == Kind.EPOCH)
    with pytest.raises(NotAllowed, match="not a message"):
        bravo.do(Mark, line=line, target=target(bravo, line, ack.id), kind=Kind.SEEN, officer=1)
    with pytest.raises(NotAllowed, match="not a message"):
        bravo.do(Send, line=line, text="hm", replies_to=target(bravo, line, ack.id))
    other = bravo.wire.line("second line")
    with pytest.raises(NotAllowed, match="not a message"):
        bravo.do(Mark, line=other, target=target(bravo, line, asked), kind=Kind.SEEN, officer=1)


def late(wire: Wire, seconds: float) -> Instant:
    return Instant(wire.now + int(seconds * 1000))


def test_told_once_when_late() -> None:
    wire, alpha, bravo, line = pair()
    wire.sever("Alpha", "Bravo")
    sent = alpha.do(Send, line=line, text="Are these yours?", deliver_by=late(wire, 30))
    wire.wait(29)
    assert alpha.told() == []
    wire.wait(600)
    (alarm,) = [alarm for alarm in alpha.alarms if alarm.code == "late"]
    assert (alarm.about, "Bravo" in alarm.text) == (sent, True)
    wire.heal("Alpha", "Bravo")
    wire.wait(10)
    assert bravo.texts(line, alpha) == ["Are these yours?"]
    assert folded(bravo, line, sent).given_up is None


def test_given_up_is_signed() -> None:
    wire, alpha, bravo, line = pair()
    wire.sever("Alpha", "Bravo")
    exercise = TrafficClass.EXERCISE
    sent = alpha.do(Send, line=line, text="Are these yours?", traffic=exercise, deliver_by=late(wire, 30), give_up=True)
    wire.wait(40)
    assert folded(alpha, line, sent).given_up is not None
    wire.heal("Alpha", "Bravo")
    wire.wait(10)
    assert folded(bravo, line, sent) == folded(alpha, line, sent)
    assert folded(bravo, line, sent).given_up is not None
    assert alpha.told().count("late") == 1


def test_delivered_in_time_is_forgotten() -> None:
    wire, alpha, _, line = pair()
    alpha.do(Send, line=line, text="Are these yours?", deliver_by=late(wire, 30), give_up=True)
    wire.wait(2)
    assert alpha.engine.state.reminders == {}
    assert alpha.record.objects("reminder") == {}
    wire.wait(60)
    assert alpha.told() == []
    assert alpha.entries(line, alpha, Kind.GIVEN_UP) == []


@pytest.mark.parametrize("give_up", [False, True])
def test_the_hour_survives_a_restart(give_up: bool) -> None:
    wire, alpha, _, line = pair()
    wire.sever("Alpha", "Bravo")
    alpha.do(Send, line=line, text="Are these yours?", deliver_by=late(wire, 30), give_up=give_up)
    alpha.stop()
    alpha.start()
    wire.wait(60)
    assert alpha.told() == ["late"]
    assert len(alpha.entries(line, alpha, Kind.GIVEN_UP)) == give_up
    alpha.stop()
    alpha.start()
    wire.wait(60)
    assert alpha.told() == ["late"]


def test_given_up_waits_for_a_checkpoint_that_is_being_signed() -> None:
    wire, alpha, bravo, line = pair()
    wire.wait(10)
    wire.sever("Alpha", "Bravo")
    alpha.do(Send, line=line, text="Are these yours?", deliver_by=late(wire, 30), give_up=True)
    alpha.hold = (SignTree,)
    wire.wait(29)
    alpha.ask(MakeCheckpoint, line)
    wire.wait(10)
    assert alpha.entries(line, alpha, Kind.GIVEN_UP) == []
    alpha.release()
    wire.wait(5)
    assert len(alpha.entries(line, alpha, Kind.GIVEN_UP)) == 1
    assert alpha.told().count("late") == 1


def test_where_giving_up_cannot_be_signed_the_clock_goes_on() -> None:
    """A post that was removed, or waits for its own lost entries, is told that its message is late, and that is all."""
    wire, alpha, _, line = pair()
    wire.sever("Alpha", "Bravo")
    sent = alpha.do(Send, line=line, text="Are these yours?", deliver_by=late(wire, 30), give_up=True)
    alpha.stop()
    alpha.start(restored=True)
    wire.wait(60)
    assert alpha.told().count("late") == 1
    assert folded(alpha, line, sent).given_up is None
    assert alpha.wake is not None
