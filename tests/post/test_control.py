"""The control socket: pipelined, bounded, and one clear error for whatever is no request."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from openline.errors import CannotListen, Misuse, UnknownName
from openline.limits import CONTROL_CONNECTIONS_MAX, CONTROL_REQUEST_MAX_BYTES, CONTROL_WAITING_MAX
from openline.post import requests as asks
from openline.post.control import NAME, Control, Reply, error_value
from tests.post.inside import until

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Echo:
    """A service that answers when it is told to, and counts."""

    def __init__(self) -> None:
        self.waiting: list[tuple[asks.AnyRequest, Reply]] = []
        self.at_once = True
        self.listeners: list[Callable[[dict[str, Any]], None]] = []

    def answer(self, request: asks.AnyRequest, reply: Reply) -> None:
        if self.at_once:
            reply(Misuse("No.") if isinstance(request, asks.LineList) else {"did": type(request).__name__})
        else:
            self.waiting.append((request, reply))

    def watch(self, request: asks.Watch, listener: Callable[[dict[str, Any]], None]) -> Callable[[], None]:
        if request.line:
            raise UnknownName("No such line.")
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)


@asynccontextmanager
async def listening(home: Path) -> AsyncIterator[tuple[Echo, Callable[[], Awaitable[Streams]]]]:
    echo = Echo()
    control = Control(home, echo)
    await control.listen()
    writers: list[asyncio.StreamWriter] = []

    async def connect() -> Streams:
        reader, writer = await asyncio.open_unix_connection(str(home / NAME), limit=1 << 22)
        writers.append(writer)
        return reader, writer

    try:
        yield echo, connect
    finally:
        for writer in writers:
            writer.close()
        await control.close()
        await asyncio.sleep(0.01)


async def line(reader: asyncio.StreamReader) -> Any:
    async with asyncio.timeout(60):
        return json.loads(await reader.readline())


async def test_many_requests_under_way(tmp_path: Path) -> None:
    async with listening(tmp_path) as (echo, connect):
        reader, writer = await connect()
        echo.at_once = False
        writer.writelines(asks.encode(asks.About(id=at)) for at in range(64))
        await until(lambda: len(echo.waiting) == 64)
        for request, reply in reversed(echo.waiting):
            reply({"n": request.id})
        assert [(await line(reader))["id"] for _ in range(64)] == list(reversed(range(64)))


async def test_an_error_has_code_message_and_advice(tmp_path: Path) -> None:
    async with listening(tmp_path) as (_, connect):
        reader, writer = await connect()
        writer.write(asks.encode(asks.LineList(id=3)))
        assert await line(reader) == {"id": 3, "error": {"code": "misuse", "message": "No.", "advice": ""}}


@pytest.mark.parametrize(
    ("sent", "number", "code"),
    [
        (b"\n", 0, "bad-request"),
        (b"\xff\xfe\x00\n", 0, "bad-request"),
        (b'{"do": "fly", "id": 9}\n', 9, "bad-request"),
        (b"[" * 50_000 + b"\n", 0, "bad-request"),
        (b"GET / HTTP/1.1\r\n", 0, "bad-request"),
        (b"x" * (CONTROL_REQUEST_MAX_BYTES + 1) + b"\n", 0, "too-large"),
    ],
)
async def test_garbage_is_one_error_and_the_connection_lives(
    tmp_path: Path, sent: bytes, number: int, code: str
) -> None:
    async with listening(tmp_path) as (_, connect):
        reader, writer = await connect()
        writer.write(sent)
        said = await line(reader)
        assert (said["id"], said["error"]["code"]) == (number, code)
        if code != "too-large":
            writer.write(asks.encode(asks.About(id=4)))
            assert await line(reader) == {"id": 4, "ok": {"did": "About"}}


async def test_a_request_without_end_is_hung_up_on(tmp_path: Path) -> None:
    async with listening(tmp_path) as (_, connect):
        reader, writer = await connect()
        writer.write(b"x" * (CONTROL_REQUEST_MAX_BYTES + 1))
        assert (await line(reader))["error"]["code"] == "too-large"
        assert await reader.read() == b""


async def test_what_waits_is_bounded(tmp_path: Path) -> None:
    """More requests than may wait stay unread in the socket, and come when answers have gone."""
    async with listening(tmp_path) as (echo, connect):
        reader, writer = await connect()
        echo.at_once = False
        writer.writelines(asks.encode(asks.About(id=at)) for at in range(CONTROL_WAITING_MAX + 50))
        await until(lambda: len(echo.waiting) == CONTROL_WAITING_MAX)
        await asyncio.sleep(0.05)
        assert len(echo.waiting) == CONTROL_WAITING_MAX
        echo.at_once = True
        for request, reply in list(echo.waiting):
            reply({"n": request.id})
        answers = {(await line(reader))["id"] for _ in range(CONTROL_WAITING_MAX + 50)}
        assert answers == set(range(CONTROL_WAITING_MAX + 50))


async def test_connections_are_bounded(tmp_path: Path) -> None:
    async with listening(tmp_path) as (_, connect):
        for _ in range(CONTROL_CONNECTIONS_MAX):
            reader, writer = await connect()
            writer.write(asks.encode(asks.About()))
            await line(reader)
        reader, _ = await connect()
        assert (await line(reader))["error"]["code"] == "too-busy"
        assert await reader.read() == b""


async def test_watching(tmp_path: Path) -> None:
    async with listening(tmp_path) as (echo, connect):
        reader, writer = await connect()
        writer.write(asks.encode(asks.Watch(id=1, line="nowhere")))
        assert (await line(reader))["error"]["code"] == "unknown-name"
        writer.write(asks.encode(asks.Watch(id=2)))
        assert await line(reader) == {"id": 2, "ok": {}}
        writer.write(asks.encode(asks.Watch(id=3)))
        assert (await line(reader))["error"]["code"] == "too-busy"
        echo.listeners[0]({"what": "alarm"})
        assert await line(reader) == {"event": {"what": "alarm"}}
        writer.close()
        await until(lambda: not echo.listeners)


async def test_who_does_not_read_is_hung_up_on(tmp_path: Path) -> None:
    async with listening(tmp_path) as (echo, connect):
        reader, writer = await connect()
        writer.write(asks.encode(asks.Watch()))
        await line(reader)
        for _ in range(100):
            if not echo.listeners:
                break
            echo.listeners[0]({"what": "x" * 1_000_000})
            await asyncio.sleep(0)
        assert not echo.listeners


async def test_the_socket_is_for_its_owner_alone_and_replaces_a_dead_one(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()
    async with listening(tmp_path):
        assert stat.S_IMODE(os.stat(tmp_path / NAME).st_mode) == 0o600
    assert not (tmp_path / NAME).exists()


async def test_where_no_socket_can_be(tmp_path: Path) -> None:
    with pytest.raises(CannotListen):
        await Control(tmp_path / "none", Echo()).listen()


def test_an_error_as_json() -> None:
    assert error_value(UnknownName("Who?")) == {"code": "unknown-name", "message": "Who?", "advice": ""}
