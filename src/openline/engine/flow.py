"""How much may be on its way on one link, and when silence means that the link is dead (spec/link.md).

The peer's link layer says how many bytes it has taken. From that come the delivery rate and the round trip, and from
these the window: what the path itself holds and half a second of the measured rate, so that a FLASH never waits
behind more than that. The round trip is the least one seen: what waits in a full window does not count into it.
"""

from __future__ import annotations

from collections import deque

import msgspec

from openline.limits import LINK_WINDOW_MAX_BYTES, LINK_WINDOW_MIN_BYTES
from openline.terms import Instant

WINDOW_SECONDS = 0.5
UNKNOWN_PATIENCE_MS = 30_000
LEAST_PATIENCE_MS = 1_000
GOT_DELAY_MS = 150


class Sent(msgspec.Struct, frozen=True):
    """A frame on its way: the count of bytes after it, when it went, and what had been taken then."""

    through: int
    at: Instant
    taken_before: int
    filled_window: bool
    numbers: tuple[tuple[bytes, bytes, int], ...]


class Flow:
    """Counts for one direction of one link; all times are milliseconds."""

    def __init__(self) -> None:
        self.sent = 0
        self.taken = 0
        self.rate = 0.0
        self.round_trip: float | None = None
        self.heard_at = Instant(0)
        self._frames: deque[Sent] = deque()

    def window(self) -> int:
        """Bytes that may be on their way at once."""
        seconds = WINDOW_SECONDS + (self.round_trip or 0) / 1000
        return int(min(LINK_WINDOW_MAX_BYTES, max(LINK_WINDOW_MIN_BYTES, self.rate * seconds)))

    def room(self) -> int:
        """Bytes that may still be sent now."""
        return self.window() - (self.sent - self.taken)

    def went(self, size: int, at: Instant, numbers: tuple[tuple[bytes, bytes, int], ...]) -> None:
        """A frame was sent that the peer will answer, with the whole entries (line, feed, number) in it."""
        self.sent += size
        self._frames.append(Sent(self.sent, at, self.taken, self.room() <= 0, numbers))

    def went_unanswered(self, size: int) -> None:
        """A frame was sent that holds nothing but a count: it is not answered, or answers would never end."""
        self.sent += size

    def got(self, taken: int, at: Instant) -> list[tuple[bytes, bytes, int]]:
        """The peer has taken this many bytes. Returns the entries that are now across."""
        across: list[tuple[bytes, bytes, int]] = []
        self.taken = max(self.taken, min(taken, self.sent))
        newest: Sent | None = None
        while self._frames and self._frames[0].through <= self.taken:
            newest = self._frames.popleft()
            across += newest.numbers
        if newest is not None:
            took = max(1, at - newest.at)
            if self.round_trip is None or took < self.round_trip:
                self.round_trip = took
            elif not newest.filled_window:
                self.round_trip = min(took, self.round_trip * 1.1)
            sample = (newest.through - newest.taken_before) * 1000 / took
            if sample > self.rate:
                self.rate = sample
            elif newest.filled_window:
                self.rate = 0.9 * self.rate + 0.1 * sample
        return across

    def waiting(self) -> bool:
        """Whether anything is on its way."""
        return bool(self._frames)

    def on_the_way(self) -> set[tuple[bytes, bytes, int]]:
        """The entries that are on their way."""
        return {number for frame in self._frames for number in frame.numbers}

    def patience_ms(self) -> int:
        """How long the oldest frame may stay unanswered, with nothing else heard, before the link counts as dead.

        No shorter than a slow link needs: a round trip and the bytes on their way, each several times over.
        """
        if self.round_trip is None or not self.rate:
            return UNKNOWN_PATIENCE_MS
        on_the_way = self.sent - self.taken
        return int(LEAST_PATIENCE_MS + 3 * self.round_trip + 3 * 1000 * on_the_way / self.rate)

    def dead(self, at: Instant) -> bool:
        """Whether the oldest frame has waited too long, and all that time nothing came: a busy peer is not dead."""
        return bool(self._frames) and at - max(self._frames[0].at, self.heard_at) > self.patience_ms()
