"""The machine as a whole: it is pure, refuses in words, and two that talk end with one record."""

from __future__ import annotations

import random

import pytest

from openline.engine.effects import Answer, Effect, Refuse, SignTree
from openline.engine.engine import Engine
from openline.engine.events import AcceptLine, Event, FrameIn, LinkUp, MakeCheckpoint, OpenLine, Send, Settle, Tick
from openline.errors import UnknownName
from openline.sim.record import MemoryRecord
from openline.terms import Instant, LineId, Precedence
from tests.engine.pair import Wire


def test_the_same_events_have_the_same_effects() -> None:
    """Nothing but the arguments counts: a new machine that is given the same events asks for the same."""
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    alpha.stop()
    fed: list[tuple[Event, Instant, bytes]] = []
    asked: list[list[Effect]] = []
    alpha.record, before = MemoryRecord(), alpha.peers
    alpha.start()
    handle = alpha.engine.handle

    def listening(event: Event, at: Instant, entropy: bytes) -> list[Effect]:
        fed.append((event, at, entropy))
        asked.append(handle(event, at, entropy))
        return asked[-1]

    alpha.engine.handle = listening  # type: ignore[method-assign]
    line = wire.line()
    for number in range(5):
        alpha.do(Send, line=line, text=f"message {number}", officer=1)
        bravo.do(Send, line=line, text=f"message {number}", precedence=Precedence.FLASH)
    alpha.do(MakeCheckpoint, line)
    wire.wait(20)
    again = Engine.load(MemoryRecord(), alpha.own, alpha.card, before, alpha.engine.state.reachable)
    again.start(fed[0][1], bytes(32))
    assert len(fed) > 50
    for (event, at, entropy), effects in zip(fed, asked, strict=True):
        assert again.handle(event, at, entropy) == effects


def test_a_refusal_is_an_effect_with_a_sentence() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, _ = wire.posts
    command = Send(request=7, line=LineId(bytes(32)), text="hello")
    (effect,) = alpha.engine.handle(command, wire.now, bytes(32))
    assert isinstance(effect, Refuse)
    assert (effect.request, type(effect.error)) == (7, UnknownName)
    assert str(effect.error).endswith(".")


def test_what_comes_for_a_link_that_is_gone_is_dropped() -> None:
    wire = Wire("Alpha", "Bravo")
    assert wire.posts[0].engine.handle(FrameIn(12_345, b"\x80"), wire.now, bytes(32)) == []


def test_lines_by_name_with_those_that_are_proposed() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    first = wire.line()
    second = bravo.do(OpenLine, "second line", (alpha.id,))["id"]
    assert alpha.engine.names() == {first: "hot line", second: "second line"}
    assert bravo.engine.names() == {first: "hot line", second: "second line"}


def test_two_lines_do_not_wait_for_each_other() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    first = wire.line("first")
    second = wire.line("second")
    wire.wait(10)
    alpha.hold = (SignTree,)
    alpha.ask(MakeCheckpoint, first)
    waiting = alpha.ask(Send, line=first, text="waits for the checkpoint")
    alpha.do(Send, line=second, text="goes at once")
    assert bravo.texts(second, alpha) == ["goes at once"]
    assert waiting not in alpha.answers
    alpha.release()
    wire.settle()
    assert bravo.texts(first, alpha) == ["waits for the checkpoint"]


def test_start_and_first_events_without_any_line() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    engine = Engine.load(alpha.record, alpha.own, alpha.card, ())
    assert engine.start(wire.now, bytes(32))
    for event in (LinkUp(1, bravo.id), Tick(), Settle()):
        engine.handle(event, Instant(wire.now + 1), bytes(32))
    assert engine.cards() == ()


def test_a_command_is_answered_exactly_once() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    requests = [alpha.ask(Send, line=line, text=text) for text in ("one", "", "three")]
    requests.append(alpha.ask(AcceptLine, line))
    requests.append(alpha.ask(MakeCheckpoint, line))
    wire.wait(10)
    replies = [effect.request for effect in alpha.effects if isinstance(effect, Answer | Refuse)]
    assert sorted(replies[-5:]) == sorted(requests)
    assert len(set(replies)) == len(replies)
    assert bravo.texts(line, alpha) == ["one", "three"]


@pytest.mark.parametrize("seed", range(4))
def test_a_day_of_everything(seed: int) -> None:
    """Three posts talk, are cut off, crash and come back at random: in the end all hold one and the same."""
    chance = random.Random(seed)
    wire = Wire("Alpha", "Bravo", "Charlie")
    line = wire.line()
    pairs = [("Alpha", "Bravo"), ("Alpha", "Charlie"), ("Bravo", "Charlie")]
    said: dict[str, list[str]] = {post.name: [] for post in wire.posts}
    for number in range(60):
        post = chance.choice(wire.posts)
        what = chance.random()
        if what < 0.5:
            said[post.name].append(f"message {number}")
            post.do(Send, line=line, text=f"message {number}", precedence=chance.choice(list(Precedence)))
        elif what < 0.65:
            wire.sever(*chance.choice(pairs))
        elif what < 0.8:
            wire.heal(*chance.choice(pairs))
        elif what < 0.9:
            post.stop()
            post.start()
        else:
            post.ask(MakeCheckpoint, line)
        wire.wait(chance.choice((0.1, 1, 10, 60)))
    for names in pairs:
        wire.heal(*names)
    wire.wait(60)
    wire.alike(line)
    for reader in wire.posts:
        assert {author.name: reader.texts(line, author) for author in wire.posts} == said
        assert not set(reader.told()) - {"line-proposed", "gap", "untaken", "untaken-there"}
