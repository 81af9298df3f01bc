"""How often somebody may try: a few times at once, then one by one, for each name and for each address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from openline.errors import TooManyTries
from openline.limits import DESK_TRIED_MAX

AT_ONCE: Final = 6
"""Failed tries that one name may have at once."""

SECONDS_EACH: Final = 10.0
"""After that, one more in so many seconds."""

AT_ONCE_FROM_ONE_ADDRESS: Final = 30
SECONDS_EACH_FROM_ONE_ADDRESS: Final = 2.0


class Tries:
    """What each has left; `clock` gives seconds. What is full again is forgotten, and the fullest gives way first."""

    def __init__(self, clock: Callable[[], float], at_once: int = AT_ONCE, seconds_each: float = SECONDS_EACH) -> None:
        self._clock = clock
        self._at_once = at_once
        self._seconds_each = seconds_each
        self._full_at: dict[str, float] = {}

    def spend(self, who: str) -> None:
        """Count one try. Raises TooManyTries, and then it is not counted."""
        at = self._clock()
        full_at = max(self._full_at.get(who, at), at) + self._seconds_each
        if full_at - at > self._at_once * self._seconds_each:
            raise TooManyTries("Too many tries.")
        self._full_at[who] = full_at
        if len(self._full_at) > DESK_TRIED_MAX:
            self._full_at = {key: each for key, each in self._full_at.items() if each > at}
        if len(self._full_at) > DESK_TRIED_MAX:
            del self._full_at[min(self._full_at, key=lambda each: self._full_at[each])]

    def forgive(self, who: str) -> None:
        """A try that succeeded: all are left again."""
        self._full_at.pop(who, None)
