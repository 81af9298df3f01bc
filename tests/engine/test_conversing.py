"""Exchanges in the engine: written only where they have a place, told at both ends, due in time, and after a crash."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from openline.engine.conversing import gather
from openline.engine.effects import Refold
from openline.engine.events import Say, Send, Tick
from openline.errors import Misuse, NotAllowed, NotReady, TooManyWords
from openline.exchanges.contact import State, fold
from openline.feeds.folding import Folded
from openline.feeds.proving import had_signed
from openline.identity.acts import sign_act
from openline.limits import FLASH_WORDS_MAX
from openline.terms import EntryId, Instant, LineId, Precedence
from openline.wire import contact as wire
from openline.wire.bodies import Message, message_item
from openline.wire.contact import Answer, Called, Closing, Outcome, Reply, Request, RequestWords, Words
from openline.wire.entry import DRAFT_BYTES
from openline.wire.kinds import Kind
from tests.engine.forging import hand_over, sealed_in, signed
from tests.engine.pair import START, Post, Wire
from tests.engine.test_branches import confirm

HOUR = 3_600_000


def pair() -> tuple[Wire, Post, Post, LineId]:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    return wire, alpha, bravo, wire.line()


def ask(post: Post, line: LineId, to: Post, **fields: Any) -> Any:
    body = Request(office="Head", called=(Called(to.id, "Head"),), reply_by=Instant(START + HOUR))
    items = (wire.REQUEST.item(body), wire.REQUEST_WORDS.item(RequestWords(topics=("boats",))))
    return post.do(Say, line=line, kind=Kind.CALL_REQUEST, items=items, officer=1, **fields)


def contact(post: Post, line: LineId, entry: EntryId) -> Folded[State]:
    kept = post.kept_entry(line, entry)
    folded = fold(gather(post.record, line, kept.entry.header.exchange or entry))
    assert folded is not None
    return folded


def say(post: Post, line: LineId, opening: EntryId, kind: Kind, *items: bytes, refers: tuple[EntryId, ...] = ()) -> Any:
    held = contact(post, line, opening)
    return post.do(
        Say,
        line=line,
        kind=kind,
        items=items,
        officer=1,
        opening=opening,
        refers=(opening, *refers),
        exchange=held.entries,
    )


def answer(post: Post, line: LineId, opening: EntryId, reply: Reply) -> Any:
    body = Answer(reply=reply, at=Instant(START if reply == Reply.ACCEPTED else 0))
    return say(post, line, opening, Kind.CALL_ANSWER, wire.ANSWER.item(body), wire.WORDS.item(Words()))


def close(post: Post, line: LineId, opening: EntryId, outcome: Outcome, to: Post, *named: EntryId) -> Any:
    items = (wire.CLOSING.item(Closing(post=to.id, outcome=outcome)), wire.WORDS.item(Words()))
    return say(post, line, opening, Kind.CALL_OUTCOME, *items, refers=named)


def test_a_contact_from_request_to_outcome() -> None:
    _, alpha, bravo, line = pair()
    asked = ask(alpha, line, bravo)
    assert bravo.told() == ["line-proposed", "call-requested"]
    no = answer(bravo, line, asked, Reply.DECLINED)
    assert "call-answered" in alpha.told()
    close(alpha, line, asked, Outcome.DECLINED, bravo, no)
    assert "call-closed" in bravo.told()
    assert contact(alpha, line, asked).state == contact(bravo, line, asked).state
    assert alpha.engine.state.due == bravo.engine.state.due == {}
    assert alpha.record.objects("due") == bravo.record.objects("due") == {}


def test_what_would_count_for_nothing_is_not_written() -> None:
    _, alpha, bravo, line = pair()
    asked = ask(alpha, line, bravo)
    before = alpha.line(line).mine.number
    with pytest.raises(NotAllowed, match="before reply-by"):
        close(alpha, line, asked, Outcome.NO_ANSWER, bravo)
    with pytest.raises(NotAllowed, match="was not called"):
        answer(alpha, line, asked, Reply.ACCEPTED)
    assert alpha.line(line).mine.number == before


def test_nobody_says_no_answer_who_signed_for_one() -> None:
    wire_, alpha, bravo, line = pair()
    asked = ask(alpha, line, bravo)
    answer(bravo, line, asked, Reply.DECLINED)
    wire_.wait(3_601)
    with pytest.raises(NotAllowed, match="has signed for that answer"):
        close(alpha, line, asked, Outcome.NO_ANSWER, bravo)


def test_what_is_asked_wrongly_is_refused() -> None:
    _, alpha, bravo, line = pair()
    with pytest.raises(Misuse):
        alpha.do(Say, line=line, kind=Kind.MESSAGE, items=())
    with pytest.raises(Misuse):
        alpha.do(Say, line=line, kind=Kind.CALL_ANSWER, items=(), opening=None)
    with pytest.raises(NotReady):
        alpha.do(
            Say,
            line=line,
            kind=Kind.CALL_ANSWER,
            items=(wire.ANSWER.item(Answer(reply=Reply.DECLINED)), wire.WORDS.item(Words())),
            opening=EntryId(bytes(32)),
        )
    body = Request(office="Head", called=(Called(bravo.id, "Head"),), reply_by=Instant(START + HOUR))
    words = RequestWords(content="word " * FLASH_WORDS_MAX)
    items = (wire.REQUEST.item(body), wire.REQUEST_WORDS.item(words))
    with pytest.raises(TooManyWords):
        alpha.do(Say, line=line, kind=Kind.CALL_REQUEST, items=items, officer=1, precedence=Precedence.FLASH)


def test_reply_by_is_told_once_also_after_a_restart() -> None:
    wire_, alpha, bravo, line = pair()
    ask(alpha, line, bravo)
    wire_.wait(2_400)
    assert "reply-by" not in alpha.told() + bravo.told()
    bravo.stop()
    bravo.start()
    wire_.wait(660)
    assert bravo.told().count("reply-by") == 1
    wire_.wait(660)
    assert (alpha.told().count("reply-by"), bravo.told().count("reply-by")) == (1, 2)
    wire_.wait(3_600)
    assert (alpha.told().count("reply-by"), bravo.told().count("reply-by")) == (1, 2)


def test_requests_that_cross_become_one_contact_at_both_ends() -> None:
    wire_, alpha, bravo, line = pair()
    wire_.sever("Alpha", "Bravo")
    first, second = ask(alpha, line, bravo), ask(bravo, line, alpha)
    wire_.heal("Alpha", "Bravo")
    wire_.wait(10)
    assert "call-crossed" in alpha.told()
    assert "call-crossed" in bravo.told()
    head = min(first, second)
    for post in (alpha, bravo):
        for asked in (first, second):
            assert contact(post, line, asked).head == head
        assert list(post.engine.state.due) == [(line, head)]
    closer, other = (alpha, bravo) if head == first else (bravo, alpha)
    body = Closing(post=other.id, outcome=Outcome.HELD, began=Instant(START), ended=Instant(START))
    say(closer, line, head, Kind.CALL_OUTCOME, wire.CLOSING.item(body), wire.WORDS.item(Words()))
    assert contact(alpha, line, first).state == contact(bravo, line, second).state
    assert not contact(other, line, first).state.open


def test_a_flood_of_other_requests_parts_no_requests_that_crossed() -> None:
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    line = wire.line()
    wire.sever("Alpha", "Bravo")
    wire.sever("Bravo", "Charlie")
    wire.sever("Alpha", "Charlie")
    first, second = ask(alpha, line, bravo), ask(bravo, line, alpha)
    for _ in range(5):
        ask(charlie, line, bravo)
    wire.heal("Alpha", "Bravo")
    wire.heal("Bravo", "Charlie")
    wire.wait(30)
    for post in (alpha, bravo, charlie):
        assert {contact(post, line, each).head for each in (first, second)} == {min(first, second)}


def test_an_entry_that_opens_nothing_is_told_as_nothing() -> None:
    wire_, alpha, bravo, line = pair()
    body = Request(office="Head", called=(Called(bravo.id, "Head"),), reply_by=Instant(START + HOUR))
    items = (wire.REQUEST.item(body), wire.REQUEST_WORDS.item(RequestWords()))
    hand_over(wire_, alpha, bravo, signed(alpha, line, Kind.CALL_ANSWER, items))
    assert "call-requested" not in bravo.told()
    assert bravo.engine.state.due == {}


def test_a_very_long_exchange_is_folded_only_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openline.engine.conversing.FOLDED_AT_ONCE_MAX", 3)
    wire_, alpha, bravo, line = pair()
    asked = ask(alpha, line, bravo)
    for _ in range(5):
        answer(bravo, line, asked, Reply.ACCEPTED)
    folds = [effect for effect in alpha.effects if isinstance(effect, Refold)]
    assert len(folds) < 5
    wire_.wait(1)
    assert alpha.told().count("call-answered") == 5
    assert alpha.engine.state.news == {}


def test_who_forks_its_feed_lays_no_false_signature_on_another() -> None:
    world = Wire("Alpha", "Bravo", "Liar")
    alpha, bravo, liar = world.posts
    line = world.line()
    world.wait(2)
    asked = ask(alpha, line, liar)
    world.wait(2)
    world.sever("Alpha", "Bravo")
    items = (wire.ANSWER.item(Answer(reply=Reply.DECLINED)), wire.WORDS.item(Words()))
    bare = signed(liar, line, Kind.CALL_ANSWER, items, exchange=asked, refers=(asked,))
    key = liar.own.officer(1)
    assert key is not None
    act = sign_act(bare.header, officer=1, role="", draft=bytes(DRAFT_BYTES), time=world.now, key=key)
    shown = sealed_in(liar, msgspec.structs.replace(bare.header, act=act), items, tuple(filter(None, bare.salts)))
    hand_over(world, liar, alpha, signed(liar, line, Kind.MESSAGE, (message_item(Message("Swans.", 1)),)))
    hand_over(world, liar, bravo, shown)
    world.wait(5)
    world.now = Instant(START + HOUR + 1)
    close(alpha, line, asked, Outcome.NO_ANSWER, liar)
    world.heal("Alpha", "Bravo")
    world.wait(10)
    assert "forked-feed" in bravo.told()
    assert "contradicted" not in bravo.told()


def torn_answer() -> tuple[Wire, LineId, EntryId]:
    """Bravo answers Alpha's request on the branch that it took up after an old backup, while Alpha is cut off.

    Alpha had signed for as many entries of the branch that was lost, and closes with 'no answer': that is true.
    """
    world = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, _ = world.posts
    line = world.line()
    world.wait(2)
    asked = ask(alpha, line, bravo)
    world.wait(2)
    backup = bravo.snapshot()
    for text in ("lost", "lost, too", "lost again", "lost at last"):
        bravo.do(Send, line=line, text=text)
    world.wait(2)
    for one, other in (("Alpha", "Bravo"), ("Bravo", "Charlie"), ("Alpha", "Charlie")):
        world.sever(one, other)
    world.settle()
    bravo.stop()
    bravo.record = backup
    bravo.start(restored=True)
    confirm(bravo, line)
    say(bravo, line, asked, Kind.CALL_ANSWER, wire.ANSWER.item(Answer(reply=Reply.DECLINED)), wire.WORDS.item(Words()))
    world.now = Instant(START + HOUR + 1)
    end = close(alpha, line, asked, Outcome.NO_ANSWER, bravo)
    for one, other in (("Alpha", "Bravo"), ("Bravo", "Charlie"), ("Alpha", "Charlie")):
        world.heal(one, other)
    world.wait(30)
    return world, line, end


def test_who_signed_for_a_branch_that_was_lost_is_not_contradicted_by_the_other() -> None:
    world, line, end = torn_answer()
    for post in world.posts:
        assert "contradicted" not in post.told()
        folded = contact(post, line, end)
        (party,) = folded.state.parties
        assert party.ended is not None
        assert [each.late for each in party.answers] == [False]
        assert party.ended.contradicted, "by numbers alone it looks like a lie"
        answer = party.answers[0].kept.entry.header
        assert not had_signed(post.record, party.ended.kept.entry, answer.author, answer.number)


def test_many_deadlines_of_one_moment_are_met_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openline.engine.conversing.DUE_AT_ONCE_MAX", 2)
    world, alpha, bravo, line = pair()
    for _ in range(5):
        ask(alpha, line, bravo)
    world.now = Instant(START + HOUR)
    before = len(bravo.effects)
    bravo.queue.append(Tick())
    world.settle()
    assert len([each for each in bravo.effects[before:] if isinstance(each, Refold)]) == 2
    world.wait(3)
    assert bravo.told().count("reply-by") == 5
