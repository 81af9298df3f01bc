"""Two parties whose posts run, for all tests of a session that only add to their record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from openline.cli.playing.cast import Cast
from openline.cli.rehearsal.processes import Processes, environment
from openline.errors import ExerciseFailed
from tests.exercises.samples import small


@pytest.fixture(scope="session")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """North and South of the small exercise, on their line; South has a desk."""
    folder = tmp_path_factory.mktemp("cast")
    for name in ("logs", "homes", "cards", "files"):
        (folder / name).mkdir()
    said: list[str] = []
    with Processes(folder / "logs", environment("exercise"), 0, ExerciseFailed) as processes:
        made = Cast(small(), ("South",), folder, processes)
        try:
            made.open(said.append)
            assert said[-1] == "The line strait is opened, for exercise traffic alone."
            yield made
        finally:
            made.close()


@pytest.fixture
def files(cast: Cast) -> Path:
    """Where the run may write."""
    return next(iter(cast.posts.values())).home.parent.parent / "files"
