"""Two histories of a liar of which a member has no proof."""

from __future__ import annotations

import pytest

from openline.feeds.record import KeepEntry
from openline.sim.checkers import Broken
from openline.sim.checkers.forks import Forks
from tests.sim.small import messages, played, two, variant


def test_a_fork_that_nobody_proves() -> None:
    world = played(liar=True)
    post, liar = two(world)
    world.fired.clear()
    entry = messages(world, liar)[0]
    checker = Forks()
    checker.kept(world, post, [KeepEntry(entry, post.clock())])
    checker.ended(world)
    checker.kept(world, post, [KeepEntry(variant(entry), post.clock())])
    assert not checker.calm(world)
    with pytest.raises(Broken, match="no proof"):
        checker.ended(world)
