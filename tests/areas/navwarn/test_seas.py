"""Positions far outside the sea named are told; seas have boxes that make sense."""

from __future__ import annotations

from openline.areas.navwarn.seas import SEAS, Box, far_outside


def test_far_outside() -> None:
    assert far_outside(["BLACK SEA", "BULGARIA"], [(29.0, 43.0), (-29.0, 43.0)]) == [(-29.0, 43.0)]
    assert far_outside(["NOWHERE"], [(0.0, 0.0)]) == []
    assert far_outside(["BLACK SEA", "SOUTHWESTERN INDIAN OCEAN"], [(29.0, 43.0), (60.0, -30.0)]) == []


def test_across_the_antimeridian() -> None:
    box = Box(0, 1, 170, -170)
    assert [box.holds((each, 0.5)) for each in (175.0, -175.0, 180.0, 0.0)] == [True, True, True, False]


def test_boxes_have_their_south_below_their_north() -> None:
    assert [name for name, box in SEAS.items() if not -90 <= box.south < box.north <= 90] == []
