"""Lengths read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.areas.lengths import metric, nautical, read_length_m
from openline.errors import BadField


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("10 nm", 18_520.0),
        ("10NM", 18_520.0),
        ("2.5 nmi", 4_630.0),
        ("1 nautical mile", 1_852.0),
        (" 3  Nautical  Miles ", 5_556.0),
        ("18.5 km", 18_500.0),
        ("500 m", 500.0),
        ("0 km", 0.0),
    ],
)
def test_read(text: str, metres: float) -> None:
    assert read_length_m(text) == pytest.approx(metres)


@pytest.mark.parametrize(
    "text", ["", "10", "ten nm", "10 miles", "10 ft", "-3 nm", "1,5 km", "1e3 m", "nan km", "٣ km"]
)
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(BadField, match="its unit"):
        read_length_m(text)


def test_written() -> None:
    assert [nautical(metres) for metres in (18_520.0, 23_150.0, 1_000.0, 0.0)] == [
        "10 nm",
        "12.5 nm",
        "0.54 nm",
        "0 nm",
    ]
    assert [metric(metres) for metres in (640.4, 999.6, 1_000.0, 23_150.0, 0.0)] == [
        "640 m",
        "1 km",
        "1 km",
        "23.1 km",
        "0 m",
    ]


@given(st.floats(0, 5_000_000))
def test_what_is_written_is_read_to_a_hundredth_or_a_tenth(metres: float) -> None:
    assert read_length_m(nautical(metres)) == pytest.approx(metres, rel=0.01, abs=10)
    assert read_length_m(metric(metres)) == pytest.approx(metres, rel=0.01, abs=1)
