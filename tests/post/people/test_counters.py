"""Counts of passkeys: they rise or stay 0, and outlive a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.errors import CounterBack
from openline.post.people.counters import Counters
from openline.post.post import Post
from openline.post.service import Service
from tests.post.inside import alone, home

KEY, OTHER = b"\x02" * 33, b"\x03" * 33


async def test_counts_rise_or_stay_zero(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        counters = Counters(post)
        for count in (0, 0, 3, 4, 9):
            counters.counted(KEY, count)
        counters.counted(OTHER, 1)
        for count in (9, 8, 0):
            with pytest.raises(CounterBack):
                counters.counted(KEY, count)
            with pytest.raises(CounterBack):
                Counters(post).counted(KEY, count)
        Counters(post).counted(KEY, 10)

    await alone(home(tmp_path, "North"), body)
