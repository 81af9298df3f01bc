"""Heralds give notices and send STOP in some worlds, and in no other."""

from __future__ import annotations

from openline.engine.machines import NOTICE, STOP
from openline.sim.heralds import SHARE
from openline.sim.world import Setting, World
from openline.wire.kinds import Kind
from tests.sim.heralds import passed_in_some


def test_they_are_in_some_worlds_by_the_seed() -> None:
    wanted = sum(World(seed).heralds.wanted for seed in range(200))
    assert 0.5 * SHARE < wanted / 200 < 1.5 * SHARE
    assert not World(1, Setting(notices=False)).heralds.wanted


def test_they_write_everything_that_there_is_to_write() -> None:
    """A refusal is the word of a post alone, where a form is not agreed."""
    kinds = [kind for machine in (NOTICE, STOP) for kind in machine.readers if kind != Kind.NOTICE_REFUSED]
    wanted = [f"kept {kind.name.lower()}" for kind in kinds]
    wanted += ["notice judged", "STOP judged", "STOP read back", "in force judged", "serial of a notice"]
    passed = passed_in_some(*wanted)
    assert [each for each in wanted if not passed[each]] == []


def test_what_is_not_theirs_is_refused() -> None:
    assert passed_in_some("refused not-allowed")["refused not-allowed"]
