"""Times read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.areas.times import read_time, write_group, write_time
from openline.terms import Instant

NOON = Instant(1_732_708_800_000)


@pytest.mark.parametrize(
    "text",
    [
        "2024-11-27T12:00:00Z",
        "2024-11-27T12:00:00-00:00",
        "2024-11-27T14:00:00+02:00",
        "2024-11-27T06:30:00.000-05:30",
        "2024-11-27t12:00:00z",
        " 2024-11-27T11:59:60Z\n",
    ],
)
def test_one_instant_written_in_many_ways(text: str) -> None:
    assert read_time(text) == NOON


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-11-27",
        "2024-11-27T12:00:00",
        "2024-11-27T12:00Z",
        "2024-02-30T12:00:00Z",
        "2024-11-27T24:00:00Z",
        "2024-11-27T12:00:00+25:00",
        "27 NOV 2024",
        "٢٠٢٤-11-27T12:00:00Z",
        "0000-01-01T00:00:00Z",
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_time(text) is None


@given(st.integers(-62_135_596_800_000, 253_402_300_799_999))
def test_what_is_written_is_read(at: int) -> None:
    assert read_time(write_time(Instant(at))) == at


def test_groups() -> None:
    assert write_group(NOON) == "271200Z NOV 24"
    assert write_group(NOON, year=False) == "271200Z NOV"
    assert write_group(Instant(10**18)) == "312359Z DEC 99"
