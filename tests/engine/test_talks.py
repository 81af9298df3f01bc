"""Minutes and disclosure in the engine: drafts that cross are one minute at both ends, and reminders come once."""

from __future__ import annotations

from typing import Any

import pytest

from openline.engine.conversing import gather
from openline.engine.events import Say
from openline.engine.machines import DISCLOSURE, MINUTE, Machine
from openline.errors import Misuse, NotAllowed
from openline.feeds.folding import Folded
from openline.terms import EntryId, LineId
from openline.wire import disclosure as on_disclosure
from openline.wire import minute as wire
from openline.wire.contact import WORDS, Words
from openline.wire.disclosure import Item, Proposal
from openline.wire.kinds import Kind
from openline.wire.minute import Nothing, Parties, Signing, Stance, Word
from openline.wire.rules import Disclosure
from tests.engine.pair import Post, Wire

CONTACT = EntryId(b"c" * 32)
DAY_S = 24 * 3600


def pair() -> tuple[Wire, Post, Post, LineId]:
    both = Wire("Alpha", "Bravo")
    return both, *both.posts, both.line()  # type: ignore[return-value]


def open_(post: Post, line: LineId, kind: Kind, *items: bytes) -> Any:
    return post.do(Say, line=line, kind=kind, items=items, officer=1, refers=(CONTACT,))


def opened(post: Post, line: LineId) -> Any:
    return open_(
        post, line, Kind.MINUTE, wire.PARTIES.item(Parties(tuple(sorted(each.id for each in post.wire.posts))))
    )


def held(post: Post, line: LineId, entry: EntryId, machine: Machine = MINUTE) -> Folded[Any]:
    first = post.kept_entry(line, entry).entry.header.exchange or entry
    folded = machine.fold(gather(post.record, line, first))
    assert folded is not None
    return folded


def say(post: Post, line: LineId, kind: Kind, items: tuple[bytes, ...], *refers: EntryId) -> Any:
    machine = MINUTE if kind < Kind.COMMITMENT else DISCLOSURE
    exchange = held(post, line, refers[0], machine).entries
    return post.do(
        Say, line=line, kind=kind, items=items, officer=1, opening=refers[0], refers=refers, exchange=exchange
    )


def draft(post: Post, line: LineId, opening: EntryId, text: str) -> Any:
    return say(post, line, Kind.MINUTE_POINT, (wire.POINT.item(Nothing()), WORDS.item(Words(text))), opening)


def agree(post: Post, line: LineId, opening: EntryId, point: EntryId) -> Any:
    return say(post, line, Kind.MINUTE_WORD, (wire.WORD.item(Word(Stance.AGREED)), WORDS.item(Words())), opening, point)


def sign(post: Post, line: LineId, opening: EntryId, digest: bytes | None = None) -> Any:
    made = digest or held(post, line, opening).state.digest()
    return say(post, line, Kind.MINUTE_SIGNED, (wire.SIGNING.item(Signing(made)), WORDS.item(Words())), opening)


def test_drafts_that_cross_are_one_minute_at_both_ends() -> None:
    both, alpha, bravo, line = pair()
    both.sever("Alpha", "Bravo")
    mine, theirs = opened(alpha, line), opened(bravo, line)
    first, second = draft(alpha, line, mine, "One."), draft(bravo, line, theirs, "Two.")
    both.heal("Alpha", "Bravo")
    both.wait(60)
    assert held(alpha, line, mine) == held(alpha, line, theirs)
    assert held(alpha, line, mine).state.digest() == held(bravo, line, theirs).state.digest()
    assert "minute-point" in alpha.told()
    assert "minute-point" in bravo.told()
    head = held(alpha, line, mine).head
    agree(bravo, line, head, first)
    agree(alpha, line, head, second)
    sign(alpha, line, mine)
    sign(bravo, line, theirs)
    assert held(alpha, line, mine).state.complete
    assert "minute-complete" in alpha.told()
    assert alpha.engine.state.due == bravo.engine.state.due == {}


def test_nobody_signs_what_was_not_read_or_not_answered() -> None:
    _, alpha, bravo, line = pair()
    opening = opened(alpha, line)
    draft(alpha, line, opening, "One.")
    with pytest.raises(NotAllowed, match="not answered every point"):
        sign(bravo, line, opening)
    with pytest.raises(NotAllowed, match="has changed"):
        sign(alpha, line, opening, bytes(range(32)))


def test_who_has_not_signed_is_reminded_once() -> None:
    both, alpha, bravo, line = pair()
    opening = opened(alpha, line)
    draft(alpha, line, opening, "One.")
    sign(alpha, line, opening)
    both.wait(DAY_S + 60)
    both.wait(DAY_S + 60)
    assert (alpha.told().count("minute-waits"), bravo.told().count("minute-waits")) == (0, 1)


def propose(post: Post, line: LineId, level: Disclosure) -> Any:
    parties = tuple(sorted(each.id for each in post.wire.posts))
    body = on_disclosure.PROPOSAL.item(Proposal(parties, (Item(level=level),)))
    return open_(post, line, Kind.DISCLOSURE, body, WORDS.item(Words()))


def test_a_counter_proposal_stands_beside_the_first_and_needs_both() -> None:
    _, alpha, bravo, line = pair()
    first = propose(alpha, line, Disclosure.OPEN)
    counter = propose(bravo, line, Disclosure.CLOSED)
    with pytest.raises(NotAllowed, match="has agreed already"):
        say(bravo, line, Kind.DISCLOSURE_AGREED, (), counter)
    with pytest.raises(Misuse):
        alpha.do(Say, line=line, kind=Kind.DISCLOSURE_AGREED, items=(), officer=1)
    say(alpha, line, Kind.DISCLOSURE_AGREED, (), counter)
    for post in (alpha, bravo):
        state = held(post, line, first, DISCLOSURE).state
        assert state.newest is not None
        assert state.newest.kept.entry.id == counter
        assert post.told().count("disclosure-agreed") == 1
