"""Odd rings: edges that cross, a vertex far away; the antimeridian is nothing."""

from __future__ import annotations

import pytest

from openline.areas.rings import crosses_itself, has_spike, near_nm, unrolled
from openline.areas.shapes import Position

SQUARE: tuple[Position, ...] = ((10.0, 50.0), (10.0, 51.0), (11.0, 51.0), (11.0, 50.0))


def test_a_ring_over_the_antimeridian_is_unrolled() -> None:
    assert unrolled(((179.0, 1.0), (-179.0, 2.0), (178.0, 3.0))) == [(179.0, 1.0), (181.0, 2.0), (178.0, 3.0)]


def test_a_degree_of_latitude_is_sixty_miles() -> None:
    assert near_nm((10.0, 50.0), (10.0, 51.0)) == pytest.approx(60.0)
    assert near_nm((10.0, 59.5), (11.0, 60.5)) == pytest.approx(67.08, abs=0.01)


@pytest.mark.parametrize(
    ("ring", "crosses"),
    [
        (SQUARE, False),
        ((SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]), True),
        (SQUARE[:2], False),
        (SQUARE[:1] * 4, False),
    ],
)
def test_edges_that_cross(ring: tuple[Position, ...], crosses: bool) -> None:
    assert crosses_itself(unrolled(ring)) is crosses


@pytest.mark.parametrize(
    ("ring", "spike"),
    [
        (SQUARE, False),
        (SQUARE[:3], False),
        ((*SQUARE[:3], (11.0, 40.0)), True),
        (((10.0, 50.0), (10.0, 50.01), (10.01, 50.01), (10.01, 49.99)), False),
    ],
)
def test_a_vertex_far_from_its_neighbours(ring: tuple[Position, ...], spike: bool) -> None:
    assert has_spike(unrolled(ring)) is spike


def test_of_many_vertices_one_wrong_one_is_seen() -> None:
    coast = [(10.0 + at / 20, 50.0 + (at % 2) / 20) for at in range(70)]
    wrong = [*coast[:35], (coast[35][0], 60.0), *coast[36:]]
    assert has_spike(wrong)
