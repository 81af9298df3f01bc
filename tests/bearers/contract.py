"""What every bearer owes the link above it. A bearer's test class inherits this and provides `pair`."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import pytest

from openline.errors import CannotWrite, FrameSize, LinkClosed, PeerError

FRAMES = 1_000


class End(Protocol):
    """One end of a bearer."""

    async def send(self, frame: bytes) -> None: ...
    async def receive(self) -> bytes: ...
    def close(self) -> None: ...


@dataclass
class Pair:
    """Two ends joined.

    `spoil` puts garbage on the way to `far`; up to `unread_max_bytes` may wait for a far end that does not read.
    """

    near: End
    far: End
    frame_max_bytes: int
    unread_max_bytes: int
    spoil: Callable[[], None]


def some_frames(count: int, largest: int, seed: int) -> list[bytes]:
    chance = random.Random(seed)
    return [chance.randbytes(chance.randint(1, largest)) for _ in range(count)]


async def send_all(end: End, frames: list[bytes]) -> None:
    for frame in frames:
        await end.send(frame)


async def receive_all(end: End, count: int) -> list[bytes]:
    return [await end.receive() for _ in range(count)]


class BearerContract:
    async def test_frames_of_every_size_arrive_unchanged(self, pair: Pair) -> None:
        edges = [1, 2, 125, 126, 127, 16_383, 16_384, 16_385, 65_535, 65_536, pair.frame_max_bytes]
        for size in sorted({size for size in edges if size <= pair.frame_max_bytes}):
            frame = random.Random(size).randbytes(size)
            await pair.near.send(frame)
            assert await pair.far.receive() == frame

    @pytest.mark.parametrize("beyond", [False, True])
    async def test_an_empty_or_too_large_frame_is_refused_here_and_costs_nothing(
        self, pair: Pair, beyond: bool
    ) -> None:
        with pytest.raises(FrameSize):
            await pair.near.send(bytes(pair.frame_max_bytes + 1 if beyond else 0))
        await pair.near.send(b"next")
        assert await pair.far.receive() == b"next"

    async def test_a_thousand_frames_keep_their_order(self, pair: Pair) -> None:
        frames = some_frames(FRAMES, 600, seed=1)
        async with asyncio.TaskGroup() as tasks:
            received = tasks.create_task(receive_all(pair.far, FRAMES))
            tasks.create_task(send_all(pair.near, frames))
        assert received.result() == frames

    async def test_both_ways_at_once(self, pair: Pair) -> None:
        there, back = some_frames(200, 40_000, seed=2), some_frames(200, 40_000, seed=3)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(send_all(pair.near, there))
            tasks.create_task(send_all(pair.far, back))
            received_there = tasks.create_task(receive_all(pair.far, 200))
            received_back = tasks.create_task(receive_all(pair.near, 200))
        assert received_there.result() == there
        assert received_back.result() == back

    async def test_the_end_is_told_after_all_that_was_sent(self, pair: Pair) -> None:
        frames = some_frames(5, 1_000, seed=4)
        await send_all(pair.near, frames)
        pair.near.close()
        assert await receive_all(pair.far, 5) == frames
        with pytest.raises(LinkClosed):
            await pair.far.receive()
        with pytest.raises(LinkClosed):
            await pair.near.send(b"after the end")

    async def test_garbage_ends_in_a_documented_error(self, pair: Pair) -> None:
        await pair.near.send(b"good")
        assert await pair.far.receive() == b"good"
        pair.spoil()
        with pytest.raises(PeerError):
            await pair.far.receive()

    async def test_a_far_end_that_does_not_read_holds_the_sender_back(self, pair: Pair) -> None:
        sent = 0

        async def pour() -> None:
            nonlocal sent
            while True:
                await pair.near.send(bytes(8_000))
                sent += 8_000

        with pytest.raises((TimeoutError, CannotWrite)):
            await asyncio.wait_for(pour(), 2.0)
        assert 0 < sent <= pair.unread_max_bytes
        assert await pair.far.receive() == bytes(8_000)
