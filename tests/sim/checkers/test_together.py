"""A document that is shown too early, twice or never, and an exchange that is another one elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from openline.feeds.record import KeepEntry, Kept
from openline.sim import contacts
from openline.sim.checkers import Broken
from openline.sim.checkers import together as checking
from openline.sim.checkers.together import NeitherFirst
from openline.sim.posts import Post
from openline.sim.world import World
from openline.terms import Instant, PostId
from tests.exchanges.published import committed, revealed, together
from tests.sim.small import played, two


@pytest.fixture
def world() -> World:
    return played()


def history(world: World) -> tuple[PostId, PostId, list[Kept]]:
    """An exchange of both posts, all bound, the first has shown its document."""
    one, other = (post.id for post in two(world))
    opened = together(one, 1, parties=(one, other))
    ours, theirs = committed(one, 2, opened), committed(other, 1, opened)
    return one, other, [opened, ours, theirs, revealed(one, 3, opened, knew={other: 1})]


def shown(patch: pytest.MonkeyPatch, world: World, *members: list[Kept]) -> None:
    def entries(world: World, kinds: object) -> Iterator[dict[Post, list[Kept]]]:
        yield dict(zip(world.posts.values(), members, strict=False))

    patch.setattr(contacts, "entries", entries)


def keep(checker: NeitherFirst, world: World, entries: list[Kept], patch: pytest.MonkeyPatch) -> None:
    """The author of the last entry keeps it, and its record holds these."""
    patch.setattr(checking, "gather", lambda record, line, opening: entries)
    post = world.posts[entries[-1].entry.header.author]
    checker.kept(world, post, [KeepEntry(entries[-1].entry, Instant(0))])


def test_a_document_that_is_shown_after_all_are_bound_is_right(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, entries = history(world)
    checker = NeitherFirst()
    keep(checker, world, entries, monkeypatch)
    keep(checker, world, entries, monkeypatch)
    assert world.passed["document shown"] == 1


def test_one_that_is_shown_too_early_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one, _, entries = history(world)
    with pytest.raises(Broken, match="before it held the commitments"):
        keep(NeitherFirst(), world, [*entries[:2], entries[3]], monkeypatch)
    early = revealed(one, 3, entries[0])
    with pytest.raises(Broken, match="before it held the commitments"):
        keep(NeitherFirst(), world, [*entries[:3], early], monkeypatch)


def test_one_that_is_shown_twice_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, entries = history(world)
    checker = NeitherFirst()
    keep(checker, world, entries, monkeypatch)
    again = revealed(one, 4, entries[0], knew={other: 1})
    with pytest.raises(Broken, match="twice"):
        keep(checker, world, [*entries[:3], again], monkeypatch)


def test_one_that_is_never_shown_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, other, entries = history(world)
    shown(monkeypatch, world, entries, entries)
    monkeypatch.setattr(world, "members", lambda: list(world.posts.values()))
    checker = NeitherFirst()
    assert not checker.calm(world)
    with pytest.raises(Broken, match="does not show its document"):
        checker.ended(world)
    whole = [*entries, revealed(other, 2, entries[0], knew={entries[0].entry.header.author: 2})]
    shown(monkeypatch, world, whole, whole)
    assert checker.calm(world)
    checker.ended(world)
    assert world.passed["together open"] == 1


def test_what_a_backup_took_is_excused_and_what_is_kept_is_not(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, other, entries = history(world)
    shown(monkeypatch, world, entries, entries)
    post = world.posts[other]
    monkeypatch.setattr(world, "members", lambda: [post])
    post.restores = 1
    assert NeitherFirst().calm(world)
    sealed: Any = {(world.line, entries[0].entry.id): None}
    post.engine = cast(Any, SimpleNamespace(state=SimpleNamespace(sealed=sealed)))
    assert not NeitherFirst().calm(world)


def test_an_exchange_that_is_another_elsewhere_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, entries = history(world)
    monkeypatch.setattr(world, "members", list)
    shown(monkeypatch, world, entries, entries[:2])
    with pytest.raises(Broken, match="not the same"):
        NeitherFirst().ended(world)
