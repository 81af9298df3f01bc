"""Posts with two officers, one of whom has a passkey, on a line with rules."""

from __future__ import annotations

from openline.engine.events import AcceptLine, Cards, ChangeMembers
from openline.identity import signing
from openline.terms import LineId
from openline.wire.kinds import Kind
from openline.wire.rules import Rules, encode_rules
from tests.engine.pair import START, Post, Wire, seeds
from tests.identity.devices import Device

BERG, COLE = 1, 2
"""The officers of each post."""


def staffed(*names: str) -> tuple[Wire, LineId, Device]:
    """Posts on a line; the first has a second officer, and its first officer a passkey."""
    wire = Wire(*names)
    line = wire.line()
    device = Device("the first officer's phone")
    first = wire.posts[0]
    enrol(first, device)
    first.own, statement = signing.add_officer(first.own, first.card, "Capt. Cole", seeds("cole", 32), [], START)
    certified(first, statement)
    wire.wait(1)
    for post in wire.posts:
        post.alarms.clear()
    return wire, line, device


def enrol(post: Post, device: Device, officer: int = BERG) -> None:
    """Certify the device for an officer of the post."""
    proof = device.possession(post.id)
    post.own, statement = signing.add_passkey(post.own, post.card, officer, device.public, device.rp, proof, START)
    certified(post, statement)


def certified(post: Post, statement: bytes) -> None:
    """A key statement of the post's own root."""
    post.card = post.card.extended(statement)
    post.queue.append(Cards(post.own, post.card, post.peers, frozenset(card.post for card in post.peers)))
    post.wire.settle()


def agree(wire: Wire, line: LineId, *kinds: Kind) -> None:
    """Rules that want two persons for these kinds, accepted by all."""
    first, *others = wire.posts
    first.do(ChangeMembers, line=line, rules=encode_rules(Rules(two_persons=tuple(kinds))))
    wire.wait(1)
    for post in others:
        post.do(AcceptLine, line=line)
    wire.wait(1)
    for post in wire.posts:
        post.alarms.clear()
    assert all(post.engine.state.lines[line].rules.two_persons == tuple(kinds) for post in wire.posts)
