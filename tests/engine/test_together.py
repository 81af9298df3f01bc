"""Simultaneous exchanges in the engine: documents leave by themselves, together, once, whatever dies between."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

from openline.engine import together
from openline.engine.conversing import gather
from openline.engine.events import Bind, Say, Send
from openline.engine.line import Line
from openline.engine.machines import TOGETHER
from openline.errors import Misuse, NotAllowed
from openline.exchanges import together as machine
from openline.exchanges.together import State
from openline.feeds.folding import Folded
from openline.limits import NAME_MAX_BYTES, TOGETHER_DOCUMENT_MAX_BYTES, TOGETHER_KEPT_MAX
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire.contact import WORDS, Words
from openline.wire.kinds import Kind
from openline.wire.together import TOGETHER as BODY
from openline.wire.together import Together
from tests.engine.pair import Post, Wire
from tests.exchanges.published import committed, withdrawn
from tests.exchanges.published import together as opened
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE

HOUR_MS = 3_600_000


def world(*names: str) -> tuple[Wire, LineId, EntryId]:
    """Posts with a line, on which the first asks for a simultaneous exchange of all."""
    wire = Wire(*names)
    line = wire.line()
    parties = tuple(sorted(post.id for post in wire.posts))
    body = Together(parties, Instant(wire.now + HOUR_MS), Instant(wire.now + 2 * HOUR_MS))
    items = (BODY.item(body), WORDS.item(Words("The list.")))
    opening: EntryId = wire.posts[0].do(Say, line=line, kind=Kind.TOGETHER, items=items, officer=1)
    wire.wait(1)
    return wire, line, opening


def folded(post: Post, line: LineId, opening: EntryId) -> Folded[State]:
    held = machine.fold(gather(post.record, line, opening))
    assert held is not None
    return held


def bind(post: Post, line: LineId, opening: EntryId, document: bytes = b"", name: str = "list.txt") -> Any:
    held = folded(post, line, opening).entries
    return post.do(
        Bind,
        line=line,
        opening=opening,
        document=document or post.name.encode(),
        name=name,
        officer=1,
        exchange=held,
    )


def withdraw(post: Post, line: LineId, opening: EntryId) -> Any:
    return post.do(
        Say,
        line=line,
        kind=Kind.TOGETHER_WITHDRAWN,
        items=(WORDS.item(Words("No.")),),
        officer=1,
        opening=opening,
        refers=(opening,),
        exchange=folded(post, line, opening).entries,
    )


def shown(post: Post, line: LineId, opening: EntryId) -> dict[PostId, bytes]:
    bound = folded(post, line, opening).state.bound
    return {each.author: each.secret.document for each in bound if each.secret is not None}


def all_of(wire: Wire) -> dict[PostId, bytes]:
    return {post.id: post.name.encode() for post in wire.posts}


def secrets(post: Post) -> int:
    assert len(post.record.objects(together.TABLE)) == len(post.engine.state.sealed)
    return len(post.engine.state.sealed)


def test_documents_leave_by_themselves_when_all_are_bound_and_not_before() -> None:
    wire, line, opening = world("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    bind(alpha, line, opening)
    bind(bravo, line, opening)
    wire.wait(60)
    assert [secrets(post) for post in wire.posts] == [1, 1, 0]
    for post in wire.posts:
        assert shown(post, line, opening) == {}
        texts = [item for each in wire.posts for entry in post.entries(line, each) for item in entry.items]
        assert not any(b"Alpha" in (item or b"") for item in texts)
    bind(charlie, line, opening)
    wire.wait(10)
    for post in wire.posts:
        assert shown(post, line, opening) == all_of(wire)
        assert secrets(post) == 0
        assert len(post.entries(line, post, Kind.TOGETHER_REVEALED)) == 1
        assert post.told().count("together-open") == 1
        assert (post.engine.state.due, post.engine.state.unshown) == ({}, {})


def test_who_is_cut_off_shows_as_soon_as_it_hears() -> None:
    wire, line, opening = world("Alpha", "Bravo")
    alpha, bravo = wire.posts
    wire.sever("Alpha", "Bravo")
    bind(alpha, line, opening)
    bind(bravo, line, opening)
    wire.wait(60)
    assert (shown(alpha, line, opening), shown(bravo, line, opening)) == ({}, {})
    wire.heal("Alpha", "Bravo")
    wire.wait(60)
    assert shown(alpha, line, opening) == shown(bravo, line, opening) == all_of(wire)


def test_a_withdrawal_that_was_known_keeps_everything_closed() -> None:
    wire, line, opening = world("Alpha", "Bravo")
    alpha, bravo = wire.posts
    bind(alpha, line, opening)
    withdraw(alpha, line, opening)
    wire.wait(5)
    assert "together-off" in bravo.told()
    assert (secrets(alpha), alpha.engine.state.unshown) == (0, {})
    with pytest.raises(NotAllowed, match="had withdrawn"):
        bind(bravo, line, opening)
    alpha.stop()
    alpha.start()
    wire.wait(60)
    assert shown(alpha, line, opening) == shown(bravo, line, opening) == {}
    assert [secrets(post) for post in wire.posts] == [0, 0]
    assert "together-lost" not in alpha.told()


def test_a_withdrawal_that_crossed_the_last_commitment_comes_too_late() -> None:
    wire, line, opening = world("Alpha", "Bravo")
    alpha, bravo = wire.posts
    bind(alpha, line, opening)
    wire.sever("Alpha", "Bravo")
    withdraw(alpha, line, opening)
    wire.wait(5)
    assert secrets(alpha) == 1
    bind(bravo, line, opening)
    assert shown(bravo, line, opening) == {bravo.id: b"Bravo"}
    wire.heal("Alpha", "Bravo")
    wire.wait(60)
    assert shown(alpha, line, opening) == shown(bravo, line, opening) == all_of(wire)


def test_nobody_withdraws_once_all_are_bound() -> None:
    wire, line, opening = world("Alpha", "Bravo")
    for post in wire.posts:
        bind(post, line, opening)
    with pytest.raises(NotAllowed, match="All were bound already"):
        withdraw(wire.posts[0], line, opening)


def test_a_crash_neither_loses_nor_repeats() -> None:
    wire, line, opening = world("Alpha", "Bravo")
    alpha, bravo = wire.posts
    bind(alpha, line, opening)
    alpha.stop()
    bind(bravo, line, opening)
    alpha.start()
    wire.wait(60)
    assert shown(alpha, line, opening) == shown(bravo, line, opening) == all_of(wire)
    for post in wire.posts:
        post.stop()
        post.start()
    wire.wait(60)
    assert [len(post.entries(line, post, Kind.TOGETHER_REVEALED)) for post in wire.posts] == [1, 1]
    assert [secrets(post) for post in wire.posts] == [0, 0]


def set_back(wire: Wire, post: Post, copy: Any) -> None:
    """The post starts again from a backup, and hears nobody until the wire is healed."""
    wire.sever("Alpha", "Bravo")
    wire.settle()
    post.stop()
    post.record = copy
    post.start(restored=True)


def test_a_restored_copy_shows_nothing_twice_and_nothing_else() -> None:
    wire, line, opening = world("Alpha", "Bravo")
    alpha, bravo = wire.posts
    bind(alpha, line, opening)
    backup = alpha.snapshot()
    bind(bravo, line, opening)
    wire.wait(10)
    before = [entry.id for entry in bravo.entries(line, alpha, Kind.TOGETHER_REVEALED)]
    set_back(wire, alpha, backup)
    assert secrets(alpha) == 1
    wire.wait(10)
    wire.heal("Alpha", "Bravo")
    wire.wait(60)
    assert [entry.id for entry in alpha.entries(line, alpha, Kind.TOGETHER_REVEALED)] == before
    assert (secrets(alpha), shown(alpha, line, opening)) == (0, all_of(wire))
    assert "together-lost" not in alpha.told()


def test_a_restored_copy_that_is_bound_shows_after_it_is_whole_again() -> None:
    wire, line, opening = world("Alpha", "Bravo")
    alpha, bravo = wire.posts
    bind(alpha, line, opening)
    wire.wait(10)
    set_back(wire, alpha, alpha.snapshot())
    bind(bravo, line, opening)
    wire.wait(10)
    assert alpha.entries(line, alpha, Kind.TOGETHER_REVEALED) == []
    wire.heal("Alpha", "Bravo")
    wire.wait(60)
    assert shown(bravo, line, opening) == all_of(wire)


def test_a_copy_from_before_the_commitment_has_lost_the_document_and_says_so() -> None:
    wire, line, opening = world("Alpha", "Bravo")
    alpha, bravo = wire.posts
    backup = alpha.snapshot()
    bind(alpha, line, opening)
    wire.wait(10)
    set_back(wire, alpha, backup)
    wire.heal("Alpha", "Bravo")
    wire.wait(60)
    assert alpha.told().count("together-lost") == 1
    with pytest.raises(NotAllowed, match="bound already"):
        bind(alpha, line, opening, b"Another.")
    bind(bravo, line, opening)
    wire.wait(3 * 3600)
    assert shown(alpha, line, opening) == {bravo.id: b"Bravo"}
    assert alpha.told().count("together-lost") == 1
    assert bravo.told().count("together-kept-back") == 1


def test_what_cannot_be_bound() -> None:
    wire, line, opening = world("Alpha", "Bravo")
    alpha = wire.posts[0]
    for document, name in ((bytes(TOGETHER_DOCUMENT_MAX_BYTES + 1), "x"), (b"x", "n" * (NAME_MAX_BYTES + 1))):
        with pytest.raises(Misuse):
            bind(alpha, line, opening, document, name)
    bind(alpha, line, opening)
    with pytest.raises(NotAllowed, match="bound to a document already"):
        bind(alpha, line, opening, b"Another.")
    secret = next(iter(alpha.engine.state.sealed.values()))
    for at in range(TOGETHER_KEPT_MAX):
        alpha.engine.state.sealed[(line, EntryId(bytes([at]) * 32))] = secret
    with pytest.raises(NotAllowed, match="takes no more"):
        alpha.do(Bind, line=line, opening=EntryId(b"e" * 32), document=b"x", name="", officer=1)


def test_a_commitment_after_the_hour_is_refused() -> None:
    wire, line, opening = world("Alpha", "Bravo")
    alpha, bravo = wire.posts
    bind(alpha, line, opening)
    wire.wait(HOUR_MS // 1000 + 10)
    assert bravo.told().count("together-late") == 1
    with pytest.raises(NotAllowed, match="later than the hour"):
        bind(bravo, line, opening)


def test_documents_do_not_wait_for_ever() -> None:
    wire, line, opening = world("Alpha", "Bravo")
    alpha = wire.posts[0]
    bind(alpha, line, opening)
    for post in wire.posts:
        post.stop()
    wire.now = Instant(wire.now + 2 * HOUR_MS + together.FORGET_MS)
    alpha.start()
    wire.wait(60)
    assert secrets(alpha) == 0
    assert "together-lost" not in alpha.told()


def feeds(**numbers: int) -> Line:
    """A line that holds so many entries of each; a minus stands for two histories."""
    posts = {"alpha": ALPHA, "bravo": BRAVO, "charlie": CHARLIE}
    held = {posts[name]: SimpleNamespace(number=abs(at), fork=at < 0 or None) for name, at in numbers.items()}
    return cast(Line, SimpleNamespace(feeds=held))


def test_what_those_who_are_bound_had_is_waited_for() -> None:
    first = opened(parties=(ALPHA, BRAVO, CHARLIE))
    entries = [
        first,
        committed(ALPHA, 2, first),
        committed(BRAVO, 1, first, knew={ALPHA: 1}),
        committed(CHARLIE, 4, first, knew={ALPHA: 5, BRAVO: 1}),
    ]
    folds = [TOGETHER.fold(entries[:count]) for count in (3, 4)]
    missing, whole = (fold.state for fold in folds if fold is not None)
    assert together._certain(feeds(alpha=5, bravo=1, charlie=4), whole)
    assert not together._certain(feeds(alpha=5, bravo=1, charlie=4), missing)
    assert not together._certain(feeds(alpha=4, bravo=1, charlie=4), whole)
    assert not together._certain(feeds(alpha=5, bravo=1, charlie=3), whole)
    assert not together._certain(feeds(alpha=5, bravo=-1, charlie=4), whole)
    assert not together._certain(feeds(alpha=5, bravo=1), whole)


def test_it_is_off_for_good_once_one_that_is_free_has_a_withdrawal() -> None:
    first = opened(parties=(ALPHA, BRAVO, CHARLIE))
    bound, gone = committed(ALPHA, 2, first), withdrawn(ALPHA, 3, first)
    exchange = TOGETHER.fold([first, bound, gone])
    own = TOGETHER.fold([first, bound, withdrawn(BRAVO, 1, first)])
    assert exchange is not None
    assert own is not None
    for claims, free in (({}, None), ({BRAVO: {ALPHA: 2}}, None), ({CHARLIE: {ALPHA: 3}}, CHARLIE)):
        held = {post: SimpleNamespace(claims=claims.get(post, {}), number=0) for post in (ALPHA, BRAVO, CHARLIE)}
        line = cast(Line, SimpleNamespace(feeds=held))
        assert together.off_for_good(line, exchange.state) == free
        assert together.off_for_good(line, own.state) is None
        held[BRAVO].number = 1
        assert together.off_for_good(line, own.state) == BRAVO
        assert together.off_for_good(line, msgspec.structs.replace(exchange.state, withdrawn=())) is None


def test_other_exchanges_and_other_turns_are_left_alone() -> None:
    wire, line, opening = world("Alpha", "Bravo")
    alpha = wire.posts[0]
    bind(alpha, line, opening)
    alpha.do(Send, line=line, text="A message.")
    wire.wait(30)
    assert (secrets(alpha), list(alpha.engine.state.unshown)) == (1, [(line, opening)])
