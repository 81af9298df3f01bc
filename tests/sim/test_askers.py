"""Askers put claims and inquiries, answer, judge and withdraw in some worlds, and leave all others as they were."""

from __future__ import annotations

from openline.engine.machines import CLAIM, INQUIRY
from openline.sim.askers import Askers
from openline.sim.world import World
from openline.wire.kinds import Kind
from tests.sim.asking import passed_in_some, played


def test_they_are_in_some_worlds_by_the_seed() -> None:
    wanted = sum(World(seed).askers.wanted for seed in range(200))
    assert 0.5 * Askers.SHARE < wanted / 200 < 1.5 * Askers.SHARE


def test_they_write_everything_that_there_is_to_write() -> None:
    kinds = {*CLAIM.readers, *INQUIRY.readers} - {Kind.CLAIM_TOLD}
    wanted = [f"kept {kind.name.lower()}" for kind in sorted(kinds)]
    passed = passed_in_some(*wanted)
    assert [each for each in wanted if not passed[each]] == []


def test_without_them_nothing_is_put_or_asked() -> None:
    passed = played(0, asks=False).passed
    assert not any(passed[f"kept {kind.name.lower()}"] for kind in (*CLAIM.readers, *INQUIRY.readers))
