"""The one order in which both ends fold an exchange, whatever order its entries arrived in (spec/message.md, Order).

An entry comes after those of its author with lower numbers, after those that its author had, and after those that it
refers to. Where none of that decides, the smaller id comes first. No clock takes part.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from operator import itemgetter

from openline.feeds.record import Kept
from openline.terms import EntryId, PostId


def canonical(entries: Iterable[Kept]) -> list[Kept]:
    """The entries in canonical order. What liars tie into a knot is untied at the smallest id in it."""
    by_id = {kept.entry.id: kept for kept in entries}
    before = _before(by_id)
    after: dict[EntryId, list[EntryId]] = {identifier: [] for identifier in by_id}
    for identifier, earlier in before.items():
        for other in earlier:
            after[other].append(identifier)
    ready = [identifier for identifier, earlier in before.items() if not earlier]
    heapify(ready)
    ordered: list[Kept] = []
    while before:
        identifier = heappop(ready) if ready else _knotted(before)
        if before.pop(identifier, None) is None:
            continue
        ordered.append(by_id[identifier])
        for later in after[identifier]:
            if later in before:
                before[later].discard(identifier)
                if not before[later]:
                    heappush(ready, later)
    return ordered


def _knotted(before: dict[EntryId, set[EntryId]]) -> EntryId:
    """Of entries that all wait for others: the smallest id of a ring, found going back from the smallest of all."""
    at = min(before)
    passed: dict[EntryId, int] = {}
    while at not in passed:
        passed[at] = len(passed)
        at = min(before[at])
    return min(entry for entry, place in passed.items() if place >= passed[at])


def _before(by_id: dict[EntryId, Kept]) -> dict[EntryId, set[EntryId]]:
    """For each entry the nearest ones that come before it: the last of each author that it knew, and its refers."""
    feeds: dict[PostId, list[tuple[int, EntryId]]] = {}
    for identifier, kept in by_id.items():
        feeds.setdefault(kept.entry.header.author, []).append((kept.entry.header.number, identifier))
    for feed in feeds.values():
        feed.sort()
    before: dict[EntryId, set[EntryId]] = {}
    for identifier, kept in by_id.items():
        header = kept.entry.header
        earlier = {other for other in header.refers if other in by_id}
        for author, feed in feeds.items():
            known = header.number - 1 if author == header.author else kept.knew.get(author, 0)
            at = bisect_right(feed, known, key=itemgetter(0))
            if at:
                earlier.add(feed[at - 1][1])
        before[identifier] = earlier - {identifier}
    return before


def precedes(one: Kept, other: Kept) -> bool:
    """Whether `other` was signed by one who had `one`, or came after it in one feed, or refers to it."""
    first, second = one.entry.header, other.entry.header
    if one.entry.id == other.entry.id:
        return False
    if first.author == second.author:
        return first.number < second.number
    return one.entry.id in second.refers or other.knew.get(first.author, 0) >= first.number


def crossed(one: Kept, other: Kept) -> bool:
    """Whether each of two entries was signed before its author had the other (spec/message.md)."""
    if one.entry.header.author == other.entry.header.author:
        return False
    return not precedes(one, other) and not precedes(other, one)
