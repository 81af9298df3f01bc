"""A restored or forked feed goes on from the branch that its owner's root names, at every member."""

from __future__ import annotations

import msgspec
import pytest

from openline.engine.effects import Regrow
from openline.engine.events import Cards, ConfirmStart, Send
from openline.errors import NotAllowed, NotReady
from openline.identity.signing import name_branch
from openline.proof.finding import Finding
from openline.proof.verify import verify_record
from openline.terms import LineId
from openline.wire.bodies import message_of
from openline.wire.full import encode_full
from openline.wire.kinds import Kind
from tests.engine.pair import Post, Wire


def say(post: Post, line: LineId, text: str) -> bytes:
    """A message of the first officer."""
    entry: bytes = post.do(Send, line=line, text=text, officer=1)
    return entry


def texts(post: Post, line: LineId, author: Post) -> list[str]:
    """What stands in an author's chain here."""
    entries = post.record.span(line, author.id, 1, 1 << 40, 1 << 40)
    chained = entries[: post.engine.state.lines[line].feeds[author.id].number]
    return [message_of(entry).text for entry in chained if entry.header.kind == Kind.MESSAGE]


def confirm(post: Post, line: LineId) -> None:
    """What the post does when a person confirms: name our last entry as the true branch, then go on."""
    mine = post.engine.state.lines[line].mine
    own, statement = name_branch(post.own, post.card, line, mine.number, mine.last, post.wire.now)
    post.own, post.card = own, post.card.extended(statement)
    post.queue.append(Cards(post.own, post.card, post.peers, frozenset(card.post for card in post.peers)))
    post.wire.settle()
    post.do(ConfirmStart, line)


@pytest.fixture
def torn() -> tuple[Wire, LineId, Post, Post, Post]:
    """Alpha lost two messages to an old backup; Bravo has both, Charlie the first, and both are cut off."""
    wire = Wire("Alpha", "Bravo", "Charlie")
    line = wire.line()
    alpha, bravo, charlie = wire.posts
    say(alpha, line, "before the backup")
    wire.wait(8)
    backup = alpha.snapshot()
    say(alpha, line, "lost one")
    wire.wait(1)
    wire.sever("Alpha", "Charlie")
    wire.sever("Bravo", "Charlie")
    say(alpha, line, "lost two")
    wire.wait(1)
    wire.sever("Alpha", "Bravo")
    alpha.stop()
    alpha.record = backup
    alpha.start(restored=True)
    wire.settle()
    return wire, line, alpha, bravo, charlie


def test_a_restored_post_does_not_write_before_a_person_confirms(torn: tuple[Wire, LineId, Post, Post, Post]) -> None:
    wire, line, alpha, _, _ = torn
    with pytest.raises(NotReady, match="Bravo, Charlie"):
        say(alpha, line, "too early")
    with pytest.raises(NotAllowed, match="name our last entry"):
        alpha.do(ConfirmStart, line)
    wire.wait(5)


def test_a_confirmed_start_is_no_fork(torn: tuple[Wire, LineId, Post, Post, Post]) -> None:
    wire, line, alpha, bravo, charlie = torn
    confirm(alpha, line)
    say(alpha, line, "after the new start")
    wire.cut.clear()
    wire.wait(20)
    for post in wire.posts:
        assert texts(post, line, alpha) == ["before the backup", "after the new start"], post.name
        assert "forked-feed" not in post.told(), post.name
        assert post.engine.state.lines[line].mine.fork is None
    heads = [post.engine.state.lines[line].feeds[alpha.id].last for post in wire.posts]
    assert len(set(heads)) == 1
    assert "branch-named" in bravo.told()
    say(bravo, line, "we have both of your branches")
    say(alpha, line, "and go on")
    wire.wait(10)
    assert texts(charlie, line, alpha)[-1] == "and go on"
    assert texts(alpha, line, bravo) == ["we have both of your branches"]


def test_what_stood_on_the_other_branch_stays_as_evidence(torn: tuple[Wire, LineId, Post, Post, Post]) -> None:
    wire, line, alpha, bravo, _ = torn
    lost = bravo.engine.state.lines[line].feeds[alpha.id].last
    confirm(alpha, line)
    wire.cut.clear()
    wire.wait(20)
    kept = bravo.record.entry(line, lost)
    assert kept is not None
    assert message_of(kept.entry).text == "lost two"


