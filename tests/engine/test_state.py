"""What one post knows: look-ups by post, line and link, and what it remembers of a line."""

from __future__ import annotations

import pytest

from openline.engine.events import LinkUp, OpenLine, Send
from openline.engine.loading import load
from openline.engine.state import counters
from openline.errors import UnknownName
from openline.feeds.record import KeepHead, Put
from openline.terms import LineId, PostId
from tests.engine.pair import Wire

STRANGER = PostId(b"\x99" * 32)


def test_cards_and_names() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    state = alpha.engine.state
    assert state.card_of(alpha.id) is alpha.card
    assert state.card_of(bravo.id) == bravo.card
    assert state.card_of(STRANGER) is None
    assert (state.name_of(alpha.id), state.name_of(bravo.id), state.name_of(STRANGER)) == (
        "Alpha",
        "Bravo",
        "99" * 6,
    )


def test_a_strange_line_is_refused_with_a_sentence() -> None:
    wire = Wire("Alpha", "Bravo")
    with pytest.raises(UnknownName, match="no such line"):
        wire.posts[0].engine.state.line(LineId(bytes(32)))


def test_a_link_counts_once_the_peer_has_spoken() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    wire.sever("Alpha", "Bravo")
    wire.settle()
    alpha.queue.append(LinkUp(99, bravo.id))
    wire.settle()
    state = alpha.engine.state
    assert state.link_to(bravo.id) is None
    state.links[99].greeted = True
    assert state.link_to(bravo.id) is state.links[99]


def test_links_of_a_line_are_those_of_its_members() -> None:
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, _ = wire.posts
    line = alpha.do(OpenLine, "two of three", (bravo.id,))["id"]
    state = alpha.engine.state
    assert [link.peer for link in state.links_of(state.line(line))] == [bravo.id]


def test_heads_and_counts_are_kept_once_in_a_turn() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, _ = wire.posts
    line = wire.line()
    alpha.effects.clear()
    for number in range(5):
        alpha.ask(Send, line=line, text=f"message {number}")
    effects = alpha.turn()
    heads = [effect.head.number for effect in effects if isinstance(effect, KeepHead)]
    assert heads == [alpha.line(line).mine.number]
    assert len([effect for effect in effects if isinstance(effect, Put) and effect.table == "line"]) == 1


def test_a_line_remembers_its_counts() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    identifier = wire.line()
    line = alpha.line(identifier)
    line.checkpoint, line.checkpoint_at = 7, wire.now
    line.serials = {0: 3, 2: 9}
    line.spoken, line.spoken_at, line.keys_told = 4, 5, 6
    line.unheard = {bravo.id}
    alpha.record.commit([Put("line", identifier, counters(line))])
    again = load(alpha.record, alpha.own, alpha.card, alpha.peers, frozenset()).lines[identifier]
    assert counters(again) == counters(line)
    assert (again.serials, again.unheard, again.spoken_at) == ({0: 3, 2: 9}, {bravo.id}, 5)
