"""Connections that wait: cut off in time, and no number of them keeps the login page from whoever asks for it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from openline.desk import connections
from openline.limits import DESK_CONNECTIONS_MAX, DESK_WATCHERS_MAX
from tests.desk.inside import At, with_desk
from tests.desk.test_events import heard
from tests.desk.test_events import socket as web_socket

WITHIN_SECONDS = 60
EACH = DESK_CONNECTIONS_MAX // 2
Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def opened(at: At, count: int, data: bytes) -> AsyncIterator[list[Ends]]:
    """So many connections that have sent this and read nothing; little of what is sent to them finds room."""
    ends: list[Ends] = []
    try:
        for _ in range(count):
            each = socket.socket()
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            each.setblocking(False)
            await asyncio.get_running_loop().sock_connect(each, ("127.0.0.1", at.port))
            ends.append(await asyncio.open_connection(sock=each, limit=4_096))
            ends[-1][1].write(data)
        yield ends
    finally:
        for _, writer in ends:
            writer.transport.abort()


async def over(ends: Ends) -> bool:
    """Wait until the desk has closed a connection."""
    async with asyncio.timeout(WITHIN_SECONDS):
        try:
            while await ends[0].read(1 << 16):
                pass
        except ConnectionError:
            return True
    return True


def head(at: At, line: str, *more: str) -> bytes:
    """A request that begins so, as a page of the desk sends it, without its end."""
    lines = (f"{line} HTTP/1.1", f"Host: 127.0.0.1:{at.port}", f"Origin: {at.address}", *more)
    return "".join(f"{each}\r\n" for each in lines).encode()


async def test_any_number_that_wait_leaves_the_login_page_to_others(tmp_path: Path) -> None:
    """Silent, slow in their heads, slow in their bodies, or asking without end and reading nothing."""

    async def body(at: At) -> None:
        unread = (head(at, "GET /static/login.js") + b"\r\n") * 400
        slow = head(at, "POST /api/v1/sign-in", "Content-Type: application/json", "Content-Length: 100") + b"\r\n{"
        async with (
            opened(at, 20, unread) as first,
            opened(at, EACH, slow) as second,
            opened(at, EACH, b"") as third,
            opened(at, EACH, head(at, "GET /")[:-2]),
            at.stranger() as client,
        ):
            for _ in range(3):
                page = await client.get("/")
                assert (page.status_code, "sign-in" in page.text) == (200, True)
            for ends in (first[0], first[-1], second[0]):
                assert await over(ends)
            assert not third[-1][0].at_eof()
            assert (await client.get("/healthz")).status_code == 200

    await with_desk(tmp_path, body)


async def test_a_head_that_does_not_come_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)

    async def body(at: At) -> None:
        for whole in (b"", head(at, "GET /healthz") + b"\r\n"):
            async with opened(at, 1, whole + head(at, "GET /")) as (ends,):
                for _ in range(100):
                    if ends[0].at_eof():
                        break
                    ends[1].write(b"X: y\r\n")
                    await asyncio.sleep(0.02)
                assert await over(ends)

    await with_desk(tmp_path, body)


async def test_who_is_being_answered_keeps_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as client:
            ask, may_go_on = at.service.answer, asyncio.Event()

            def slowly(asked: object, to: object) -> None:
                at.service.post.group.create_task(_later(may_go_on, ask, asked, to))

            monkeypatch.setattr(at.service, "answer", slowly)
            async with asyncio.TaskGroup() as group:
                asked = group.create_task(client.get("/api/v1/inbox"))
                async with opened(at, 2 * DESK_CONNECTIONS_MAX, b""), at.stranger() as stranger:
                    assert (await stranger.get("/")).status_code == 200
                    may_go_on.set()
                    assert (await asked).status_code == 200

    await with_desk(tmp_path, body)


async def _later(event: asyncio.Event, do: object, *arguments: object) -> None:
    await event.wait()
    assert callable(do)
    do(*arguments)


HANDSHAKE = ("Connection: Upgrade, close", "Upgrade: websocket", "Sec-WebSocket-Version: 13")
KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="


NO_HANDSHAKES = (
    ("GET /api/v1/events", HANDSHAKE),
    ("GET /api/v1/events", (*HANDSHAKE, KEY[:-2])),
    ("GET /api/v1/events", (*HANDSHAKE, KEY, KEY)),
    ("GET /api/v1/events", (*HANDSHAKE[:2], "Sec-WebSocket-Version: 8", KEY)),
    ("GET /api/v1/events", (*HANDSHAKE, KEY, f"X: {'y' * 12_000}")),
    ("GET /api/v1/events", (*HANDSHAKE, KEY, *(f"X{each}: y" for each in range(500)))),
    ("POST /api/v1/events", (*HANDSHAKE, KEY)),
    ("GET /", (*HANDSHAKE, KEY)),
    ("GET /static/login.js", (*HANDSHAKE, KEY)),
)


async def test_a_handshake_that_is_none_is_answered_as_any_request(tmp_path: Path) -> None:
    """The library that takes a WebSocket over says its name, or nothing for ever, to what it cannot read."""

    async def body(at: At) -> None:
        for line, more in NO_HANDSHAKES:
            async with opened(at, 1, head(at, line, *more) + b"\r\n") as ((reader, _),):
                async with asyncio.timeout(WITHIN_SECONDS):
                    said = (await reader.read(1 << 20)).decode()
                assert int(said.split()[1]) in (200, 400, 401), (line, more, said)
                assert "WebSocket" not in said, (line, more)

    await with_desk(tmp_path, body)


async def test_a_flood_of_web_sockets_leaves_the_page(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as officer, at.stranger() as client:
            wanted = head(at, "GET /api/v1/events", *HANDSHAKE, KEY) + b"\r\n"
            async with opened(at, 2 * DESK_CONNECTIONS_MAX, wanted) as refused:
                assert await over(refused[0])
                assert await over(refused[-1])
                assert (await client.get("/")).status_code == 200
            pages = [await web_socket(at, officer).__aenter__() for _ in range(DESK_WATCHERS_MAX)]
            await heard(pages[0], "beat")
            cookies = "; ".join(f"{name}={value}" for name, value in officer.cookies.items())
            more = head(at, "GET /api/v1/events", *HANDSHAKE, KEY, f"Cookie: {cookies}") + b"\r\n"
            async with opened(at, DESK_CONNECTIONS_MAX, more) as refused:
                assert await over(refused[-1])
            assert (await client.get("/")).status_code == 200
            assert (await officer.get("/api/v1/inbox")).status_code == 200
            for each in pages:
                each.transport.abort()

    await with_desk(tmp_path, body)
