"""Posts that run and are listened to as long as the block lasts, and nothing of them after it."""

from __future__ import annotations

import os
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from openline.cli.playing import orders
from openline.cli.playing.cast import PASSPHRASE, Cast
from openline.cli.playing.company import VARIABLE, on_stage
from openline.cli.playing.ears import Heard
from openline.cli.rehearsal.processes import Processes, environment
from openline.errors import ExerciseFailed
from tests.exercises.samples import small


def test_a_company_is_heard_and_ends_with_its_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("logs", "homes", "cards"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv(VARIABLE, "another")
    processes = Processes(tmp_path / "logs", environment(PASSPHRASE), 0, ExerciseFailed)
    cast = Cast(small(), (), tmp_path, processes)
    queue: SimpleQueue[Any] = SimpleQueue()
    with on_stage(cast, queue, lambda _: None):
        assert os.environ[VARIABLE] == PASSPHRASE
        written, why = orders.carry_out(cast.posts["North"].home, ["send", "strait", "Who hears this?"])
        assert why == ""
        heard: set[str] = set()
        while heard != {"North", "South"}:
            item = queue.get(timeout=20)
            assert isinstance(item, Heard)
            heard |= {item.party} if item.event.get("id") == written["id"] else set()
    assert os.environ[VARIABLE] == "another"
    assert all(each["status"] is not None for each in processes.as_json())
