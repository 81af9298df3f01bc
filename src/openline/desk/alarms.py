"""Alarms of the post that nobody has noted yet, so that a page that is opened or comes back shows them, too.

They are held in memory: the post tells an alarm once, and its log and record hold what it was about.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any, Final

import structlog

from openline.errors import UnknownName
from openline.limits import DESK_ALARMS_MAX
from openline.post.loop import now
from openline.proof.sentences import utc
from openline.terms import Instant

SHOWN_OTHERWISE: Final = frozenset({"call-requested"})
"""Alarms that are not held: what they are about rings by itself until somebody answers it."""

Listener = Callable[[dict[str, Any]], None]
log = structlog.get_logger()


class Alarms:
    """What waits to be noted, oldest first; the oldest gives way beyond DESK_ALARMS_MAX."""

    def __init__(self) -> None:
        self._held: dict[int, dict[str, Any]] = {}
        self._numbers = count(1)
        self._listeners: list[Listener] = []

    def held(self) -> dict[str, Any]:
        """All of them, as the first thing that a page is told."""
        return {"what": "alarms", "alarms": list(self._held.values())}

    def told(self, event: dict[str, Any]) -> None:
        """The post told something; alarms are held and passed on."""
        if event["what"] != "alarm" or event["code"] in SHOWN_OTHERWISE:
            return
        number = next(self._numbers)
        self._held[number] = event = {**event, "number": number}
        if len(self._held) > DESK_ALARMS_MAX:
            del self._held[next(iter(self._held))]
        self._tell(event)

    def note(self, number: int, officer: str) -> dict[str, Any]:
        """An officer has read an alarm: it goes from every page. Raises UnknownName."""
        event = self._held.pop(number, None)
        if event is None:
            raise UnknownName("That alarm is noted already.")
        log.info("an alarm was noted", code=event["code"], officer=officer, told_at=event["at"])
        noted = {"what": "noted", "at": utc(Instant(now())), "number": number, "officer": officer}
        self._tell(noted)
        return noted

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Tell of alarms and of what is noted, until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, event: dict[str, Any]) -> None:
        for listener in self._listeners:
            listener(event)
