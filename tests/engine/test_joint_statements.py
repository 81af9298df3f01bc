"""Joint statements in the engine: changes that cross are one text at both ends; nothing is out before its time."""

from __future__ import annotations

from typing import Any

import pytest

from openline.engine.conversing import gather
from openline.engine.events import Say
from openline.engine.machines import JOINT_STATEMENT
from openline.errors import Misuse, NotAllowed
from openline.exchanges.joint_statement import State
from openline.feeds.folding import Folded
from openline.terms import EntryId, Instant, LineId
from openline.wire import joint_statement as wire
from openline.wire.contact import WORDS, Words
from openline.wire.joint_statement import Approval, Change, Closing, LineChange, Opening, Outcome, Stance, Text, Verdict
from openline.wire.kinds import Kind
from tests.engine.pair import Post, Wire

DAY_S = 24 * 3600
EMPTY = WORDS.item(Words())


def pair() -> tuple[Wire, Post, Post, LineId]:
    both = Wire("Alpha", "Bravo")
    return both, *both.posts, both.line()  # type: ignore[return-value]


def draft(post: Post, line: LineId, **fields: Any) -> Any:
    parties = tuple(sorted(each.id for each in post.wire.posts))
    opening = Opening(**{"parties": parties, "languages": ("en",), "one_person": True, **fields})
    items = (wire.OPENING.item(opening), WORDS.item(Words("The calls")))
    return post.do(Say, line=line, kind=Kind.JOINT_STATEMENT, items=items, officer=1)


def held(post: Post, line: LineId, opening: EntryId) -> Folded[State]:
    folded = JOINT_STATEMENT.fold(gather(post.record, line, opening))
    assert folded is not None
    return folded


def say(post: Post, line: LineId, kind: Kind, item: bytes, opening: EntryId, *more: EntryId) -> Any:
    exchange, refers = held(post, line, opening).entries, (opening, *more)
    return post.do(
        Say, line=line, kind=kind, items=(item, EMPTY), officer=1, opening=opening, refers=refers, exchange=exchange
    )


def change(post: Post, line: LineId, opening: EntryId, text: str, *lines: EntryId) -> Any:
    what = Change.AMEND if lines else Change.ADD
    body = LineChange(what, held(post, line, opening).state.revision, (Text("en", text),))
    return say(post, line, Kind.JOINT_CHANGE, wire.CHANGE.item(body), opening, *lines)


def approve(post: Post, line: LineId, opening: EntryId, digest: bytes | None = None) -> Any:
    made = digest or held(post, line, opening).state.digest()
    return say(post, line, Kind.JOINT_APPROVAL, wire.APPROVAL.item(Approval(made)), opening)


def release(post: Post, line: LineId, opening: EntryId) -> Any:
    closing = Closing(Outcome.RELEASED, held(post, line, opening).state.digest())
    return say(post, line, Kind.JOINT_CLOSED, wire.CLOSING.item(closing), opening)


def test_changes_that_cross_are_one_text_at_both_ends() -> None:
    both, alpha, bravo, line = pair()
    opening = draft(alpha, line)
    first = change(alpha, line, opening, "One.")
    both.sever("Alpha", "Bravo")
    change(alpha, line, opening, "One, ours.", first)
    proposal = change(bravo, line, opening, "One, theirs.", first)
    approve(bravo, line, opening)
    both.heal("Alpha", "Bravo")
    both.wait(60)
    assert held(alpha, line, opening).state.digest() == held(bravo, line, opening).state.digest()
    assert held(alpha, line, opening).ignored == held(bravo, line, opening).ignored == ()
    assert held(bravo, line, opening).state.text() == (("One, ours.",),)
    assert held(bravo, line, opening).state.approved() == ()
    assert "statement-void" in bravo.told()
    with pytest.raises(NotAllowed, match="has changed since"):
        say(alpha, line, Kind.JOINT_WORD, wire.VERDICT.item(Verdict(Stance.ACCEPTS)), opening, proposal)
    with pytest.raises(NotAllowed, match="has changed"):
        approve(bravo, line, opening, bytes(32))


def test_nothing_is_out_before_its_time_and_the_drafter_is_told_when_it_has_come() -> None:
    both, alpha, bravo, line = pair()
    opening = draft(alpha, line, not_before=Instant(both.now + 3_600_000))
    change(alpha, line, opening, "One.")
    for post in (alpha, bravo):
        approve(post, line, opening)
    assert "statement-ready" in alpha.told()
    with pytest.raises(NotAllowed, match="before the time of release"):
        release(alpha, line, opening)
    both.wait(3_700)
    assert "statement-due" in alpha.told()
    assert "statement-due" not in bravo.told()
    with pytest.raises(NotAllowed, match="Only the drafter"):
        release(bravo, line, opening)
    release(alpha, line, opening)
    assert "statement-released" in bravo.told()
    assert held(bravo, line, opening).state.closed is not None
    assert alpha.engine.state.due == bravo.engine.state.due == {}


def test_who_has_not_approved_is_reminded_once() -> None:
    both, alpha, bravo, line = pair()
    opening = draft(alpha, line)
    change(alpha, line, opening, "One.")
    approve(alpha, line, opening)
    both.wait(DAY_S + 60)
    both.wait(DAY_S + 60)
    assert (alpha.told().count("statement-waits"), bravo.told().count("statement-waits")) == (0, 1)


def test_what_would_count_for_nothing_is_not_written() -> None:
    _, alpha, bravo, line = pair()
    opening = draft(alpha, line)
    with pytest.raises(Misuse):
        change(bravo, line, opening, "Two  spaces.")
    with pytest.raises(NotAllowed, match="lacks a language"):
        approve(bravo, line, opening)
