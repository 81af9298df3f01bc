"""Times as people type them."""

from __future__ import annotations

import pytest

from openline.cli import times
from openline.errors import Misuse
from openline.post.loop import now


def test_a_time_in_utc() -> None:
    assert times.instant("2022-11-15T18:40Z") == 1_668_537_600_000
    assert times.instant("2022-11-15T19:40+01:00") == 1_668_537_600_000


@pytest.mark.parametrize("text", ["", "now", "18:40", "2022-11-15T18:40", "20m"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Misuse):
        times.instant(text)


@pytest.mark.parametrize(("text", "ms"), [("20m", 1_200_000), ("3h", 10_800_000), ("2d", 172_800_000)])
def test_so_long_from_now(text: str, ms: int) -> None:
    assert abs(times.instant_or_span(text) - now() - ms) < 60_000


def test_several() -> None:
    assert times.instants(("2022-11-15T18:40Z",)) == (1_668_537_600_000,)


def test_so_long_ago() -> None:
    assert 0 <= now() - times.instant_or_ago("5m") - 300_000 < 5_000
    assert times.instant_or_ago("2022-11-15T18:40Z") == times.instant("2022-11-15T18:40Z")
    for text in ("", "m", "5x", "yesterday"):
        with pytest.raises(Misuse):
            times.instant_or_ago(text)
