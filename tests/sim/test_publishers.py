"""Publishers file, mark and answer readouts, and show documents at one time, in some worlds and in no other."""

from __future__ import annotations

from collections import Counter

from openline.engine.machines import READOUT, TOGETHER
from openline.sim.publishers import Publishers
from openline.sim.world import Setting, World

WORLDS = 20


def played(seed: int, *, publishes: bool = True) -> World:
    """A world of two posts, without faults."""
    world = World(
        seed,
        Setting(
            posts=2,
            liar=False,
            entries=200,
            faults=False,
            calls=False,
            asks=False,
            statements=False,
            publishes=publishes,
        ),
    )
    world.people.first_members = ()
    assert world.run().broken is None
    return world


def test_they_are_in_some_worlds_by_the_seed() -> None:
    wanted = sum(World(seed).publishers.wanted for seed in range(200))
    assert 0.5 * Publishers.SHARE < wanted / 200 < 1.5 * Publishers.SHARE


def test_they_write_everything_that_there_is_to_write_and_it_comes_to_something() -> None:
    wanted = [f"kept {kind.name.lower()}" for machine in (READOUT, TOGETHER) for kind in machine.readers]
    wanted += ["document shown", "together open", "readouts judged", "mark stands"]
    passed: Counter[str] = Counter()
    for seed in range(WORLDS):
        passed += played(seed).passed
        if all(passed[each] for each in wanted):
            break
    assert [each for each in wanted if not passed[each]] == []


def test_without_them_nothing_is_written() -> None:
    assert not any("readout" in name or "together" in name for name in played(0, publishes=False).passed)
