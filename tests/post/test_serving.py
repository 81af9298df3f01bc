"""Serving: ready with what it says, upkeep, and logs on stderr alone; signals are tried in tests/cli/test_post.py."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from pathlib import Path

import pytest
import structlog

from openline.errors import NotRunning, PortInUse
from openline.post import serving
from openline.post.client import Client
from openline.post.home import keychanges
from openline.post.serving import Ready
from tests.post.inside import PASSPHRASE, home


async def test_it_is_ready_and_stops_at_a_signal(tmp_path: Path) -> None:
    where = home(tmp_path, "North")
    said: list[Ready] = []

    def ready(value: Ready) -> None:
        said.append(value)
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)

    async with asyncio.timeout(60):
        await serving.serve(where, PASSPHRASE, ("127.0.0.1", 0), ready)
    (value,) = said
    assert value.name == "North"
    assert value.link.startswith("127.0.0.1:")
    assert not value.link.endswith(":0")
    with pytest.raises(NotRunning):
        Client(where.path)


async def test_a_port_that_is_taken_ends_it(tmp_path: Path) -> None:
    taken = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    place = taken.sockets[0].getsockname()[:2]
    with pytest.raises(PortInUse):
        await serving.serve(home(tmp_path, "North"), PASSPHRASE, place, lambda value: None)
    taken.close()


async def test_a_sealing_key_that_is_due_is_made_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = home(tmp_path, "North")
    before = where.card()
    monkeypatch.setattr(keychanges, "SEALING_EVERY_MS", -1)

    def stop_when_made() -> None:
        if where.card() == before:
            asyncio.get_running_loop().call_later(0.02, stop_when_made)
        else:
            os.kill(os.getpid(), signal.SIGTERM)

    def ready(value: Ready) -> None:
        stop_when_made()

    async with asyncio.timeout(60):
        await serving.serve(where, PASSPHRASE, None, ready)
    assert where.card() != before


def test_logs_are_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    serving.log_to_stderr(logging.WARNING)
    structlog.get_logger().info("not this")
    structlog.get_logger().warning("but this", code="x")
    said = capsys.readouterr()
    assert said.out == ""
    assert "but this" in said.err
    assert "not this" not in said.err
