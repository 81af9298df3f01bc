"""Numbers without gaps: what this post opens gets the next of its series, and one that is missing is told at once.

Whatever is missing in a feed is asked for by itself (engine.sending); here people are told what it is that they lack.
"""

from __future__ import annotations

from typing import Final

import msgspec

from openline.engine.events import Say
from openline.engine.line import Line, Series
from openline.engine.machines import OF_KIND, Machine
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.feeds.record import Put, Record
from openline.limits import SERIES_MISSING_MAX
from openline.terms import ID_BYTES, LineId, Precedence
from openline.wire import cbor
from openline.wire.entry import Entry

TABLE: Final = "series"
_VALUE_MAX_BYTES: Final = 64 << 10


def filled(line: Line, machine: Machine, command: Say, draft: Entry) -> Say:
    """The command with the next number of its series. Raises PeerError subclasses where its body is none."""
    if machine.series is None:
        return command
    key, _, _ = machine.series(draft)
    number = line.series.get(key, Series()).highest + 1
    return msgspec.structs.replace(command, items=machine.numbered(command.items, number))


def came(state: State, turn: Turn, line: Line, entry: Entry) -> None:
    """An entry was kept. Raises PeerError subclasses where its body is not what its kind has."""
    machine = OF_KIND.get(entry.header.kind)
    if machine is None or machine.series is None or entry.header.kind not in machine.openings:
        return
    if entry.header.exchange is not None:
        return
    key, number, name = machine.series(entry)
    held = line.series.get(key, Series())
    if number > held.highest:
        missing = tuple(range(max(held.highest + 1, number - SERIES_MISSING_MAX), number))
        if missing and entry.header.author != state.me:
            _tell(state, turn, line, entry, f"{name} {number}", missing)
        held = Series(number, (*held.missing, *missing)[-SERIES_MISSING_MAX:])
    elif number in held.missing:
        held = Series(held.highest, tuple(each for each in held.missing if each != number))
    else:
        return
    line.series[key] = held
    turn.emit(Put(TABLE, line.id + key, cbor.encode([held.highest, list(held.missing)])))


def _tell(state: State, turn: Turn, line: Line, entry: Entry, name: str, missing: tuple[int, ...]) -> None:
    which = f"number {missing[0]}" if len(missing) == 1 else f"numbers {missing[0]} to {missing[-1]}"
    author = state.name_of(entry.header.author)
    feed = line.feeds[entry.header.author]
    holes = entry.header.number > feed.number + 1 or bool(feed.waiting)
    then = "It is asked for" if holes else "Their record has no hole: ask them what became of it"
    text = f"{author}: {name} is here, and {which} before it is not. {then}."
    turn.alarm(line.id, "notice-gap", text, entry.id, Precedence.IMMEDIATE)


def reload(record: Record, state: State) -> None:
    """The numbers that were held when the post stopped."""
    for key, value in record.objects(TABLE).items():
        line = state.lines.get(LineId(key[:ID_BYTES]))
        if line is not None:
            highest, missing = cbor.decode(value, _VALUE_MAX_BYTES)
            line.series[key[ID_BYTES:]] = Series(highest, tuple(missing))
