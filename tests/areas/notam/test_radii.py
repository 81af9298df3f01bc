"""Radii in every writing."""

from __future__ import annotations

import pytest

from openline.areas.notam.radii import circle_words, find_radii


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("RADIUS 5NM CENTERED ON", 9260),
        ("WI 2KM RADIUS OF", 2000),
        ("A CIRCLE WITH RADIUS OF 1KM", 1000),
        ("0.5NM RADIUS", 926),
        ("CIRCULO DE RADIO DE 3 KM", 3000),
        ("RADIUS 300M", 300),
        ("RADIUS: 1,5NM", 2778),
        ("WI 10NM OF", 18520),
        ("5 NAUTICAL MILES RADIUS", 9260),
        ("RADIUS 1000FT", 304.8),
        ("DIAMETER OF 10NM", 9260),
        ("A CIRCLE 3KM IN DIAMETER", 1500),
        ("2KM (1.1NM) DIAMETER", 1000),
        ("5KM (2.7NM) RADIUS", 5000),
    ],
)
def test_lengths(text: str, metres: float) -> None:
    (radius,) = find_radii(text)
    assert radius.metres == pytest.approx(metres)


def test_two_units_that_disagree() -> None:
    assert [radius.doubt for radius in find_radii("RADIUS 5KM (5NM)")] == [True]
    assert [radius.doubt for radius in find_radii("RADIUS 5KM (2.7NM)")] == [False]


def test_words_without_a_figure() -> None:
    assert find_radii("A CIRCLE AROUND THE ARP") == ()
    assert circle_words("A CIRCLE AROUND THE ARP, ARC OF IT") == ((2, 8), (25, 28))
