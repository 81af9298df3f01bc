"""The director's socket: one request, one answer; what is no request gets a sentence."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

import msgspec
import pytest

from openline.cli.playing import director
from openline.cli.playing.director import Asked, Director, Request
from openline.errors import BadRequest, CannotListen, NotRunning
from openline.limits import DIRECTOR_REQUEST_MAX_BYTES


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A directory in which a run answers with what it was asked, and refuses to jump."""
    queue: SimpleQueue[Any] = SimpleQueue()
    listening = Director(tmp_path, queue)

    def answer() -> None:
        while isinstance(asked := queue.get(), Asked):
            jumps = asked.request.do == "jump"
            asked.answer.put(BadRequest("Not back.") if jumps else msgspec.to_builtins(asked.request))

    thread = Thread(target=answer)
    thread.start()
    yield tmp_path
    listening.close()
    queue.put(None)
    thread.join()


def test_a_request_is_answered(folder: Path) -> None:
    request = Request("inject", party="North", command="send strait x")
    assert director.ask(folder, request) == msgspec.to_builtins(request)
    assert (folder / director.NAME).stat().st_mode & 0o777 == 0o600


def test_a_refusal_is_raised(folder: Path) -> None:
    with pytest.raises(BadRequest, match="Not back"):
        director.ask(folder, Request("jump"))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"hello\n", "bad-request"),
        (b'{"do": "fly"}\n', "bad-request"),
        (b'{"do": "status", "x": 1}\n', "bad-request"),
        (b"x" * (DIRECTOR_REQUEST_MAX_BYTES + (256 << 10)) + b"\n", "too-large"),
    ],
)
def test_what_is_no_request(folder: Path, said: bytes, code: str) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as call:
        call.connect(str(folder / director.NAME))
        Thread(target=lambda: _send(call, said)).start()
        answer = msgspec.json.decode(call.makefile("rb").readline())
    assert answer["error"]["code"] == code
    assert director.ask(folder, Request("status"))["do"] == "status"


def _send(call: socket.socket, said: bytes) -> None:
    try:
        call.sendall(said)
    except OSError:
        return


def test_somebody_who_hangs_up_is_no_matter(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as call:
        call.connect(str(folder / director.NAME))
    assert director.ask(folder, Request("status"))["do"] == "status"


def test_where_no_exercise_runs(tmp_path: Path) -> None:
    with pytest.raises(NotRunning, match="No exercise runs in"):
        director.ask(tmp_path, Request("status"))
    with pytest.raises(CannotListen):
        Director(tmp_path / "none", SimpleQueue())
