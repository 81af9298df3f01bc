"""The words every room shares: identifiers, times, precedence and traffic class.

Identifiers are SHA-256 values, 32 bytes each; they are plain ``bytes`` with a name, so they cost nothing.
An `Instant` is a whole number of milliseconds since 1970-01-01T00:00Z, leap seconds not counted (as POSIX time).
"""

from __future__ import annotations

from enum import IntEnum
from typing import NewType

PostId = NewType("PostId", bytes)
"""A post: SHA-256 over its first root keys (spec/card.md). Never changes, whatever keys rotate."""

LineId = NewType("LineId", bytes)
"""A line: SHA-256 over its founding terms (spec/terms.md)."""

EntryId = NewType("EntryId", bytes)
"""An entry: SHA-256 over the bytes its author signed (spec/entry.md)."""

Instant = NewType("Instant", int)
"""Milliseconds since 1970-01-01T00:00Z."""

ID_BYTES = 32


class Precedence(IntEnum):
    """How urgent an entry is; the higher overtakes the lower on the wire, always (spec/link.md, Order and parts)."""

    ROUTINE = 0
    PRIORITY = 1
    IMMEDIATE = 2
    FLASH = 3


class TrafficClass(IntEnum):
    """What an entry is for. Signed with it, and never converted into another class (RFC 6477, message types)."""

    OPERATION = 0
    EXERCISE = 1
    DRILL = 2
    TEST = 3
