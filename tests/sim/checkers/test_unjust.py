"""An alarm that accuses an honest post."""

from __future__ import annotations

import pytest

from openline.engine.effects import Alarm
from openline.sim.checkers import Broken
from openline.sim.checkers.unjust import Unjust
from tests.sim.small import played, two


def test_an_honest_post_is_accused() -> None:
    world = played(liar=True)
    post, liar = two(world)
    checker = Unjust()
    checker.told(world, post, Alarm(world.line, "forked-feed", f"{liar.name} signed two different histories"), None)
    checker.told(world, post, Alarm(world.line, "late", f"Not delivered in time to {post.name}."), None)
    with pytest.raises(Broken, match="without cause"):
        checker.told(world, post, Alarm(world.line, "forked-feed", f"{post.name} signed two histories"), None)
