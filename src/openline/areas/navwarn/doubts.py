"""The parts of one reading held against each other. Whatever does not fit is flagged and left as it is."""

from __future__ import annotations

from math import cos, radians
from typing import Final

from openline.areas.navwarn.notes import Notes
from openline.areas.navwarn.seas import far_outside
from openline.areas.navwarn.times import DAY_MS, MINUTE_MS
from openline.areas.rings import crosses_itself, has_spike, near_nm, unrolled
from openline.areas.shapes import Area, Circle, Named, Point, Polygon, Position, Track
from openline.areas.windows import Window
from openline.terms import Instant

BACK_DAYS: Final = 45
AHEAD_DAYS: Final = 300
LONG_DAYS: Final = 370
DANGEROUS: Final = frozenset({"GUNNERY", "HAZARDOUS", "MISSILE", "MISSILES", "ROCKET", "ROCKETS", "FIRING"})
LARGE_NM: Final = 3_000.0
"""From the first position of an area to another: the largest real ones are below it, but for strips."""

STRIP_NM: Final = 7_500.0
STRIP_NM2: Final = 1_500_000.0
"""Strips along which rockets fall are longer, but not wide: below a hundredth of the Earth."""

SIDES_OF_STRIP: Final = 4


def doubt_times(
    windows: list[Window], alternates: list[Window], issued: Instant | None, cancel: Instant | None, notes: Notes
) -> None:
    """Hold windows, issue and cancelling line against each other."""
    every = [*windows, *alternates]
    ends = [window.end for window in every if window.end is not None]
    if ends and cancel is not None:
        _gap(max(ends), cancel, notes)
    if cancel is not None and issued is not None and cancel < issued:
        notes.flag("cancel-before-issue", "It cancels itself before it was issued.")
    if ends and issued is not None and max(ends) <= issued:
        notes.flag("over-at-issue", "Its last time was over when it was issued.")
    starts = [(window.start - issued) / DAY_MS for window in every] if issued is not None else []
    if starts and not (-BACK_DAYS <= min(starts) <= AHEAD_DAYS and max(starts) <= LONG_DAYS):
        notes.flag("far-from-issue", "A time begins long before or long after the issue.")
    for window in every:
        if window.end is not None and window.end - window.start > LONG_DAYS * DAY_MS:
            notes.flag("window-long", "A time lasts more than a year.")


def doubt_cancels(own: str, others: list[str], notes: Notes) -> None:
    """A warning cancels older ones of its series."""
    series, _, number = own.rpartition(" ")
    for other in others:
        named, _, cancelled = other.rpartition(" ")
        if series == named and _place(cancelled) >= _place(number):
            notes.flag("cancels-later", "It cancels one that is not older.")
        if series and series != named:
            notes.flag("cancels-other-series", "It cancels one of another series.")


def _place(number: str) -> tuple[int, int]:
    """Year and number, to compare by; years are near each other, so two digits do."""
    at, _, year = number.partition("/")
    return int(year), int(at)


def doubt_extent(words: frozenset[str], areas: list[Area], notes: Notes) -> None:
    """Firing and rockets have an extent: positions alone have lost it."""
    if words & DANGEROUS and areas and all(isinstance(area, Point) for area in areas):
        notes.flag("no-extent", "What is dangerous has a position and no extent.")


def _gap(last: Instant, cancel: Instant, notes: Notes) -> None:
    """Issuers cancel an hour after the last time, or in the first minute of the next day."""
    minutes = (cancel - last) // MINUTE_MS
    if minutes < 0:
        notes.flag("window-after-cancel", "Its last time ends after it has cancelled itself.")
    elif minutes != 60 and not (cancel % DAY_MS in {0, MINUTE_MS} and minutes <= 24 * 60 + 1):
        notes.flag("cancel-gap", "It does not cancel itself an hour after its last time, as issuers do.")


def doubt_areas(areas: list[Area], heads: list[str], notes: Notes) -> None:
    """Doubt areas that cross themselves, are absurdly large, are not in the seas named, or have a stray position."""
    if far_outside(heads, [position for area in areas for position in _positions(area)]):
        notes.flag("outside-sea", "A position is far outside the sea that the warning names.")
    for area in areas:
        if isinstance(area, Polygon):
            _doubt_ring(area.ring, notes)
        elif isinstance(area, Track):
            _doubt_size(area.positions, notes)
        elif isinstance(area, Circle) and area.radius_m > LARGE_NM * 1852.0:
            notes.flag("large-area", "An area is absurdly large.")


def _positions(area: Area) -> tuple[Position, ...]:
    match area:
        case Point():
            return (area.position,)
        case Circle():
            return (area.center,)
        case Polygon():
            return area.ring
        case Track():
            return area.positions
        case Named():
            return ()


def _doubt_ring(ring: tuple[Position, ...], notes: Notes) -> None:
    flat = unrolled(ring)
    if not _strip(flat):
        _doubt_size(ring, notes)
    if crosses_itself(flat):
        notes.flag("ring-crosses-itself", "The edges of an area cross or touch each other.")
    if any(one == other for one, other in zip(ring, ring[1:], strict=False)):
        notes.flag("position-repeated", "A position of an area is repeated.")
    if has_spike(flat):
        notes.flag("position-jumps", "A position of an area is far from all others.")


def _strip(flat: list[Position]) -> bool:
    """Whether a ring is long and not wide, with no vertex far from the others."""
    import shapely

    if len(flat) < SIDES_OF_STRIP or any(near_nm(flat[0], other) > STRIP_NM for other in flat) or has_spike(flat):
        return False
    middle = sum(latitude for _, latitude in flat) / len(flat)
    return float(shapely.Polygon(flat).area) * 3600.0 * cos(radians(middle)) < STRIP_NM2


def _doubt_size(positions: tuple[Position, ...], notes: Notes) -> None:
    flat = unrolled(positions)
    if any(near_nm(flat[0], other) > LARGE_NM for other in flat):
        notes.flag("large-area", "An area is absurdly large.")
