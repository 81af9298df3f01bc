"""Sets of entry numbers as a few inclusive ranges: what is held, offered or missing of a feed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

Range = tuple[int, int]


class Numbers:
    """A set of whole numbers that mostly come in runs. Adding at the end of the last run costs nothing."""

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        self._ranges: list[Range] = []
        for first, last in ranges:
            self.add(first, last)

    def add(self, first: int, last: int | None = None) -> None:
        """Add first..last, or the one number."""
        last = first if last is None else last
        if last < first:
            return
        if not self._ranges or first > self._ranges[-1][1] + 1:
            self._ranges.append((first, last))
            return
        at = bisect_right(self._ranges, (first, 1 << 63))
        if at and self._ranges[at - 1][1] >= first - 1:
            at -= 1
            first = self._ranges[at][0]
        end = at
        while end < len(self._ranges) and self._ranges[end][0] <= last + 1:
            last = max(last, self._ranges[end][1])
            end += 1
        self._ranges[at:end] = [(first, last)]

    def discard(self, number: int) -> None:
        """Take one number out, if it is in."""
        at = bisect_right(self._ranges, (number, 1 << 63)) - 1
        if at < 0 or self._ranges[at][1] < number:
            return
        first, last = self._ranges[at]
        self._ranges[at : at + 1] = [part for part in ((first, number - 1), (number + 1, last)) if part[0] <= part[1]]

    def __contains__(self, number: int) -> bool:
        """Whether the number is in the set."""
        at = bisect_right(self._ranges, (number, 1 << 63)) - 1
        return at >= 0 and self._ranges[at][1] >= number

    def __bool__(self) -> bool:
        """Whether there is any number in it."""
        return bool(self._ranges)

    def ranges(self) -> tuple[Range, ...]:
        """The runs, in rising order."""
        return tuple(self._ranges)

    def without(self, other: Numbers) -> Numbers:
        """What is in this set and not in the other."""
        left: list[Range] = []
        others = other._ranges
        place = 0
        for first, last in self._ranges:
            at = first
            while place < len(others) and others[place][1] < first:
                place += 1
            following = place
            while following < len(others) and others[following][0] <= last:
                start, end = others[following]
                if start > at:
                    left.append((at, start - 1))
                at = max(at, end + 1)
                following += 1
            if at <= last:
                left.append((at, last))
        return Numbers(left)
