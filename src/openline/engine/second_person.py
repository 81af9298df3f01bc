"""Two persons, where the rules of a line ask for them: what one has signed alone is set apart at every end alike.

Whether an entry lacks its second person follows from the entry and from the terms under which it was written, both
signed; so every post finds the same when the entry comes, and remembers it under "one-person" for its folds.
"""

from __future__ import annotations

from typing import Final

from openline.engine.content import Content
from openline.engine.events import Mark
from openline.engine.line import Line
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.errors import NotAllowed, TwoPersons
from openline.feeds.record import Put, Record
from openline.terms import EntryId, LineId, Precedence
from openline.wire import two_persons
from openline.wire.entry import Entry, Header
from openline.wire.kinds import Kind
from openline.wire.rules import Rules

TABLE: Final = "one-person"


def rules_for(line: Line, header: Header) -> Rules:
    """The rules under which an entry was written."""
    terms = line.version(header.terms)
    return Rules() if terms is None else line.rules_of(terms)


def check(line: Line, header: Header, items: tuple[bytes, ...]) -> None:
    """Raise TwoPersons where an entry of our own with this header would count for nothing."""
    if two_persons.lacking(rules_for(line, header), header, items):
        raise TwoPersons(
            "The rules of this line want one officer who drafts this and another who releases it: "
            "draft it with --draft, and let another officer say `openline release`."
        )


def noticed(state: State, turn: Turn, line: Line, entry: Entry) -> None:
    """An entry was kept: remember it where one person alone has signed what takes two, and tell whose it is."""
    if not two_persons.lacking(rules_for(line, entry.header), entry.header, entry.items):
        return
    turn.emit(Put(TABLE, line.id + entry.id, b""))
    if entry.header.author != state.me:
        name, number = state.name_of(entry.header.author), entry.header.number
        text = (
            f"{name} wrote entry {number} by one officer alone; the rules of this line ask for two. It does not count."
        )
        turn.alarm(line.id, "one-person", text, entry.id, Precedence.PRIORITY)


def apart(record: Record, line: LineId) -> frozenset[EntryId]:
    """The entries of a line that count for nothing because a second person is lacking."""
    return frozenset(EntryId(key[len(line) :]) for key in record.objects(TABLE) if key.startswith(line))


def countersigning(state: State, line: Line, command: Mark) -> Content:
    """A second officer's word under a FLASH that one had released alone. Raises the OpenlineError that forbids it."""
    entry = command.target.entry
    header, act = entry.header, entry.header.act
    if not command.officer:
        raise NotAllowed("Only a named officer can say that; give --officer.")
    if header.line != line.id or header.author != state.me or act is None:
        raise NotAllowed("An officer countersigns what another officer of this post has signed.")
    if act.drafted is not None or not two_persons.wanted(rules_for(line, header), header, entry.items):
        raise NotAllowed("Nobody has to countersign that entry.")
    if act.officer == command.officer:
        raise NotAllowed("Who released it does not countersign it: that takes another officer.")
    return Content(
        kind=Kind.COUNTERSIGNED,
        precedence=Precedence.ROUTINE,
        traffic=header.traffic,
        exchange=header.exchange or entry.id,
        refers=(entry.id,),
    )
