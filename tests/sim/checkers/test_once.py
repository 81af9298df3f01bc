"""Two entries with one number, and an entry that comes to a desk twice."""

from __future__ import annotations

import pytest

from openline.engine.effects import Arrived
from openline.feeds.record import KeepEntry
from openline.sim.checkers import Broken
from openline.sim.checkers.once import Once
from tests.sim.small import messages, played, two, variant


def test_one_number_twice() -> None:
    world = played()
    post, other = two(world)
    entry = messages(world, other)[0]
    checker = Once()
    checker.kept(world, post, [KeepEntry(entry, post.clock()), KeepEntry(entry, post.clock())])
    with pytest.raises(Broken, match="two entries with number"):
        checker.kept(world, post, [KeepEntry(variant(entry), post.clock())])


def test_one_desk_twice() -> None:
    world = played()
    post, other = two(world)
    arrived = Arrived(messages(world, other)[0], post.clock())
    checker = Once()
    checker.told(world, post, arrived, None)
    with pytest.raises(Broken, match="twice"):
        checker.told(world, post, arrived, None)
