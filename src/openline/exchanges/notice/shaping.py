"""Areas and windows between what a notice holds (wire.places) and what is measured and drawn (areas.shapes)."""

from __future__ import annotations

from typing import Final

from openline.areas.shapes import METRES_PER_NM, Area, Circle, Edges, Named, Point, Polygon, Position, Track
from openline.areas.windows import EndKind, Window
from openline.errors import BadField
from openline.limits import AREA_NAME_MAX_BYTES
from openline.terms import Instant
from openline.wire.places import UNITS_OF_A_DEGREE, End, Hole, Line, Place, Shape, Span, check_place

MILLIONTHS: Final = 1_000_000
_LINES: Final = {
    Edges.UNSTATED: Line.UNSTATED,
    Edges.RHUMB: Line.RHUMB,
    Edges.GEODESIC: Line.GEODESIC,
    Edges.PLANE: Line.PLANE,
}
_EDGES: Final = {line: edges for edges, line in _LINES.items()}
_ENDS: Final = {EndKind.FIXED: End.FIXED, EndKind.EST: End.EST, EndKind.PERM: End.PERM}
_END_KINDS: Final = {end: kind for kind, end in _ENDS.items()}


def area_of(place: Place) -> Area:
    """The area that a place holds."""
    label = place.name
    positions = _positions(place.at)
    match place.shape:
        case Shape.POINT:
            return Point(positions[0], label)
        case Shape.CIRCLE:
            miles = place.said / MILLIONTHS if place.said else None
            exact = miles * METRES_PER_NM if miles is not None else place.length / 1_000
            near = abs(exact - place.length / 1_000) <= 0.001
            return Circle(positions[0], exact if near else place.length / 1_000, miles, label)
        case Shape.POLYGON:
            holes = tuple(_positions(hole.at) for hole in place.holes)
            return Polygon(positions, _EDGES[place.line], holes, label, place.closed)
        case Shape.TRACK:
            return Track(positions, place.length / 1_000, _EDGES[place.line], label)
        case Shape.NAMED:
            return Named(place.name)


def place_of(area: Area) -> Place:
    """The place that holds an area that was judged. Raises BadField for one that cannot be held."""
    return check_place(_place(area, "" if isinstance(area, Named) else _cut(area.label)))


def _place(area: Area, label: str) -> Place:
    match area:
        case Point(position):
            return Place(shape=Shape.POINT, at=_numbers((position,)), name=label)
        case Circle(center, radius_m, radius_nm):
            said = 0 if radius_nm is None else round(radius_nm * MILLIONTHS)
            length = round(radius_m * 1_000)
            return Place(shape=Shape.CIRCLE, at=_numbers((center,)), length=length, said=said, name=label)
        case Polygon(ring, edges, holes, _, closed):
            cut = tuple(Hole(_numbers(hole)) for hole in holes)
            return Place(
                shape=Shape.POLYGON, at=_numbers(ring), line=_LINES[edges], holes=cut, name=label, closed=closed
            )
        case Track(positions, half_width_m, edges):
            length = round(half_width_m * 1_000)
            return Place(shape=Shape.TRACK, at=_numbers(positions), length=length, line=_LINES[edges], name=label)
        case Named(name):
            return Place(shape=Shape.NAMED, name=_cut(name))


def window_of(span: Span) -> Window:
    """The window that a span holds."""
    return Window(span.start, span.end or None, _END_KINDS[span.kind])


def span_of(window: Window) -> Span:
    """The span that holds a window. Raises BadField for one before 1970."""
    if window.start < 0 or (window.end is not None and window.end < window.start):
        raise BadField("A window begins in 1970 or later, and does not end before it begins.")
    return Span(window.start, Instant(window.end or 0), _ENDS[window.end_kind])


def _positions(at: tuple[int, ...]) -> tuple[Position, ...]:
    pairs = zip(at[::2], at[1::2], strict=True)
    return tuple((lon / UNITS_OF_A_DEGREE, lat / UNITS_OF_A_DEGREE) for lon, lat in pairs)


def _numbers(positions: tuple[Position, ...]) -> tuple[int, ...]:
    try:
        return tuple(round(number * UNITS_OF_A_DEGREE) for position in positions for number in position)
    except (ValueError, OverflowError):
        raise BadField("A position is not a number.") from None


def _cut(text: str) -> str:
    return text.encode()[:AREA_NAME_MAX_BYTES].decode(errors="ignore")
