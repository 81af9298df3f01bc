"""What comes in: cuts anywhere, garbage of any kind, and who is to blame; the other lines always go on."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openline.engine.effects import Transmit
from openline.engine.events import FrameIn, LinkDown, Send
from openline.engine.receiving import FAULTS_MAX
from openline.errors import OpenlineError
from openline.limits import LINK_FRAME_MAX_BYTES, PENDING_MAX_ENTRIES
from openline.terms import LineId, Precedence
from openline.wire.bodies import Message, message_item
from openline.wire.kinds import Kind
from openline.wire.link import (
    FULL,
    SHORT,
    Ask,
    CardPiece,
    EntryPiece,
    Got,
    Held,
    Hello,
    Part,
    Piece,
    Proposal,
    Summary,
    Want,
    WantWrap,
    WrapPiece,
    decode_frame,
    encode_piece,
    join,
)
from tests.engine.forging import alias, broken, clear, hand_over, signed
from tests.engine.pair import Post, Wire


def three() -> tuple[Wire, Post, Post, Post, LineId]:
    wire = Wire("Alpha", "Bravo", "Charlie")
    line = wire.line()
    wire.wait(10)
    alpha, bravo, charlie = wire.posts
    return wire, alpha, bravo, charlie, line


def cut(wire: Wire, chance: random.Random) -> None:
    """Lose the links between two posts, and whatever was on its way in either direction."""
    one, other = chance.sample(wire.posts, 2)
    links = [(name, link) for (name, link), (end, _) in wire.ends.items() if {name, end.name} == {one.name, other.name}]
    lost = {link for _, link in links}
    for post in (one, other):
        post.queue = type(post.queue)(
            event for event in post.queue if not (isinstance(event, FrameIn) and event.link in lost)
        )
    for name, link in links:
        if (name, link) in wire.ends:
            post = one if name == one.name else other
            post.queue.append(LinkDown(link))
            wire.hang(post, link)


@pytest.mark.parametrize("seed", range(12))
def test_cuts_anywhere_lose_and_double_nothing(seed: int) -> None:
    chance = random.Random(seed)
    wire, *_, line = three()
    said: dict[str, list[str]] = {post.name: [] for post in wire.posts}
    for number in range(40):
        post = chance.choice(wire.posts)
        text = f"message {number} " + "x" * chance.choice((10, 500, 60_000))
        said[post.name].append(text)
        post.ask(Send, line=line, text=text, precedence=chance.choice(list(Precedence)))
        for _ in range(chance.randrange(6)):
            busy = [each for each in wire.posts if each.queue]
            if busy:
                chance.choice(busy).turn()
        if chance.random() < 0.5:
            cut(wire, chance)
        if chance.random() < 0.3:
            wire.wait(chance.choice((0.2, 1, 5)))
    wire.wait(30)
    wire.alike(line)
    for reader in wire.posts:
        assert {author.name: reader.texts(line, author) for author in wire.posts} == said
        assert len({arrived.entry.id for arrived in reader.arrived}) == len(reader.arrived)
        assert not set(reader.told()) - {"line-proposed"}


def test_after_a_long_cut_a_large_backlog_comes_in_order_of_number() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    wire.sever("Alpha", "Bravo")
    for number in range(1_500):
        alpha.ask(Send, line=line, text=f"message {number}")
    for _ in range(12):
        wire.wait(300)
    wire.heal("Alpha", "Bravo")
    wire.wait(10)
    assert bravo.texts(line, alpha) == [f"message {number}" for number in range(1_500)]
    wire.wait(20)
    wire.alike(line)
    assert wire.links <= 3


def test_the_first_entry_after_a_silent_minute_is_there_within_two_seconds() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    wire.wait(10)
    wire.silent.add(frozenset(("Alpha", "Bravo")))
    alpha.do(Send, line=line, text="Are these your aircraft?")
    wire.wait(60)
    wire.silent.clear()
    wire.wait(2)
    assert bravo.texts(line, alpha) == ["Are these your aircraft?"]


# What does not rebuild


def lossy_short(post: Post, line: LineId) -> EntryPiece:
    """The last short piece that the post has sent."""
    return [
        piece
        for effect in post.effects
        if isinstance(effect, Transmit)
        for piece in decode_frame(effect.frame)
        if isinstance(piece, EntryPiece) and piece.form == SHORT
    ][-1]


def test_what_does_not_rebuild_is_asked_for_once_in_full_and_comes() -> None:
    """Bravo's record is older than what it signed: a short form leaves out an id that it does not have any more."""
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    wire.wait(10)
    alpha.line(line).proved[bravo.id] = 1_000
    wire.posts[1].stop()
    alpha.do(Send, line=line, text="lost on the way")
    bravo.start()
    alpha.effects.clear()
    wire.settle()
    wire.sever("Alpha", "Bravo")
    wire.settle()
    for number in range(3):
        alpha.ask(Send, line=line, text=f"{number}", precedence=Precedence(number))
    wire.settle()
    wire.heal("Alpha", "Bravo")
    wire.wait(10)
    wire.alike(line)
    wanted = [
        piece
        for effect in bravo.effects
        if isinstance(effect, Transmit)
        for piece in decode_frame(effect.frame)
        if isinstance(piece, Want)
    ]
    assert len({(piece.member, piece.number) for piece in wanted}) == len(wanted)
    full = [
        piece
        for effect in alpha.effects
        if isinstance(effect, Transmit)
        for piece in decode_frame(effect.frame)
        if isinstance(piece, EntryPiece) and piece.form == FULL
    ]
    assert {piece.number for piece in full} == {piece.number for piece in wanted}
    assert wanted


