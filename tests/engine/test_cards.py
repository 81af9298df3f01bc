"""A card that grows reaches everybody: by link at once, and in the record for whoever reads it later."""

from __future__ import annotations

from openline.engine.events import Cards
from openline.identity.signing import add_officer
from openline.terms import LineId
from openline.wire.bodies import statements_of
from openline.wire.kinds import Kind
from tests.engine.pair import Post, Wire, seeds


def two() -> tuple[Wire, Post, Post, LineId]:
    wire = Wire("Alpha", "Bravo")
    line = wire.line()
    wire.wait(10)
    alpha, bravo = wire.posts
    return wire, alpha, bravo, line


def enrol(post: Post, name: str) -> None:
    """One more officer on the post's card, as the shell does it."""
    post.own, statement = add_officer(post.own, post.card, name, seeds(name, 32), [], post.wire.now)
    post.card = post.card.extended(statement)
    trust(post)


def trust(post: Post) -> None:
    """The home says again what it trusts."""
    post.queue.append(Cards(post.own, post.card, post.peers, frozenset(card.post for card in post.peers)))
    post.wire.settle()


def test_new_statements_stand_in_the_feed_and_on_the_peers_card() -> None:
    wire, alpha, bravo, line = two()
    enrol(alpha, "Ann Watch")
    wire.wait(10)
    (entry,) = bravo.entries(line, alpha, Kind.KEYS)
    assert len(statements_of(entry)) == 1
    known = bravo.engine.state.card_of(alpha.id)
    assert known is not None
    assert known.sequence == alpha.card.sequence


def test_statements_are_told_once() -> None:
    wire, alpha, _, line = two()
    enrol(alpha, "Ann Watch")
    trust(alpha)
    wire.wait(10)
    assert len(alpha.entries(line, alpha, Kind.KEYS)) == 1


def test_what_a_peer_has_told_is_not_forgotten_for_an_older_card_of_the_home() -> None:
    wire, alpha, bravo, _ = two()
    enrol(alpha, "Ann Watch")
    wire.wait(10)
    assert bravo.peers[0].sequence < alpha.card.sequence
    trust(bravo)
    known = bravo.engine.state.card_of(alpha.id)
    assert known is not None
    assert known.sequence == alpha.card.sequence


def test_statements_made_while_nobody_was_there_come_with_the_record() -> None:
    wire, alpha, bravo, line = two()
    wire.sever("Alpha", "Bravo")
    for name in ("Ann Watch", "Bo Line"):
        enrol(alpha, name)
    wire.heal("Alpha", "Bravo")
    wire.wait(20)
    wire.alike(line)
    assert [len(statements_of(entry)) for entry in bravo.entries(line, alpha, Kind.KEYS)] == [1, 1]
    known = bravo.engine.state.card_of(alpha.id)
    assert known is not None
    assert known.sequence == alpha.card.sequence
