"""What is in force, at every kind of moment, in one order, and fast."""

from __future__ import annotations

import random
import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.areas.in_force import Held, Index, State
from openline.areas.windows import EndKind, Window
from openline.terms import Instant


def at(number: int) -> Instant:
    return Instant(number)


def held(*windows: tuple[int, int | None], kind: EndKind = EndKind.FIXED, name: str = "a", **more: int) -> Held:
    times = {key: at(value) for key, value in more.items()}
    made = tuple(Window(at(first), None if last is None else at(last), kind) for first, last in windows)
    return msgspec.structs.replace(Held(id=name, windows=made), **times)


def states(notice: Held, *moments: int) -> list[State | None]:
    found = [Index([notice]).at(at(moment)) for moment in moments]
    return [each[0].state if each else None for each in found]


def test_before_within_between_and_after() -> None:
    notice = held((100, 200), (300, 400), since=50)
    assert states(notice, 49, 50, 100, 200, 250, 400, 401) == [
        None,
        State.AHEAD,
        State.OPEN,
        State.OPEN,
        State.BETWEEN,
        State.OPEN,
        None,
    ]


def test_without_a_time_of_telling_it_begins_with_its_first_window() -> None:
    assert states(held((300, 400), (100, 200)), 99, 100) == [None, State.OPEN]


def test_the_later_reading_of_its_end_counts() -> None:
    notice = held((100, 200), shown_until=260)
    assert states(notice, 200, 260, 261) == [State.OPEN, State.DOUBTFUL, None]
    assert states(held((100, 200), shown_until=150), 200, 201) == [State.OPEN, None]


def test_an_estimated_end_ends_nothing() -> None:
    assert states(held((100, 200), kind=EndKind.EST), 200, 10**15) == [State.OPEN, State.DOUBTFUL]
    assert states(held((100, 200), kind=EndKind.EST, shown_until=300), 300, 301) == [State.DOUBTFUL, None]


def test_without_an_end_or_windows_it_stays_until_it_is_ended() -> None:
    assert states(held((100, None), kind=EndKind.PERM), 99, 10**15) == [None, State.OPEN]
    assert states(held(since=10), 9, 10, 10**15) == [None, State.OPEN, State.OPEN]
    assert states(held((100, None), ended=500), 499, 500) == [State.OPEN, None]
    assert states(held((100, 200), ended=150), 149, 150) == [State.OPEN, None]
    assert states(held((100, 200), ended=900), 200, 201) == [State.OPEN, None]


def test_days_of_reserve_are_told_apart() -> None:
    notice = msgspec.structs.replace(held((100, 200)), alternate_windows=(Window(at(300), at(400)),))
    assert states(notice, 200, 250, 350, 401) == [State.OPEN, State.BETWEEN, State.ALTERNATE, None]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=20), st.integers(0, 60), st.randoms())
def test_the_order_of_arrival_makes_no_difference(
    spans: list[tuple[int, int]], moment: int, draw: random.Random
) -> None:
    notices = [held((first, first + more), name=f"n{number}") for number, (first, more) in enumerate(spans)]
    straight = Index(notices).at(at(moment))
    draw.shuffle(notices)
    assert Index(notices).at(at(moment)) == straight
    expected = sorted(
        (notice for notice in notices if notice.windows[0].covers(at(moment))),
        key=lambda notice: (notice.windows[0].start, notice.id),
    )
    assert [each.held for each in straight] == expected


@pytest.mark.parametrize("moment", [0, 500_000, 999_999])
def test_5000_notices_in_less_than_50_milliseconds(moment: int) -> None:
    draw = random.Random(7)
    notices = []
    for number in range(5_000):
        first = draw.randrange(1_000_000)
        rows = tuple((first + day * 1_000, first + day * 1_000 + 400) for day in range(draw.randrange(1, 40)))
        notices.append(held(*rows, name=f"n{number}"))
    index = Index(notices)
    began = time.process_time()
    index.at(at(moment))
    assert time.process_time() - began < 0.05
