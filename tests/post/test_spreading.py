"""Batches spread over processes: in order, lazily, and told plainly when a process is ended."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from openline.errors import InternalError
from openline.post import spreading as room
from openline.post.spreading import SPREAD_MIN_BYTES, spreading
from openline.proof.batch import Batch, Summary, check_batch
from openline.terms import LineId

LINE = LineId(bytes(32))


def batches(count: int, drawn: list[int]) -> Iterator[Batch]:
    """Batches with one broken entry each, that note when they are drawn."""
    for at in range(count):
        drawn.append(at)
        yield Batch(LINE, {}, (str(at).encode(),) * (at + 1))


def end_here(batch: Batch) -> Summary:
    """What a process does that somebody ends."""
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def test_what_is_small_stays_here() -> None:
    with spreading(SPREAD_MIN_BYTES - 1) as spread:
        assert spread is map


def test_what_is_large_is_spread_in_order_and_never_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    drawn: list[int] = []
    with spreading(SPREAD_MIN_BYTES) as spread:
        found = iter(spread(check_batch, batches(20, drawn)))
        assert len(next(found)) == 1
        assert len(drawn) == 2 * room.BATCHES_PER_CORE
        assert [len(each) for each in found] == list(range(2, 21))


def test_one_core_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    with spreading(SPREAD_MIN_BYTES) as spread:
        assert spread is map


def test_a_process_that_is_ended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    with spreading(SPREAD_MIN_BYTES) as spread, pytest.raises(InternalError, match="ended from outside"):
        list(spread(end_here, batches(3, [])))
