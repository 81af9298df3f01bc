"""Signatures first; the walk follows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Protocol

from openline.identity.card import Card
from openline.proof.finding import Finding
from openline.terms import EntryId, LineId, PostId


class Reader(Protocol):
    """Bytes to read: an open binary file."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class Batch: ...


class Summary: ...


MapFunction = Callable[[Callable[[Batch], Summary], Iterable[Batch]], Iterator[Summary]]
"""`map`, or one that spreads over processes: results in order, and lazy, so that a large bundle is never all in memory
(concurrent.futures' own `map` reads all its input at once; keep a window of some batches instead)."""


def verify_bundle(
    reader: Reader,
    known: Mapping[PostId, Card],
    *,
    map_function: MapFunction = map,
    bounds_of: Collection[EntryId] = (),
) -> Finding:
    """What the bundle in `reader` proves to somebody who trusts the cards in `known`. Raises nothing of its own:
    every byte that is wrong becomes a fault. `bounds_of` names entries whose causal bounds are wanted."""


def verify_record(
    line: LineId,
    cards: Iterable[bytes],
    entries: Iterable[bytes],
    known: Mapping[PostId, Card],
    *,
    map_function: MapFunction = map,
    bounds_of: Collection[EntryId] = (),
) -> Finding:
    """The same walk over a record at home: full forms of all entries of `line`, feed by feed in order of post id,
    by number, two entries with one number in order of id."""
