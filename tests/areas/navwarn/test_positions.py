"""Positions in all their spellings, and what cannot be one."""

from __future__ import annotations

import pytest

from openline.areas.navwarn.positions import coordinate
from openline.areas.shapes import Point
from tests.areas.navwarn.warnings import codes, operation, refused


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("12-44N 017-44W", (-17.733333, 12.733333)),
        ("14-27.5N 017-52.0W", (-17.866667, 14.458333)),
        ("20-03-44N 072-58-02W", (-72.967222, 20.062222)),
        ("04-34-43.4 S 081-16-27.2 W", (-81.274222, -4.578722)),
        ("43 00.23 N - 032 51.55 E", (32.859167, 43.003833)),
        ("12.75N 017.50W", (-17.5, 12.75)),
        ("12°44'N, 017°44'W", (-17.733333, 12.733333)),
        ("00-00N 000-00E", (0.0, 0.0)),
        ("90-00S 180-00W", (-180.0, -90.0)),
    ],
)
def test_every_spelling(text: str, position: tuple[float, float]) -> None:
    reading = operation(place=f"IN {text}")
    assert reading.areas == (Point(position),)
    assert (refused(reading), codes(reading)) == ([], ["no-cancel"])


@pytest.mark.parametrize(
    "text", ["12-60N 017-44W", "91-00N 017-44W", "12-44N 180-01W", "12-44 017-44W", "12-44N 017-44", "12-44N 017-44W5"]
)
def test_what_is_no_position_is_refused(text: str) -> None:
    reading = operation(place=f"IN {text}")
    assert reading.areas == ()
    assert " ".join(refused(reading)) == text


@pytest.mark.parametrize("text", ["12-44N 17-44W", "2-44N 017-44W", "12-4N 017-44W"])
def test_a_digit_that_seems_lost_is_flagged(text: str) -> None:
    assert "position-digits" in codes(operation(place=f"IN {text}"))


def test_three_positions_that_are_all_written_so_are_a_style() -> None:
    place = "IN AREA BOUND BY 39-31N 02-00E, 39-41N 02-00E, 39-41N 02-47E"
    assert codes(operation(place=place)) == ["no-cancel"]


def test_longitude_first_is_read_and_flagged() -> None:
    reading = operation(place="IN 017-44W 12-44N")
    assert reading.areas == (Point((-17.733333, 12.733333)),)
    assert "position-order" in codes(reading)


def test_unequal_decimals_are_flagged() -> None:
    assert "position-decimals" in codes(operation(place="IN 12-44.5N 017-44.51W"))


def test_south_and_west_are_negative() -> None:
    assert coordinate("12-30S").degrees == -12.5
