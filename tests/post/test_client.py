"""The asking end: answers and errors come out as they went in, and a post that is gone is said to be."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from openline.errors import BadRequest, LocalError, NotRunning, UnknownName
from openline.post import requests as asks
from openline.post.client import Client, error_of
from openline.post.control import NAME, error_value


@contextmanager
def answering(home: Path, said: bytes) -> Iterator[None]:
    """Something that takes one connection in a home, says this whatever it is asked, and hangs up."""
    with socket.socket(socket.AF_UNIX) as outside:
        outside.bind(str(home / NAME))
        outside.listen()

        def answer() -> None:
            connection, _ = outside.accept()
            with connection:
                connection.recv(1 << 16)
                connection.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        yield
        thread.join()


def test_an_answer(tmp_path: Path) -> None:
    with answering(tmp_path, b'{"id":0,"ok":{"name":"North"}}\n'), Client(tmp_path) as client:
        assert client.ask(asks.About()) == {"name": "North"}


def test_an_error_is_the_one_that_was_said(tmp_path: Path) -> None:
    said = b'{"id":0,"error":{"code":"unknown-name","message":"Who?","advice":""}}\n'
    with answering(tmp_path, said), Client(tmp_path) as client, pytest.raises(UnknownName, match=r"Who\?"):
        client.ask(asks.About())


@pytest.mark.parametrize(("said", "error"), [(b"", NotRunning), (b'{"id":', NotRunning), (b"what?\n", BadRequest)])
def test_what_is_no_post(tmp_path: Path, said: bytes, error: type[Exception]) -> None:
    with answering(tmp_path, said), Client(tmp_path) as client, pytest.raises(error):
        client.ask(asks.About())


def test_events_until_it_stops(tmp_path: Path) -> None:
    with answering(tmp_path, b'{"id":0,"ok":{}}\n{"event":{"what":"alarm"}}\n'), Client(tmp_path) as client:
        client.ask(asks.Watch())
        events = client.events()
        assert next(events) == {"what": "alarm"}
        with pytest.raises(NotRunning):
            next(events)


def test_an_event_in_time_or_none(tmp_path: Path) -> None:
    with answering(tmp_path, b'{"id":0,"ok":{}}\n{"event":{"what":"alarm"}}\n'), Client(tmp_path) as client:
        client.ask(asks.Watch())
        assert client.event(20) == {"what": "alarm"}
        with pytest.raises(NotRunning):
            client.event(20)


def test_no_event_in_time(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "control.sock"))
        server.listen()
        with Client(tmp_path) as client:
            assert client.event(0.01) is None


def test_nobody_is_there(tmp_path: Path) -> None:
    with pytest.raises(NotRunning):
        Client(tmp_path)


def test_errors_survive_the_way() -> None:
    assert isinstance(error_of(error_value(UnknownName("x"))), UnknownName)
    assert str(error_of({"code": "from-a-newer-post", "message": "New.", "advice": "Wait."})) == "New. Wait."
    assert type(error_of({})) is LocalError
