"""One turn of the machine: the time and the randomness that came with the event, and the effects so far."""

from __future__ import annotations

import hashlib

from openline.engine.effects import Alarm, Effect, Note
from openline.terms import EntryId, Instant, LineId, Precedence


class Turn:
    """Collects effects in order. `random` yields fresh bytes from the 32 that came with the event."""

    def __init__(self, at: Instant, entropy: bytes) -> None:
        self.at = at
        self.effects: list[Effect] = []
        self._entropy = entropy
        self._drawn = 0

    def random(self, count: int) -> bytes:
        """`count` bytes, at most 32, that nothing else in this turn gets."""
        self._drawn += 1
        return hashlib.sha256(b"openline/draw\x00" + self._entropy + self._drawn.to_bytes(4, "big")).digest()[:count]

    def emit(self, effect: Effect) -> None:
        """Ask the shell for an effect, after those asked for before."""
        self.effects.append(effect)

    def alarm(
        self,
        line: LineId | None,
        code: str,
        text: str,
        about: EntryId | None = None,
        precedence: Precedence = Precedence.IMMEDIATE,
    ) -> None:
        """Tell the desks at once."""
        self.emit(Alarm(line, code, text, about, precedence))

    def note(self, text: str, about: str = "") -> None:
        """Write a line into the log."""
        self.emit(Note(text, about))
