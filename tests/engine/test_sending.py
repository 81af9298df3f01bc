"""What leaves on a link: the urgent first, large entries in parts, outboxes refilled, others' entries sealed anew."""

from __future__ import annotations

from collections import Counter

import pytest

from openline.engine.effects import Fetch, Transmit
from openline.engine.events import FrameIn, LinkDown, MakeCheckpoint, Send
from openline.limits import LINK_FRAME_MAX_BYTES, OUTBOX_MAX_BYTES
from openline.terms import LineId, Precedence
from openline.wire.kinds import Kind
from openline.wire.link import Part, decode_frame
from tests.engine.pair import Path, Post, Wire
from tests.engine.pair import entry_pieces as pieces

PAIR = frozenset(("Alpha", "Bravo"))


def slow(rate: float, *, delay_ms: int = 50) -> tuple[Wire, Post, Post, LineId]:
    """Two posts on a slow path that know each other's pace."""
    wire = Wire("Alpha", "Bravo", path=Path(rate=rate, delay_ms=delay_ms))
    alpha, bravo = wire.posts
    line = wire.line(after=60)
    wire.wait(60)
    return wire, alpha, bravo, line


@pytest.mark.parametrize("size", [300, 40_000])
def test_a_flash_overtakes_a_thousand_routine(size: int) -> None:
    """64 kbit/s, 10 MB or 300 kB waiting: the FLASH is there within two seconds."""
    wire, alpha, bravo, line = slow(8_000)
    for number in range(1_000 if size < 1_000 else 250):
        alpha.ask(Send, line=line, text=f"{number} " + "x" * size)
    wire.wait(20)
    behind = alpha.line(line).mine.number - alpha.line(line).claimed(bravo.id, alpha.id)
    assert behind > 100
    alpha.do(Send, line=line, text="FLASH", precedence=Precedence.FLASH)
    wire.wait(2)
    assert "FLASH" in bravo.texts(line, alpha)
    assert len(bravo.texts(line, alpha)) < 800


def test_a_flash_goes_between_the_parts_of_a_large_entry() -> None:
    wire, alpha, bravo, line = slow(8_000)
    alpha.do(Send, line=line, text="x" * 200_000)
    wire.wait(5)
    alpha.do(Send, line=line, text="FLASH", precedence=Precedence.FLASH)
    wire.wait(2)
    assert bravo.texts(line, alpha) == ["FLASH"]
    wire.wait(60)
    assert [len(text) for text in bravo.texts(line, alpha)] == [200_000, 5]


def test_each_precedence_overtakes_the_lower_ones() -> None:
    wire, alpha, bravo, line = slow(2_000)
    for precedence in Precedence:
        for number in range(10):
            alpha.ask(Send, line=line, text=f"{precedence.name} {number} " + "x" * 200, precedence=precedence)
    wire.wait(60)
    arrived = [
        arrived.entry.header.precedence for arrived in bravo.arrived if arrived.entry.header.kind == Kind.MESSAGE
    ]
    assert len(arrived) == 40
    lower_first = sum(one < other for at, one in enumerate(arrived) for other in arrived[at + 1 :])
    assert lower_first <= 20
    assert arrived[-1] == Precedence.ROUTINE


def test_a_full_outbox_is_refilled_until_everything_is_there() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    wire.wait(10)
    wire.paths[PAIR] = Path(rate=2e6)
    for number in range(60):
        alpha.ask(Send, line=line, text=f"{number} " + "x" * 200_000)
    alpha.do(Send, line=line, text="FLASH", precedence=Precedence.FLASH)
    assert any(isinstance(effect, Fetch) for effect in alpha.effects) or len(
        alpha.engine.state.links[wire.link_between(alpha, bravo)].outbox
    )
    wire.wait(30)
    texts = bravo.texts(line, alpha)
    assert [text.split()[0] for text in texts] == [*map(str, range(60)), "FLASH"]
    assert any(isinstance(effect, Fetch) for effect in alpha.effects)
    sent = Counter(piece.number for piece in pieces(alpha) if piece.member == 0)
    assert all(count == 1 for count in sent.values())


def test_memory_for_one_link_is_bounded() -> None:
    wire, alpha, bravo, line = slow(8_000)
    for number in range(100):
        alpha.ask(Send, line=line, text=f"{number} " + "x" * 100_000)
    wire.wait(5)
    assert alpha.engine.state.links[wire.link_between(alpha, bravo)].outbox.bytes <= OUTBOX_MAX_BYTES


