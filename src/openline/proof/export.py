"""Signatures first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire.entry import Entry


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What is withheld: `bodies` every body of what people said, `entries` those of these entries, `items` single items."""

    bodies: bool = False
    entries: frozenset[EntryId] = frozenset()
    items: frozenset[tuple[EntryId, int]] = frozenset()


class Revealed(msgspec.Struct, frozen=True):
    """What a written bundle shows, to be listed to the person who exports."""

    def sentences(self) -> list[str]:
        """Plain sentences, to be shown before the file is handed on."""
        return []


def write_bundle(
    write: Callable[[bytes], object],
    *,
    line: LineId,
    exporter: PostId,
    at: Instant,
    cards: Iterable[bytes],
    entries: Iterable[Entry],
    sign: Callable[[bytes], bytes],
    rule: Rule = Rule(),
) -> Revealed:
    """Write a bundle by calls of `write`. `cards` and `entries` in any order of posts would be refused by every verifier:
    cards by post id; entries feed by feed in order of post id, by number, two with one number by id.
    `sign` is the exporter's feed key over the bytes given to it."""
