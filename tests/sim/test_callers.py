"""Callers ask, answer, close and certify in some worlds, and leave all others as they were."""

from __future__ import annotations

from openline.sim.callers import SHARE
from openline.sim.world import Setting, World


def played(*, calls: bool) -> World:
    world = World(5, Setting(posts=2, liar=False, entries=60, faults=False, calls=calls))
    world.people.first_members = ()
    assert world.run().broken is None
    return world


def test_they_are_in_some_worlds_by_the_seed() -> None:
    wanted = sum(World(seed).callers.wanted for seed in range(200))
    assert 0.5 * SHARE < wanted / 200 < 1.5 * SHARE


def test_they_ask_answer_and_close() -> None:
    passed = played(calls=True).passed
    assert all(passed[f"kept call_{kind}"] for kind in ("request", "answer", "outcome", "attempt"))
    assert passed["contact judged"]


def test_without_them_nothing_is_called() -> None:
    assert not any("call" in name or "contact" in name for name in played(calls=False).passed)