# Who is to blame


def test_bad_bytes_are_the_fault_of_who_hands_them_over() -> None:
    """Charlie hands Bravo an entry under Alpha's name that Alpha never signed."""
    wire, alpha, bravo, charlie, line = three()
    fake = broken(signed(alpha, line, Kind.MESSAGE, (message_item(Message("We attack.", 1)),)))
    link = bravo.engine.state.links[wire.link_between(bravo, charlie)]
    honest = bravo.engine.state.links[wire.link_between(bravo, alpha)]
    for _ in range(1 + FAULTS_MAX):  # the first is asked for once more, for Charlie may know a newer key of Alpha
        hand_over(wire, charlie, bravo, fake)
    assert (link.faults, honest.faults) == (FAULTS_MAX, 0)
    (alarm,) = bravo.alarms[-1:]
    assert alarm.code == "bad-signature"
    assert "Alpha" not in alarm.text
    assert bravo.line(line).feeds[alpha.id].fork is None
    assert bravo.texts(line, alpha) == []
    alpha.do(Send, line=line, text="Are these your aircraft?")
    assert bravo.texts(line, alpha) == ["Are these your aircraft?"]
    wire.wait(20)
    wire.alike(line)


def test_the_alarm_of_faults_names_the_peer_and_comes_once() -> None:
    wire, _, bravo, charlie, line = three()
    for _ in range(5 * FAULTS_MAX):
        wire.inject(charlie, bravo, WrapPiece(alias(charlie, bravo, line), 99, b"x"))
        wire.settle()
    assert bravo.told().count("bad-seal") == 1
    assert "Charlie" in next(alarm.text for alarm in bravo.alarms if alarm.code == "bad-seal")


def test_an_entry_under_another_number_or_name_is_a_fault() -> None:
    wire, alpha, bravo, charlie, line = three()
    real = alpha.entries(line, alpha)[-1]
    link = bravo.engine.state.links[wire.link_between(bravo, charlie)]
    wire.inject(charlie, bravo, clear(charlie, bravo, real, number=real.header.number + 1))
    wire.settle()
    wire.inject(charlie, bravo, clear(charlie, bravo, real, author=charlie.id, number=90))
    wire.settle()
    assert link.faults == 2
    wire.wait(10)
    wire.alike(line)


def test_a_withheld_item_is_a_fault() -> None:
    wire, alpha, bravo, charlie, line = three()
    whole = signed(charlie, line, Kind.MESSAGE, (message_item(Message("hidden", 1)),))
    hidden = msgspec.structs.replace(whole, items=(None,), salts=(None,))
    wire.inject(charlie, bravo, clear(charlie, bravo, hidden))
    wire.settle()
    assert bravo.engine.state.links[wire.link_between(bravo, charlie)].faults == 1
    assert bravo.entries(line, charlie)[-1].id != whole.id


