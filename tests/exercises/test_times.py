"""Spans, times, and the story's clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import Misuse
from openline.exercises import times
from openline.exercises.times import Clock

walls = st.integers(0, 1 << 50)
spans = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("25m", 1_500), ("1h 30m", 5_400), ("1h30m", 5_400), ("2d", 172_800), ("0m", 0)]
)
def test_spans(text: str, seconds: int) -> None:
    assert times.span(text) == seconds * 1_000


@pytest.mark.parametrize("text", ["", "25", "m", "-5m", "1y", "1m x", "25 minutes"])
def test_what_is_no_span(text: str) -> None:
    with pytest.raises(Misuse, match="no span of time: write 90s"):
        times.span(text)


def test_what_no_clock_could_show() -> None:
    with pytest.raises(Misuse, match="longer than any exercise: 3660 days at most"):
        times.span("3661d")
    with pytest.raises(Misuse, match="a year from 1970 to 2200"):
        times.instant("9999-12-31T23:59Z")


def test_moments_are_spans_after_the_beginning_or_utc() -> None:
    begins = times.instant("2022-11-15T14:40Z")
    assert times.moment("20m", begins) == times.moment("2022-11-15T15:00Z", begins) == begins + 1_200_000
    assert times.utc(begins) == "2022-11-15T14:40:00Z"
    with pytest.raises(Misuse, match="no time: write 25m after"):
        times.moment("soon", begins)
    with pytest.raises(Misuse, match="does not say that it is UTC"):
        times.moment("2022-11-15T15:00", begins)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (59, "59 s"), (61, "1 min 1 s"), (600, "10 min"), (3_900, "1 h 05 min"), (7_200, "2 h"),
     (86_400, "1 d"), (97_200, "1 d 3 h")],
)  # fmt: skip
def test_spans_in_words(seconds: int, said: str) -> None:
    assert times.lasted(seconds * 1_000) == said


@given(walls, spans, st.sampled_from([0.5, 1.0, 60.0, 600.0]))
def test_a_clock_that_runs_goes_so_many_times_as_fast(wall: int, later: int, speed: float) -> None:
    clock = Clock(0, wall, speed, runs=True)
    assert clock.at(wall + later) == int(later * speed)
    assert abs(clock.wall_at(clock.at(wall + later)) - wall - later) <= max(1, 1 / speed)


@given(walls, spans, spans)
def test_a_clock_that_stands_goes_on_from_where_it_stood(wall: int, before: int, stood: int) -> None:
    clock = Clock(0, wall, 60.0, runs=True).standing(wall + before)
    assert clock.at(wall + before + stood) == before * 60
    assert clock.running(wall + before + stood).at(wall + before + stood + 1_000) == before * 60 + 60_000


@given(walls, spans, st.integers(-(10**9), 10**9))
def test_a_clock_is_put_forward_and_never_back(wall: int, before: int, by: int) -> None:
    clock = Clock(0, wall, 1.0, runs=True)
    moved = clock.moved(wall + before, before + by)
    assert moved.at(wall + before) == before + max(0, by)
    assert moved.runs
