"""A world in which nothing is delivered."""

from __future__ import annotations

import pytest

from openline.engine.effects import Arrived
from openline.sim.checkers import Broken
from openline.sim.checkers.progress import Progress
from tests.sim.small import messages, played, two


def test_nothing_delivered_is_a_failure() -> None:
    world = played()
    post, other = two(world)
    checker = Progress()
    with pytest.raises(Broken, match="not one message"):
        checker.ended(world)
    checker.told(world, post, Arrived(messages(world, other)[0], post.clock()), None)
    checker.told(world, other, Arrived(messages(world, post)[0], other.clock()), None)
    checker.ended(world)
    world.wanted = 10_000
    with pytest.raises(Broken, match="were written"):
        checker.ended(world)


def test_a_stopped_post_is_not_calm() -> None:
    world = played()
    assert Progress().calm(world)
    two(world)[0].engine = None
    assert not Progress().calm(world)
