"""Certificates: they say what is held when they are signed, and the called post responds to them by itself."""

from __future__ import annotations

import pytest

from openline.engine.conversing import gather
from openline.engine.events import Certify, Send
from openline.errors import NotAllowed
from openline.exchanges.contact import Certified, fold
from openline.terms import EntryId, LineId, PostId
from openline.wire.certificate import LinkState
from tests.engine.pair import Post, Wire
from tests.engine.test_reaching import ask


def certify(post: Post, line: LineId, asked: EntryId, about: PostId) -> EntryId:
    held = gather(post.record, line, asked)
    fields = {"post": about, "opening": asked, "officer": 1, "exchange": held}
    made: EntryId = post.do(Certify, line=line, **fields)
    return made


def certified(post: Post, line: LineId, asked: EntryId) -> Certified:
    folded = fold(gather(post.record, line, asked))
    assert folded is not None
    return folded.state.parties[0].certificates[-1]


def test_it_says_what_is_held_and_how_the_link_stands() -> None:
    both = Wire("Alpha", "Bravo")
    alpha, bravo = both.posts
    line = both.line()
    asked = ask(alpha, line, bravo)
    both.sever("Alpha", "Bravo")
    bravo.do(Send, line=line, text="Is anybody there?")
    certify(alpha, line, asked, bravo.id)
    held = certified(alpha, line, asked)
    assert (held.certificate.number, held.refuted) == (alpha.line(line).feeds[bravo.id].number, 0)
    assert held.certificate.id == alpha.line(line).feeds[bravo.id].last
    assert held.certificate.link.state == LinkState.REFUSED
    assert held.certificate.link.heard
    assert held.responses == ()


def test_the_counterpart_responds_when_a_path_exists() -> None:
    both = Wire("Alpha", "Bravo")
    alpha, bravo = both.posts
    line = both.line()
    both.sever("Alpha", "Bravo")
    asked = ask(alpha, line, bravo)
    certify(alpha, line, asked, bravo.id)
    assert "call-certified" not in bravo.told()
    both.heal("Alpha", "Bravo")
    both.wait(10)
    assert "call-certified" in bravo.told()
    assert "call-responded" in alpha.told()
    (answer,) = certified(alpha, line, asked).responses
    assert answer.response.number >= 1
    assert answer.entry.header.author == bravo.id
    assert certified(bravo, line, asked) == certified(alpha, line, asked)


def test_nothing_is_certified_about_a_stranger_or_oneself() -> None:
    both = Wire("Alpha", "Bravo")
    alpha, bravo = both.posts
    line = both.line()
    asked = ask(alpha, line, bravo)
    with pytest.raises(NotAllowed):
        certify(alpha, line, asked, alpha.id)
    with pytest.raises(NotAllowed):
        certify(alpha, line, asked, PostId(bytes(32)))
    with pytest.raises(NotAllowed):
        certify(bravo, line, asked, alpha.id)
