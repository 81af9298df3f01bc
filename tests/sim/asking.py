"""Worlds in which two posts put claims and inquiries to each other, without faults."""

from __future__ import annotations

from collections import Counter

from openline.sim.world import Setting, World

WORLDS = 40


def played(seed: int, *, asks: bool = True) -> World:
    """One, played to its end."""
    world = World(seed, Setting(posts=2, liar=False, entries=100, faults=False, calls=False, asks=asks))
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
