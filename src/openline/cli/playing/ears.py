"""Hears what posts tell those who watch them: one thread a post, all into one queue."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final

import msgspec

from openline.errors import OpenlineError
from openline.post.client import Client
from openline.post.requests import Watch

RETRY_SECONDS: Final = 0.02


class Heard(msgspec.Struct, frozen=True):
    """At the wall's time `wall`, milliseconds since 1970, the post of `party` told this."""

    wall: int
    party: str
    event: dict[str, Any]


class Ears:
    """Listens until `close`; a post that is down is listened to again as soon as it runs."""

    def __init__(self, queue: SimpleQueue[Any], clock: Callable[[], int]) -> None:
        self._queue = queue
        self._clock = clock
        self._threads: list[Thread] = []
        self._ready: dict[str, bool] = {}
        self._over = False

    def listen(self, party: str, home: Path) -> None:
        """Begin to listen to a post; `all_listen` says when all do."""
        self._ready[party] = False
        thread = Thread(target=self._run, args=(party, home), name=f"ears {party}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def all_listen(self) -> bool:
        """Whether every post is listened to."""
        return all(self._ready.values())

    def close(self) -> None:
        """Stop; the posts may end before or after."""
        self._over = True
        for thread in self._threads:
            thread.join()

    def _run(self, party: str, home: Path) -> None:
        while not self._over:
            with suppress(OpenlineError), Client(home) as client:
                client.ask(Watch())
                self._ready[party] = True
                while not self._over:
                    event = client.event(0.1)
                    if event is not None:
                        self._queue.put(Heard(self._clock(), party, event))
            time.sleep(RETRY_SECONDS)
