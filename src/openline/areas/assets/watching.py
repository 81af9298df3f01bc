"""Own assets held against notified areas: inside, entering within some hours, near within some distance.

Every edge is read both as a rhumb line and as a geodesic (and straight in the plane where the source says so): a
warning is given by whichever reading warns first, and says which. A pure function of what it is given: whoever calls it
calls again when a notice or a position changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from openline.areas.assets.asset import Asset
from openline.areas.assets.encounters import Encounter, Grounds
from openline.areas.shapes import Area, Bounded, Edges, Named, Polygon, Track
from openline.areas.windows import EndKind, Window
from openline.terms import Instant

HOUR: Final = 3_600_000
HOURS_MAX: Final = 168.0


class Kind(StrEnum):
    """From the most to the least urgent."""

    INSIDE = "inside"
    ENTERING = "entering"
    NEAR = "near"


class Hazard(msgspec.Struct, frozen=True):
    """What a notice says: areas that were judged, and windows in which they count; without windows they always do."""

    id: str
    areas: tuple[Area, ...]
    windows: tuple[Window, ...] = ()


class AssetWarning(msgspec.Struct, frozen=True, kw_only=True):
    """One asset and one area. `at` is when it is first within it while a window is open, or for `near` when one opens.

    `distance_m` is how far away the asset is now. `edges` are the readings that give this warning.
    """

    asset: str
    hazard: str
    area: int
    kind: Kind
    at: Instant
    distance_m: float
    edges: tuple[Edges, ...]


class Watch:
    """Hazards made ready once, to hold many assets against them."""

    def __init__(self, hazards: Iterable[Hazard], before: Watch | None = None) -> None:
        """Areas known only by a name have no bounds and are left out: a person has to look at them.

        `before` is an earlier watch: areas that it had are not made ready again.
        """
        self._hazards = tuple(hazards)
        self._ground = [
            (hazard, number, reading)
            for hazard, each in enumerate(self._hazards)
            for number, area in enumerate(each.areas)
            for reading in readings(area)
        ]
        areas: list[tuple[Bounded, Edges]] = []
        for hazard, number, reading in self._ground:
            area = self._hazards[hazard].areas[number]
            if not isinstance(area, Named):
                areas.append((area, reading))
        self.grounds: Grounds = Grounds(areas, None if before is None else before.grounds)

    def warnings(
        self, assets: Sequence[Asset], at: Instant, *, hours: float = 24.0, near_m: float = 0.0
    ) -> list[AssetWarning]:
        """Every warning at a time, the most urgent first, then by time, asset and hazard."""
        until = Instant(at + int(min(hours, HOURS_MAX) * HOUR))
        open_now = [_opened(hazard.windows, at, until) for hazard in self._hazards]
        wanted = [bool(open_now[hazard]) for hazard, _, _ in self._ground]
        best: dict[tuple[int, int, int], AssetWarning] = {}
        for met in self.grounds.encounters(assets, at, until, near_m, wanted):
            hazard, number, reading = self._ground[met.ground]
            warning = self._judged(met, assets[met.asset].name, (hazard, number), open_now[hazard], at, near_m, reading)
            key = (met.asset, hazard, number)
            if warning is not None:
                best[key] = _worse(best[key], warning) if key in best else warning
        order = list(Kind)
        return sorted(
            best.values(), key=lambda each: (order.index(each.kind), each.at, each.asset, each.hazard, each.area)
        )

    def _judged(
        self,
        met: Encounter,
        name: str,
        place: tuple[int, int],
        spans: list[tuple[int, int]],
        at: Instant,
        near_m: float,
        reading: Edges,
    ) -> AssetWarning | None:
        hazard, number = place
        first = min(_first_overlaps(met.within, spans), default=None)
        if first is None and met.distance_m > near_m:
            return None
        kind = Kind.NEAR if first is None else Kind.INSIDE if first <= at else Kind.ENTERING
        return AssetWarning(
            asset=name,
            hazard=self._hazards[hazard].id,
            area=number,
            kind=kind,
            at=Instant(max(at, spans[0][0]) if first is None else max(at, first)),
            distance_m=round(met.distance_m, 1),
            edges=(reading,),
        )


def readings(area: Area) -> tuple[Edges, ...]:
    """In which ways the edges of an area are read; nothing for an area known only by its name."""
    if isinstance(area, Named):
        return ()
    if not isinstance(area, Polygon | Track):
        return (Edges.UNSTATED,)
    plane = (Edges.PLANE,) if area.edges is Edges.PLANE else ()
    return (*plane, Edges.RHUMB, Edges.GEODESIC)


def _opened(windows: tuple[Window, ...], at: Instant, until: Instant) -> list[tuple[int, int]]:
    """The parts of a span of time in which a window is open, in order; an estimated end ends nothing."""
    if not windows:
        return [(at, until)]
    ends = [until if each.end is None or each.end_kind is EndKind.EST else each.end for each in windows]
    spans = [(max(each.start, at), min(end, until)) for each, end in zip(windows, ends, strict=True)]
    return sorted((first, last) for first, last in spans if first <= last)


def _first_overlaps(within: Sequence[tuple[int, int]], spans: list[tuple[int, int]]) -> Iterator[int]:
    for enters, leaves in within:
        for opens, closes in spans:
            if max(enters, opens) <= min(leaves, closes):
                yield max(enters, opens)
                break


def _worse(one: AssetWarning, other: AssetWarning) -> AssetWarning:
    """The more urgent of two readings; where both are as urgent, both are named, and the earlier time counts."""
    order = list(Kind)
    if one.kind is not other.kind:
        return min(one, other, key=lambda each: order.index(each.kind))
    first = min(one, other, key=lambda each: (each.at, each.distance_m))
    return msgspec.structs.replace(first, edges=(*one.edges, *other.edges))
