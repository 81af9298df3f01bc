"""What each of two records of one line left out: `verify A --against B`, named to the entry (spec/verify.md)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import msgspec

from openline.proof.columns import Column
from openline.proof.finding import Finding, plain
from openline.terms import EntryId, LineId, PostId

Row = tuple[int, EntryId, int]


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """Entries `first` to `last` of a feed that one record shows and the other does not; `id` is the first one's."""

    feed: PostId
    first: int
    last: int
    id: EntryId


class Closed(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of which the two records show a different number of items."""

    feed: PostId
    number: int
    id: EntryId
    first: int
    second: int


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What `first` and `second` each left out that the other shows.

    `contradictions` are numbers for which both show an entry, and not the same: somebody signed two histories.
    """

    lines: tuple[LineId | None, LineId | None]
    first_lacks: tuple[Missing, ...] = ()
    second_lacks: tuple[Missing, ...] = ()
    contradictions: tuple[Missing, ...] = ()
    closed: tuple[Closed, ...] = ()
    names: dict[PostId, str] = {}

    @property
    def same(self) -> bool:
        """Both show the same entries and as many items of each."""
        lacks = self.first_lacks or self.second_lacks or self.contradictions or self.closed
        return self.lines[0] == self.lines[1] and not lacks

    def as_json(self) -> dict[str, Any]:
        """The comparison as a JSON document (docs/reference/verify.md)."""
        fields = ("lines", "first_lacks", "second_lacks", "contradictions", "closed")
        return {"same": self.same, **{name: plain(getattr(self, name)) for name in fields}}

    def sentences(self, first: str, second: str) -> list[str]:
        """Plain sentences; `first` and `second` are what people call the two records."""
        if self.lines[0] != self.lines[1]:
            return [f"{first} and {second} are records of two different lines."]
        if self.same:
            return [f"{first} and {second} show the same entries and items."]
        said = [f"{first} leaves out {self._said(each)}, which {second} shows." for each in self.first_lacks]
        said += [f"{second} leaves out {self._said(each)}, which {first} shows." for each in self.second_lacks]
        said += [
            f"{first} and {second} show different versions of {self._said(each)}: its author signed two histories."
            for each in self.contradictions
        ]
        for each in self.closed:
            opened, shut = (first, second) if each.first > each.second else (second, first)
            who = self.names.get(each.feed, each.feed.hex()[:12])
            said.append(f"Of entry {each.number} of {who}, {opened} shows an item that {shut} withholds.")
        return said

    def _said(self, each: Missing) -> str:
        who = self.names.get(each.feed, each.feed.hex()[:12])
        if each.first == each.last:
            return f"entry {each.first} of {who}"
        return f"entries {each.first} to {each.last} of {who}"


def compare(first: Finding, second: Finding) -> Comparison:
    """What each of two records left out. Both may have faults; only entries whose signatures hold are compared."""
    lines = (first.line, second.line)
    if lines[0] != lines[1]:
        return Comparison(lines=lines)
    ours, theirs = first.index.columns, second.index.columns
    first_lacks: list[Missing] = []
    second_lacks: list[Missing] = []
    contradictions: list[Missing] = []
    closed: list[Closed] = []
    for feed in sorted(ours.keys() | theirs.keys()):
        mine, other = ours.get(feed, Column()), theirs.get(feed, Column())
        only_first: list[Missing] = []
        only_second: list[Missing] = []
        for one, two in _side_by_side(mine.rows(), other.rows()):
            if two is None and one is not None:
                (only_first if other.id(one[0]) is None else contradictions).append(_missing(feed, one))
            elif one is None and two is not None:
                (only_second if mine.id(two[0]) is None else contradictions).append(_missing(feed, two))
            elif one is not None and two is not None and one[2] != two[2]:
                if first.index.since is not None or second.index.since is not None:
                    continue  # a certificate withholds what its finding does not need
                closed.append(Closed(feed=feed, number=one[0], id=one[1], first=one[2], second=two[2]))
        second_lacks += _runs([each for each in only_first if second.index.speaks_of(feed, each.first)])
        first_lacks += _runs([each for each in only_second if first.index.speaks_of(feed, each.first)])
    return Comparison(
        lines=lines,
        first_lacks=tuple(first_lacks),
        second_lacks=tuple(second_lacks),
        contradictions=tuple({(each.feed, each.first): each for each in contradictions}.values()),
        closed=tuple(closed),
        names={owner.post: f"“{owner.name}”" for owner in (*second.owners, *first.owners)},
    )


def _missing(feed: PostId, row: Row) -> Missing:
    return Missing(feed=feed, first=row[0], last=row[0], id=row[1])


def _side_by_side(one: Iterator[Row], two: Iterator[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Both in order of number and id: pairs of the same entry, or one alone."""
    a, b = next(one, None), next(two, None)
    while a is not None and b is not None:
        if a[:2] == b[:2]:
            yield a, b
            a, b = next(one, None), next(two, None)
        elif a[:2] < b[:2]:
            yield a, None
            a = next(one, None)
        else:
            yield None, b
            b = next(two, None)
    for row in chain([a] if a is not None else [], one):
        yield row, None
    for row in chain([b] if b is not None else [], two):
        yield None, row


def _runs(missing: list[Missing]) -> list[Missing]:
    """Neighbours joined into ranges."""
    runs: list[Missing] = []
    for each in missing:
        if runs and each.first <= runs[-1].last + 1:
            runs[-1] = msgspec.structs.replace(runs[-1], last=each.last)
        else:
            runs.append(each)
    return runs
