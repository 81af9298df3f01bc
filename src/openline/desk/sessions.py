"""Who has signed in: sessions in memory, so that a post that stops forgets them all.

A session is known by 32 random bytes in a cookie that no script reads; here only their SHA-256 is held. Signing in
always makes a new one, and ends the one that the cookie named before.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from openline.limits import DESK_SESSIONS_MAX

IDLE_SECONDS: Final = 30 * 60.0
"""A session of which no page is open and nothing is asked ends after this."""

WHOLE_SECONDS: Final = 24 * 3_600.0
"""And every session after this."""


@dataclass
class Session:
    """One officer, signed in; times by a clock that only runs forward."""

    number: int
    since: float
    used: float


class Sessions:
    """All sessions; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._held: dict[bytes, Session] = {}

    def __len__(self) -> int:
        return len(self._held)

    def open(self, number: int) -> str:
        """A new session of this officer; what goes into the cookie."""
        self._expire()
        if len(self._held) >= DESK_SESSIONS_MAX:
            del self._held[min(self._held, key=lambda each: self._held[each].used)]
        secret, at = secrets.token_urlsafe(32), self._clock()
        self._held[_digest(secret)] = Session(number, at, at)
        return secret

    def find(self, secret: str) -> Session | None:
        """The session that a cookie names, used now."""
        self._expire()
        session = self._held.get(_digest(secret))
        if session is not None:
            session.used = self._clock()
        return session

    def close(self, secret: str) -> None:
        """End the session that a cookie names, if there is one."""
        self._held.pop(_digest(secret), None)

    def close_all(self, number: int) -> None:
        """End every session of an officer."""
        self._held = {key: each for key, each in self._held.items() if each.number != number}

    def _expire(self) -> None:
        at = self._clock()
        over = [
            key for key, each in self._held.items() if at - each.used > IDLE_SECONDS or at - each.since > WHOLE_SECONDS
        ]
        for key in over:
            del self._held[key]


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode(errors="replace")).digest()
