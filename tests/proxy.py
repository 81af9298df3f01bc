"""A slow, lossy, cuttable path between two posts on one machine: a TCP proxy inside the test's own process.

The path has two roads, up (from those who connect) and down. All connections share them. Each road carries so many
bits of TCP payload a second, one piece after the other, and holds at most `queue_bytes` of what waits: then the proxy
stops reading, its small kernel buffers fill, and the sender is held back, as on a real slow link. Each byte arrives
`delay_seconds` after it left the road. `loss` is the share of 1,460-byte segments that TCP would have had to send
again: here they, and all behind them, arrive late, and they use the road twice. With one seed the same pieces are
lost each time.

`cut` makes the path silent: open connections stay open and nothing passes; new ones get no answer, not even TCP's
(their SYNs find a full backlog and are dropped, as Linux does; they are sent again after 1, 3 and 7 seconds). After
`heal`, bytes that were sent into the cut arrive when TCP would have tried again (its waits double from 0.2 s up to
120 s), which for a cut of 60 s is 42 s later: RFC 6298 section 5. New connections pass at once.

What no proxy can do: in a cut the sender's kernel still hears acknowledgements for a few kB from the proxy's kernel.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
from collections.abc import AsyncIterator

SEGMENT_BYTES = 1_460
_SMALL_BUFFER_BYTES = 4 << 10
_FAST_PIECE_BYTES = 64 << 10
_RETRY_FIRST_SECONDS = 0.2
_RETRY_MAX_SECONDS = 120.0
_BACKLOG = 128


def retry_after(silent_seconds: float) -> float:
    """How long after a cut of `silent_seconds` TCP sends again what it first sent at the beginning of the cut."""
    at = wait = _RETRY_FIRST_SECONDS
    while at < silent_seconds:
        wait = min(2 * wait, _RETRY_MAX_SECONDS)
        at += wait
    return at - silent_seconds


class Road:
    """One direction of the path: when the last byte given to it will have left, and how many wait."""

    def __init__(
        self, rate_bits_per_second: float | None, queue_bytes: int, loss: float, chance: random.Random
    ) -> None:
        self.passed_bytes = 0
        self.is_slow = rate_bits_per_second is not None
        self.piece_bytes = _FAST_PIECE_BYTES
        if rate_bits_per_second:
            self.piece_bytes = min(SEGMENT_BYTES, max(64, int(rate_bits_per_second / 8 * 0.05)))
        self._rate = rate_bits_per_second
        self._queue_bytes = queue_bytes
        self._loss = loss
        self._chance = chance
        self._queued_bytes = 0
        self._free_at = 0.0
        self._room = asyncio.Event()
        self._room.set()

    async def room(self) -> None:
        while not self._room.is_set():
            await self._room.wait()

    def carry(self, count: int, stall_seconds: float) -> float:
        """Put bytes on the road; return the loop's time at which they have left it."""
        loop = asyncio.get_running_loop()
        lost = self._chance.random() < self._loss * count / SEGMENT_BYTES
        took = count * 8 / self._rate if self._rate else 0.0
        self._free_at = max(loop.time(), self._free_at) + took * (2 if lost else 1)
        self._queued_bytes += count
        if self._queued_bytes >= self._queue_bytes:
            self._room.clear()
        loop.call_at(self._free_at, self._left, count)
        return self._free_at + (stall_seconds if lost else 0.0)

    def _left(self, count: int) -> None:
        self._queued_bytes -= count
        if self._queued_bytes < self._queue_bytes:
            self._room.set()


