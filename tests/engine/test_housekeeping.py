"""What time alone makes due: dialling, dead links, gaps that stay, and quiet entries that go out after a while."""

from __future__ import annotations

import pytest

from openline.engine.effects import Changed, Dial, Hang, Transmit, Wake
from openline.engine.events import LinkDown, LinkUp, Send, Tick
from openline.engine.housekeeping import GAP_ALARM_MS, GREETING_MS, IDLE_MS, LAZY_MS, TICK_MS
from openline.engine.link import Link
from openline.engine.state import REDIAL_IDLE_MS, REDIAL_MS
from openline.feeds.ranges import Numbers
from openline.terms import Instant, LineId
from openline.wire.kinds import Kind
from openline.wire.link import Ask, decode_frame
from tests.engine.forging import hand_over, signed
from tests.engine.pair import Post, Wire


def pair() -> tuple[Wire, Post, Post, LineId]:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    wire.wait(20)
    return wire, alpha, bravo, line


def dials(post: Post) -> int:
    return sum(isinstance(effect, Dial) for effect in post.effects)


def test_every_tick_asks_for_the_next() -> None:
    wire, alpha, _, _ = pair()
    effects = alpha.engine.handle(Tick(), wire.now, alpha.entropy())
    assert Wake(Instant(wire.now + TICK_MS)) in effects


@pytest.mark.parametrize("waiting", [True, False])
def test_a_peer_is_dialled_often_while_something_waits_for_it(waiting: bool) -> None:
    wire, alpha, _, line = pair()
    wire.sever("Alpha", "Bravo")
    wire.settle()
    if waiting:
        alpha.do(Send, line=line, text="Are these yours?")
    alpha.effects.clear()
    wire.wait(60)
    every = REDIAL_MS if waiting else REDIAL_IDLE_MS
    assert 60_000 / every * 0.8 <= dials(alpha) <= 60_000 / every + 1


def test_nobody_is_dialled_whose_link_is_up_or_whose_address_is_not_known() -> None:
    wire, alpha, bravo, _ = pair()
    alpha.effects.clear()
    wire.wait(30)
    assert dials(alpha) == 0
    alpha.stop()
    alpha.start()
    alpha.engine.state.reachable = frozenset()
    wire.sever("Alpha", "Bravo")
    alpha.effects.clear()
    wire.wait(30)
    assert dials(alpha) == 0
    assert bravo.running


def test_a_link_that_goes_down_is_told_and_dialled_at_once() -> None:
    wire, alpha, bravo, _ = pair()
    alpha.effects.clear()
    link = wire.link_between(alpha, bravo)
    wire.hang(alpha, link)
    alpha.queue.append(LinkDown(link))
    effects = alpha.turn()
    assert any(isinstance(effect, Changed) and effect.what == "link to Bravo is down" for effect in effects)
    assert Dial(bravo.id) in effects
    assert link not in alpha.engine.state.links


def test_who_never_greets_is_hung_up() -> None:
    wire, alpha, bravo, _ = pair()
    wire.sever("Alpha", "Bravo")
    wire.settle()
    alpha.queue.append(LinkUp(99, bravo.id))
    wire.wait(GREETING_MS / 1000 + 2)
    assert [effect.link for effect in alpha.effects if isinstance(effect, Hang)][-1] == 99
    assert 99 not in alpha.engine.state.links


def test_a_silent_link_is_asked_now_and_then() -> None:
    wire, alpha, _, _ = pair()
    wire.wait(60)
    alpha.effects.clear()
    wire.wait(5 * IDLE_MS / 1000)
    frames = [decode_frame(effect.frame) for effect in alpha.effects if isinstance(effect, Transmit)]
    asked = [piece for frame in frames for piece in frame if isinstance(piece, Ask)]
    assert 2 <= len(asked) <= 6


def test_a_gap_that_stays_is_alarmed_once_and_forgotten_when_it_fills() -> None:
    wire, alpha, bravo, line = pair()
    first = signed(bravo, line)
    second = signed(bravo, line, number=first.header.number + 1, previous=first.id)
    third = signed(bravo, line, number=first.header.number + 2, previous=second.id)
    hand_over(wire, bravo, alpha, third)
    wire.wait(GAP_ALARM_MS / 1000 - 5)
    assert "gap" not in alpha.told()
    wire.wait(GAP_ALARM_MS / 1000)
    assert alpha.told().count("gap") == 1
    text = next(alarm.text for alarm in alpha.alarms if alarm.code == "gap")
    assert f"Entries {first.header.number} to {second.header.number} of Bravo are missing" in text
    hand_over(wire, bravo, alpha, first, second)
    assert alpha.line(line).feeds[bravo.id].waiting == {}
    wire.wait(2)
    assert alpha.line(line).gaps == {}


def test_quiet_entries_wait_a_while_for_company() -> None:
    """In a line of three a receipt goes to its author at once, to the other within seconds or along with more."""
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    line = wire.line()
    wire.wait(20)
    alpha.do(Send, line=line, text="Are these yours?")
    receipt = bravo.entries(line, bravo, Kind.ACK)[-1]
    assert alpha.record.entry(line, receipt.id) is not None
    assert charlie.record.entry(line, receipt.id) is None
    wire.wait(LAZY_MS / 1000 + 1)
    assert charlie.record.entry(line, receipt.id) is not None


def test_what_went_on_a_link_that_is_gone_goes_again_on_the_one_that_is_left() -> None:
    """Two links at once, and the newer one swallowed what it was given: the peer cannot know of it."""
    wire, alpha, bravo, line = pair()
    left = alpha.engine.state.links[wire.link_between(alpha, bravo)]
    dead = alpha.engine.state.links[900] = Link(900, bravo.id, wire.now)
    dead.greeted = True
    for feed, numbers in left.offered.items():
        dead.offered[feed] = Numbers(numbers.ranges())
    entry = alpha.do(Send, line=line, text="Are these yours?")
    wire.wait(5)
    assert bravo.texts(line, alpha) == []
    alpha.queue.append(LinkDown(900))
    wire.wait(5)
    assert bravo.texts(line, alpha) == ["Are these yours?"]
    assert bravo.kept_entry(line, entry).entry.id == entry
