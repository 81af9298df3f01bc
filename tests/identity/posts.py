"""Two posts that distrust each other, and a way to let one of them grow."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import shake_256

from openline.identity import signing
from openline.identity.card import Card
from openline.identity.own import Own
from openline.terms import EntryId, Instant, LineId

AT = Instant(1_767_225_600_000)
WEEK = 7 * signing.DAY_MS
LINE, OTHER_LINE = LineId(b"\x01" * 32), LineId(b"\x02" * 32)
ENTRY, OTHER_ENTRY = EntryId(b"\xee" * 32), EntryId(b"\xdd" * 32)

Change = Callable[[Own, Card], tuple[Own, bytes]]


def drawn(label: str, size: int = 32) -> bytes:
    """Secret bytes that are the same in every run."""
    return shake_256(label.encode()).digest(size)


@cache
def founded(name: str) -> tuple[Own, Card]:
    """The post of that name; always the same keys."""
    return signing.found(name, drawn(name, signing.FOUND_SEED_BYTES), AT)


def grown(post: tuple[Own, Card], *changes: Change) -> tuple[Own, Card]:
    """The post after these changes."""
    own, card = post
    for change in changes:
        own, statement = change(own, card)
        card = card.extended(statement)
    return own, card


def renamed(name: str) -> Change:
    """A change that is good at any time."""
    return lambda own, card: signing.rename(own, card, name, AT)
