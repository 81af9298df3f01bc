"""What people are told of a STOP: that it came, what came of it, and again every two minutes while it waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from openline.exchanges.stop.state import State
from openline.feeds.folding import Folded, Told
from openline.feeds.record import Kept
from openline.terms import Instant, PostId, Precedence
from openline.wire.kinds import Kind

NameOf = Callable[[PostId], str]

EVERY_MS: Final = 2 * 60_000
"""Between two alarms about a STOP that waits."""

_OWED: Final = ("read back", "passed on")

ALARMS_MAX: Final = 30
"""Alarms about one STOP that waits: an hour of them."""


def told(before: Folded[State] | None, after: Folded[State], me: PostId, name_of: NameOf) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    known = set() if before is None else {kept.entry.id for kept in before.entries}
    known |= {each.entry for each in after.ignored}
    news = (_new(after.state, kept, me, name_of) for kept in after.entries if kept.entry.id not in known)
    return tuple(each for each in news if each is not None)


def _new(state: State, kept: Kept, me: PostId, name_of: NameOf) -> Told | None:
    header, entry = kept.entry.header, kept.entry.id
    if header.author == me:
        return None
    name = name_of(header.author)
    match header.kind:
        case Kind.STOP:
            text = f"STOP. {name}: you are hitting our people. {_known(state)} Read it back at once."
            return Told("stop", text, entry, Precedence.FLASH)
        case Kind.STOP_ADDED:
            text = f"{name} adds to its STOP. {_known(state)} Read it back again."
            return Told("stop-changed", text, entry, Precedence.FLASH)
        case Kind.STOP_WITHDRAWN:
            return Told("stop-changed", f"{name}: STOP withdrawn.", entry, Precedence.FLASH)
        case Kind.STOP_READ_BACK | Kind.STOP_PASSED if state.author == me:
            done = "read the STOP back" if header.kind == Kind.STOP_READ_BACK else "passed the STOP on"
            return Told("stop-answered", f"{name} has {done}.", entry, Precedence.PRIORITY)
        case _:
            return None


def _known(state: State) -> str:
    hit = state.hit()
    if hit is None:
        return "What and where are withheld."
    parts = (("Who", hit.what), ("Where", hit.where), ("By", hit.by))
    return " ".join(f"{part}: {text.rstrip('.')}." for part, text in parts if text) or "Nothing else is known yet."


def waiting(state: State, me: PostId) -> Iterator[tuple[PostId, str]]:
    """Who still owes what, as far as it concerns post `me`."""
    if state.withdrawn is not None:
        return
    for member in state.to if state.author == me else (me,) if me in state.to else ():
        if state.reads(member) is None:
            yield member, _OWED[0]
        if state.passes(member) is None:
            yield member, _OWED[1]


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When the next alarm rings at post `me`, later than `after`."""
    if not any(waiting(state, me)):
        return None
    since = state.opening.header.time
    count = max(1, (after - since) // EVERY_MS + 1)
    return Instant(since + count * EVERY_MS) if count <= ALARMS_MAX else None


def overdue(state: State, me: PostId, at: Instant, name_of: NameOf) -> tuple[Told, ...]:
    """What people are told then."""
    owed: dict[PostId, list[str]] = {}
    for member, what in waiting(state, me):
        owed.setdefault(member, []).append(what)
    minutes = max(0, at - state.opening.header.time) // 60_000
    news = []
    for member, things in owed.items():
        where = "here" if member == me else f"at {name_of(member)}"
        done = "taken it" if len(things) == len(_OWED) else f"{things[0]} what it says"
        text = f"{minutes} minutes after the STOP nobody {where} has {done}."
        if len(things) == len(_OWED):
            text += " It is neither read back nor passed on."
        news.append(Told("stop-waits", text, state.opening.id, Precedence.FLASH))
    return tuple(news)
