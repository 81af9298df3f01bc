"""The control socket: how commands of the same user on this machine speak to a running post.

One JSON object a line, requests in, answers out, in whatever order they are done: {"id": 7, "ok": ...} or
{"id": 7, "error": {"code", "message", "advice"}}; a connection that watches also gets {"event": ...}
(docs/reference/control.md). The socket lies in the home, which its owner alone may enter. Whatever comes in is limited:
bytes of a request, requests that wait, answers that are not read.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol, cast

import msgspec

from openline.errors import CannotListen, OpenlineError, TooBusy, TooLarge
from openline.limits import (
    CONTROL_CONNECTIONS_MAX,
    CONTROL_REQUEST_MAX_BYTES,
    CONTROL_UNREAD_MAX_BYTES,
    CONTROL_WAITING_MAX,
)
from openline.post.requests import AnyRequest, Watch, decode, number_of

NAME: Final = "control.sock"
_PATH_MAX_BYTES = 100

Reply = Callable[[Any], None]
"""Called once, with a value that JSON can hold or with the OpenlineError that came instead."""

Listener = Callable[[dict[str, Any]], None]


class Service(Protocol):
    """What stands behind the socket."""

    def answer(self, request: AnyRequest, reply: Reply) -> None:
        """Do what is asked, now or later, and reply once."""

    def watch(self, request: Watch, listener: Listener) -> Callable[[], None]:
        """Tell the listener what comes, until the returned function is called. Raises OpenlineError."""


@contextmanager
def reachable(path: Path) -> Iterator[str]:
    """A name of a socket that fits into its address, however deep the home lies (unix(7): 108 bytes)."""
    if len(os.fsencode(path)) <= _PATH_MAX_BYTES:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


class Control:
    """The listening end. The caller holds the home, so a socket file that is there already belongs to nobody."""

    def __init__(self, home: Path, service: Service) -> None:
        self.service = service
        self.clients: set[Client] = set()
        self._path = home / NAME
        self._server: asyncio.Server | None = None

    async def listen(self) -> None:
        """Take connections. Raises CannotListen."""
        outside = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        try:
            self._path.unlink(missing_ok=True)
            with reachable(self._path) as name:
                outside.bind(name)
            self._path.chmod(0o600)
            self._server = await asyncio.get_running_loop().create_unix_server(lambda: Client(self), sock=outside)
        except OSError as error:
            outside.close()
            raise CannotListen(f"The control socket {self._path} cannot be made: {error.strerror}.") from error

    async def close(self) -> None:
        """Hang up on everyone."""
        if self._server:
            self._server.close()
            self._path.unlink(missing_ok=True)
        for client in list(self.clients):
            client.hang_up()


class Client(asyncio.Protocol):
    """One connection to the socket."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._service = control.service
        self._transport: asyncio.Transport | None = None
        self._held = bytearray()
        self._waiting = 0
        self._paused = False
        self._out: list[bytes] = []
        self._stop_watching: list[Callable[[], None]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if len(self._control.clients) >= CONTROL_CONNECTIONS_MAX:
            self._say_error(0, TooBusy(f"A post takes {CONTROL_CONNECTIONS_MAX} connections at a time."))
            self.hang_up()
        else:
            self._control.clients.add(self)

    def data_received(self, data: bytes) -> None:
        self._held += data
        self._take()

    def connection_lost(self, error: Exception | None) -> None:
        self._control.clients.discard(self)
        self._transport = None
        for stop in self._stop_watching:
            stop()
        self._stop_watching.clear()

    def hang_up(self) -> None:
        """Close, after what was said is on its way."""
        self._flush()
        if self._transport:
            self._transport.close()

    def _take(self) -> None:
        start = 0
        while self._waiting < CONTROL_WAITING_MAX:
            end = self._held.find(b"\n", start)
            if end < 0:
                break
            self._request(bytes(self._held[start:end]))
            start = end + 1
        del self._held[:start]
        if len(self._held) > CONTROL_REQUEST_MAX_BYTES and b"\n" not in self._held:
            self._say_error(0, TooLarge(f"A request has at most {CONTROL_REQUEST_MAX_BYTES} bytes."))
            self._held.clear()
            self.hang_up()
        elif self._transport and not self._paused and self._waiting >= CONTROL_WAITING_MAX:
            self._paused = True
            self._transport.pause_reading()

    def _request(self, line: bytes) -> None:
        try:
            request = decode(line)
        except OpenlineError as error:
            self._say_error(number_of(line), error)
            return
        if type(request) is Watch:
            self._watch(request)
            return
        number = request.id
        self._waiting += 1
        self._service.answer(request, lambda value: self._answered(number, value))

    def _watch(self, request: Watch) -> None:
        if self._stop_watching:
            self._say_error(request.id, TooBusy("One connection watches once; open another one."))
            return
        try:
            stop = self._service.watch(request, lambda event: self._say({"event": event}))
        except OpenlineError as error:
            self._say_error(request.id, error)
        else:
            self._stop_watching.append(stop)
            self._say({"id": request.id, "ok": {}})

    def _answered(self, number: int, value: Any) -> None:
        self._waiting -= 1
        if isinstance(value, OpenlineError):
            self._say_error(number, value)
        else:
            self._say({"id": number, "ok": value})
        if self._paused and self._transport and self._waiting <= CONTROL_WAITING_MAX // 2:
            self._paused = False
            self._transport.resume_reading()
            asyncio.get_running_loop().call_soon(self._take)

    def _say_error(self, number: int, error: OpenlineError) -> None:
        self._say({"id": number, "error": error_value(error)})

    def _say(self, value: dict[str, Any]) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        if not self._out:
            asyncio.get_running_loop().call_soon(self._flush)
        self._out.append(msgspec.json.encode(value, enc_hook=str))

    def _flush(self) -> None:
        out, self._out = self._out, []
        if self._transport is None or not out or self._transport.is_closing():
            return
        self._transport.write(b"\n".join(out) + b"\n")
        if self._transport.get_write_buffer_size() > CONTROL_UNREAD_MAX_BYTES:
            self._transport.abort()


def error_value(error: OpenlineError) -> dict[str, str]:
    """An error as it goes out in JSON."""
    message = error.args[0] if error.args else str(error)
    return {"code": error.code, "message": str(message), "advice": error.advice}
