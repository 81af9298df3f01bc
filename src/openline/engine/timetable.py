"""Slots of link checks: instants from the minutes, days and holidays that a line's rules give (spec/rules.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from openline.terms import Instant
from openline.wire.rules import Slots

DAY_MS: Final = 86_400_000
_MINUTE_MS: Final = 60_000
_THURSDAY: Final = 3
"""Day 0, 1970-01-01, counted from Monday."""

LOOKED_BACK_DAYS: Final = 8
"""How far back the newest slot is looked for: a week has every day of the week."""


def latest(slots: Slots, until: Instant, *, human: bool) -> Instant | None:
    """The newest slot of one sort at or before `until`; None where there was none in the last days."""
    minutes = slots.human if human else slots.machine
    day = until // DAY_MS
    for back in range(LOOKED_BACK_DAYS):
        for at in sorted(_of_day(slots, minutes, day - back), reverse=True):
            if at <= until:
                return at
    return None


def upcoming(slots: Slots, after: Instant, *, human: bool) -> Instant | None:
    """The next slot of one sort after `after`; None where there is none in the next days."""
    minutes = slots.human if human else slots.machine
    day = after // DAY_MS
    for ahead in range(LOOKED_BACK_DAYS):
        for at in sorted(_of_day(slots, minutes, day + ahead)):
            if at > after:
                return at
    return None


def _of_day(slots: Slots, minutes: tuple[int, ...], day: int) -> Iterator[Instant]:
    if slots.days >> ((day + _THURSDAY) % 7) & 1 and day not in slots.holidays:
        for minute in minutes:
            yield Instant(day * DAY_MS + minute * _MINUTE_MS)
