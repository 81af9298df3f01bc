"""Compact tables of what was seen, so that a record of a million entries is checked in some hundred megabytes."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from openline.terms import ID_BYTES, EntryId, Instant


class Segment:
    """Entries with consecutive numbers from `first`."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.ids = bytearray()
        self.times = array("q")
        self.shown = bytearray()

    @property
    def last(self) -> int:
        """The highest number; `first - 1` when there is none."""
        return self.first + len(self.times) - 1

    def id(self, number: int) -> EntryId:
        """The id of a number that is here."""
        at = (number - self.first) * ID_BYTES
        return EntryId(bytes(self.ids[at : at + ID_BYTES]))


class Column:
    """The entries of one feed by number: id, claimed time, how many items are shown. `twins` are second ids."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.twins: dict[int, list[EntryId]] = {}

    def add(self, number: int, entry: EntryId, time: Instant, shown: int) -> None:
        """The next entry; its number is above all before it."""
        if not self.segments or self.segments[-1].last + 1 != number:
            self.segments.append(Segment(number))
        segment = self.segments[-1]
        segment.ids += entry
        segment.times.append(time)
        segment.shown.append(shown)

    def __len__(self) -> int:
        """How many numbers are here."""
        return sum(len(segment.times) for segment in self.segments)

    @property
    def last(self) -> int:
        """The highest number, 0 if there is none."""
        return self.segments[-1].last if self.segments else 0

    def holes(self) -> list[tuple[int, int]]:
        """Ranges of missing numbers below `last`, both ends included."""
        ends = [0, *(segment.last for segment in self.segments)]
        return [
            (end + 1, part.first - 1) for end, part in zip(ends, self.segments, strict=False) if part.first > end + 1
        ]

    def _segment(self, number: int) -> Segment | None:
        at = bisect_right(self.segments, number, key=lambda segment: segment.first) - 1
        return self.segments[at] if at >= 0 and number <= self.segments[at].last else None

    def id(self, number: int) -> EntryId | None:
        """The id of an entry, the first where there are several; None where it is not here."""
        segment = self._segment(number)
        return None if segment is None else segment.id(number)

    def time(self, number: int) -> Instant:
        """The claimed time of an entry that is here."""
        segment = self._segment(number)
        return Instant(0 if segment is None else segment.times[number - segment.first])

    def holds(self, number: int, entry: EntryId) -> bool | None:
        """Whether this number has this id; None where the number is not here."""
        known = self.id(number)
        return None if known is None else known == entry or entry in self.twins.get(number, ())

    def find(self, entry: EntryId) -> int | None:
        """The number of an entry, None if it is not here."""
        for number, twins in self.twins.items():
            if entry in twins:
                return number
        for segment in self.segments:
            at = segment.ids.find(entry)
            while at > 0 and at % ID_BYTES:
                at = segment.ids.find(entry, at + 1)
            if at >= 0:
                return segment.first + at // ID_BYTES
        return None

    def rows(self) -> Iterator[tuple[int, EntryId, int]]:
        """(number, id, items shown) in order of number and id; a second id counts as showing nothing."""
        for segment in self.segments:
            for number in range(segment.first, segment.last + 1):
                yield number, segment.id(number), segment.shown[number - segment.first]
                for twin in self.twins.get(number, ()):
                    yield number, twin, 0


class Claims:
    """What one author says of one other feed, in the order of its own numbers: held up to `upto`, whose id is known."""

    def __init__(self) -> None:
        self.at = array("q")
        self.upto = array("q")
        self.ids = bytearray()
        self.beyond: list[tuple[int, int, EntryId]] = []

    def add(self, at: int, upto: int, entry: EntryId) -> None:
        """The author's entry number `at` says so; neither number is below the one before."""
        self.at.append(at)
        self.upto.append(upto)
        self.ids += entry

    def forget_above(self, number: int) -> None:
        """Take back what was said of entries above this one."""
        while self.upto and self.upto[-1] > number:
            self.at.pop()
            self.upto.pop()
            del self.ids[-ID_BYTES:]

    def __len__(self) -> int:
        """How many claims there are."""
        return len(self.at)

    def id(self, place: int) -> EntryId:
        """The id in the claim at this place."""
        return EntryId(bytes(self.ids[place * ID_BYTES : (place + 1) * ID_BYTES]))

    def all(self) -> Iterator[tuple[int, int, EntryId]]:
        """(author's number, number held, its id) for each claim and each entry held beyond a gap."""
        for place in range(len(self.at)):
            yield self.at[place], self.upto[place], self.id(place)
        yield from self.beyond

    def first_with(self, number: int, entry: EntryId) -> int | None:
        """The author's first entry that says it holds this one; None if none does."""
        place = bisect_left(self.upto, number)
        found = [self.at[place]] if place < len(self.upto) else []
        found += [at for at, _, held in self.beyond if held == entry]
        return min(found, default=None)

    def newest_at(self, number: int) -> int:
        """The highest number held without a hole when the author signed its entry `number`, 0 for none."""
        place = bisect_right(self.at, number) - 1
        return self.upto[place] if place >= 0 else 0
