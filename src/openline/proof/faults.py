"""Collecting what is wrong, in the order in which it is found, and never more than a person could read."""

from __future__ import annotations

from typing import Final

from openline.proof.finding import Fault
from openline.terms import EntryId, PostId

KEPT_MAX: Final = 100
"""Faults of one code that are kept; the others are counted."""


class Faults:
    """The faults so far; `names` are what people call the posts."""

    def __init__(self) -> None:
        self.names: dict[PostId, str] = {}
        self.more = 0
        self._file: list[Fault] = []
        self._kept: list[Fault] = []
        self._counts: dict[str, int] = {}

    def all(self) -> tuple[Fault, ...]:
        """What is wrong with the file itself, then the rest in the order in which it was found."""
        return (*self._file, *self._kept)

    def file(self, code: str, sentence: str) -> None:
        """Something is wrong with the file as a whole."""
        self._file.append(Fault(code=code, sentence=sentence))

    def name(self, post: PostId) -> str:
        """The name on a post's card in quotation marks, or the start of its id."""
        return f"“{self.names[post]}”" if post in self.names else post.hex()[:12]

    def add(
        self,
        code: str,
        sentence: str,
        *,
        feed: PostId | None = None,
        number: int | None = None,
        entry: EntryId | None = None,
    ) -> None:
        """One more thing is wrong."""
        count = self._counts[code] = self._counts.get(code, 0) + 1
        if count > KEPT_MAX:
            self.more += 1
        else:
            self._kept.append(Fault(code=code, sentence=sentence, feed=feed, number=number, entry=entry))

    def entry(self, code: str, said: str, feed: PostId, number: int, entry: EntryId | None) -> None:
        """Something is wrong with one entry; `said` goes on from its name: "is not signed by its author"."""
        sentence = f"Entry {number} of {self.name(feed)} {said}."
        self.add(code, sentence, feed=feed, number=number, entry=entry)
