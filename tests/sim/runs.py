"""Worlds by the hundred, on two processes."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from openline.sim.story import COMMAND
from openline.sim.world import Outcome, Setting, World

PROCESSES = 2
CHUNK = 10


def play(seed: int, setting: Setting | None = None) -> Outcome:
    """One world; an error of the program is a broken rule, too."""
    world = World(seed, setting)
    try:
        return world.run()
    except Exception:  # noqa: BLE001
        text = traceback.format_exc(limit=-4)
        return Outcome(seed, world.written(), world.fired, world.passed, f"program: {text}", "program")


def play_all(seeds: Sequence[int]) -> Iterator[Outcome]:
    """Their worlds, in order."""
    with ProcessPoolExecutor(PROCESSES) as processes:
        yield from processes.map(play, seeds, chunksize=CHUNK)


class Tally:
    """What a run of many worlds showed."""

    def __init__(self) -> None:
        self.worlds = 0
        self.faults: Counter[str] = Counter()
        self.passed: Counter[str] = Counter()
        self.failures: list[str] = []
        self.thin: list[int] = []

    def add(self, outcome: Outcome) -> None:
        """Count a world."""
        self.worlds += 1
        self.faults += outcome.faults
        self.passed += outcome.passed
        if outcome.broken is not None:
            self.failures.append(f"{outcome.broken}\n    again: {COMMAND.format(seed=outcome.seed)}")
        elif outcome.entries < 200 or len(outcome.faults) < 3:
            self.thin.append(outcome.seed)

    def report(self) -> list[str]:
        """For the last lines of a run."""
        return [
            f"{self.worlds} worlds",
            "faults: " + ", ".join(f"{name} {count}" for name, count in sorted(self.faults.items())),
            "transitions: " + ", ".join(f"{name} {count}" for name, count in sorted(self.passed.items())),
        ]