def test_the_branch_survives_a_restart(torn: tuple[Wire, LineId, Post, Post, Post]) -> None:
    wire, line, alpha, bravo, _ = torn
    confirm(alpha, line)
    say(alpha, line, "after the new start")
    wire.cut.clear()
    wire.wait(20)
    for post in wire.posts:
        post.stop()
        post.start()
    wire.wait(20)
    say(alpha, line, "after all restarted")
    wire.wait(10)
    for post in wire.posts:
        assert texts(post, line, alpha)[-2:] == ["after the new start", "after all restarted"], post.name
        assert post.engine.state.lines[line].feeds[alpha.id].fork is None


def proved_of(post: Post, line: LineId) -> Finding:
    """What a stranger with all cards finds in this post's record: the chains as they stand, in order."""
    peers = post.engine.state.peers
    cards = {**peers, post.id: post.engine.state.card}
    chained = [
        encode_full(entry)
        for author in sorted(cards)
        for entry in post.record.span(line, author, 1, post.engine.state.lines[line].feeds[author].number, 1 << 40)
    ]
    return verify_record(line, [cards[each].encode() for each in sorted(cards)], chained, cards)


def test_nobody_who_held_the_lost_branch_looks_like_a_liar(torn: tuple[Wire, LineId, Post, Post, Post]) -> None:
    """Bravo signed for entries that Alpha lost: both verifiers know that it told the truth."""
    wire, line, alpha, bravo, _ = torn
    confirm(alpha, line)
    say(alpha, line, "after the new start")
    wire.cut.clear()
    wire.wait(20)
    say(bravo, line, "we had more of yours")
    say(alpha, line, "so you say")
    wire.wait(20)
    assert bravo.engine.state.lines[line].feeds[bravo.id].number
    for post in wire.posts:
        finding = proved_of(post, line)
        assert [fault.code for fault in finding.faults] == [], post.name
        assert finding.proved
        assert "have-shrank" not in post.told()


def test_with_all_heard_nothing_is_lost(torn: tuple[Wire, LineId, Post, Post, Post]) -> None:
    wire, line, alpha, _, charlie = torn
    wire.cut.clear()
    wire.wait(20)
    say(alpha, line, "whole again")
    wire.wait(10)
    assert texts(charlie, line, alpha) == ["before the backup", "lost one", "lost two", "whole again"]
    assert msgspec.to_builtins(alpha.engine.state.lines[line].serials) == {0: 4}


def test_a_copy_older_than_a_named_branch_fetches_what_stands_on_it(
    torn: tuple[Wire, LineId, Post, Post, Post],
) -> None:
    wire, line, alpha, _, _ = torn
    backup = alpha.snapshot()
    confirm(alpha, line)
    say(alpha, line, "after the new start")
    wire.cut.clear()
    wire.wait(20)
    alpha.stop()
    alpha.record = backup
    alpha.start(restored=True)
    wire.wait(30)
    say(alpha, line, "whole again")
    wire.wait(20)
    for post in wire.posts:
        assert texts(post, line, alpha) == ["before the backup", "after the new start", "whole again"], post.name
        assert "forked-feed" not in post.told(), post.name


def test_nothing_is_written_while_the_way_to_the_branch_is_open(torn: tuple[Wire, LineId, Post, Post, Post]) -> None:
    """All were heard meanwhile: what would be written now would have to be taken back."""
    wire, line, alpha, _, _ = torn
    alpha.hold = (Regrow,)
    mine = alpha.engine.state.lines[line].mine
    own, statement = name_branch(alpha.own, alpha.card, line, mine.number, mine.last, wire.now)
    alpha.own, alpha.card = own, alpha.card.extended(statement)
    alpha.queue.append(Cards(alpha.own, alpha.card, alpha.peers, frozenset(card.post for card in alpha.peers)))
    wire.cut.clear()
    wire.wait(20)
    assert alpha.engine.state.lines[line].mine.number == mine.number
    assert alpha.engine.state.lines[line].unheard is not None
    alpha.release()
    wire.wait(20)
    say(alpha, line, "after the new start")
    wire.wait(20)
    for post in wire.posts:
        assert texts(post, line, alpha) == ["before the backup", "after the new start"], post.name
        assert "forked-feed" not in post.told(), post.name
