"""Assessors write of incidents in some worlds and in no other."""

from __future__ import annotations

from collections import Counter

from openline.engine.machines import INCIDENT
from openline.sim.assessors import Assessors
from openline.sim.world import Setting, World

WORLDS = 25


def played(seed: int, *, assesses: bool = True) -> World:
    """A world of three posts, without faults."""
    setting = Setting(
        posts=3,
        liar=False,
        entries=200,
        faults=False,
        calls=False,
        asks=False,
        publishes=False,
        assesses=assesses,
    )
    world = World(seed, setting)
    assert world.run().broken is None
    return world


def test_they_are_in_some_worlds_by_the_seed() -> None:
    wanted = sum(World(seed).assessors.wanted for seed in range(200))
    assert 0.5 * Assessors.SHARE < wanted / 200 < 1.5 * Assessors.SHARE


def test_they_write_everything_that_there_is_to_write_and_it_comes_to_something() -> None:
    wanted = [f"kept {kind.name.lower()}" for kind in INCIDENT.readers]
    wanted += ["incidents judged", "origin disputed", "origin likely", "knowledge proved", "knowledge not proved"]
    passed: Counter[str] = Counter()
    for seed in range(WORLDS):
        passed += played(seed).passed
        if all(passed[each] for each in wanted):
            break
    assert [each for each in wanted if not passed[each]] == []


def test_without_them_nothing_is_written() -> None:
    assert not any("incident" in name for name in played(0, assesses=False).passed)
