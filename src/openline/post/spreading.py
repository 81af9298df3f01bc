"""All cores for the signatures of a large record: a map over processes that holds a window of batches at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Final

from openline.errors import InternalError
from openline.proof.batch import Batch, MapFunction, Summary

SPREAD_MIN_BYTES: Final = 2 << 20
"""What is smaller is verified before the processes would have started."""

BATCHES_PER_CORE: Final = 2
"""So many batches are under way for each core: one at work, one waiting."""


@contextmanager
def spreading(size: int) -> Iterator[MapFunction]:
    """`map` for a record of so many bytes, or one that uses all cores; to be entered before files are opened."""
    cores = len(os.sched_getaffinity(0))
    if size < SPREAD_MIN_BYTES or cores == 1:
        yield map
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(cores, context, initializer=_leave_interrupts_to_the_parent) as pool:
        pool.submit(_nothing).result()
        yield _windowed(pool, cores * BATCHES_PER_CORE)


def _windowed(pool: ProcessPoolExecutor, most: int) -> MapFunction:
    def spread(work: Callable[[Batch], Summary], batches: Iterable[Batch]) -> Iterator[Summary]:
        waiting: deque[Future[Summary]] = deque()
        try:
            for batch in batches:
                waiting.append(pool.submit(work, batch))
                if len(waiting) == most:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise InternalError("A process that verified signatures was ended from outside.") from error

    return spread


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _nothing() -> None:
    """All processes start with the first task: before this one holds a database."""
