"""When a notice is in force, and how early or late it was: pure functions of what was signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openline.areas.in_force import Held
from openline.areas.shapes import Area
from openline.exchanges.notice.shaping import area_of, window_of
from openline.exchanges.notice.state import State, Version
from openline.terms import Instant

Cancelled = Mapping[tuple[bytes, bytes, int, str], Instant]
"""From when notices are cancelled by the number that another issuer gave them: line, author, class, number."""


def held(states: Iterable[State]) -> list[Held]:
    """Every version of every notice with the time in which it stands, for `areas.in_force.Index`.

    A version stands until the next one, or until the notice ends, or until a notice of the same author on the same
    line cancels it by the number that another issuer gave it.
    """
    every = list(states)
    by_number = cancelled(every)
    return [each for state in every for each in versions_held(state, cancelled_at(state, by_number))]


def cancelled(states: Iterable[State]) -> Cancelled:
    """What these notices cancel by number, and from when."""
    found: dict[tuple[bytes, bytes, int, str], Instant] = {}
    for state in states:
        for name in state.head.cancels:
            key = _named(state, name)
            found[key] = min(found.get(key, _since(state.versions[0])), _since(state.versions[0]))
    return found


def cancelled_at(state: State, by_number: Cancelled) -> Instant | None:
    """From when a notice is cancelled by its number; None where it is not."""
    name = state.versions[0].head.source_id
    return by_number.get(_named(state, name)) if name else None


def _named(state: State, name: str) -> tuple[bytes, bytes, int, str]:
    return (state.opening.header.line, state.author, state.traffic, name)


def versions_held(state: State, by: Instant | None) -> list[Held]:
    """Every version of one notice; `by` is from when another cancels it."""
    closed = None if state.closed is None else max(state.closed.ended.at, state.closed.entry.header.time)
    last = min((each for each in (by, closed) if each is not None), default=None)
    nexts = [*(each.at for each in state.versions[1:]), None]
    found = []
    for version, following in zip(state.versions, nexts, strict=True):
        until = min((each for each in (following, last) if each is not None), default=None)
        found.append(
            Held(
                id=version.id.hex(),
                windows=tuple(map(window_of, version.head.windows)),
                alternate_windows=tuple(map(window_of, version.head.alternates)),
                since=_since(version),
                shown_until=version.head.shown_until or None,
                ended=None if until is None else Instant(until),
            )
        )
    return found


def areas(version: Version) -> tuple[Area, ...]:
    """Where; nothing where it is withheld."""
    return () if version.places is None else tuple(map(area_of, version.places.areas))


def _since(version: Version) -> Instant:
    """From when it counts: when it was signed, or when another issuer had issued it before."""
    issued = version.head.issued
    return min(issued, version.at) if issued else version.at


def first_opens(version: Version) -> Instant | None:
    """When its first window opens, those of reserve included."""
    return min((span.start for span in (*version.head.windows, *version.head.alternates)), default=None)


def openings(version: Version) -> list[Instant]:
    """When its windows open, those of reserve included, each time once, in order."""
    return sorted({span.start for span in (*version.head.windows, *version.head.alternates)})


def early(version: Version, provided: Instant) -> int | None:
    """How long before its first window it was provided, milliseconds, below 0 for after; None without a window."""
    opens = first_opens(version)
    return None if opens is None else opens - provided


def late_by(version: Version, provided: Instant) -> int | None:
    """By how many minutes it was late, 0 for in time; None where nobody was obliged, or nothing says when it begins.

    Provided is when the receiver's first entry holds it (New START, protocol, part four).
    """
    ahead = early(version, provided)
    duties = version.head.duties
    if not duties.obliged or ahead is None:
        return None
    return max(0, -(-(duties.lead - ahead) // 60_000))
