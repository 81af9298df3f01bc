"""When something holds: one period, or many, each written out. Times are `Instant`, milliseconds, UTC."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from openline.terms import Instant


class EndKind(StrEnum):
    """How firm the end of a window is: stated, an estimate (NOTAM EST), or none (PERM, until further notice)."""

    FIXED = "fixed"
    EST = "est"
    PERM = "perm"


class Window(msgspec.Struct, frozen=True):
    """From `start` until `end`; `end` is None where nothing ends it."""

    start: Instant
    end: Instant | None
    end_kind: EndKind = EndKind.FIXED

    def covers(self, at: Instant) -> bool:
        """Whether the window is open at this time; its last instant counts."""
        return self.start <= at and (self.end is None or at <= self.end)
