"""The strings, and what a field that holds words takes of them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from openline.limits import NAME_MAX_BYTES, PHRASE_MAX_BYTES

OURS: Final = (
    "\x1b]0;title\x07\x1b[2J\x9b31m\rOVER",
    "\u202eright to left and no way back",
    "\u2067isolated, \u202aembedded, and neither is closed",
    '=HYPERLINK("http://evil.example")\n+1+1\n-2\n@SUM(A1)\t',
    "]]>--><!--</title></textarea></style></script><svg onload=alert(1)>",
    "one\r\ntwo\u2028three\u0085four\x0bfive",
    "\ufeffmark first, and last\ufffe",
)
"""What the list lacks: orders to a terminal, text that is turned around for good, cells that a table would compute."""

ALL: Final = tuple(dict.fromkeys((*json.loads(Path(__file__).with_name("blns.json").read_text()), *OURS)))


class Words(NamedTuple):
    """A field of words: at most `most` bytes and `words` words, or `many` texts of so many; `needed` if never blank.

    `fits` says what else is asked of a text. `wrap` makes of it what the request holds. `trimmed` says that white space
    at its ends is left out.
    """

    most: int = PHRASE_MAX_BYTES
    needed: bool = False
    many: int = 0
    fits: Callable[[str], bool] = lambda text: True
    wrap: Callable[[Any], Any] = lambda value: value
    trimmed: bool = True
    words: int = 1 << 20

    def takes(self, text: str) -> bool:
        """Whether a text of its own is to be taken."""
        kept = self.kept(text)
        short_enough = len(kept.encode()) <= self.most and len(kept.split()) <= self.words
        return short_enough and self.fits(kept) and bool(kept.strip() or not self.needed)

    def kept(self, text: str) -> str:
        """What is to come back of it."""
        return text.strip() if self.trimmed else text

    def fillings(self, alone: int, dice: random.Random) -> Iterator[tuple[Any, tuple[str, ...]]]:
        """Values that hold every string that it takes, and what is to come back of each value.

        A list holds each by itself. So does a text field of as many as `alone`; the others stand in it line by line,
        except where that is too short for a line of each.
        """
        taken = [text for text in ALL if self.takes(text)]
        if self.many:
            for at in range(0, len(taken), self.many):
                group = tuple(taken[at : at + self.many])
                yield self.wrap(group), tuple(map(self.kept, group))
            return
        said = [text for text in taken if self.kept(text)]
        singles = dice.sample(said, min(alone, len(said)))
        whole = list(self._lines(taken)) if self.most >= PHRASE_MAX_BYTES and len(singles) < len(said) else []
        for text in (*whole, *singles):
            if self.takes(text):
                yield self.wrap(text), (self.kept(text),)

    def _lines(self, taken: Sequence[str]) -> Iterator[str]:
        held = ""
        for text in taken:
            longer = f"{held}\n{text}"
            if len(longer.encode()) > self.most or len(longer.split()) > self.words:
                yield held
                longer = text
            held = longer
        yield held

    def refused(self, most: int, dice: random.Random) -> Iterator[Any]:
        """Values that it does not take."""
        wrong = [text for text in ALL if not self.takes(text)]
        for text in dice.sample(wrong, min(most, len(wrong))):
            yield self.wrap((text,) if self.many else text)


def phrase(**more: Any) -> Words:
    """A sentence or several."""
    return Words(PHRASE_MAX_BYTES, **more)


def short(**more: Any) -> Words:
    """A few words."""
    return Words(NAME_MAX_BYTES, **more)


def strings_of(value: Any) -> Iterator[str]:
    """Every string in an answer, at whatever depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings_of(each)
