"""The one order in which both ends fold an exchange, whatever order its entries arrived in (PROTOCOL 12).

An entry comes after those of its author with lower numbers, after those that its author had, and after those that it
refers to. Where none of that decides, the smaller id comes first. No clock takes part.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from openline.feeds.record import Kept
from openline.terms import EntryId


def canonical(entries: Iterable[Kept]) -> list[Kept]:
    """The entries in canonical order. What liars tie into a knot is untied by the smallest id."""
    by_id = {kept.entry.id: kept for kept in entries}
    before = {
        identifier: {other for other in by_id if precedes(by_id[other], kept)} for identifier, kept in by_id.items()
    }
    after: dict[EntryId, list[EntryId]] = {identifier: [] for identifier in by_id}
    for identifier, earlier in before.items():
        for other in earlier:
            after[other].append(identifier)
    open_count = {identifier: len(earlier) for identifier, earlier in before.items()}
    ready = [identifier for identifier, count in open_count.items() if not count]
    heapify(ready)
    ordered: list[Kept] = []
    while open_count:
        identifier = heappop(ready) if ready else min(open_count)
        if identifier not in open_count:
            continue
        del open_count[identifier]
        ordered.append(by_id[identifier])
        for later in after[identifier]:
            if later in open_count:
                open_count[later] -= 1
                if not open_count[later]:
                    heappush(ready, later)
    return ordered


def precedes(one: Kept, other: Kept) -> bool:
    """Whether `other` was signed by one who had `one`, or came after it in one feed, or refers to it."""
    first, second = one.entry.header, other.entry.header
    if one.entry.id == other.entry.id:
        return False
    if first.author == second.author:
        return first.number < second.number
    return one.entry.id in second.refers or other.knew.get(first.author, 0) >= first.number


def crossed(one: Kept, other: Kept) -> bool:
    """Whether each of two entries was signed before its author had the other (PRODUCT A11)."""
    if one.entry.header.author == other.entry.header.author:
        return False
    return not precedes(one, other) and not precedes(other, one)
