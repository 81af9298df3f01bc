"""A frame with an entry that is not durable."""

from __future__ import annotations

import pytest

from openline.sim.checkers import Broken
from openline.sim.checkers.keep_first import KeepFirst
from openline.sim.tap import Sight
from tests.sim.small import played, two


def test_a_frame_before_its_commit() -> None:
    world = played()
    post, other = two(world)
    checker = KeepFirst()
    checker.started(world, post, restored=False)
    checker.sent(world, post, 2, [Sight(post.id, 1, 1, 1, (1,)), Sight(other.id, 900, 1, 1, (2,))])
    with pytest.raises(Broken, match="before it was kept"):
        checker.sent(world, post, 2, [Sight(post.id, 900, 1, 1, (3,))])
