"""How this post reaches each peer: what the bearers tell of it, and which exchanges have to know when it changes."""

from __future__ import annotations

from openline.engine.line import Line
from openline.engine.state import Reach, State
from openline.engine.turn import Turn
from openline.exchanges.contact import Facts
from openline.terms import Instant, PostId
from openline.wire.certificate import NONE, LinkFacts, LinkState


def up(state: State, turn: Turn, peer: PostId) -> None:
    """A link to a peer has come up."""
    known = state.reach.get(peer)
    if known is None or not known.up:
        heard = Instant(0) if known is None else known.heard
        state.reach[peer] = Reach(turn.at, up=True, was_up=True, heard=heard)
        _changed(state, peer)


def down(state: State, turn: Turn, peer: PostId, heard: Instant) -> None:
    """The last link to a peer is gone; over it something came last at `heard`."""
    state.reach[peer] = Reach(turn.at, was_up=True, heard=heard)
    _changed(state, peer)


def failed(state: State, turn: Turn, peer: PostId, why: str) -> None:
    """A dial has failed. Of `why`, the first sentence is stated; what follows is advice to the people here."""
    why = why.partition(". ")[0].removesuffix(".")
    known = state.reach.setdefault(peer, Reach(turn.at))
    if not known.up and known.why != why:
        known.why = why
        _changed(state, peer)


def _changed(state: State, peer: PostId) -> None:
    """Exchanges that state attempts are folded at the end of this turn."""
    for line, opening in state.watched:
        if line in state.lines and peer in state.lines[line].active:
            state.news.setdefault((line, opening), [])


def facts(state: State, line: Line, peer: PostId) -> Facts:
    """What this post knows by itself of a member of a line."""
    known = state.reach.get(peer, Reach(Instant(0)))
    via = tuple(sorted(link.peer for link in state.links_of(line) if link.peer != peer))
    feed = line.feeds.get(peer)
    held = 0 if feed is None else feed.number
    return Facts(
        link=LinkFacts(state=_state(state, known, peer), since=known.since, heard=_heard(state, known, peer), via=via),
        why=known.why,
        signed=line.claimed(peer, state.me),
        held=held,
        last=NONE if feed is None or not held else feed.last,
    )


def _state(state: State, known: Reach, peer: PostId) -> LinkState:
    if known.up:
        return LinkState.UP
    if known.why:
        return LinkState.REFUSED if peer in state.reachable else LinkState.NO_PATH
    if known.was_up:
        return LinkState.LOST
    return LinkState.UNTRIED if peer in state.reachable else LinkState.NO_PATH


def _heard(state: State, known: Reach, peer: PostId) -> Instant:
    heard = [link.flow.heard_at for link in state.links.values() if link.peer == peer and link.live and link.greeted]
    return max([known.heard, *heard])
