"""What a member with real keys of its own, a thief with a key that was revoked, and a peer that is no member can do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from openline.engine.events import Cards, Send
from openline.errors import ForkedFeed
from openline.identity.signing import rotate_feed_key
from openline.terms import LineId
from openline.wire.bodies import Message, bytes_item, message_item
from openline.wire.entry import Entry
from openline.wire.full import encode_full
from openline.wire.kinds import Kind
from tests.engine.forging import hand_over, signed
from tests.engine.pair import Post, Wire, seeds


def three() -> tuple[Wire, LineId, Post, Post, Post]:
    """Two honest posts and a liar on one line."""
    wire = Wire("Alpha", "Bravo", "Liar")
    line = wire.line()
    wire.wait(1)
    alpha, bravo, liar = wire.posts
    return wire, line, alpha, bravo, liar


def message(text: str, serial: int = 1) -> tuple[bytes, ...]:
    """The items of a message."""
    return (message_item(Message(text, serial)),)


def stolen_and_revoked(wire: Wire, line: LineId, victim: Post) -> Post:
    """The victim writes, renews its feed key and writes on. Returns who has stolen the old key."""
    for text in ("one", "two", "three"):
        victim.do(Send, line=line, text=text, officer=1)
    wire.wait(1)
    thief = cast(Post, SimpleNamespace(own=victim.own, id=victim.id, wire=wire, line=victim.line))
    feed = victim.line(line).mine
    last = {line: (feed.number, feed.last)}
    victim.own, statement = rotate_feed_key(victim.own, victim.card, seeds("new feed key", 32), last, wire.now)
    victim.card = victim.card.extended(statement)
    victim.queue.append(Cards(victim.own, victim.card, victim.peers, frozenset(card.post for card in victim.peers)))
    wire.settle()
    for text in ("four", "five", "six", "seven"):
        victim.do(Send, line=line, text=text, officer=1)
    wire.wait(8)
    return thief


def shown_as_evidence(wire: Wire, line: LineId, liar: Post, to: Post, entry: Entry) -> None:
    """The liar signs that it saw the entry, and hands that over."""
    shown = (bytes_item(encode_full(entry)),)
    hand_over(wire, liar, to, signed(liar, line, Kind.EVIDENCE, shown))
    wire.wait(2)


def test_a_stolen_key_that_was_revoked_makes_no_fork_of_an_honest_feed() -> None:
    for back in (2, 6):
        wire, line, alpha, bravo, liar = three()
        thief = stolen_and_revoked(wire, line, alpha)
        number = alpha.line(line).mine.number - back
        forged = signed(thief, line, Kind.MESSAGE, message("never said"), number=number)
        shown_as_evidence(wire, line, liar, bravo, forged)
        assert ForkedFeed.code not in bravo.told()
        assert bravo.line(line).feeds[alpha.id].fork is None
        alpha.do(Send, line=line, text="still here", officer=1)
        assert bravo.texts(line, alpha)[-1] == "still here"
