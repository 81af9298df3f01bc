"""What waits to be sent on one link, by precedence: the higher always goes first (spec/link.md, Order and parts).

Pieces of control (summaries, wraps, requests) go before all entries; long ones (cards, proposals) after all that is
FLASH or IMMEDIATE, and before the rest. Entries are held in memory up to a limit;
when a higher one needs room, the lowest and latest are put back to be fetched from the record again.
"""

from __future__ import annotations

from collections import deque

import msgspec

from openline.limits import OUTBOX_MAX_BYTES
from openline.terms import LineId, PostId, Precedence
from openline.wire.entry import Entry

OVERHEAD_BYTES = 256


class Outgoing(msgspec.Struct):
    """An entry that waits; `sealed` and `sent` are set once it goes out in parts."""

    line: LineId
    entry: Entry
    full: bool = False
    sealed: bytes = b""
    sent: int = 0
    stream: int = 0

    def size(self) -> int:
        """Bytes that it takes in memory, roughly."""
        return len(self.entry.payload) + sum(len(i) for i in self.entry.items if i is not None) + OVERHEAD_BYTES


class Outbox:
    """See the top of this file."""

    def __init__(self) -> None:
        self.control: deque[bytes] = deque()
        self.long: deque[bytes] = deque()
        self._levels: tuple[deque[Outgoing], ...] = tuple(deque() for _ in Precedence)
        self.bytes = 0

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self.control) or bool(self.long) or any(self._levels)

    def __len__(self) -> int:
        """Entries that wait."""
        return sum(len(level) for level in self._levels)

    def push(self, outgoing: Outgoing) -> list[Outgoing] | None:
        """Let an entry wait. Returns what had to make room, or None if there is no room for it itself."""
        level = outgoing.entry.header.precedence
        size = outgoing.size()
        evicted: list[Outgoing] = []
        while self.bytes + size > OUTBOX_MAX_BYTES and self.bytes:
            lowest = next((at for at in range(level) if self._evictable(at)), None)
            if lowest is None:
                if level >= Precedence.IMMEDIATE or evicted:
                    break
                return None
            victim = self._levels[lowest].pop()
            self.bytes -= victim.size()
            evicted.append(victim)
        self._levels[level].append(outgoing)
        self.bytes += size
        return evicted

    def _evictable(self, level: int) -> bool:
        return bool(self._levels[level]) and self._levels[level][-1].sent == 0

    def has_urgent(self) -> bool:
        """Whether an entry waits that nothing long may go before."""
        return any(self._levels[Precedence.IMMEDIATE :])

    def peek(self) -> Outgoing | None:
        """What goes next."""
        for level in reversed(self._levels):
            if level:
                return level[0]
        return None

    def numbers(self, line: LineId, feed: PostId) -> set[int]:
        """The numbers of a feed's entries that wait."""
        return {
            waiting.entry.header.number
            for level in self._levels
            for waiting in level
            if waiting.line == line and waiting.entry.header.author == feed
        }

    def pop(self) -> Outgoing:
        """Take what goes next."""
        for level in reversed(self._levels):
            if level:
                self.bytes -= level[0].size()
                return level.popleft()
        raise IndexError("The outbox is empty.")
