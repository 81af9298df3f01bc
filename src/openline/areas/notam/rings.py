"""Doubts about a ring of positions: a vertex twice, edges that cross, a vertex far from its neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from openline.areas.reading import Flag
from openline.areas.rings import crosses_itself, has_spike, unrolled
from openline.areas.shapes import Position


def ring_doubts(ring: tuple[Position, ...], words: str) -> Iterator[Flag]:
    """What a person should look at in an open ring of three or more vertices. Nothing is mended."""
    if len(set(ring)) < len(ring):
        yield Flag("vertex-twice", "A vertex comes twice in one ring.", words)
    flat = unrolled(ring)
    if crosses_itself(flat):
        yield Flag("ring-crosses-itself", "The edges of an area cross or touch; the order may be wrong.", words)
    if has_spike(flat):
        yield Flag("position-jumps", "A vertex is far from its neighbours.", words)
