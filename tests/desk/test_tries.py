"""Tries: a few at once, then one by one; each name for itself; a flood of names takes no memory."""

from __future__ import annotations

import pytest

from openline.desk.tries import Tries
from openline.errors import TooManyTries
from openline.limits import DESK_TRIED_MAX
from tests.desk.test_sessions import Clock


def left(tries: Tries, who: str) -> int:
    """How many tries somebody has until the next is refused."""
    for count in range(1_000):
        try:
            tries.spend(who)
        except TooManyTries:
            return count
    pytest.fail("nothing is ever refused")


def test_a_few_at_once_then_one_by_one() -> None:
    clock = Clock()
    tries = Tries(clock, at_once=5, seconds_each=10)
    assert left(tries, "berg") == 5
    clock.at += 9.9
    assert left(tries, "berg") == 0
    clock.at += 0.2
    assert left(tries, "berg") == 1
    clock.at += 3_600
    assert left(tries, "berg") == 5


def test_each_has_its_own_and_success_forgives() -> None:
    tries = Tries(Clock(), at_once=3, seconds_each=10)
    assert left(tries, "berg") == 3
    assert left(tries, "cole") == 3
    tries.forgive("berg")
    assert left(tries, "berg") == 3
    assert left(tries, "cole") == 0


def test_a_flood_of_names_leaves_the_one_under_attack() -> None:
    clock = Clock()
    tries = Tries(clock, at_once=3, seconds_each=10)
    assert left(tries, "berg") == 3
    for number in range(DESK_TRIED_MAX + 10):
        tries.spend(f"nobody {number}")
    assert left(tries, "berg") == 0
    assert len(tries._full_at) <= DESK_TRIED_MAX
