"""A ROUTINE entry that goes while a FLASH waits."""

from __future__ import annotations

import pytest

from openline.sim.checkers import Broken
from openline.sim.checkers.precedence import HighestFirst, Wait
from openline.sim.tap import Sight
from openline.terms import Precedence
from tests.sim.small import messages, played, two


def test_a_flash_waits_behind_routine() -> None:
    world = played()
    post, _ = two(world)
    low = next(entry for entry in messages(world, post) if entry.header.precedence == Precedence.ROUTINE)
    number = low.header.number
    checker = HighestFirst()
    checker.waits[(post.id, 2)] = {number + 1: Wait(Precedence.FLASH, 10)}
    checker.sent(world, post, 2, [Sight(post.id, number, 1, 1, (9, 10))])
    with pytest.raises(Broken, match="FLASH entry"):
        checker.sent(world, post, 2, [Sight(post.id, number, 1, 1, (10, 11))])


def test_what_went_before_the_flash_came_is_right() -> None:
    world = played()
    post, _ = two(world)
    low = next(entry for entry in messages(world, post) if entry.header.precedence == Precedence.ROUTINE)
    checker = HighestFirst()
    checker.waits[(post.id, 2)] = {900: Wait(Precedence.FLASH, 10, 12)}
    checker.sent(world, post, 2, [Sight(post.id, low.header.number, 1, 1, (13,))])
