"""How a line stands, as plain values for people and programs."""

from __future__ import annotations

from typing import Any

from openline.engine.line import Line
from openline.engine.state import State
from openline.wire.lineterms import must_sign


def line_status(state: State, line: Line) -> dict[str, Any]:
    """Members with what is proved of each, our own feed, and what waits."""
    return {
        "line": line.terms.name,
        "id": line.id,
        "terms": line.terms.version,
        "epoch": 0 if line.epoch is None else line.epoch.number,
        "entries": line.entries(),
        "mine": line.mine.number,
        "checkpoint": line.checkpoint,
        "classes": [each.name.lower() for each in line.terms.classes],
        "writes": line.writes(),
        "waits for": sorted(state.name_of(post) for post in line.unheard or ()),
        "claims": [
            {"by": state.name_of(post), "entries": claim.number, "signed in": claim.entry, "told": claim.told}
            for post, claim in sorted(line.claims.items())
        ],
        "proposed terms": [_offer(state, line, key) for key in line.offers],
        "members": [_member(state, line, member.post, member.active) for member in line.terms.members],
    }


def _offer(state: State, line: Line, key: bytes) -> dict[str, Any]:
    offer = line.offers[key]
    now, then = set(line.active), set(offer.terms.active())
    return {
        "terms": key,
        "version": offer.terms.version,
        "adds": sorted(state.name_of(post) for post in then - now),
        "removes": sorted(state.name_of(post) for post in now - then),
        "signed": sorted(state.name_of(post) for post in offer.signed),
        "not signed": sorted(
            state.name_of(post) for post in must_sign(offer.terms, line.terms) if post not in offer.signed
        ),
    }


def _member(state: State, line: Line, post: bytes, active: bool) -> dict[str, Any]:
    feed = next(feed for author, feed in line.feeds.items() if author == post)
    link = state.link_to(feed.author)
    card = state.card_of(feed.author)
    fork = feed.fork
    return {
        "name": state.name_of(feed.author),
        "post": feed.author,
        "fingerprint": None if card is None else card.fingerprint,
        "active": active,
        "accepted": feed.number > 0,
        "link": None if feed.author == state.me else ("up" if link is not None else "down"),
        "entries": feed.number,
        "gaps": [[first, last] for first, last in _gaps(feed.number, sorted(feed.waiting))],
        "signed for": line.claimed(feed.author, state.me) if feed.author != state.me else None,
        "waiting to be sent": len(link.outbox) if link is not None else None,
        "round trip ms": None if link is None else link.flow.round_trip,
        "skew ms": line.skew.get(feed.author),
        "fork": None if fork is None else {"number": fork.number, "entries": [fork.ours, fork.theirs]},
    }


def _gaps(number: int, waiting: list[int]) -> list[tuple[int, int]]:
    gaps, last = [], number
    for at in waiting:
        if at > last + 1:
            gaps.append((last + 1, at - 1))
        last = at
    return gaps