class Proxy:
    """Made by `slow_path`. Connect to 127.0.0.1:`port`. `connections`: taken so far."""

    def __init__(self, tasks: asyncio.TaskGroup, target_port: int, up: Road, down: Road, delay_seconds: float) -> None:
        self.connections = 0
        self._tasks = tasks
        self._target_port = target_port
        self._up = up
        self._down = down
        self._delay_seconds = delay_seconds
        self._whole = asyncio.Event()
        self._whole.set()
        self._healed_at = 0.0
        self._plugs: list[socket.socket] = []
        self._listener = self._socket()
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(_BACKLOG)
        self.port: int = self._listener.getsockname()[1]
        self._taker = tasks.create_task(self._take_all())

    @property
    def bytes_up(self) -> int:
        """TCP payload that was handed to the target."""
        return self._up.passed_bytes

    @property
    def bytes_down(self) -> int:
        """TCP payload that was handed to those who connected."""
        return self._down.passed_bytes

    def cut(self) -> None:
        """From now on the path is silent both ways, for open connections and for new ones."""
        self._whole.clear()
        self._taker.cancel()
        self._listener.listen(0)
        for _ in range(2):
            plug = self._socket()
            plug.connect_ex(("127.0.0.1", self.port))
            self._plugs.append(plug)

    def heal(self) -> None:
        """The path is back."""
        self._healed_at = asyncio.get_running_loop().time()
        self._listener.listen(_BACKLOG)
        self._whole.set()
        self._taker = self._tasks.create_task(self._take_all())

    def close(self) -> None:
        """Called at the end of `slow_path`."""
        for each in [self._listener, *self._plugs]:
            each.close()

    def _socket(self) -> socket.socket:
        made = socket.socket()
        made.setblocking(False)
        if self._up.is_slow:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL_BUFFER_BYTES)
            made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SMALL_BUFFER_BYTES)
        return made

    async def _take_all(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            near, where = await loop.sock_accept(self._listener)
            plugs = [plug.getsockname() for plug in self._plugs]
            if where in plugs:
                near.close()
                self._plugs.pop(plugs.index(where)).close()
            else:
                self.connections += 1
                self._tasks.create_task(self._join(near))

    async def _join(self, near: socket.socket) -> None:
        near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        loop = asyncio.get_running_loop()
        with near, self._socket() as far:
            far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                await loop.sock_connect(far, ("127.0.0.1", self._target_port))
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._carry(near, far, self._up))
                    both.create_task(self._carry(far, near, self._down))
            except (OSError, ExceptionGroup) as error:
                if isinstance(error, ExceptionGroup) and error.split(OSError)[1]:
                    raise
                for each in (near, far):
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    async def _carry(self, source: socket.socket, sink: socket.socket, road: Road) -> None:
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        async with asyncio.TaskGroup() as both:
            both.create_task(self._take(source, road, on_the_way))
            both.create_task(self._hand_over(sink, road, on_the_way))

    async def _take(self, source: socket.socket, road: Road, on_the_way: asyncio.Queue[tuple[float, bytes]]) -> None:
        loop = asyncio.get_running_loop()
        piece = b"first"
        while piece:
            await road.room()
            await self._whole.wait()
            piece = await loop.sock_recv(source, road.piece_bytes)
            stall_seconds = 2 * self._delay_seconds + _RETRY_FIRST_SECONDS
            on_the_way.put_nowait((road.carry(len(piece), stall_seconds) + self._delay_seconds, piece))

    async def _hand_over(self, sink: socket.socket, road: Road, on_the_way: asyncio.Queue[tuple[float, bytes]]) -> None:
        loop = asyncio.get_running_loop()
        piece = b"first"
        while piece:
            due, piece = await on_the_way.get()
            await asyncio.sleep(due - loop.time())
            while not self._whole.is_set():
                silent_since = loop.time()
                await self._whole.wait()
                await asyncio.sleep(retry_after(self._healed_at - silent_since))
            await loop.sock_sendall(sink, piece)
            road.passed_bytes += len(piece)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


@contextlib.asynccontextmanager
async def slow_path(
    target_port: int,
    *,
    rate_bits_per_second: float | None = None,
    delay_seconds: float = 0.0,
    loss: float = 0.0,
    queue_bytes: int = 16 << 10,
    seed: int = 0,
) -> AsyncIterator[Proxy]:
    """A path to 127.0.0.1:`target_port`. Without arguments it is fast and whole, and only counts."""
    up, down = (Road(rate_bits_per_second, queue_bytes, loss, random.Random(2 * seed + road)) for road in range(2))
    loop = asyncio.get_running_loop()
    made: asyncio.Future[Proxy] = loop.create_future()
    # Not in a TaskGroup: it would wrap the error of a failing test in a group.
    runner = loop.create_task(_run(made, target_port, up, down, delay_seconds))
    try:
        yield await made
    finally:
        runner.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await runner


async def _run(made: asyncio.Future[Proxy], target_port: int, up: Road, down: Road, delay_seconds: float) -> None:
    async with asyncio.TaskGroup() as tasks:
        proxy = Proxy(tasks, target_port, up, down, delay_seconds)
        made.set_result(proxy)
        try:
            await asyncio.Event().wait()
        finally:
            proxy.close()
