"""The checkers are worth something: each planted bug is noticed within 200 worlds, by a checker named for it."""

from __future__ import annotations

import pytest

from tests.sim.plants import PLANTS, Plant
from tests.sim.runs import play

SEEDS = 200


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_a_planted_bug_is_caught(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant.put(monkeypatch)
    for seed in range(SEEDS):
        outcome = play(seed)
        if outcome.checker in plant.caught_by:
            return
        assert outcome.checker is None, f"another rule broke first: {outcome.broken}"
    pytest.fail(f"{SEEDS} worlds did not show it")
