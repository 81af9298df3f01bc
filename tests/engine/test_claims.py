"""What becomes of a member's word that it holds more of our feed than is here. Stories are in test_attacks.py."""

from __future__ import annotations

from openline.engine import claims
from openline.engine.line import Claim, Line
from openline.engine.turn import Turn
from openline.terms import EntryId, Instant, LineId, PostId
from tests.engine.pair import START, Post, Wire

SIGNED = EntryId(bytes([7]) * 32)


def pair() -> tuple[Post, Post, LineId]:
    wire = Wire("Alpha", "Bravo")
    line = wire.line()
    wire.wait(1)
    alpha, bravo = wire.posts
    return alpha, bravo, line


def turn(after_ms: int = 0) -> Turn:
    return Turn(Instant(START + 10_000 + after_ms), bytes(32))


def claimed(post: Post, line: LineId, peer: PostId, number: int = 1_000, entry: EntryId | None = None) -> Line:
    claims.claimed(post.engine.state, turn(), post.line(line), peer, number, None, entry)
    return post.line(line)


def test_a_peer_that_said_otherwise_on_its_link_holds_nobody_back() -> None:
    alpha, bravo, identifier = pair()
    line = claimed(alpha, identifier, bravo.id)
    assert not line.held_back
    assert line.writes()


def test_a_second_claim_adds_nothing_but_its_signature() -> None:
    alpha, bravo, identifier = pair()
    claimed(alpha, identifier, bravo.id)
    line = claimed(alpha, identifier, bravo.id, 900, SIGNED)
    assert line.claims == {bravo.id: Claim(1_000, turn().at, SIGNED, holds=False)}


def test_a_word_is_taken_back_and_a_signature_is_not() -> None:
    alpha, bravo, identifier = pair()
    line = claimed(alpha, identifier, bravo.id)
    claims.withdrawn(line, bravo.id)
    assert not line.claims
    line = claimed(alpha, identifier, bravo.id, entry=SIGNED)
    claims.withdrawn(line, bravo.id)
    assert bravo.id in line.claims


def test_what_is_shown_is_claimed_no_more() -> None:
    alpha, bravo, identifier = pair()
    line = claimed(alpha, identifier, bravo.id, alpha.line(identifier).mine.number + 1)
    line.claims[bravo.id].holds = True
    claims.shown(turn(), line)
    assert (line.held_back, list(line.claims)) == (False, [bravo.id])
    line.mine.ids += bytes(32)
    claims.shown(turn(), line)
    assert not line.claims


def test_a_claim_is_judged_once_and_when_its_time_is_over() -> None:
    alpha, bravo, identifier = pair()
    line = claimed(alpha, identifier, bravo.id)
    codes = []
    for after in (0, claims.SHOW_MS - 1, claims.SHOW_MS, 2 * claims.SHOW_MS):
        now = turn(after)
        claims.judge(alpha.engine.state, now, line)
        codes.append([each.code for each in now.effects if hasattr(each, "code")])
    assert codes == [[], [], ["empty-claim"], []]
