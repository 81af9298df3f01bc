"""What is in force at any time, from many notices, the same at every end.

A notice is in force from when it was told until its last window has ended, or until the later reading of its end where
it contradicts itself. An estimated end ends nothing: such a notice holds until it is replaced or cancelled (ICAO
Annex 15, NOTAM item C). One without windows holds as long as nothing ends it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from openline.areas.windows import EndKind, Window
from openline.terms import Instant


class State(StrEnum):
    """How a notice stands at a time: a window is open, or one of reserve; before, between, or after in doubt."""

    OPEN = "open"
    ALTERNATE = "alternate"
    AHEAD = "ahead"
    BETWEEN = "between"
    DOUBTFUL = "doubtful"


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as it is held. `since` is when it was told; None counts as from its first window.

    `ended` is when it was cancelled, superseded or completed; None while it was not.
    """

    id: str
    windows: tuple[Window, ...] = ()
    alternate_windows: tuple[Window, ...] = ()
    since: Instant | None = None
    shown_until: Instant | None = None
    ended: Instant | None = None


class InForce(msgspec.Struct, frozen=True):
    """One notice in force, how it stands, and until when; None where nothing ends it."""

    held: Held
    state: State
    until: Instant | None


Row = tuple[Instant, str, Instant | None, Held]
"""A notice in an index: its start, its id, its end, and itself."""


def row(held: Held) -> Row:
    """The row of a notice; who builds an index again keeps those of notices that have not changed."""
    return start(held), held.id, until(held), held


class Index:
    """Many notices, asked for any time. Built once; a changed notice needs a new index."""

    def __init__(self, held: Iterable[Held] = (), *, rows: Iterable[Row] = ()) -> None:
        """Takes every notice in any order, or its row."""
        self._rows = sorted((*map(row, held), *rows), key=lambda each: each[:2])
        rows = self._rows
        self._starts = [row[0] for row in rows]

    def at(self, at: Instant) -> list[InForce]:
        """Those in force, in the order of their starts, then of their ids."""
        begun = self._rows[: bisect_right(self._starts, at)]
        return [InForce(held, state(held, at), end) for _, _, end, held in begun if end is None or at <= end]


def start(held: Held) -> Instant:
    """When a notice begins to be in force."""
    first = min((window.start for window in (*held.windows, *held.alternate_windows)), default=Instant(0))
    return first if held.since is None else held.since


def until(held: Held) -> Instant | None:
    """When a notice stops being in force, its last instant included; None where nothing stops it."""
    every = (*held.windows, *held.alternate_windows)
    last = max((window.end for window in every if window.end is not None), default=None)
    endless = not every or any(window.end is None or window.end_kind is EndKind.EST for window in every)
    stated = held.shown_until if endless or held.shown_until is None or last is None else max(last, held.shown_until)
    natural = stated if endless else stated or last
    if held.ended is None:
        return natural
    ended = Instant(held.ended - 1)
    return ended if natural is None else min(natural, ended)


def state(held: Held, at: Instant) -> State:
    """How a notice that is in force stands at a time."""
    if not held.windows and not held.alternate_windows or any(window.covers(at) for window in held.windows):
        return State.OPEN
    if any(window.covers(at) for window in held.alternate_windows):
        return State.ALTERNATE
    every = (*held.windows, *held.alternate_windows)
    if all(at < window.start for window in every):
        return State.AHEAD
    return State.BETWEEN if any(at < window.start for window in every) else State.DOUBTFUL
