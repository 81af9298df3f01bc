"""What is wrong with the file of an exercise: gathered with the line on which it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from openline.errors import Misuse
from openline.exercises.places import Places


class Finding(msgspec.Struct, frozen=True, order=True):
    """What is wrong, and on which line of the file."""

    line: int
    text: str


class Findings:
    """All of them; everything is looked at, whatever was found before."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.found: list[Finding] = []

    def say(self, text: str, table: str = "", nth: int = 0, key: str = "") -> None:
        """This is wrong with a key of the nth table of that name; "" is what stands before all tables."""
        self.found.append(Finding(self._places.of(table, nth, key), text))

    def attempt(
        self, read: Callable[..., Any], *words: Any, table: str = "", nth: int = 0, key: str = "", **more: Any
    ) -> Any:
        """What `read` makes of these words; None, and a finding, where it raises Misuse."""
        try:
            return read(*words, **more)
        except Misuse as error:
            self.say(str(error), table, nth, key)
            return None

    def unknown(self, names: Iterable[str], known: Iterable[str], what: str, table: str, nth: int, key: str) -> None:
        """Say which of these names are none of those."""
        listed = list(known)
        for name in names:
            if name not in listed:
                self.say(f"There is no {what} {name!r}; there are: {', '.join(listed) or 'none'}.", table, nth, key)

    @property
    def sorted(self) -> list[Finding]:
        """In the order of the file, each once."""
        return sorted(set(self.found))
