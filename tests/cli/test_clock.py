"""Time left, in words."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from openline.cli import clock


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=8, seconds=59), "8 min"),
        (timedelta(minutes=-3), "3 min"),
        (timedelta(hours=2, minutes=40), "2 h 40 min"),
        (timedelta(days=3, hours=4, minutes=5), "3 d 4 h"),
    ],
)
def test_so_long(length: timedelta, words: str) -> None:
    assert clock.span(length) == words


def test_times_are_utc() -> None:
    assert clock.instant("2022-11-15T18:40:07Z").tzinfo == UTC
    assert clock.now().tzinfo == UTC
    with pytest.raises(ValueError, match="isoformat"):
        clock.instant("99999999999999999 ms after 1970")
