"""A message that leaves as anybody on the way could read it."""

from __future__ import annotations

import pytest

from openline.sim.checkers import Broken
from openline.sim.checkers.sealed import Sealed
from openline.sim.tap import Sight
from openline.wire.link import CLEAR, SHORT
from tests.sim.small import messages, played, two


def test_a_message_in_clear_form() -> None:
    world = played()
    post, _ = two(world)
    number = messages(world, post)[0].header.number
    checker = Sealed()
    checker.sent(world, post, 2, [Sight(post.id, number, 1, SHORT, (1,)), Sight(post.id, 1, 0, CLEAR, (2,))])
    with pytest.raises(Broken, match="unsealed"):
        checker.sent(world, post, 2, [Sight(post.id, number, 0, CLEAR, (3,))])