def test_every_frame_is_one_that_a_link_takes() -> None:
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, _ = wire.posts
    line = wire.line()
    for number in range(300):
        alpha.ask(Send, line=line, text=f"message {number}")
        bravo.ask(Send, line=line, text=f"message {number} " + "x" * (number * 100))
    bravo.ask(MakeCheckpoint, line)
    wire.wait(30)
    wire.alike(line)
    frames = [effect.frame for post in wire.posts for effect in post.effects if isinstance(effect, Transmit)]
    assert max(map(len, frames)) <= LINK_FRAME_MAX_BYTES
    assert all(len(decode_frame(frame)) for frame in frames)
    assert any(isinstance(piece, Part) for frame in frames for piece in decode_frame(frame))


@pytest.mark.parametrize("precedence", Precedence)
def test_a_cut_between_two_heals_through_the_third(precedence: Precedence) -> None:
    """FLASH and IMMEDIATE at once, the rest within seconds; the receipt comes back the same way."""
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, _ = wire.posts
    line = wire.line()
    wire.wait(10)
    wire.sever("Alpha", "Bravo")
    wire.wait(5)
    alpha.do(Send, line=line, text="Are these your aircraft?", precedence=precedence)
    if precedence >= Precedence.IMMEDIATE:
        assert bravo.texts(line, alpha) == ["Are these your aircraft?"]
    wire.wait(10)
    number = alpha.entries(line, alpha, Kind.MESSAGE)[0].header.number
    assert bravo.texts(line, alpha) == ["Are these your aircraft?"]
    assert alpha.line(line).claimed(bravo.id, alpha.id) >= number
    wire.wait(20)
    wire.alike(line)


def test_a_flash_goes_to_everybody_at_once_on_every_way() -> None:
    wire = Wire("Alpha", "Bravo", "Charlie", "Delta")
    alpha, *others = wire.posts
    line = wire.line()
    wire.wait(10)
    for name in ("Charlie", "Delta"):
        wire.sever("Alpha", name)
    wire.sever("Bravo", "Delta")
    alpha.do(Send, line=line, text="FLASH", precedence=Precedence.FLASH)
    assert [post.texts(line, alpha) for post in others] == [["FLASH"]] * 3


def test_nothing_is_sent_again_and_again() -> None:
    """Three members, all paths whole: each message crosses each of its author's two links once, and no others."""
    wire = Wire("Alpha", "Bravo", "Charlie")
    line = wire.line()
    wire.wait(10)
    for post in wire.posts:
        post.effects.clear()
    for number in range(30):
        for post in wire.posts:
            post.do(Send, line=line, text=f"message {number}")
        wire.wait(0.3)
    wire.wait(30)
    wire.alike(line)
    for at, post in enumerate(wire.posts):
        sent = Counter((piece.member, piece.number) for piece in pieces(post))
        assert {member for member, _ in sent} == {at}
        assert set(sent.values()) == {2}


def test_two_links_to_one_peer_carry_everything_once() -> None:
    """Both sides dialled at the same time: nothing is doubled, and the loss of either link loses nothing."""
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    wire.wait(10)
    wire.link(bravo, alpha)
    wire.settle()
    for post in wire.posts:
        post.effects.clear()
    for number in range(10):
        alpha.do(Send, line=line, text=f"message {number}")
    assert bravo.texts(line, alpha) == [f"message {number}" for number in range(10)]
    sent = Counter(piece.number for piece in pieces(alpha))
    assert set(sent.values()) == {1}
    for number in range(10, 20):
        alpha.ask(Send, line=line, text=f"message {number}")
    alpha.turn()
    newest = max(link for name, link in wire.ends if name == "Alpha")
    wire.hang(alpha, newest)
    alpha.queue.append(LinkDown(newest))
    for post in wire.posts:
        post.queue = type(post.queue)(event for event in post.queue if not isinstance(event, FrameIn))
    wire.settle()
    wire.wait(5)
    assert bravo.texts(line, alpha) == [f"message {number}" for number in range(20)]


def test_a_newcomer_on_a_slow_path_is_proposed_a_line() -> None:
    """A proposal with its cards is far larger than the window of a 2,400 bit/s link."""
    wire = Wire("Alpha", "Bravo", path=Path(rate=300, delay_ms=300))
    alpha, bravo = wire.posts
    line = wire.line(after=150)
    wire.wait(150)
    alpha.do(Send, line=line, text="Are these your aircraft?")
    wire.wait(30)
    assert bravo.texts(line, alpha) == ["Are these your aircraft?"]
