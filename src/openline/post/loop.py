"""The one loop of a post: events in, effects performed in order, and nothing before it is kept.

A turn takes the events that wait, gives each to the machine, settles once, commits all Keeps of the turn in one
transaction, and only then performs the rest. While a commit runs, new events queue up: the next turn takes them all,
so that the busier the post is, the more entries share one sync of the disk.

When the record cannot keep something, nothing of that turn is performed: the machine is thrown away with its links and
its unanswered commands, and loaded again from the record, which holds everything that was ever acknowledged.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any, Final, Protocol

import structlog

from openline.engine.effects import KEEPS, Answer, Effect, Parcel, Refuse, Wake
from openline.engine.events import Command, Event, Settle, Tick
from openline.errors import InternalError, LocalError
from openline.feeds.record import Keep, Record
from openline.limits import QUEUE_EVENTS_MAX, TURN_EVENTS_MAX
from openline.terms import Instant

RANDOM_BYTES: Final = 32
RETRY_SECONDS: Final = 1.0
"""Pause before the machine is loaded again after the record failed."""

_SLEEP_MAX_SECONDS = 60.0
_SETTLE: Final = Settle()

Outcome = Answer | Refuse | Parcel
Done = Callable[[Outcome], None]
log = structlog.get_logger()


class Machine(Protocol):
    """What the loop runs: `openline.engine.engine.Engine`."""

    def handle(self, event: Event, at: Instant, random: bytes) -> list[Effect]:
        """One event in, its effects out."""


def now() -> Instant:
    """The time, for events that come now."""
    return Instant(time.time_ns() // 1_000_000)


class Loop:
    """`load` gives the machine and its first effects, `perform` who does which effect; `failed` drops the links.

    `broken` is why the machine does not run now, None while it does.
    """

    def __init__(
        self,
        record: Record,
        load: Callable[[Instant, bytes], tuple[Machine, Sequence[Effect]]],
        perform: Mapping[type, Callable[[Any], None]],
        failed: Callable[[], None],
    ) -> None:
        self._record = record
        self._load = load
        own: dict[type, Callable[[Any], None]] = {
            Wake: self._sleep,
            Answer: self._done,
            Refuse: self._done,
            Parcel: self._done,
        }
        self._perform = {**own, **perform}
        self._drop_links = failed
        self._queue: deque[Event] = deque()
        self._stirred = asyncio.Event()
        self._resting = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._numbers = count(1)
        self._asked: dict[int, Done] = {}
        self._turners: list[asyncio.Future[None]] = []
        self.broken: LocalError | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._ring_at = Instant(0)
        self._writer = ThreadPoolExecutor(1, "writer")

    # For whoever has something to say to the machine

    def put(self, event: Event) -> None:
        """Let an event wait for its turn."""
        self._queue.append(event)
        self._resting.clear()
        self._stirred.set()
        if len(self._queue) >= QUEUE_EVENTS_MAX:
            self._room.clear()

    def ask(self, make: Callable[[int], Command], done: Done) -> None:
        """Let a command wait for its turn; `done` is called once, from the loop, with what came of it."""
        number = next(self._numbers)
        if self.broken:
            done(Refuse(number, self.broken))
            return
        self._asked[number] = done
        self.put(make(number))

    def has_room(self) -> bool:
        """Whether links may be read on."""
        return self._room.is_set()

    async def room(self) -> None:
        """Return when links may be read on."""
        await self._room.wait()

    async def idle(self) -> None:
        """Return when every event that waited was handled."""
        await self._resting.wait()

    def turned(self) -> asyncio.Future[None]:
        """Done when a turn that begins from now on is over; cancelled when the machine fails before."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._turners.append(future)
        self._stirred.set()
        return future

    def keeping(self, keeps: Sequence[Keep]) -> asyncio.Future[None]:
        """Done when these are kept, after what waits to be kept before; with the error of the record where not."""
        return asyncio.get_running_loop().run_in_executor(self._writer, self._record.commit, keeps)

    # The turns

    async def run(self) -> None:
        """Turn until cancelled."""
        try:
            while True:
                try:
                    await self._live()
                except LocalError as error:
                    self._give_up(error)
                except Exception:
                    log.exception("the machine failed")
                    self._give_up(InternalError("The post met an error of its own and started again from its record."))
                await asyncio.sleep(RETRY_SECONDS)
        finally:
            self._stop_timer()
            self._writer.shutdown()

    async def _live(self) -> None:
        machine, first = await self._in_writer(self._load, now(), os.urandom(RANDOM_BYTES))
        await self._perform_all(first)
        self.broken = None
        while True:
            while self._queue or self._turners:
                await self._turn(machine)
            self._stirred.clear()
            self._resting.set()
            await self._stirred.wait()

    async def _turn(self, machine: Machine) -> None:
        at, turners = now(), len(self._turners)
        queue = self._queue
        effects: list[Effect] = []
        for _ in range(min(len(queue), TURN_EVENTS_MAX)):
            effects += machine.handle(queue.popleft(), at, os.urandom(RANDOM_BYTES))
        effects += machine.handle(_SETTLE, at, os.urandom(RANDOM_BYTES))
        await self._perform_all(effects)
        if len(queue) <= QUEUE_EVENTS_MAX // 2:
            self._room.set()
        for future in self._turners[:turners]:
            if not future.done():
                future.set_result(None)
        del self._turners[:turners]

    async def _perform_all(self, effects: Sequence[Effect]) -> None:
        keeps = [effect for effect in effects if isinstance(effect, KEEPS)]
        if keeps:
            await self._in_writer(self._record.commit, keeps)
        for effect in effects:
            perform = self._perform.get(type(effect))
            if perform:
                perform(effect)

    async def _in_writer(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._writer, work, *arguments)

    def _give_up(self, error: LocalError) -> None:
        log.error("the record failed; the post goes on from what it holds", code=error.code, why=str(error))
        self.broken = error
        self._drop_links()
        self._stop_timer()
        self._queue.clear()
        for future in self._turners:
            future.cancel()
        self._turners.clear()
        self._resting.set()
        self._room.set()
        asked, self._asked = self._asked, {}
        for number, done in asked.items():
            done(Refuse(number, error))

    # Effects that are the loop's own

    def _done(self, outcome: Outcome) -> None:
        done = self._asked.pop(outcome.request, None)
        if done:
            done(outcome)

    def _sleep(self, wake: Wake) -> None:
        if self._timer is None or wake.at < self._ring_at:
            self._stop_timer()
            self._ring_at = wake.at
            self._set_timer()

    def _set_timer(self) -> None:
        # In steps, for the clock of the machine may be set and the machine may sleep.
        seconds = min(_SLEEP_MAX_SECONDS, max(0.001, (self._ring_at - now()) / 1000))
        self._timer = asyncio.get_running_loop().call_later(seconds, self._ring)

    def _ring(self) -> None:
        self._timer = None
        if now() >= self._ring_at:
            self.put(Tick())
        else:
            self._set_timer()

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
