"""The director's end of an exercise: a socket in the directory of the run, one JSON request and answer a line.

    {"do": "status"}   {"do": "pause"}   {"do": "go"}   {"do": "jump", "to": "45m"}   {"do": "end"}
    {"do": "inject", "party": "Russia", "command": "send hotline ..."}   {"do": "inject", "tell": "..."}

Whoever may enter the directory is the director.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue, SimpleQueue
from threading import Thread
from typing import Any, Final, Literal

import msgspec

from openline.errors import BadRequest, CannotListen, NotRunning, OpenlineError, TooLarge
from openline.limits import CONTROL_ANSWER_MAX_BYTES, DIRECTOR_REQUEST_MAX_BYTES
from openline.post.client import error_of
from openline.post.control import error_value, reachable

NAME: Final = "director.sock"
_READ_BYTES: Final = 64 << 10
_PATIENCE_SECONDS: Final = 30.0
_POLL_SECONDS: Final = 0.2
_WAITING: Final = 8


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a director may ask."""

    do: Literal["status", "pause", "go", "jump", "inject", "end"]
    to: str = ""
    party: str = ""
    command: str = ""
    tell: str = ""


class Asked(msgspec.Struct, frozen=True):
    """A request that waits for the loop of the run; `answer` takes a value for JSON, or an OpenlineError."""

    request: Request
    answer: Queue[Any]


class Director:
    """Listens in a thread of its own until `close`, one director at a time."""

    def __init__(self, folder: Path, queue: SimpleQueue[Any]) -> None:
        self._path = folder / NAME
        self._queue = queue
        self._over = False
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with reachable(self._path) as name:
                self._listener.bind(name)
            self._path.chmod(0o600)
            self._listener.listen(_WAITING)
        except OSError as error:
            self._listener.close()
            raise CannotListen(f"The director's socket {self._path} cannot be made: {error.strerror}.") from error
        self._listener.settimeout(_POLL_SECONDS)
        self._thread = Thread(target=self._run, name="director", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more requests."""
        self._over = True
        self._thread.join()
        self._listener.close()
        self._path.unlink(missing_ok=True)

    def _run(self) -> None:
        while not self._over:
            with suppress(OSError):
                call = self._listener.accept()[0]
                with call:
                    call.settimeout(_PATIENCE_SECONDS)
                    call.sendall(msgspec.json.encode(self._answered(call)) + b"\n")

    def _answered(self, call: socket.socket) -> dict[str, Any]:
        try:
            request = msgspec.json.decode(_line(call, DIRECTOR_REQUEST_MAX_BYTES), type=Request)
        except msgspec.DecodeError as error:
            return {"error": error_value(BadRequest(f"The director asked for something that is no request: {error}."))}
        except OpenlineError as error:
            return {"error": error_value(error)}
        return answered(self._queue, request, lambda: self._over)


def answered(queue: SimpleQueue[Any], request: Request, is_over: Callable[[], bool]) -> dict[str, Any]:
    """What the loop of the run answers, as JSON holds it; that it has ended, where it does not any more."""
    asked = Asked(request, Queue(1))
    queue.put(asked)
    while True:
        try:
            value = asked.answer.get(timeout=_POLL_SECONDS)
        except Empty:
            if not is_over():
                continue
            value = NotRunning("The exercise is over.")
        return {"error": error_value(value)} if isinstance(value, OpenlineError) else {"ok": value}


def ask(folder: Path, request: Request) -> Any:
    """Ask the run in a directory. Raises NotRunning, or the OpenlineError that it answered with."""
    path = folder.expanduser().absolute() / NAME
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as call:
        call.settimeout(_PATIENCE_SECONDS)
        try:
            with reachable(path) as name:
                call.connect(name)
            call.sendall(msgspec.json.encode(request) + b"\n")
            answer = msgspec.json.decode(_line(call, CONTROL_ANSWER_MAX_BYTES), type=dict[str, Any])
        except (OSError, msgspec.DecodeError) as error:
            raise NotRunning(f"No exercise runs in {os.fspath(folder)}.") from error
    if "error" in answer:
        raise error_of(answer["error"])
    return answer["ok"]


def _line(call: socket.socket, most_bytes: int) -> bytes:
    held = bytearray()
    while b"\n" not in held:
        if len(held) > most_bytes:
            raise TooLarge(f"A line has at most {most_bytes} bytes here.")
        data = call.recv(_READ_BYTES)
        if not data:
            break
        held += data
    return bytes(held.partition(b"\n")[0])
