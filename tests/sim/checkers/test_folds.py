"""A fold that depends on the order of arrival."""

from __future__ import annotations

import pytest

from openline.exchanges import message
from openline.sim.checkers import Broken
from openline.sim.checkers.folds import Folds
from openline.sim.world import World
from tests.sim.small import played


def fold_often(world: World) -> None:
    for _ in range(20):
        Folds().ended(world)


def test_the_order_of_arrival_matters_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    world = played()
    Folds().ended(world)
    assert world.passed["exchange folded"]
    monkeypatch.setattr(message, "canonical", list)
    monkeypatch.setattr(message, "fold", lambda entries: [kept.entry.id for kept in entries])
    with pytest.raises(Broken, match="order of arrival|not the same"):
        fold_often(world)
