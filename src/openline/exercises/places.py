"""On which line of a file of TOML something stands, so that a finding names it.

It knows tables that have a header of their own, as exercises are written; what stands inside one is found by its key.
"""

from __future__ import annotations

import re
from typing import Final

_HEADER: Final = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(#.*)?$")
_KEY: Final = re.compile(r"\s*([\w-]+)\s*=")
_QUOTES: Final = ('"""', "'''")


class Places:
    """The lines of the headers and keys of one file, counted from 1."""

    def __init__(self, text: str) -> None:
        self._tables: dict[tuple[str, int], int] = {}
        self._keys: dict[tuple[str, int, str], int] = {}
        counts: dict[str, int] = {}
        table, nth, quotes = "", 0, ""
        for number, line in enumerate(text.split("\n"), 1):
            if quotes:
                quotes = "" if quotes in line else quotes
                continue
            header, key = _HEADER.match(line), _KEY.match(line)
            if header:
                table = header[1]
                nth = counts.get(table, 0)
                counts[table] = nth + 1
                self._tables[table, nth] = number
            elif key:
                self._keys.setdefault((table, nth, key[1]), number)
                quotes = next((each for each in _QUOTES if line.count(each) % 2), "")

    def of(self, table: str, nth: int = 0, key: str = "") -> int:
        """The line of a key of the nth table of that name, else of its header, else 1; "" is what is before all."""
        return self._keys.get((table, nth, key)) or self._tables.get((table, nth), 1)
