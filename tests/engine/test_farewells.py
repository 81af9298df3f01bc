"""A member removed while it was cut off hears so from whom it meets first, and gets nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from openline.engine import farewells
from openline.engine.events import AcceptLine, ChangeMembers, Send
from openline.engine.turn import Turn
from openline.errors import BadTerms, NotAllowed, PeerError
from openline.terms import LineId
from openline.wire import cbor
from openline.wire.lineterms import encode_terms
from openline.wire.link import Proposal
from tests.engine.pair import Post, Wire


def removed_unheard() -> tuple[Wire, LineId]:
    """Delta is cut off, removed, and more is written and changed after it."""
    wire = Wire("Alpha", "Bravo", "Charlie", "Delta")
    line = wire.line()
    wire.wait(10)
    alpha, bravo, charlie, delta = wire.posts
    for post in (alpha, bravo, charlie):
        wire.sever(post.name, "Delta")
    wire.settle()
    alpha.do(ChangeMembers, line, (), (delta.id,))
    for post in (bravo, charlie):
        post.do(AcceptLine, line)
    wire.wait(10)
    alpha.do(ChangeMembers, line, (), (charlie.id,))
    bravo.do(AcceptLine, line)
    alpha.do(Send, line=line, text="two of us")
    wire.wait(10)
    return wire, line


@pytest.mark.parametrize("restarted", [False, True])
def test_a_member_removed_while_cut_off_is_told_and_gets_nothing_written_after(restarted: bool) -> None:
    wire, line = removed_unheard()
    alpha, _, _, delta = wire.posts
    before = delta.sizes(line)
    if restarted:
        alpha.stop()
        alpha.start()
    wire.heal("Alpha", "Delta")
    wire.wait(60)
    (alarm,) = [each for each in delta.alarms if each.code == "removed"]
    assert alarm.text.startswith("Alpha and Bravo and Charlie signed terms that remove this post")
    assert delta.line(line).terms.version == 2
    assert delta.sizes(line) == before
    with pytest.raises(NotAllowed, match="removed"):
        delta.do(Send, line=line, text="am I?")
    delta.stop()
    delta.start()
    wire.wait(10)
    assert delta.id not in delta.line(line).active


def test_who_is_there_when_it_is_removed_is_told_once() -> None:
    wire = Wire("Alpha", "Bravo", "Charlie")
    line = wire.line()
    wire.wait(10)
    alpha, bravo, charlie = wire.posts
    alpha.do(ChangeMembers, line, (), (charlie.id,))
    bravo.do(AcceptLine, line)
    wire.wait(60)
    assert charlie.told().count("removed") == 1
    assert "removed" not in alpha.told() + bravo.told()


def shown(giver: Post, taker: Post, line: LineId, change: Any) -> bool:
    """Let `taker` judge the terms up to version 2 as `giver` shows them, changed."""
    held = giver.line(line)
    payloads, entries = change([payload for payload, _ in held.chain[:2]], list(held.removals[2]))
    link = next(link for link in taker.engine.state.links.values() if link.peer == giver.id)
    turn = Turn(taker.wire.now, bytes(32))
    return farewells.taken(taker.engine.state, turn, link, Proposal(cbor.encode([payloads, entries]), ()))


def met() -> tuple[Post, Post, LineId]:
    """Alpha, and Delta that has a link to it on which nothing has been said yet."""
    wire, line = removed_unheard()
    alpha, _, _, delta = wire.posts
    wire.cut.discard(frozenset(("Alpha", "Delta")))
    wire.link(delta, alpha)
    delta.turn()
    return alpha, delta, line


def test_what_lacks_a_signature_or_does_not_follow_removes_nobody() -> None:
    alpha, delta, line = met()
    other = encode_terms(alpha.line(line).chain[1][1])
    cases: list[tuple[Any, type[PeerError]]] = [
        (lambda payloads, entries: (payloads, entries[:2]), BadTerms),
        (lambda payloads, entries: (payloads, [*entries[:2], entries[2][:-1] + bytes(1)]), PeerError),
        (lambda payloads, entries: ([payloads[0], other, payloads[1]], entries), BadTerms),
    ]
    for change, error in cases:
        with pytest.raises(error):
            shown(alpha, delta, line, change)
        assert delta.line(line).terms.version == 1
    assert shown(alpha, delta, line, lambda payloads, entries: (payloads, entries))
    assert delta.line(line).terms.version == 2
