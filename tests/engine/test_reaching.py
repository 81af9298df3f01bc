"""How a post reaches each peer, as its bearers tell it; and what its open contacts state of it."""

from __future__ import annotations

from typing import Any

from openline.engine import reaching
from openline.engine.conversing import gather
from openline.engine.effects import SignTree
from openline.engine.events import DialFailed, MakeCheckpoint, Say
from openline.exchanges.contact import fold
from openline.limits import ATTEMPTS_STATED_MAX
from openline.terms import EntryId, Instant, LineId
from openline.wire import contact as wire
from openline.wire.certificate import LinkState
from openline.wire.contact import Called, Closing, Layer, Outcome, Request, RequestWords, Words
from openline.wire.kinds import Kind
from tests.engine.pair import START, Post, Wire

HOUR = 3_600_000


def ask(post: Post, line: LineId, to: Post) -> Any:
    body = Request(office="Head", called=(Called(to.id, "Head"),), reply_by=Instant(START + HOUR))
    items = (wire.REQUEST.item(body), wire.REQUEST_WORDS.item(RequestWords()))
    return post.do(Say, line=line, kind=Kind.CALL_REQUEST, items=items, officer=1)


def attempts(post: Post, line: LineId, asked: EntryId) -> list[tuple[str, Layer]]:
    folded = fold(gather(post.record, line, asked))
    assert folded is not None
    tried = folded.state.parties[0].attempts
    assert all(each.entry.header.act is None for each in tried)
    return [("" if each.words is None else each.words.text, each.attempt.layer) for each in tried]


def state_of(post: Post, line: LineId, peer: Post) -> LinkState:
    return reaching.facts(post.engine.state, post.line(line), peer.id).link.state


def test_a_link_goes_up_and_down_and_dials_fail() -> None:
    both = Wire("Alpha", "Bravo")
    alpha, bravo = both.posts
    line = both.line()
    facts = reaching.facts(alpha.engine.state, alpha.line(line), bravo.id)
    assert (facts.link.state, facts.held, facts.link.via) == (LinkState.UP, bravo.line(line).mine.number, ())
    assert facts.link.heard >= START
    heard = facts.link.heard
    alpha.engine.state.reachable = frozenset()
    both.sever("Alpha", "Bravo")
    both.settle()
    lost = reaching.facts(alpha.engine.state, alpha.line(line), bravo.id)
    assert (lost.link.state, lost.link.heard) == (LinkState.LOST, heard)
    alpha.engine.state.reachable = frozenset({bravo.id})
    both.wait(10)
    assert state_of(alpha, line, bravo) == LinkState.REFUSED
    alpha.stop()
    alpha.start()
    assert state_of(alpha, line, bravo) in (LinkState.UNTRIED, LinkState.REFUSED)
    alpha.engine.state.reachable = frozenset()
    assert state_of(alpha, line, bravo) == LinkState.NO_PATH


def test_attempts_follow_the_link_while_the_contact_is_open() -> None:
    both = Wire("Alpha", "Bravo")
    alpha, bravo = both.posts
    line = both.line()
    asked = ask(alpha, line, bravo)
    assert attempts(alpha, line, asked) == [("the link is up", Layer.BEARER)]
    both.sever("Alpha", "Bravo")
    both.wait(10)
    said = attempts(alpha, line, asked)
    assert [text.split(":")[0] for text, _ in said] == ["the link is up", "a dial failed"]
    assert said[-1][1] == Layer.POST
    both.wait(60)
    assert attempts(alpha, line, asked) == said
    both.heal("Alpha", "Bravo")
    both.wait(10)
    assert [text for text, _ in attempts(bravo, line, asked)][-1] == "the link is up"
    items = (wire.CLOSING.item(Closing(post=bravo.id, outcome=Outcome.WITHDRAWN)), wire.WORDS.item(Words()))
    held = gather(alpha.record, line, asked)
    fields = {"officer": 1, "opening": asked, "refers": (asked,), "exchange": held}
    alpha.do(Say, line=line, kind=Kind.CALL_OUTCOME, items=items, **fields)
    count = len(attempts(alpha, line, asked))
    both.sever("Alpha", "Bravo")
    both.wait(10)
    assert len(attempts(alpha, line, asked)) == count


def test_attempts_go_on_after_a_restart_and_repeat_nothing() -> None:
    both = Wire("Alpha", "Bravo")
    alpha, bravo = both.posts
    line = both.line()
    both.sever("Alpha", "Bravo")
    both.wait(5)
    asked = ask(alpha, line, bravo)
    before = attempts(alpha, line, asked)
    assert len(before) == 1
    alpha.stop()
    alpha.start()
    both.wait(5)
    after = attempts(alpha, line, asked)
    assert after[0] == before[0]
    assert [text for text, _ in after[1:]] in ([], ["no link yet", before[0][0]])
    both.heal("Alpha", "Bravo")
    both.wait(10)
    assert attempts(alpha, line, asked)[-1][0] == "the link is up"


def test_a_link_that_flaps_is_stated_a_bounded_number_of_times() -> None:
    both = Wire("Alpha", "Bravo")
    alpha, bravo = both.posts
    line = both.line()
    both.sever("Alpha", "Bravo")
    asked = ask(alpha, line, bravo)
    for at in range(ATTEMPTS_STATED_MAX + 10):
        alpha.queue.append(DialFailed(bravo.id, f"way {at} is shut"))
        both.settle()
    assert len(attempts(alpha, line, asked)) == ATTEMPTS_STATED_MAX


def test_others_who_are_linked_are_named() -> None:
    three = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, _ = three.posts
    line = three.line()
    three.sever("Alpha", "Bravo")
    asked = ask(alpha, line, bravo)
    assert attempts(alpha, line, asked)[-1][0].endswith("(linked: Charlie)")


def test_nothing_is_stated_while_a_checkpoint_is_signed_and_nothing_is_forgotten() -> None:
    both = Wire("Alpha", "Bravo")
    alpha, bravo = both.posts
    line = both.line()
    both.sever("Alpha", "Bravo")
    asked = ask(alpha, line, bravo)
    before = attempts(alpha, line, asked)
    alpha.hold = (SignTree,)
    alpha.ask(MakeCheckpoint, line)
    alpha.queue.append(DialFailed(bravo.id, "another way is shut"))
    both.settle()
    assert attempts(alpha, line, asked) == before
    alpha.hold = ()
    alpha.release()
    both.settle()
    assert attempts(alpha, line, asked)[-1][0] == "a dial failed: another way is shut"
