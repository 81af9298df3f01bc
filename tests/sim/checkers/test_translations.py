"""A translation that is another one elsewhere, that another took back, or that one that is gone still disputes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest

from openline.exchanges import translation
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers import Broken
from openline.sim.checkers import translations as checker
from openline.sim.checkers.translations import Translations
from openline.sim.posts import Post
from openline.sim.world import World
from tests.exchanges.test_translation import ASKED, FIRST, OTHER, gone
from tests.feeds.histories import ALPHA, BRAVO
from tests.sim.small import played


@pytest.fixture(scope="module")
def world() -> World:
    small = played()
    small.by_id[ASKED.entry.id] = ASKED.entry
    return small


def shown(world: World, patch: pytest.MonkeyPatch, *exchanges: tuple[list[Kept], ...]) -> None:
    """Let the checker see these exchanges, each at one member after the other."""
    posts = list(world.posts.values())

    def entries(world: World, kinds: Collection[int]) -> Iterator[dict[Post, list[Kept]]]:
        for each in exchanges:
            yield dict(zip(posts, each, strict=False))

    patch.setattr(contacts, "entries", entries)


def test_good_ones_are_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, ([FIRST], [FIRST]), ([OTHER], [OTHER]))
    before = world.passed.copy()
    Translations().ended(world)
    assert world.passed["translation judged"] - before["translation judged"] == 2
    assert world.passed["translation disputed"] - before["translation disputed"] == 1


def test_one_that_differs_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, ([FIRST], [FIRST, gone(BRAVO, 2, FIRST)]))
    with pytest.raises(Broken, match="not the same at every member"):
        Translations().ended(world)


def test_one_that_another_took_back_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = [FIRST, gone(ALPHA, 2, FIRST)]
    shown(world, monkeypatch, (theirs, theirs))
    Translations().ended(world)
    believed = gone(BRAVO, 2, FIRST)
    folded = translation.fold([FIRST])
    assert folded is not None
    lying = type(folded)(folded.head, folded.state, (), (FIRST, believed))
    monkeypatch.setattr(contacts, "alike", lambda held, machine: lying)
    with pytest.raises(Broken, match="not by who attached it"):
        Translations().ended(world)


def test_one_that_is_gone_disputes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    back = [OTHER, gone(ALPHA, 3, OTHER)]
    shown(world, monkeypatch, ([FIRST], [FIRST]), (back, back))
    Translations().ended(world)
    state = translation.fold([FIRST])
    assert state is not None
    false = (translation.Beside(state.state, (), (OTHER.entry.id,)),)
    monkeypatch.setattr(checker, "beside", lambda entry, states: false)
    with pytest.raises(Broken, match="by one that was withdrawn"):
        Translations().ended(world)
