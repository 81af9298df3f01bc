"""A record that keeps nothing and tells what it was given: for tests of the loop, which only commits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from openline.feeds.record import Keep
from openline.store.sqlite import SqliteRecord


class MemoryRecord(SqliteRecord):
    """`commit` calls the function that it was made with."""

    def __init__(self, commit: Callable[[Sequence[Keep]], None]) -> None:
        self._told = commit

    def commit(self, keeps: Sequence[Keep]) -> None:
        """Tell, and keep nothing."""
        self._told(keeps)
