"""A proposed line: shown to a person if all of it holds together, else the fault of who handed it over."""

from __future__ import annotations

from openline.engine.effects import Note
from openline.engine.events import AcceptLine, OpenLine, Send
from openline.engine.proposals import PROPOSALS_PER_PEER_MAX
from openline.wire import cbor
from openline.wire.entry import Entry
from openline.wire.full import encode_full
from openline.wire.link import Proposal
from tests.engine.forging import broken
from tests.engine.pair import Post, Wire


def test_a_proposal_waits_for_a_link_and_survives_a_restart() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    wire.sever("Alpha", "Bravo")
    line = alpha.do(OpenLine, "hot line", (bravo.id,))["id"]
    alpha.stop()
    alpha.start()
    wire.heal("Alpha", "Bravo")
    wire.wait(10)
    assert bravo.told() == ["line-proposed"]
    bravo.stop()
    bravo.start()
    wire.wait(10)
    assert bravo.do(AcceptLine, line)
    wire.wait(10)
    wire.alike(line)


def test_a_proposal_introduces_members_that_are_not_known() -> None:
    """Charlie knows Alpha alone; Alpha's proposal brings Bravo's card."""
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    charlie.stop()
    charlie.peers = (alpha.card,)
    charlie.start()
    wire.wait(3)
    line = alpha.do(OpenLine, "hot line", (bravo.id, charlie.id))["id"]
    bravo.do(AcceptLine, line)
    charlie.do(AcceptLine, line)
    bravo.do(Send, line=line, text="Do you know us?")
    wire.wait(10)
    assert charlie.texts(line, bravo) == ["Do you know us?"]
    assert charlie.engine.state.name_of(bravo.id) == "Bravo"
    assert {card.post for card in charlie.engine.cards()} == {alpha.id, bravo.id}
    charlie.stop()
    charlie.start()
    assert charlie.engine.state.name_of(bravo.id) == "Bravo"


def offer(wire: Wire, giver: Post, payloads: list[bytes], entries: list[Entry], *cards: Post) -> str:
    """Hand Bravo a proposal; returns the code of the fault it made, or nothing."""
    taker = wire.posts[1]
    link = taker.engine.state.links[wire.link_between(taker, giver)]
    before = link.faults
    signed = cbor.encode([payloads, [encode_full(entry) for entry in entries]])
    wire.inject(giver, taker, Proposal(signed, tuple(post.card.encode() for post in cards)))
    wire.settle()
    notes = [effect.text.split(":")[0] for effect in taker.effects if isinstance(effect, Note)]
    return notes[-1] if link.faults > before else ""


def test_a_proposal_that_does_not_hold_is_the_proposers_fault() -> None:
    """Bravo has accepted nothing yet; each of these is wrong in one way, and the last one is right."""
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    wire.sever("Alpha", "Bravo")
    line = alpha.do(OpenLine, "hot line", (bravo.id,))["id"]
    other = alpha.do(OpenLine, "other line", (charlie.id,))["id"]
    wire.heal("Alpha", "Bravo")
    alpha.stop()
    wire.wait(1)
    liar = wire.twin(alpha)
    liar.record = type(liar.record)()
    liar.start()
    wire.heal(liar.name, "Bravo")
    wire.wait(10)
    payload, founding, epoch = alpha.line(line).chain[0][0], *alpha.entries(line, alpha)[:2]
    elsewhere = alpha.entries(other, alpha)[0]
    assert offer(wire, liar, [], [founding], alpha) == "bad-terms"
    assert offer(wire, liar, [payload], [], alpha) == "bad-terms"
    assert offer(wire, liar, [payload], [broken(founding)], alpha) == "bad-signature"
    assert offer(wire, liar, [payload], [epoch], alpha) == "bad-terms"
    assert offer(wire, liar, [payload], [elsewhere], alpha) == "bad-terms"
    assert offer(wire, liar, [payload, payload], [founding], alpha) == "bad-terms"
    assert offer(wire, liar, [alpha.line(other).chain[0][0]], [elsewhere], alpha, charlie) == "not-a-member"
    assert offer(wire, liar, [b"\x00"], [founding], alpha) == "bad-field"
    assert bravo.engine.state.proposals == {}
    assert "line-proposed" not in bravo.told()
    assert offer(wire, liar, [payload], [founding], alpha) == ""
    assert set(bravo.engine.state.proposals) == {line}


def test_too_many_proposals_harm_no_line_that_runs() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    for number in range(PROPOSALS_PER_PEER_MAX + 10):
        alpha.do(OpenLine, f"line {number}", (bravo.id,))
    wire.wait(30)
    assert len(bravo.engine.state.proposals) == PROPOSALS_PER_PEER_MAX
    for post in wire.posts:
        post.stop()
        post.start()
    wire.wait(10)
    alpha.do(Send, line=line, text="Are these your aircraft?")
    wire.wait(10)
    assert bravo.texts(line, alpha) == ["Are these your aircraft?"]
    assert wire.posts[1].told().count("line-proposed") == PROPOSALS_PER_PEER_MAX + 1
