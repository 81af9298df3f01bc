"""Whether an area can be one at all, and what about it a person should look at.

An area that breaks a rule is refused with the reason. One that keeps the rules and still cannot well be meant is
flagged and left as it is: nothing is mended. Only areas that are not refused may be measured and drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import msgspec

from openline.areas.reading import Flag
from openline.areas.shapes import Area, Circle, Edges, Named, Point, Polygon, Position, Track
from openline.limits import (
    AREA_CIRCLE_MAX_M,
    AREA_HOLES_MAX,
    AREA_LARGE_MAX_SQKM,
    AREA_NAME_MAX_BYTES,
    AREA_VERTICES_MAX,
)

EARTH_KM2 = 510_065_622
"""The surface of the WGS 84 ellipsoid."""

LONG_EDGE_DEGREES = 90.0


class Judgement(msgspec.Struct, frozen=True):
    """`refused` says why the area is none; otherwise `flags` holds the doubts about it."""

    refused: str = ""
    flags: tuple[Flag, ...] = ()


def judge(area: Area) -> Judgement:
    """An area that came from anywhere, judged; takes at most a second whatever it is."""
    refused = _refusal(area)
    if refused:
        return Judgement(refused)
    match area:
        case Polygon(ring, edges, holes):
            return Judgement("", tuple(_ring_flags(ring, edges)) + _region_flags(Polygon(ring, edges, holes)))
        case Circle(center, radius_m):
            return Judgement("", _large(math.pi * (radius_m / 1000) ** 2) + _circle_flags(center, radius_m))
        case Track(positions, _, edges):
            return Judgement("", tuple(_edge_flags(positions, edges)))
        case _:
            return Judgement()


def position_fault(position: Position) -> str:
    """Why a pair of numbers is no position; empty where it is one."""
    lon, lat = position
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return "A position is not a number."
    if not -90.0 <= lat <= 90.0:
        return f"{lat:g} is no latitude: it must be within -90..90."
    if not -180.0 <= lon <= 180.0:
        return f"{lon:g} is no longitude: it must be within -180..180."
    return ""


def _refusal(area: Area) -> str:
    match area:
        case Named(name):
            long = len(name.encode("utf-8", "replace")) > AREA_NAME_MAX_BYTES
            return "A named area without a name." if not name.strip() else "The name is too long." if long else ""
        case Point(position):
            return position_fault(position)
        case Circle(center, radius_m):
            return position_fault(center) or _length_fault(radius_m, "radius", least=1.0)
        case Polygon():
            return _polygon_refusal(area)
        case Track(positions, half_width_m):
            few = "" if len(set(positions)) > 1 else "A track needs two different positions."
            many = _count_fault(len(positions))
            return many or few or _first_fault(positions) or _length_fault(half_width_m, "half width", least=0.0)


def _polygon_refusal(area: Polygon) -> str:
    if len(area.holes) > AREA_HOLES_MAX:
        return f"A polygon of {len(area.holes)} holes; {AREA_HOLES_MAX} are the most."
    many = _count_fault(len(area.ring) + sum(map(len, area.holes)))
    if many:
        return many
    for ring in (area.ring, *area.holes):
        if len(set(ring)) < 3:
            return "A polygon needs three different vertices."
        fault = _first_fault(ring)
        if fault:
            return fault
    return ""


def _count_fault(count: int) -> str:
    return "" if count <= AREA_VERTICES_MAX else f"An area of {count} vertices; {AREA_VERTICES_MAX} are the most."


def _first_fault(positions: tuple[Position, ...]) -> str:
    return next(filter(None, map(position_fault, positions)), "")


def _length_fault(length_m: float, what: str, *, least: float) -> str:
    if not math.isfinite(length_m):
        return f"The {what} is not a number."
    if length_m < least:
        return f"A {what} of {length_m:g} m is no area."
    return (
        ""
        if length_m <= AREA_CIRCLE_MAX_M
        else f"A {what} of {length_m / 1000:g} km; {AREA_CIRCLE_MAX_M // 1000} is the most."
    )


def _ring_flags(ring: tuple[Position, ...], edges: Edges) -> Iterator[Flag]:
    if ring[0] == ring[-1]:
        yield Flag("ring-closed-by-hand", "The first vertex is repeated at the end; it counts once.")
    yield from _edge_flags((*ring, ring[0]), edges)


def _edge_flags(positions: tuple[Position, ...], edges: Edges) -> Iterator[Flag]:
    for (west, south), (east, north) in zip(positions, positions[1:], strict=False):
        across = abs(east - west)
        shorter = min(across, 360.0 - across)
        band = edges is Edges.PLANE and across == 360.0
        if shorter > LONG_EDGE_DEGREES and max(abs(south), abs(north)) < 75.0 and not band:
            text = f"One edge runs {shorter:g} degrees around the Earth, the shorter way."
            yield Flag("long-edge", text, f"{west:g},{south:g} {east:g},{north:g}")
            return


def _region_flags(area: Polygon) -> tuple[Flag, ...]:
    """What only the drawn region shows: crossings, poles, size."""
    from openline.areas.geometry import sizing

    found = sizing.size(area)
    flags: list[Flag] = []
    if found.crossing:
        text = "The ring crosses or touches itself; everything that it encloses counts, and the order may be wrong."
        flags.append(Flag("ring-crosses-itself", text, found.crossing))
    if found.around_pole:
        text = "The ring goes around the Earth; it is taken to enclose the nearer pole."
        flags.append(Flag("around-pole", text))
    if found.loose_hole:
        flags.append(Flag("hole-outside", "A hole lies outside the ring, or reaches across it."))
    if found.square_km < 1e-6:
        flags.append(Flag("no-area", "The vertices lie on one line: nothing is enclosed."))
    return (*flags, *_large(found.square_km))


def _circle_flags(center: Position, radius_m: float) -> tuple[Flag, ...]:
    if (90.0 - abs(center[1])) * 111_700 < radius_m:
        return (Flag("around-pole", "The circle reaches over a pole."),)
    return ()


def _large(square_km: float) -> tuple[Flag, ...]:
    if square_km <= AREA_LARGE_MAX_SQKM:
        return ()
    text = f"The area covers {100 * square_km / EARTH_KM2:.0f} % of the Earth."
    return (Flag("large-area", text, f"{square_km:.0f} km2"),)
