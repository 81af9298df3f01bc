"""Summaries: what is lost is named missing and comes again, and another's feed is asked for only when it must be."""

from __future__ import annotations

from openline.engine.effects import Transmit
from openline.engine.events import Send
from openline.engine.link import Link
from openline.engine.summaries import RELAY_AFTER_MS, lacks, wants
from openline.limits import BEYOND_MAX
from openline.terms import Instant, LineId
from openline.wire.kinds import Kind
from openline.wire.link import Held, Summary
from tests.engine.forging import alias, hand_over, signed
from tests.engine.pair import Post, Wire


def three() -> tuple[Wire, Post, Post, Post, LineId]:
    wire = Wire("Alpha", "Bravo", "Charlie")
    line = wire.line()
    wire.wait(10)
    alpha, bravo, charlie = wire.posts
    return wire, alpha, bravo, charlie, line


def link_to(post: Post, other: Post) -> Link:
    return post.engine.state.links[post.wire.link_between(post, other)]


def wanted(post: Post, peer: Post, feed: Post, line: LineId) -> bool:
    return wants(post.engine.state, post.wire.now, link_to(post, peer), post.line(line), feed.id)


def test_what_a_summary_does_not_name_is_given_again() -> None:
    wire, alpha, bravo, _, line = three()
    alpha.do(Send, line=line, text="Once.")
    wire.wait(10)
    link = link_to(alpha, bravo)
    assert not alpha.line(line).feeds[alpha.id].held().without(link.offered[(line, alpha.id)])
    number = alpha.entries(line, alpha, Kind.MESSAGE)[0].header.number
    terms = alpha.line(line).terms.version
    before = wire.frames
    wire.inject(bravo, alpha, Summary(alias(bravo, alpha, line), line, terms, (Held(0, number - 1, True, ()),)))
    wire.settle()
    assert wire.frames > before
    assert not alpha.line(line).feeds[alpha.id].held().without(link.offered[(line, alpha.id)])
    assert bravo.texts(line, alpha) == ["Once."]


def test_an_author_gives_its_own_and_others_are_asked_only_where_it_gives_nothing() -> None:
    wire, alpha, bravo, charlie, line = three()
    assert wanted(bravo, alpha, alpha, line)
    assert not wanted(bravo, charlie, alpha, line)
    assert not wanted(bravo, charlie, bravo, line)
    wire.sever("Alpha", "Bravo")
    wire.settle()
    assert wanted(bravo, charlie, alpha, line)


def test_an_author_that_holds_back_what_another_has_is_not_waited_for_long() -> None:
    wire, alpha, bravo, charlie, line = three()
    link = link_to(bravo, charlie)
    held = bravo.sizes(line)["Alpha"]
    wire.inject(charlie, bravo, Summary(alias(charlie, bravo, line), line, 1, (Held(0, held + 1, False, ()),)))
    wire.settle()
    assert not wanted(bravo, charlie, alpha, line)
    at = Instant(wire.now + RELAY_AFTER_MS)
    assert wants(bravo.engine.state, at, link, bravo.line(line), alpha.id)
    assert lacks(link, bravo.line(line), at)


def test_a_restored_post_wants_its_own_feed() -> None:
    _, alpha, bravo, _, line = three()
    alpha.line(line).unheard = {bravo.id}
    assert wanted(alpha, bravo, alpha, line)


def test_a_summary_names_so_many_ranges_and_no_more() -> None:
    wire, alpha, bravo, _, line = three()
    first = alpha.sizes(line)["Alpha"] + 2
    ahead = [signed(alpha, line, number=first + 2 * at, previous=bytes(32)) for at in range(BEYOND_MAX + 6)]
    hand_over(wire, alpha, bravo, *ahead)
    bravo.effects.clear()
    wire.sever("Alpha", "Charlie")
    wire.wait(3)
    told = [
        piece
        for effect in bravo.effects
        if isinstance(effect, Transmit)
        for piece in wire.whole_pieces(bravo, effect)
        if isinstance(piece, Summary)
    ]
    assert told
    assert max(len(held.beyond) for summary in told for held in summary.held) == BEYOND_MAX


def test_a_summary_under_the_name_of_another_line_takes_that_line_from_nobody() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    other = LineId(bytes([line[0] ^ 1]) + line[1:])
    short = alias(alpha, bravo, line)
    wire.inject(alpha, bravo, Summary(short, other, alpha.line(line).terms.version, ()))
    wire.settle()
    assert link_to(bravo, alpha).theirs[short] == line
    alpha.do(Send, line=line, text="Still here.")
    wire.wait(60)
    assert bravo.texts(line, alpha) == ["Still here."]


def test_a_name_for_a_line_that_nobody_here_knows_may_be_mended() -> None:
    wire, alpha, bravo, _, line = three()
    unknown, known = LineId(b"u" * 32), LineId(b"k" * 32)
    for named in (unknown, known):
        wire.inject(alpha, bravo, Summary(9, named, 1, ()))
        wire.settle()
        assert link_to(bravo, alpha).theirs[9] == named
