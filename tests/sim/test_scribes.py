"""Scribes keep minutes, promise and agree on disclosure in some of the worlds that have callers, and in no other."""

from __future__ import annotations

from openline.sim.callers import SHARE as CALLERS
from openline.sim.scribes import SHARE
from openline.sim.world import Setting, World
from tests.sim.talks import played


def test_they_are_in_some_worlds_by_the_seed() -> None:
    worlds = [World(seed) for seed in range(200)]
    wanted = sum(world.scribes.wanted for world in worlds)
    assert 0.4 * SHARE * CALLERS < wanted / 200 < 1.6 * SHARE * CALLERS
    assert all(world.callers.wanted for world in worlds if world.scribes.wanted)
    assert not World(1, Setting(calls=False, minutes=True)).scribes.wanted


def test_they_write_everything_that_there_is_to_write() -> None:
    passed = played().passed
    minutes = ("minute", "minute_point", "minute_word", "minute_signed")
    assert all(passed[f"kept {kind}"] for kind in (*minutes, "commitment", "commitment_word"))
    assert all(passed[f"kept {kind}"] for kind in ("disclosure", "disclosure_agreed", "disclosed"))


def test_without_them_nothing_is_written() -> None:
    assert not any("minute" in name or "disclos" in name for name in played(minutes=False).passed)