def test_what_waits_is_bounded_and_comes_again() -> None:
    wire, alpha, bravo, charlie, line = three()
    piece = EntryPiece(alias(charlie, bravo, line), 63, 1, 1, FULL, b"x")
    for _ in range(PENDING_MAX_ENTRIES // 200 + 2):
        wire.inject(charlie, bravo, *[piece] * 200)
        wire.settle()
    link = bravo.engine.state.links[wire.link_between(bravo, charlie)]
    assert len(link.waiting) == PENDING_MAX_ENTRIES
    charlie.do(Send, line=line, text="still heard")
    assert bravo.texts(line, charlie) == ["still heard"]


def test_numbers_far_ahead_are_refused() -> None:
    wire, alpha, bravo, charlie, line = three()
    ahead = signed(charlie, line, number=1_000_000, previous=charlie.line(line).mine.last)
    hand_over(wire, charlie, bravo, ahead)
    assert 1_000_000 not in bravo.line(line).feeds[charlie.id].waiting
    charlie.do(Send, line=line, text="still heard")
    assert bravo.texts(line, charlie) == ["still heard"]


# Any bytes at all


numbers = st.one_of(st.integers(0, 4), st.integers(0, (1 << 63) - 1))
small = st.integers(0, 64)
octets = st.binary(max_size=200)


def pieces(line: LineId) -> st.SearchStrategy[Piece]:
    """Well-formed pieces with any content."""
    ranges = st.tuples(st.integers(1, 100), st.integers(0, 1 << 40)).map(lambda pair: (pair[0], pair[0] + pair[1]))
    held = st.builds(
        Held, member=small, number=numbers, wanted=st.booleans(), beyond=st.lists(ranges, max_size=3).map(tuple)
    )
    lines = st.one_of(st.just(line), st.binary(min_size=32, max_size=32).map(LineId))
    return st.one_of(
        st.builds(Hello, numbers, numbers, numbers),
        st.builds(Summary, st.integers(0, 3), lines, numbers, st.lists(held, max_size=4).map(tuple)),
        st.builds(
            EntryPiece,
            st.integers(0, 3),
            st.integers(0, 4),
            numbers.map(lambda n: n or 1),
            small,
            st.integers(0, 2),
            octets,
        ),
        st.builds(Part, small, st.integers(1, 300), st.integers(0, 300), octets),
        st.builds(Got, numbers),
        st.builds(Want, st.integers(0, 3), st.integers(0, 4), numbers.map(lambda n: n or 1)),
        st.builds(WrapPiece, st.integers(0, 3), numbers, octets),
        st.builds(WantWrap, st.integers(0, 3), numbers),
        st.builds(CardPiece, octets),
        st.builds(Proposal, octets, st.lists(octets, max_size=3).map(tuple)),
        st.just(Ask()),
    )


def still_talking(wire: Wire, line: LineId) -> None:
    """Alpha and Bravo go on whatever Charlie has done."""
    alpha, bravo, _ = wire.posts
    before = len(bravo.texts(line, alpha))
    alpha.do(Send, line=line, text="still here")
    assert len(bravo.texts(line, alpha)) == before + 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_pieces_break_a_post(data: st.DataObject) -> None:
    wire, _, bravo, charlie, line = three()
    for batch in data.draw(st.lists(st.lists(pieces(line), min_size=1, max_size=4), min_size=1, max_size=5)):
        if any(name == "Charlie" and end is bravo for (name, _), (end, _) in wire.ends.items()):
            try:
                frame = join([encode_piece(piece) for piece in batch])
            except OpenlineError:
                continue
            number = wire.ends[("Charlie", wire.link_between(charlie, bravo))][1]
            bravo.queue.append(FrameIn(number, frame))
            wire.settle()
    wire.wait(3)
    still_talking(wire, line)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_mutation_of_a_real_frame_breaks_a_post(data: st.DataObject) -> None:
    wire, alpha, bravo, charlie, line = three()
    charlie.effects.clear()
    charlie.ask(Send, line=line, text="Are these your aircraft?", precedence=Precedence.FLASH, officer=1)
    real = next(effect.frame for effect in charlie.turn() if isinstance(effect, Transmit))
    number = wire.ends[("Charlie", wire.link_between(charlie, bravo))][1]
    frame = bytearray(real)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(frame) - 1))
        frame[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    bravo.queue.append(FrameIn(number, bytes(frame)))
    wire.settle()
    wire.wait(3)
    still_talking(wire, line)
    assert bravo.line(line).feeds[charlie.id].fork is None


@settings(max_examples=50)
@given(st.binary(max_size=300))
def test_no_bytes_break_a_post(frame: bytes) -> None:
    wire, _, bravo, charlie, line = SHARED
    bravo.queue.append(FrameIn(wire.ends[("Charlie", wire.link_between(charlie, bravo))][1], frame))
    wire.settle()
    still_talking(wire, line)


SHARED = three()


@pytest.mark.parametrize("size", [0, LINK_FRAME_MAX_BYTES + 1, 1 << 20])
def test_a_frame_of_no_size_is_a_fault(size: int) -> None:
    wire, _, bravo, charlie, line = three()
    number = wire.ends[("Charlie", wire.link_between(charlie, bravo))][1]
    bravo.queue.append(FrameIn(number, bytes(size)))
    wire.settle()
    assert bravo.engine.state.links[number].faults == 1
    still_talking(wire, line)
