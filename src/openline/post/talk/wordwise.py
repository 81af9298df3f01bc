"""Two texts word by word: the longest common run of words in order, and what stands between.

Which words both have says nothing of what they mean: this is shown beside the texts and is no finding. The length of a
longest common subsequence is worked out on bits, one row for each word of the first text (H. Hyyrö, Bit-parallel LCS
length computation revisited, 2004); its rows lead back to the words. Words are compared without case and punctuation.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

import msgspec

from openline.limits import READOUT_WORDS_MAX

WORD: Final = re.compile(r"\w+")


class Run(msgspec.Struct, frozen=True):
    """Words in order: `both` texts have them, or only the `first`, or only the `second`; each as its text writes it."""

    has: str
    first: str
    second: str


class Compared(msgspec.Struct, frozen=True):
    """The runs, in the order of the texts, and how many words of each were left out at its end, uncompared."""

    runs: tuple[Run, ...]
    left_out: tuple[int, int]

    def words(self, has: str) -> int:
        """How many words are in runs of one sort."""
        held = (each.first or each.second for each in self.runs if each.has == has)
        return sum(len(WORD.findall(text)) for text in held)


def compare(first: str, second: str) -> Compared:
    """Compare two texts, of each its first READOUT_WORDS_MAX words."""
    ones, twos = _cut(first), _cut(second)
    one, two = ones[:READOUT_WORDS_MAX], twos[:READOUT_WORDS_MAX]
    steps = _steps([key for key, _ in one], [key for key, _ in two])
    runs = []
    for has, group in groupby(steps, lambda step: _has(*step)):
        pairs = list(group)
        left = "".join(one[at][1] for at, _ in pairs if at is not None)
        right = "".join(two[at][1] for _, at in pairs if at is not None)
        runs.append(Run(has, left.rstrip(), right.rstrip()))
    return Compared(tuple(runs), (len(ones) - len(one), len(twos) - len(two)))


def _has(first: int | None, second: int | None) -> str:
    if first is None:
        return "second"
    return "first" if second is None else "both"


def _cut(text: str) -> list[tuple[str, str]]:
    """Each word as it is compared, and as it is written with all that follows it up to the next."""
    found = list(WORD.finditer(text))
    starts = [each.start() if at else 0 for at, each in enumerate(found)] + [len(text)]
    return [(each[0].casefold(), text[starts[at] : starts[at + 1]]) for at, each in enumerate(found)]


def _steps(one: list[str], two: list[str]) -> list[tuple[int | None, int | None]]:
    """The places of common words as pairs, of others alone, in an order that both texts have."""
    all_ones = (1 << len(two)) - 1
    places: dict[str, int] = {}
    for at, word in enumerate(two):
        places[word] = places.get(word, 0) | 1 << at
    rows, row = [all_ones], all_ones
    for word in one:
        common = row & places.get(word, 0)
        row = ((row + common) | (row - common)) & all_ones
        rows.append(row)
    steps: list[tuple[int | None, int | None]] = []
    left, right = len(one), len(two)
    while left and right:
        bit = 1 << right - 1
        if rows[left] & bit:
            right -= 1
            steps.append((None, right))
        elif rows[left - 1] & bit:
            left, right = left - 1, right - 1
            steps.append((left, right))
        else:
            left -= 1
            steps.append((left, None))
    steps += [(at, None) for at in reversed(range(left))] + [(None, at) for at in reversed(range(right))]
    return steps[::-1]
