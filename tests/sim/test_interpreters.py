"""Interpreters attach, contradict and withdraw translations in some worlds, and leave all others as they were."""

from __future__ import annotations

from collections import Counter

from openline.engine.machines import TRANSLATION
from openline.sim.interpreters import Interpreters
from openline.sim.world import Setting, World

WORLDS = 12


def played(seed: int, *, translates: bool = True) -> World:
    """A world of two posts, without faults, whose people write messages and translate."""
    setting = Setting(
        posts=2,
        liar=False,
        entries=150,
        faults=False,
        calls=False,
        asks=False,
        publishes=False,
        statements=False,
        assesses=False,
        notices=False,
        translates=translates,
    )
    world = World(seed, setting)
    world.people.first_members = ()
    assert world.run().broken is None
    return world


def test_they_are_in_some_worlds_by_the_seed() -> None:
    wanted = sum(World(seed).interpreters.wanted for seed in range(300))
    assert 0.5 * Interpreters.SHARE < wanted / 300 < 1.5 * Interpreters.SHARE


def test_they_write_everything_that_there_is_to_write_and_it_comes_to_something() -> None:
    wanted = [f"kept {kind.name.lower()}" for kind in sorted(TRANSLATION.readers)]
    wanted += ["translation judged", "translation disputed", "translation gone"]
    passed: Counter[str] = Counter()
    for seed in range(WORLDS):
        passed += played(seed).passed
        if all(passed[each] for each in wanted):
            break
    assert [each for each in wanted if not passed[each]] == []


def test_without_them_nothing_is_translated() -> None:
    assert not any("translation" in name for name in played(0, translates=False).passed)
