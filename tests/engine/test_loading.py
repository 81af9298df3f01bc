"""A machine loaded from its record is the one that ran, in all that matters, and goes on as if nothing had been."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from openline.engine.effects import SignTree, Wrap
from openline.engine.events import AcceptLine, ChangeMembers, MakeCheckpoint, OpenLine, Send
from openline.engine.line import Line
from openline.engine.loading import load
from openline.engine.state import State
from openline.terms import Instant, LineId, Precedence, TrafficClass
from tests.engine.forging import hand_over, signed, slip
from tests.engine.pair import Post, Wire

STATE_PASSING = {
    "links": "links end with the process",
    "redial": "the first dial is tried at once",
    "deferred": "commands that wait are not answered yet: their callers see the process end",
    "signing": "a signature that is under way is asked for again",
    "signing_at": "as signing",
    "moved_heads": "empty between turns",
    "moved_lines": "empty between turns",
    "recheck": "for what waits on links",
    "watched": "found again by folding what waits for something",
    "stated": "what was written since the start",
    "reach": "links begin anew",
    "own": "given",
    "card": "given",
    "me": "given",
    "key": "given",
    "reachable": "given",
}
LINE_PASSING = {
    "feeds": "compared one by one below",
    "changed": "may say a little more after loading: to acknowledge twice is harmless",
    "eager": "empty between turns",
    "gaps": "counted from the start again",
    "skew": "measured again",
    "_rules": "decoded again from the terms",
    "refused": "refused again",
    "heard": "heard again",
    "claims": "made again, and judged again",
    "suspected": "alarms that are a minute away",
    "current_epoch": "read by loading alone",
    "unproved": "asked for again",
    "rewinding": "asked for again",
}
FEED_PASSING = {"frontier": "compared by its root", "trees": "empty between turns", "shrunk": "empty between turns"}


def differences(running: Any, loaded: Any, passing: dict[str, str]) -> dict[str, tuple[Any, Any]]:
    one, other = vars(running), vars(loaded)
    assert one.keys() == other.keys()
    return {name: (one[name], other[name]) for name in one if name not in passing and one[name] != other[name]}


def assert_same(post: Post) -> None:
    """The machine that runs and one loaded from its record, field by field."""
    running = post.engine.state
    loaded = load(post.record, post.own, post.card, post.peers, running.reachable)
    assert differences(running, loaded, {**STATE_PASSING, "lines": "below"}) == {}
    assert running.lines.keys() == loaded.lines.keys()
    for identifier, line in running.lines.items():
        same_line(line, loaded.lines[identifier])


def same_line(running: Line, loaded: Line) -> None:
    assert differences(running, loaded, LINE_PASSING) == {}
    assert running.changed <= loaded.changed | {post for post in running.feeds if not running.feeds[post].number}
    assert running.feeds.keys() == loaded.feeds.keys()
    for post, feed in running.feeds.items():
        assert differences(feed, loaded.feeds[post], FEED_PASSING) == {}
        assert feed.frontier.root() == loaded.feeds[post].frontier.root()


def quiet() -> tuple[Wire, LineId]:
    wire = Wire("Alpha", "Bravo", "Charlie")
    return wire, wire.line()


def talkative() -> tuple[Wire, LineId]:
    wire, line = quiet()
    for number in range(30):
        post = wire.posts[number % 3]
        post.do(
            Send,
            line=line,
            text=f"message {number}",
            precedence=Precedence(number % 4),
            traffic=TrafficClass(number % 3),
            officer=number % 2,
            deliver_by=Instant(wire.now + 60_000),
        )
    wire.posts[0].do(MakeCheckpoint, line)
    wire.wait(20)
    return wire, line


def cut_off() -> tuple[Wire, LineId]:
    wire, line = talkative()
    wire.sever("Alpha", "Bravo")
    wire.sever("Alpha", "Charlie")
    for post in wire.posts:
        post.do(Send, line=line, text="late", deliver_by=Instant(wire.now + 60_000), give_up=True)
    wire.wait(5)
    return wire, line


def with_a_hole() -> tuple[Wire, LineId]:
    wire, line = talkative()
    alpha, bravo, _ = wire.posts
    number = bravo.line(line).mine.number
    hand_over(wire, bravo, alpha, signed(bravo, line, number=number + 3, previous=bravo.line(line).mine.last))
    return wire, line


def forked() -> tuple[Wire, LineId]:
    wire, line = talkative()
    alpha, bravo, _ = wire.posts
    hand_over(wire, bravo, alpha, signed(bravo, line, number=5))
    wire.wait(5)
    return wire, line


def restored() -> tuple[Wire, LineId]:
    wire, line = talkative()
    alpha = wire.posts[0]
    wire.sever("Alpha", "Charlie")
    alpha.stop()
    alpha.start(restored=True)
    wire.settle()
    return wire, line


def half_changed() -> tuple[Wire, LineId]:
    wire, line = talkative()
    wire.posts[0].do(ChangeMembers, line, (), (wire.posts[2].id,))
    return wire, line


def changed() -> tuple[Wire, LineId]:
    wire, line = half_changed()
    wire.posts[1].do(AcceptLine, line)
    wire.wait(10)
    return wire, line


def proposed() -> tuple[Wire, LineId]:
    wire, line = quiet()
    wire.posts[0].do(OpenLine, "second line", (wire.posts[1].id,))
    return wire, line


def many_epochs() -> tuple[Wire, LineId]:
    wire, line = talkative()
    for _ in range(3):
        wire.now = Instant(wire.now + 7 * 24 * 3600 * 1000)
        wire.wait(20)
    return wire, line


def long_feeds() -> tuple[Wire, LineId]:
    wire, line = quiet()
    for number in range(1_200):
        wire.posts[0].ask(Send, line=line, text=f"message {number}")
    wire.wait(30)
    return wire, line


SCENES = (
    quiet,
    talkative,
    cut_off,
    with_a_hole,
    forked,
    restored,
    half_changed,
    changed,
    proposed,
    many_epochs,
    long_feeds,
)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_what_is_loaded_is_what_ran(scene: Callable[[], tuple[Wire, LineId]]) -> None:
    wire, _ = scene()
    for post in wire.posts:
        assert_same(post)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_after_a_restart_everybody_goes_on(scene: Callable[[], tuple[Wire, LineId]]) -> None:
    wire, line = scene()
    for post in wire.posts:
        post.stop()
    for post in wire.posts:
        post.start()
    for name in ("Bravo", "Charlie"):
        wire.heal("Alpha", name)
    wire.wait(90)
    alpha, bravo, _ = wire.posts
    alpha.do(Send, line=line, text="going on", precedence=Precedence.FLASH)
    wire.wait(5)
    assert bravo.texts(line, alpha)[-1] == "going on"
    for post in wire.posts:
        assert_same(post)
    if scene not in (forked, with_a_hole, changed):
        wire.wait(20)
        wire.alike(line)


def test_every_field_that_is_passed_over_is_one() -> None:
    wire, line = quiet()
    state: State = wire.posts[0].engine.state
    assert vars(state).keys() >= STATE_PASSING.keys()
    assert vars(state.lines[line]).keys() >= LINE_PASSING.keys()
    assert vars(state.lines[line].mine).keys() >= FEED_PASSING.keys()


def test_a_receipt_that_was_due_at_a_crash_is_given_after_it() -> None:
    """The checkpoint was being signed, so the receipt waited; the post crashes; nobody says another word."""
    wire, line = quiet()
    wire.wait(20)
    alpha, bravo, _ = wire.posts
    alpha.hold = (SignTree,)
    alpha.ask(MakeCheckpoint, line)
    sent = bravo.do(Send, line=line, text="Are these yours?")
    number = bravo.kept_entry(line, sent).entry.header.number
    assert bravo.line(line).claimed(alpha.id, bravo.id) < number
    alpha.hold = ()
    alpha.stop()
    alpha.start()
    wire.wait(20)
    assert bravo.line(line).claimed(alpha.id, bravo.id) >= number


@pytest.mark.parametrize("who", [0, 1, 2])
def test_a_crash_after_every_turn(who: int) -> None:
    """One post is killed and started again after each of its turns, from the proposal of the line on."""
    wire = Wire("Alpha", "Bravo", "Charlie")
    crashing = wire.posts[who]
    line = wire.line()
    wire.wait(5)
    for number in range(12):
        for post in wire.posts:
            post.ask(Send, line=line, text=f"message {number}")
        crashing.turn()
        crashing.stop()
        crashing.start()
        wire.wait(2.5)
    wire.wait(30)
    wire.alike(line)
    for author in wire.posts:
        assert wire.posts[1].texts(line, author) == [f"message {number}" for number in range(12)]


def test_terms_to_come_survive_a_restart() -> None:
    """A signature on terms two versions ahead waits for those between; a crash meanwhile must not lose it."""
    wire = Wire("Alpha", "Bravo", "Charlie", "Delta")
    alpha, bravo, charlie, delta = wire.posts
    line = wire.line()
    wire.wait(10)
    charlie.hold = (Wrap,)
    alpha.do(ChangeMembers, line, (), (delta.id,))
    bravo.do(AcceptLine, line)
    charlie.release()
    charlie.do(AcceptLine, line)
    wire.wait(10)
    alpha.do(ChangeMembers, line, (), (charlie.id,))
    for post in (alpha, bravo):
        post.stop()
        post.start()
    wire.wait(10)
    bravo.do(AcceptLine, line)
    wire.wait(10)
    assert [post.line(line).terms.version for post in (alpha, bravo)] == [3, 3]
    alpha.do(Send, line=line, text="two of us")
    assert bravo.texts(line, alpha) == ["two of us"]


def test_what_waits_before_the_first_entry_of_a_feed_is_told_of_once() -> None:
    """A later entry of a newcomer comes by another way before the first, and the post that has it crashes."""
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    line = wire.line()
    delta = wire.add("Delta")
    delta.start()
    for post in (alpha, bravo, charlie):
        post.stop()
        post.peers = tuple(other.card for other in wire.posts if other is not post)
        post.start()
    wire.wait(10)
    wire.sever("Alpha", "Delta")
    alpha.do(ChangeMembers, line, (delta.id,))
    for post in (bravo, charlie):
        post.do(AcceptLine, line)
    delta.ask(AcceptLine, line)
    delta.turn()
    delta.ask(Send, line=line, text="We are here.")
    delta.turn()
    slip(wire, bravo, alpha, delta.entries(line, delta)[-1])
    alpha.turn()
    feed = alpha.line(line).feeds[delta.id]
    assert (feed.number, len(feed.waiting)) == (0, 1)
    assert_same(alpha)
    alpha.stop()
    alpha.start()
    wire.wait(30)
    wire.alike(line)
    arrived = [told.entry.id for told in alpha.arrived]
    assert len(arrived) == len(set(arrived))
