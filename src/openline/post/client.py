"""The asking end of the control socket: for commands, which ask one thing, and for whoever keeps many under way."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from openline import errors
from openline.errors import BadRequest, LocalError, NotRunning, OpenlineError, PeerError, TooLarge
from openline.limits import CONTROL_ANSWER_MAX_BYTES
from openline.post.control import NAME, reachable
from openline.post.requests import AnyRequest, encode

_READ_BYTES = 256 << 10
_STOPPED = "The post stopped before it answered. What it was asked may be done: look before you do it again."
_CODES = {
    each.code: each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, OpenlineError) and each not in (OpenlineError, LocalError, PeerError)
}


class Client:
    """A connection to the post that runs in a home, which waits for so many `seconds`, or for ever.

    Raises NotRunning when none does.
    """

    def __init__(self, home: Path, seconds: float | None = None) -> None:
        self._held = bytearray()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(seconds)
        try:
            with reachable(home / NAME) as name:
                self._socket.connect(name)
        except OSError as error:
            self._socket.close()
            raise NotRunning(f"No post runs in {home}.") from error

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, request: AnyRequest) -> Any:
        """The answer to one request. Raises the OpenlineError that the post answered with, or NotRunning."""
        self.send(request)
        return self.result()[1]

    def send(self, request: AnyRequest) -> None:
        """Ask without waiting. Raises NotRunning."""
        try:
            self._socket.sendall(encode(request))
        except OSError as error:
            raise NotRunning("The post stopped before it was asked.") from error

    def result(self) -> tuple[int, Any]:
        """The next answer to come, with the number of its request. Raises as `ask`."""
        answer = self._line()
        if "error" in answer:
            raise error_of(answer["error"])
        return answer["id"], answer.get("ok")

    def events(self) -> Iterator[dict[str, Any]]:
        """What the post tells a connection that has asked to watch, until it stops: then NotRunning."""
        while True:
            yield self._line()["event"]

    def event(self, seconds: float) -> dict[str, Any] | None:
        """The next event, or None when none came in time. Raises NotRunning when the post stops."""
        end = time.monotonic() + seconds
        ready = select.poll()
        ready.register(self._socket, select.POLLIN)
        while b"\n" not in self._held:
            if not ready.poll(max(0.0, end - time.monotonic()) * 1_000):
                return None
            self._read()
        event: dict[str, Any] = self._line()["event"]
        return event

    def _line(self) -> dict[str, Any]:
        start = 0
        while (end := self._held.find(b"\n", start)) < 0:
            start = len(self._held)
            self._read()
        line = bytes(self._held[:end])
        del self._held[: end + 1]
        try:
            return msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.DecodeError:
            raise BadRequest("What answers in this home is not a post.") from None

    def _read(self) -> None:
        if len(self._held) > CONTROL_ANSWER_MAX_BYTES:
            raise TooLarge("The answer is longer than any answer may be.")
        try:
            data = self._socket.recv(_READ_BYTES)
        except TimeoutError:
            raise NotRunning("The post runs and does not answer.") from None
        except OSError as error:
            raise NotRunning(_STOPPED) from error
        if not data:
            raise NotRunning(_STOPPED)
        self._held += data


def error_of(value: dict[str, str]) -> OpenlineError:
    """The error that an answer stands for."""
    kind = _CODES.get(value.get("code", ""))
    if kind is None:
        return LocalError(f"{value.get('message', '')} {value.get('advice', '')}".strip())
    return kind(value.get("message", ""))
