"""The loop: kept before performed, one commit for all that waits, and back to the record when it cannot keep."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from openline.engine.effects import Answer, Effect, Note, Refuse, Wake
from openline.engine.events import Event, MakeCheckpoint, Settle, Tick
from openline.errors import DiskFull
from openline.feeds.record import Keep, Put
from openline.limits import QUEUE_EVENTS_MAX, TURN_EVENTS_MAX
from openline.post.loop import Loop, Outcome, now
from openline.terms import Instant, LineId
from tests.post.memory import MemoryRecord

LINE = LineId(bytes(32))


class Clerk:
    """A machine that keeps what it is asked for, answers, and writes down what it saw."""

    def __init__(self) -> None:
        self.seen: list[Event] = []
        self.random: set[bytes] = set()
        self.wake: list[Instant] = []

    def handle(self, event: Event, at: Instant, random: bytes) -> list[Effect]:
        self.seen.append(event)
        assert len(random) == 32
        assert random not in self.random
        self.random.add(random)
        if isinstance(event, MakeCheckpoint):
            number = event.request
            return [Answer(number, number), Put("asked", number.to_bytes(4, "big"), b"")]
        if isinstance(event, Tick) and self.wake:
            return [Wake(self.wake.pop())]
        return []


class Room:
    """A loop with its clerk, and a list of what was done in which order."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.clerks: list[Clerk] = []
        self.dropped = 0
        self.fail: Exception | None = None
        self.record = MemoryRecord(self.commit)
        self.loop = Loop(self.record, self.load, {Note: self.done.append}, self.drop)

    def load(self, at: Instant, entropy: bytes) -> tuple[Clerk, Sequence[Effect]]:
        self.clerks.append(Clerk())
        return self.clerks[-1], [Note("loaded")]

    def commit(self, keeps: Sequence[Keep]) -> None:
        if self.fail:
            raise self.fail
        self.done.append(list(keeps))

    def drop(self) -> None:
        self.dropped += 1

    def ask(self) -> asyncio.Future[Outcome]:
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

        def answered(outcome: Outcome) -> None:
            self.done.append(outcome)
            future.set_result(outcome)

        self.loop.ask(lambda number: MakeCheckpoint(number, LINE), answered)
        return future


async def test_a_turn_is_made_when_somebody_asks_for_one_and_told_when_it_is_over() -> None:
    async with running() as room:
        turned = [room.loop.turned(), room.loop.turned()]
        await asyncio.gather(*turned)
        assert room.clerks[-1].seen[-1] == Settle()
        future = room.ask()
        await room.loop.turned()
        assert future.done(), "what waited before is done in that turn"


async def test_a_turn_that_fails_is_told_as_none() -> None:
    async with running() as room:
        room.fail = DiskFull("full")
        future = room.ask()
        with pytest.raises(asyncio.CancelledError):
            await room.loop.turned()
        assert isinstance(future.result(), Refuse)


async def test_what_is_kept_beside_the_machine_comes_after_what_waits() -> None:
    async with running() as room:
        future = room.ask()
        await room.loop.turned()
        await room.loop.keeping([Put("health", b"", b"")])
        assert room.done[-1] == [Put("health", b"", b"")]
        assert future.done()
        room.fail = DiskFull("full")
        with pytest.raises(DiskFull):
            await room.loop.keeping([Put("health", b"", b"")])


@asynccontextmanager
async def running() -> AsyncIterator[Room]:
    room = Room()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(room.loop.run())
        await room.loop.idle()
        yield room
        task.cancel()


async def true(test: Callable[[], bool]) -> None:
    for _ in range(1_000):
        if test():
            return
        await asyncio.sleep(0.01)
    pytest.fail("It did not come true in time.")


async def test_an_answer_is_given_after_its_keep() -> None:
    """The machine said the answer first; the loop keeps first."""
    async with running() as room:
        outcome = await room.ask()
        assert isinstance(outcome, Answer)
        assert room.done == [Note("loaded"), [Put("asked", bytes([0, 0, 0, 1]), b"")], outcome]


async def test_all_that_waits_shares_one_commit_and_one_settle() -> None:
    async with running() as room:
        before = len(room.clerks[0].seen)
        await asyncio.gather(*[room.ask() for _ in range(TURN_EVENTS_MAX)])
        assert [len(done) for done in room.done if isinstance(done, list)] == [TURN_EVENTS_MAX]
        seen = room.clerks[0].seen[before:]
        assert [type(event) for event in seen] == [MakeCheckpoint] * TURN_EVENTS_MAX + [Settle]


async def test_a_turn_is_bounded() -> None:
    async with running() as room:
        await asyncio.gather(*[room.ask() for _ in range(TURN_EVENTS_MAX + 1)])
        assert [len(done) for done in room.done if isinstance(done, list)] == [TURN_EVENTS_MAX, 1]


async def test_links_wait_when_the_queue_is_full() -> None:
    async with running() as room:
        for _ in range(QUEUE_EVENTS_MAX):
            room.loop.put(Tick())
        assert not room.loop.has_room()
        await room.loop.room()
        assert room.loop.has_room()


async def test_a_full_disk_refuses_what_waits_and_starts_again_from_the_record() -> None:
    async with running() as room:
        room.fail = DiskFull("The disk is full.")
        outcome = await room.ask()
        assert isinstance(outcome, Refuse)
        assert isinstance(outcome.error, DiskFull)
        assert room.dropped == 1
        assert isinstance(await room.ask(), Refuse)
        room.fail = None
        await true(lambda: len(room.clerks) == 2)
        await room.loop.idle()
        assert isinstance(await room.ask(), Answer)
        assert not [done for done in room.done if isinstance(done, Answer)][1:]


async def test_a_fault_of_the_machine_is_answered_and_survived() -> None:
    async with running() as room:
        room.fail = ZeroDivisionError("a fault of our own")
        outcome = await room.ask()
        assert isinstance(outcome, Refuse)
        assert outcome.error.code == "internal-error"
        room.fail = None
        await true(lambda: len(room.clerks) == 2)


async def test_the_earliest_wake_counts() -> None:
    async with running() as room:
        clerk = room.clerks[0]
        clerk.wake = [Instant(now() + 3_600_000), Instant(now() + 50), Instant(now() + 60_000)]
        for _ in range(3):
            room.loop.put(Tick())
        await room.loop.idle()
        clerk.seen.clear()
        await true(lambda: Tick() in clerk.seen)
