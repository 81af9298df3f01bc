"""A path between two posts that can be cut or slow: a port of its own, behind which the bytes go on to another port.

Cut is cut as a wire is: what is under way stays there, nobody is told, and new calls come to nothing. It cannot read
what passes, for that is TLS; it counts the bytes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event, Thread

HOST = "127.0.0.1"
READ_BYTES = 64 << 10
SLOW_BYTES = 256
"""So much at a time passes a path that is slow, which is then cut or mended within the second."""


class Cable:
    """A path that runs in a thread of its own until `close`.

    `leads_to` may change; `passed_bytes` counts both ways. `bits_per_second` slows each call and way, 0 does not.
    """

    def __init__(self, leads_to: int) -> None:
        self.leads_to = leads_to
        self.passed_bytes = 0
        self.bits_per_second = 0
        self.port = 0
        self._ends: set[asyncio.StreamWriter] = set()
        self._calls: set[asyncio.Task[None]] = set()
        self._ready = Event()
        self._failure: OSError | None = None
        self._thread = Thread(target=lambda: asyncio.run(self._run()), name="cable", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure

    def cut(self) -> None:
        """From now on nothing passes."""
        self._do(self._whole.clear)

    def mend(self) -> None:
        """New calls pass again; those that were cut are over."""

        def mend() -> None:
            self._hang_up()
            self._whole.set()

        self._do(mend)

    def close(self) -> None:
        """End every call, and the thread."""
        self._do(self._over.set)
        self._thread.join()

    def _hang_up(self) -> None:
        for end in self._ends:
            end.transport.abort()

    def _do(self, what: Callable[[], None]) -> None:
        done = Event()

        def do() -> None:
            what()
            done.set()

        self._loop.call_soon_threadsafe(do)
        done.wait()

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._whole, self._over = asyncio.Event(), asyncio.Event()
        self._whole.set()
        try:
            server = await asyncio.start_server(self._call, HOST, 0)
            self.port = server.sockets[0].getsockname()[1]
        except OSError as error:
            self._failure = error
            return
        finally:
            self._ready.set()
        await self._over.wait()
        server.close()
        self._whole.set()
        while self._calls:
            self._hang_up()
            await asyncio.wait(set(self._calls))

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        self._ends.add(writer)
        if call := asyncio.current_task():
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)
        try:
            if self._whole.is_set():
                far_reader, far_writer = await asyncio.open_connection(HOST, self.leads_to)
                ends.append(far_writer)
                self._ends.add(far_writer)
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._carry(reader, far_writer))
                    both.create_task(self._carry(far_reader, writer))
        except* OSError:
            pass
        finally:
            for end in ends:
                self._ends.discard(end)
                end.transport.abort()

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(SLOW_BYTES if self.bits_per_second else READ_BYTES):
            await self._whole.wait()
            if self.bits_per_second:
                await asyncio.sleep(len(data) * 8 / self.bits_per_second)
            self.passed_bytes += len(data)
            sink.write(data)
            await sink.drain()
        raise ConnectionResetError
