"""Drafters write joint statements in some worlds by the seed, and everything that there is to write."""

from __future__ import annotations

from collections import Counter

from openline.engine.machines import JOINT_STATEMENT
from openline.sim.drafters import Drafters
from openline.sim.world import Setting, World

WORLDS = 30


def played(seed: int, *, statements: bool = True) -> World:
    """A world of three without faults, played to its end."""
    world = World(
        seed, Setting(posts=3, liar=False, entries=200, faults=False, calls=False, asks=False, statements=statements)
    )
    world.people.first_members = ()
    assert world.run().broken is None
    return world


def test_they_are_in_some_worlds_by_the_seed() -> None:
    wanted = sum(World(seed).drafters.wanted for seed in range(200))
    assert 0.4 * Drafters.SHARE < wanted / 200 < 1.6 * Drafters.SHARE


def test_they_write_everything_and_some_of_it_is_released() -> None:
    wanted = [f"kept {kind.name.lower()}" for kind in JOINT_STATEMENT.readers]
    wanted += ["statement judged", "statement released"]
    passed: Counter[str] = Counter()
    for seed in range(WORLDS):
        passed += played(seed).passed
        if all(passed[each] for each in wanted):
            break
    assert [each for each in wanted if not passed[each]] == []


def test_without_them_nothing_is_written() -> None:
    assert not any("joint" in name for name in played(0, statements=False).passed)
