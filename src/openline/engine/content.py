"""What an entry is to say: everything about it that is known before somebody signs it."""

from __future__ import annotations

import msgspec

from openline.terms import EntryId, Precedence, TrafficClass


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry is to say: everything about it that is known before somebody signs it."""

    kind: int
    items: tuple[bytes, ...] = ()
    precedence: Precedence = Precedence.ROUTINE
    traffic: TrafficClass = TrafficClass.OPERATION
    exchange: EntryId | None = None
    refers: tuple[EntryId, ...] = ()
