"""The checkers are worth something: each planted bug is noticed within 200 worlds, by a checker named for it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor

import pytest

from openline.sim.checkers import ALL
from tests.sim.plants import PLANTS, Plant
from tests.sim.runs import PROCESSES, play

SEEDS = 200

Broken = tuple[int, str, str]
"""A seed, the checker that its world did not satisfy, and what that checker said."""


def hunt(name: str) -> list[Broken]:
    """The worlds that a bug broke, up to the first that a checker named for it noticed."""
    plant = next(plant for plant in PLANTS if plant.name == name)
    broken: list[Broken] = []
    with pytest.MonkeyPatch.context() as patch:
        plant.put(patch)
        for seed in range(SEEDS):
            outcome = play(seed, plant.setting)
            if outcome.checker is not None:
                broken.append((seed, outcome.checker, str(outcome.broken)))
            if outcome.checker in plant.caught_by:
                break
    return broken


@pytest.fixture(scope="module")
def hunts(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[list[Broken]]]]:
    """All bugs that are looked for in this run, hunted side by side."""
    wanted = [
        plant.name for plant in PLANTS if any(item.name.endswith(f"[{plant.name}]") for item in request.session.items)
    ]
    with ProcessPoolExecutor(PROCESSES) as processes:
        yield {name: processes.submit(hunt, name) for name in wanted}


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_a_planted_bug_is_caught(plant: Plant, hunts: dict[str, Future[list[Broken]]]) -> None:
    broken = hunts[plant.name].result()
    assert broken, f"{SEEDS} worlds did not show it"
    seed, checker, text = broken[-1]
    assert checker in plant.caught_by, f"only others noticed, the last in world {seed}: {text}"


def test_every_checker_that_a_bug_needs_is_there() -> None:
    names = {checker.name for checker in ALL}
    assert len(PLANTS) >= 12
    assert all(plant.caught_by and plant.caught_by < names for plant in PLANTS)
