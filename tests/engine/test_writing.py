"""Our own entries: signed, numbered, kept before they go, and acknowledging exactly what is held."""

from __future__ import annotations

import pytest

from openline.engine.effects import Transmit
from openline.engine.events import AcceptLine, ChangeMembers, Send
from openline.engine.turn import Turn
from openline.engine.writing import write
from openline.errors import NotAllowed
from openline.feeds.record import KeepEntry
from openline.identity.acts import check_act
from openline.limits import ENTRY_MAX_BYTES
from openline.terms import LineId, Precedence
from openline.wire.entry import entry_to_be_signed
from openline.wire.kinds import Kind
from tests.engine.pair import Post, Wire


def pair() -> tuple[Wire, Post, Post, LineId]:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    return wire, alpha, bravo, wire.line()


def test_an_entry_is_kept_before_it_leaves() -> None:
    wire, alpha, _, line = pair()
    alpha.ask(Send, line=line, text="Are these your aircraft?")
    effects = alpha.turn()
    kept = next(at for at, effect in enumerate(effects) if isinstance(effect, KeepEntry))
    sent = next(at for at, effect in enumerate(effects) if isinstance(effect, Transmit))
    assert kept < sent
    wire.settle()


def test_the_chain_and_the_signatures_hold() -> None:
    wire, alpha, bravo, line = pair()
    for number in range(20):
        (alpha, bravo)[number % 2].do(Send, line=line, text=f"message {number}", officer=number % 3 % 2)
    wire.wait(10)
    for author in wire.posts:
        entries = bravo.entries(line, author)
        assert [entry.header.number for entry in entries] == list(range(1, len(entries) + 1))
        assert [entry.header.previous for entry in entries[1:]] == [entry.id for entry in entries[:-1]]
        assert all(author.card.verify_feed(e.signature, entry_to_be_signed(e.payload)) for e in entries)
        for entry in entries:
            if entry.header.act is not None:
                assert check_act(entry.header, author.card).name == "Watch officer"
    assert any(entry.header.act is not None for entry in bravo.entries(line, alpha))


def test_a_receipt_comes_back_at_once_and_is_never_receipted() -> None:
    wire, alpha, bravo, line = pair()
    wire.wait(20)
    sizes = alpha.sizes(line)
    alpha.do(Send, line=line, text="Are these your aircraft?")
    number = alpha.line(line).mine.number
    (receipt,) = bravo.entries(line, bravo)[sizes["Bravo"] :]
    assert receipt.header.kind == Kind.ACK
    assert [(have.feed, have.number) for have in receipt.header.have] == [(alpha.id, number)]
    assert alpha.line(line).claimed(bravo.id, alpha.id) == number
    wire.wait(60)
    assert alpha.sizes(line) == {"Alpha": sizes["Alpha"] + 1, "Bravo": sizes["Bravo"] + 1}


def test_one_receipt_stands_for_a_whole_turn() -> None:
    wire, alpha, bravo, line = pair()
    wire.wait(20)
    before = bravo.line(line).mine.number
    for number in range(50):
        alpha.ask(Send, line=line, text=f"message {number}")
    wire.settle()
    assert len(bravo.texts(line, alpha)) == 50
    assert bravo.line(line).mine.number <= before + 10


def test_a_receipt_has_the_precedence_of_what_it_receipts() -> None:
    for precedence in Precedence:
        wire, alpha, bravo, line = pair()
        wire.wait(20)
        alpha.do(Send, line=line, text="Are these your aircraft?", precedence=precedence)
        assert bravo.entries(line, bravo)[-1].header.precedence == precedence


def test_an_answer_is_a_receipt_by_itself() -> None:
    wire, alpha, bravo, line = pair()
    wire.wait(20)
    before = bravo.line(line).mine.number
    alpha.ask(Send, line=line, text="Are these your aircraft?")
    alpha.turn()
    bravo.ask(Send, line=line, text="crossing")
    wire.settle()
    assert [entry.header.kind for entry in bravo.entries(line, bravo)[before:]] == [Kind.MESSAGE]


def test_only_what_changed_is_said() -> None:
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, _ = wire.posts
    line = wire.line()
    wire.wait(20)
    alpha.do(Send, line=line, text="first")
    bravo.do(Send, line=line, text="second")
    for entry in alpha.entries(line, alpha):
        feeds = [have.feed for have in entry.header.have]
        assert feeds == sorted(set(feeds))
        assert alpha.id not in feeds
    told: dict[bytes, int] = {}
    for entry in alpha.entries(line, alpha):
        for have in entry.header.have:
            assert have.number > told.get(have.feed, -1) or have.beyond
            told[have.feed] = have.number


def test_a_body_too_large_for_an_entry_is_refused_before_it_has_a_number() -> None:
    wire, alpha, _, line = pair()
    number = alpha.line(line).mine.number
    turn = Turn(wire.now, bytes(32))
    with pytest.raises(NotAllowed, match="too large"):
        write(alpha.engine.state, turn, alpha.line(line), Kind.MESSAGE, (bytes(ENTRY_MAX_BYTES // 2 + 1),))
    assert turn.effects == []
    assert alpha.line(line).mine.number == number


def test_an_officer_that_is_not_here_signs_nothing() -> None:
    _, alpha, _, line = pair()
    number = alpha.line(line).mine.number
    with pytest.raises(NotAllowed, match="Officer 7"):
        alpha.do(Send, line=line, text="Are these your aircraft?", officer=7)
    assert alpha.line(line).mine.number == number
    assert alpha.do(Send, line=line, text="Are these your aircraft?", officer=1)


def test_a_refused_command_does_not_swallow_a_receipt() -> None:
    """What is to be acknowledged stays so when the entry that would have said it is refused."""
    wire, alpha, bravo, line = pair()
    wire.wait(20)
    alpha.ask(Send, line=line, text="Are these your aircraft?")
    alpha.turn()
    bravo.ask(Send, line=line, text="no", officer=7)
    wire.settle()
    number = alpha.line(line).mine.number
    assert alpha.line(line).claimed(bravo.id, alpha.id) == number
    bravo.do(Send, line=line, text="no")
    wire.wait(1)
    wire.alike(line)


def test_a_removed_post_reads_and_does_not_write() -> None:
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    line = wire.line()
    alpha.do(ChangeMembers, line, (), (charlie.id,))
    bravo.do(AcceptLine, line)
    wire.wait(5)
    assert charlie.id not in charlie.line(line).active
    with pytest.raises(NotAllowed, match="removed"):
        charlie.do(Send, line=line, text="still here")


def test_what_is_new_goes_even_to_a_peer_that_says_it_has_it() -> None:
    """It holds an entry with that number of a branch that was disowned, or it lies."""
    wire, alpha, bravo, line = pair()
    wire.wait(20)
    link = alpha.engine.state.links[wire.link_between(alpha, bravo)]
    link.offered[(line, alpha.id)].add(1, 100)
    alpha.do(Send, line=line, text="Are these your aircraft?")
    assert bravo.texts(line, alpha) == ["Are these your aircraft?"]
