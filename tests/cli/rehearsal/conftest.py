"""A demo that has not begun: its parts, and nothing that runs."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from openline.cli.rehearsal import evening
from openline.cli.rehearsal.play import Play
from openline.cli.rehearsal.processes import Processes, environment
from openline.cli.rehearsal.stage import Stage

LIMIT_SECONDS = 100.0


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    for name in ("logs", "proof"):
        (tmp_path / name).mkdir()
    with Processes(tmp_path / "logs", environment("exercise"), LIMIT_SECONDS) as processes:
        yield Play(evening.load(), Stage.on(StringIO()), processes, tmp_path)
