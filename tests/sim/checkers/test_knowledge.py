"""Who is said to have had what it had not, or had later, is noticed."""

from __future__ import annotations

import pytest

from openline.exchanges.incident import knowledge
from openline.sim.checkers import Broken
from openline.sim.checkers.knowledge import KnowledgeProved
from openline.sim.world import World
from tests.sim.test_assessors import played


@pytest.fixture(scope="module")
def world() -> World:
    return next(found for seed in range(20) if (found := played(seed)).passed["knowledge proved"])


def watched(world: World) -> KnowledgeProved:
    """The checker that watched the world."""
    return next(each for each in world.checkers if isinstance(each, KnowledgeProved))


def test_what_is_proved_was_so(world: World) -> None:
    watched(world).ended(world)


def test_what_was_never_kept_is_noticed(world: World) -> None:
    with pytest.raises(Broken, match="never kept"):
        KnowledgeProved().ended(world)


def test_what_was_kept_later_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "_held_by", lambda *_: True)
    with pytest.raises(Broken, match="kept later"):
        watched(world).ended(world)
