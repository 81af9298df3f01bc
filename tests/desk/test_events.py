"""The WebSocket: told what comes at once and a beat each second, only to who may read, only to our own pages."""

from __future__ import annotations

import asyncio
import statistics
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from openline.desk.events import NOT_SIGNED_IN, SAID_SOMETHING, Unread
from openline.desk.serving import desk_at
from openline.limits import DESK_UNREAD_MAX_EVENTS
from openline.post import requests as asks
from openline.post.loop import now
from openline.post.service import Service
from tests.desk.inside import At, with_desk
from tests.post.inside import ask, together

WITHIN_SECONDS = 60
TOLD_SECONDS = 0.05
BEATS_MOST = ROUNDS_MOST = 8
"""Other work of the machine delays some, a fault delays all."""


def socket(at: At, client: httpx2.AsyncClient | None, origin: str = "") -> connect:
    """A WebSocket as a page of this origin opens it, with the cookies of a client."""
    cookies = "" if client is None else "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    return connect(
        at.address.replace("http", "ws") + "/api/v1/events",
        additional_headers={"cookie": cookies, "origin": origin or at.address},
        proxy=None,
        compression=None,
    )


async def heard(connection: ClientConnection, what: str) -> Any:
    """The next event of this name."""
    async with asyncio.timeout(WITHIN_SECONDS):
        while True:
            event = msgspec.json.decode(await connection.recv())
            if event["what"] == what:
                return event


async def closed(connection: ClientConnection) -> int:
    """With which code it is closed."""
    async with asyncio.timeout(WITHIN_SECONDS):
        with suppress(ConnectionClosed):
            while True:
                await connection.recv()
    return connection.close_code or 0


async def test_a_beat_comes_more_than_once_a_second(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as client, socket(at, client) as connection:
            began = now()
            beats = [(await heard(connection, "beat"))["now"] for _ in range(2)]
            assert began - 1_000 <= beats[0] <= now()
            while len(beats) < BEATS_MOST and beats[-1] - beats[-2] >= 1_000:
                beats.append((await heard(connection, "beat"))["now"])
            assert 600 < beats[-1] - beats[-2] < 1_000, beats

    await with_desk(tmp_path, body)


async def test_what_comes_is_told_at_once(tmp_path: Path) -> None:
    arrived: list[float] = []

    async def body(north: Service, south: Service) -> None:
        south.watch(asks.Watch(), lambda event: arrived.append(time.monotonic()) if event["what"] == "entry" else None)
        async with desk_at(("127.0.0.1", 0))(south) as opened:
            at = At(south, opened.address, opened.first)
            async with at.officer("Cole") as client, socket(at, client) as connection:
                await heard(connection, "beat")
                delays = [1.0]
                while statistics.median(delays) >= TOLD_SECONDS and len(delays) < 5 * ROUNDS_MOST:
                    await ask(north, asks.Send(line="strait", text="Turn boat 17 back.", precedence="flash"))
                    event = await heard(connection, "entry")
                    delays.append(time.monotonic() - arrived[-1])
                    assert (event["text"], event["precedence"], event["waits_for"]) == (
                        "Turn boat 17 back.",
                        "flash",
                        "take",
                    )
                assert statistics.median(delays) < TOLD_SECONDS, delays

    await together(tmp_path, body)


@pytest.mark.parametrize("role", ["", "administrator"])
async def test_only_who_may_read_is_told(tmp_path: Path, role: str) -> None:
    async def body(at: At) -> None:
        async with at.officer("Aas", "administrator") as client:
            with pytest.raises(InvalidStatus) as refused:
                await socket(at, client if role else None).__aenter__()
            assert refused.value.response.status_code == 403

    await with_desk(tmp_path, body)


@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
async def test_a_foreign_page_is_told_nothing(tmp_path: Path, origin: str) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as client:
            with pytest.raises(InvalidStatus) as refused:
                await socket(at, client, origin).__aenter__()
            assert refused.value.response.status_code == 403

    await with_desk(tmp_path, body)


async def test_whoever_signs_out_is_told_no_more(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as client, socket(at, client) as connection:
            await heard(connection, "beat")
            await client.post("/api/v1/sign-out", json={})
            assert await closed(connection) == NOT_SIGNED_IN

    await with_desk(tmp_path, body)


async def test_a_page_says_nothing(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as client, socket(at, client) as connection:
            await connection.send("hello")
            assert await closed(connection) == SAID_SOMETHING
            assert len(at.service.post.listeners) == 1, "that of the desk itself is left"

    await with_desk(tmp_path, body)


def overflowed(unread: Unread) -> bool:
    """Whether more came than is held."""
    return unread.overflowed


async def test_a_page_that_does_not_read_is_hung_up_on() -> None:
    unread = Unread()
    for number in range(DESK_UNREAD_MAX_EVENTS):
        unread.add({"number": number})
    assert not overflowed(unread)
    unread.add({"number": -1})
    assert overflowed(unread)
    assert await unread.next(0) == {"number": 0}
    assert await Unread().next(0.001) is None
