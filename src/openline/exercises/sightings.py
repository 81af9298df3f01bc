"""What each party's record came to hold, and when: all that reactions wait for and goals are judged by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """What is known of an entry from outside its record. `at` is its author's claim, as text."""

    id: str
    kind: str
    author: str
    line: str
    refers: tuple[str, ...] = ()
    traffic: str = "exercise"
    precedence: str = "routine"
    officer: str = ""
    text: str = ""
    at: str = ""


def entry_of(event: dict[str, Any]) -> Entry:
    """The entry that a post tells those who watch it (docs/reference/control.md)."""
    return Entry(
        id=event["id"],
        kind=event["kind"],
        author=event["author"],
        line=event["line"],
        refers=tuple(event["refers"]),
        traffic=event["class"],
        precedence=event["precedence"],
        officer=event["officer"] or "",
        text=event.get("text") or event.get("to") or "",
        at=event["at"],
    )


class Sighting(msgspec.Struct, frozen=True):
    """At story time `at`, which was `wall`, the record of `party` came to hold an entry."""

    at: int
    wall: int
    party: str
    entry: Entry


class Log:
    """All sightings in their order, each entry once for each party: `held` are the pairs of both."""

    def __init__(self, sightings: Iterable[Sighting] = ()) -> None:
        self.sightings: list[Sighting] = []
        self.entries: dict[str, Entry] = {}
        self.held: set[tuple[str, str]] = set()
        for each in sightings:
            self.add(each)

    def add(self, sighting: Sighting) -> bool:
        """Take it in; whether it is new."""
        key = sighting.party, sighting.entry.id
        if key in self.held:
            return False
        self.held.add(key)
        self.entries.setdefault(sighting.entry.id, sighting.entry)
        self.sightings.append(sighting)
        return True

    def lacking(self, line: str, party: str) -> list[str]:
        """What anybody was seen to write on a line and this party was not seen to hold."""
        wrote = (each for each in self.entries.values() if each.line == line and (each.author, each.id) in self.held)
        return [each.id for each in wrote if (party, each.id) not in self.held]

    def root(self, entry: str) -> str:
        """The entry that everything began with to which this one refers: a call request, a notice, a message."""
        seen: set[str] = set()
        while entry not in seen:
            seen.add(entry)
            held = self.entries.get(entry)
            if held is None or not held.refers:
                break
            entry = held.refers[0]
        return entry
