"""Scribes keep minutes, promise and agree on disclosure in some of the worlds that have callers, and in no other."""

from __future__ import annotations

from openline.engine.machines import COMMITMENT, DISCLOSURE, MINUTE
from openline.sim.callers import SHARE as CALLERS
from openline.sim.scribes import SHARE
from openline.sim.world import Setting, World
from tests.sim.talks import passed_in_some, played


def test_they_are_in_some_worlds_by_the_seed() -> None:
    worlds = [World(seed) for seed in range(200)]
    wanted = sum(world.scribes.wanted for world in worlds)
    assert 0.4 * SHARE * CALLERS < wanted / 200 < 1.6 * SHARE * CALLERS
    assert all(world.callers.wanted for world in worlds if world.scribes.wanted)
    assert not World(1, Setting(calls=False, minutes=True)).scribes.wanted


def test_they_write_everything_that_there_is_to_write() -> None:
    kinds = [kind for machine in (MINUTE, COMMITMENT, DISCLOSURE) for kind in machine.readers]
    wanted = [f"kept {kind.name.lower()}" for kind in kinds]
    passed = passed_in_some(*wanted)
    assert [each for each in wanted if not passed[each]] == []


def test_without_them_nothing_is_written() -> None:
    assert not any("minute" in name or "disclos" in name for name in played(0, minutes=False).passed)
