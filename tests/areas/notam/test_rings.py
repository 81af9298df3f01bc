"""Doubts about rings."""

from __future__ import annotations

from openline.areas.notam.rings import ring_doubts
from openline.areas.shapes import Position

SQUARE: tuple[Position, ...] = ((10.0, 50.0), (10.0, 51.0), (11.0, 51.0), (11.0, 50.0))


def codes(ring: tuple[Position, ...]) -> list[str]:
    return [flag.code for flag in ring_doubts(ring, "WORDS")]


def test_a_square_is_not_doubted_nor_one_over_the_antimeridian() -> None:
    assert codes(SQUARE) == []
    assert codes(((179.0, 50.0), (179.0, 51.0), (-179.0, 51.0), (-179.0, 50.0))) == []


def test_two_vertices_in_the_wrong_order_cross_the_edges() -> None:
    assert codes((SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3])) == ["ring-crosses-itself"]


def test_a_vertex_twice() -> None:
    assert codes((*SQUARE, SQUARE[3])) == ["vertex-twice"]
    assert codes((*SQUARE, SQUARE[1]))[0] == "vertex-twice"


def test_a_vertex_far_away() -> None:
    assert codes((*SQUARE[:3], (11.0, 40.0))) == ["position-jumps"]
    assert codes(((10.0, 50.0), (10.0, 50.01), (10.01, 50.01), (10.01, 49.99))) == []
