"""Serving: on this machine only, in the post's own loop, its signals left alone, its port free again afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import stat
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from openline.desk.serving import desk_at, first_link, listen
from openline.desk.way import names
from openline.errors import CannotListen, Misuse, PortInUse
from tests.desk.inside import At, with_desk

LISTENS = (socket.SOL_SOCKET, socket.SO_ACCEPTCONN)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "north.example", ""])
def test_it_listens_on_this_machine_only(host: str) -> None:
    with pytest.raises(Misuse, match=r"127\.0\.0\.1"):
        desk_at((host, 8_080))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST"])
def test_this_machine_has_several_names(host: str) -> None:
    desk_at((host, 0))
    assert "127.0.0.1:8080" in names(host, 8_080)


def test_without_a_port_only_where_it_is_eighty() -> None:
    assert "localhost" in names("127.0.0.1", 80)
    assert "localhost" not in names("127.0.0.1", 8_080)
    assert "[::1]:8080" in names("::1", 8_080)


def test_a_port_that_is_taken() -> None:
    taken = listen("127.0.0.1", 0)
    with pytest.raises(PortInUse):
        listen("127.0.0.1", taken.getsockname()[1])
    taken.close()


def test_a_name_that_leads_nowhere() -> None:
    with pytest.raises(CannotListen):
        listen("nowhere.invalid", 0)


def listening() -> set[int]:
    """The TCP ports on which this process listens; another process may take one as soon as it is free."""
    ports = set()
    for number in map(int, os.listdir("/dev/fd")):
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as each:
                    if each.family in {socket.AF_INET, socket.AF_INET6} and each.getsockopt(*LISTENS):
                        ports.add(each.getsockname()[1])
    return ports


async def test_it_takes_no_signal_and_no_thread_and_leaves_nothing(tmp_path: Path) -> None:
    handlers = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    before = set(threading.enumerate())
    seen: list[int] = []

    async def body(at: At) -> None:
        seen.append(at.port)
        assert at.port in listening()
        assert {each: signal.getsignal(each) for each in handlers} == handlers
        names = {thread.name.partition("_")[0] for thread in set(threading.enumerate()) - before}
        assert names <= {"reader", "writer", "password", "asyncio"}, names
        async with at.stranger() as client:
            assert (await client.get("/healthz")).status_code == 200

    await with_desk(tmp_path, body)
    assert seen[0] not in listening()


async def test_it_stops_while_pages_are_open(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", at.port)
        writer.write(b"GET / HTTP/1.1\r\n")
        await writer.drain()
        assert not reader.at_eof()
        writer.close()

    async with asyncio.timeout(60):
        await with_desk(tmp_path, body)


async def test_the_first_link_is_made_until_somebody_can_sign_in(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        assert first_link(at.service).startswith(f"{at.address}/#link=")
        async with at.officer("Berg"):
            assert first_link(at.service) == ""

    await with_desk(tmp_path, body)
