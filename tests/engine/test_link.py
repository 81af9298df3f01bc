"""One open link: what may wait on it, and what is put back to be fetched again."""

from __future__ import annotations

from openline.engine.events import AcceptLine, ChangeMembers, Send
from openline.engine.link import Link
from openline.feeds.ranges import Numbers
from openline.limits import OUTBOX_MAX_BYTES
from openline.terms import LineId, Precedence
from openline.wire.entry import Entry
from openline.wire.link import Ask, decode_piece
from tests.engine.forging import signed
from tests.engine.pair import Post, Wire


def pair() -> tuple[Post, Post, LineId, Link]:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    return alpha, bravo, line, Link(99, bravo.id, wire.now)


def test_a_line_has_one_short_name() -> None:
    _, _, line, link = pair()
    other = LineId(b"\x01" * 32)
    assert [link.alias(line), link.alias(other), link.alias(line)] == [0, 1, 0]


def test_control_is_said_in_order() -> None:
    _, _, _, link = pair()
    link.say(Ask())
    assert [decode_piece(data) for data in link.outbox.control] == [Ask()]


def test_nothing_waits_before_the_peer_has_said_what_it_holds() -> None:
    alpha, _, line, link = pair()
    link.push(alpha.line(line), alpha.entries(line, alpha)[0])
    assert not link.opened(line, alpha.id)
    assert len(link.outbox) == 0


def test_an_entry_waits_once_and_not_where_it_is_held() -> None:
    alpha, _, line, link = pair()
    link.offered[(line, alpha.id)] = Numbers([(1, 1)])
    for entry in alpha.entries(line, alpha)[:2] * 2:
        link.push(alpha.line(line), entry)
    assert link.outbox.numbers(line, alpha.id) == {2}


def large(alpha: Post, line: LineId, number: int, precedence: Precedence) -> Entry:
    return signed(alpha, line, 16, (b"x" * (OUTBOX_MAX_BYTES // 3),), number=number, precedence=precedence)


def test_what_finds_no_room_is_fetched_later() -> None:
    alpha, _, line, link = pair()
    feed = (line, alpha.id)
    link.offered[feed] = Numbers()
    for number in range(2, 6):
        link.push(alpha.line(line), large(alpha, line, number, Precedence.ROUTINE))
    assert link.outbox.numbers(line, alpha.id) == {2, 3}
    assert link.behind == {feed}
    assert link.offered[feed].ranges() == ((2, 3),)
    link.push(alpha.line(line), large(alpha, line, 9, Precedence.FLASH))
    assert link.outbox.numbers(line, alpha.id) == {2, 9}
    assert link.offered[feed].ranges() == ((2, 2), (9, 9))


def test_a_removed_member_gets_nothing_new() -> None:
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    line = wire.line()
    alpha.do(ChangeMembers, line, (), (charlie.id,))
    bravo.do(AcceptLine, line)
    link = Link(99, charlie.id, wire.now)
    before, after = alpha.entries(line, alpha)[0], signed(alpha, line)
    link.offered[(line, alpha.id)] = Numbers()
    for entry in (before, after):
        link.push(alpha.line(line), entry)
    assert link.outbox.numbers(line, alpha.id) == {1}
    alpha.do(Send, line=line, text="only for the two of us")
    wire.wait(30)
    assert charlie.texts(line, alpha) == []
    assert bravo.texts(line, alpha) == ["only for the two of us"]
