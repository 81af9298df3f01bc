"""Worlds in which posts give notices and send STOP, without faults."""

from __future__ import annotations

from collections import Counter
from functools import cache

from openline.sim.world import Setting, World

WORLDS = 40


@cache
def played(seed: int) -> World:
    """One, played to its end."""
    world = World(seed, Setting(posts=2, liar=False, entries=100, faults=False, calls=False, notices=True))
    world.people.first_members = ()
    assert world.run().broken is None
    return world


def passed_in_some(*wanted: str) -> Counter[str]:
    """What happened in some worlds: until all that is wanted did, or WORLDS were played."""
    passed: Counter[str] = Counter()
    for seed in range(WORLDS):
        passed += played(seed).passed
        if all(passed[each] for each in wanted):
            break
    return passed
