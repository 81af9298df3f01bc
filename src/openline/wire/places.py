"""Areas and windows as entries hold them: whole numbers only, so that there is one encoding of each (spec/notice.md).

Positions are ten-millionths of a degree, about a centimetre; lengths are millimetres.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import AREA_CIRCLE_MAX_M, AREA_HOLES_MAX, AREA_NAME_MAX_BYTES, AREA_VERTICES_MAX
from openline.terms import Instant
from openline.wire import codec
from openline.wire.codec import Codec

UNITS_OF_A_DEGREE: Final = 10_000_000
EAST_MOST: Final = 180 * UNITS_OF_A_DEGREE
NORTH_MOST: Final = 90 * UNITS_OF_A_DEGREE
LENGTH_MOST: Final = AREA_CIRCLE_MAX_M * 1_000
SAID_MOST: Final = 10_000 * 1_000_000


class Shape(IntEnum):
    """What an area is."""

    POINT = 1
    CIRCLE = 2
    POLYGON = 3
    TRACK = 4
    NAMED = 5


class Line(IntEnum):
    """What lies between two vertices."""

    UNSTATED = 0
    RHUMB = 1
    GEODESIC = 2
    PLANE = 3


class End(IntEnum):
    """How firm the end of a window is."""

    FIXED = 0
    EST = 1
    PERM = 2


class Span(msgspec.Struct, frozen=True):
    """A window; `end` is 0 where nothing ends it."""

    start: Instant
    end: Instant = Instant(0)
    kind: End = End.FIXED


class Hole(msgspec.Struct, frozen=True):
    """A ring cut out of a polygon: longitude, latitude, longitude, and so on."""

    at: tuple[int, ...]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One area. `at` holds longitude, latitude, longitude, and so on; `length` is a radius or half a width.

    `said` is a radius in millionths of a nautical mile, where the source spoke of miles; `closed` says that the source
    repeated the first vertex of a ring. `name` is a label, or what a named area is called.
    """

    shape: Shape
    at: tuple[int, ...] = ()
    length: int = 0
    said: int = 0
    line: Line = Line.UNSTATED
    holes: tuple[Hole, ...] = ()
    name: str = ""
    closed: bool = False


_degree = codec.signed(0, "position", least=-EAST_MOST, most=EAST_MOST).read

SPAN: Final = Codec(
    Span, "The window", codec.instant(1, "start"), codec.instant(2, "end"), codec.choice(3, "kind", End)
)

HOLE: Final = Codec(Hole, "The hole", codec.many(1, "at", _degree, count=2 * AREA_VERTICES_MAX))

PLACE: Final = Codec(
    Place,
    "The area",
    codec.choice(1, "shape", Shape),
    codec.many(2, "at", _degree, count=2 * AREA_VERTICES_MAX),
    codec.number(3, "length", most=LENGTH_MOST),
    codec.number(4, "said", most=SAID_MOST),
    codec.choice(5, "line", Line),
    codec.inners(6, "holes", HOLE, count=AREA_HOLES_MAX),
    codec.text(7, "name", most=AREA_NAME_MAX_BYTES),
    codec.flag(8, "closed"),
)

_LEAST: Final = {Shape.POINT: 2, Shape.CIRCLE: 2, Shape.POLYGON: 6, Shape.TRACK: 4, Shape.NAMED: 0}


def check_span(span: Span) -> Span:
    """The window. Raises BadField where it ends before it begins."""
    if span.end and span.end < span.start:
        raise BadField("A window ends before it begins.")
    return span


def check_place(place: Place) -> Place:
    """The area. Raises BadField where it cannot be one."""
    least = _LEAST[place.shape]
    exact = place.shape in (Shape.POINT, Shape.CIRCLE, Shape.NAMED)
    if len(place.at) < least or len(place.at) % 2 or (exact and len(place.at) != least):
        raise BadField("An area has not the positions that its shape needs.")
    rings = (place.at, *(hole.at for hole in place.holes))
    for ring in rings:
        if any(abs(each) > NORTH_MOST for each in ring[1::2]) or any(abs(each) > EAST_MOST for each in ring[::2]):
            raise BadField("A latitude is beyond 90 degrees, or a longitude beyond 180.")
    small = any(len(hole.at) < 6 or len(hole.at) % 2 for hole in place.holes)
    if small or sum(map(len, rings)) > 2 * AREA_VERTICES_MAX:
        raise BadField("An area has too many vertices, or a hole too few.")
    if place.holes and place.shape != Shape.POLYGON:
        raise BadField("Only a polygon has holes.")
    if (place.shape == Shape.CIRCLE) != bool(place.length) and place.shape != Shape.TRACK:
        raise BadField("A circle, and nothing else but a track, has a length.")
    if place.shape == Shape.NAMED and not place.name.strip():
        raise BadField("A named area has no name.")
    return place
