"""Doubts about a ring of positions: a vertex twice, edges that cross, a vertex far from its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, hypot, radians
from statistics import median
from typing import Final

import shapely

from openline.areas.reading import Flag
from openline.areas.shapes import Position

SPIKE: Final = 2.5
"""A vertex so many times further from both neighbours than they are from each other, and than other edges are long."""
SPIKE_NM: Final = 5.0
USUAL_MAX: Final = 64
"""With more vertices than this, two edges do not change which length is usual."""


def ring_doubts(ring: tuple[Position, ...], words: str) -> Iterator[Flag]:
    """What a person should look at in an open ring of three or more vertices. Nothing is mended."""
    if len(set(ring)) < len(ring):
        yield Flag("vertex-twice", "A vertex comes twice in one ring.", words)
    flat = _running(ring)
    if len(set(flat)) >= 3 and not shapely.is_valid(shapely.Polygon(flat)):
        yield Flag("ring-crosses-itself", "The edges of an area cross or touch; the order may be wrong.", words)
    if len(flat) >= 4 and _has_spike(flat):
        yield Flag("position-jumps", "A vertex is far from its neighbours.", words)


def _has_spike(flat: list[Position]) -> bool:
    edges = [_nm(flat[at - 1], flat[at]) for at in range(len(flat))]
    usual = median(edges)
    for at, edge in enumerate(edges):
        beyond = (at + 1) % len(edges)
        if len(edges) <= USUAL_MAX:
            usual = median(other for beside, other in enumerate(edges) if beside not in {at, beyond})
        near = min(edge, edges[beyond])
        if near > SPIKE_NM and near > SPIKE * max(usual, _nm(flat[at - 1], flat[beyond])):
            return True
    return False


def _running(ring: tuple[Position, ...]) -> list[Position]:
    """The ring with each longitude within 180 degrees of the one before, so that the antimeridian is nothing."""
    flat = [ring[0]]
    for lon, lat in ring[1:]:
        before = flat[-1][0]
        flat.append((before + (lon - before + 180.0) % 360.0 - 180.0, lat))
    return flat


def _nm(one: Position, other: Position) -> float:
    """Nautical miles between two positions, near enough to doubt by."""
    narrow = cos(radians((one[1] + other[1]) / 2))
    return 60.0 * hypot((one[0] - other[0]) * narrow, one[1] - other[1])
