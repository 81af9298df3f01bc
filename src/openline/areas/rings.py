"""What is odd about a ring of positions: edges that cross, a vertex far from its neighbours. Nothing is mended here."""

from __future__ import annotations

from math import cos, hypot, radians
from statistics import median
from typing import Final

from openline.areas.shapes import Position

SPIKE: Final = 2.5
"""A vertex this many times further from both neighbours than they are from each other, and than other edges are long,
has a wrong digit; so do all that were seen among 454 real areas."""

SPIKE_NM: Final = 5.0

FEW: Final = 64
"""With more vertices than this, two edges do not change which length is usual."""


def unrolled(ring: tuple[Position, ...]) -> list[Position]:
    """The ring with each longitude within 180 degrees of the one before, so that the antimeridian is nothing."""
    flat = [ring[0]]
    for longitude, latitude in ring[1:]:
        before = flat[-1][0]
        flat.append((before + (longitude - before + 180.0) % 360.0 - 180.0, latitude))
    return flat


def near_nm(one: Position, other: Position) -> float:
    """Nautical miles between two positions of an unrolled ring, near enough to doubt by."""
    narrow = cos(radians((one[1] + other[1]) / 2))
    return 60.0 * hypot((one[0] - other[0]) * narrow, one[1] - other[1])


def crosses_itself(flat: list[Position]) -> bool:
    """Whether the edges of an unrolled ring cross or touch; one of fewer than three vertices has none to cross."""
    import shapely

    return len(set(flat)) >= 3 and not shapely.is_valid(shapely.Polygon(flat))


def has_spike(flat: list[Position]) -> bool:
    """Whether any vertex of an unrolled ring of four or more is far from its neighbours."""
    edges = [near_nm(flat[at - 1], flat[at]) for at in range(len(flat))]
    if len(edges) < 4:
        return False
    usual = median(edges)
    for at, edge in enumerate(edges):
        beyond = (at + 1) % len(edges)
        if len(edges) <= FEW:
            usual = median(other for beside, other in enumerate(edges) if beside not in {at, beyond})
        near = min(edge, edges[beyond])
        if near > SPIKE_NM and near > SPIKE * max(usual, near_nm(flat[at - 1], flat[beyond])):
            return True
    return False
