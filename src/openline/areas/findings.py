"""What a reader finds while it goes through one warning: areas that may be, doubts, and words not understood."""

from __future__ import annotations

from typing import Final

from openline.areas.reading import Flag, Refused
from openline.areas.shapes import Area
from openline.areas.validity import judge
from openline.limits import WARNING_AREAS_MAX, WARNING_REFUSALS_MAX

WORDS_MAX: Final = 200
"""Characters of a refused part that are shown; its offsets still cover all of it."""


class Findings:
    """Collected in the order of the text. `source` is the text that offsets point into; when `full`, stop reading."""

    def __init__(self, source: str, searched: str = "") -> None:
        """Nothing found yet. `searched` is the source as the reader sees it, character for character as long."""
        self.source = source
        self._searched = searched if len(searched) == len(source) else source
        self.areas: list[Area] = []
        self.flags: list[Flag] = []
        self.refused: list[Refused] = []
        self.full = False
        self._cursor = 0

    def take(self, area: Area, words: str) -> None:
        """Keep an area if it can be one, with the doubts about it; otherwise refuse its words with the reason."""
        if len(self.areas) >= WARNING_AREAS_MAX:
            self.refuse("", f"More than {WARNING_AREAS_MAX} areas in one warning; the others are not read.")
            self.full = True
            return
        judged = judge(area)
        if judged.refused:
            self.refuse(words, judged.refused)
            return
        self.areas.append(area)
        for flag in judged.flags:
            self.flag(flag.code, flag.text, flag.words or words)

    def flag(self, code: str, text: str, words: str = "") -> None:
        """Note a doubt, once."""
        flag = Flag(code, text, _short(words))
        if flag not in self.flags:
            self.flags.append(flag)

    def refuse(self, words: str, why: str) -> None:
        """Refuse a part by its words; they are looked for after the last refusal, then from the start."""
        if len(self.refused) >= WARNING_REFUSALS_MAX:
            return
        if len(self.refused) == WARNING_REFUSALS_MAX - 1:
            self.refused.append(Refused("", 0, 0, "More is refused than is told here."))
            self.full = True
            return
        first = self._searched.find(words, self._cursor) if words else -1
        first = self._searched.find(words) if first < 0 and words else first
        if first < 0:
            refused = Refused(_short(words), 0, 0, why)
            if refused not in self.refused:
                self.refused.append(refused)
            return
        self._cursor = first + len(words)
        self.refused.append(Refused(_short(self.source[first : self._cursor]), first, self._cursor, why))


def _short(words: str) -> str:
    return words if len(words) <= WORDS_MAX else words[: WORDS_MAX - 3] + "..."
