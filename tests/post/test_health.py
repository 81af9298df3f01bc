"""Health is tried: a record that is locked or keeps nothing, and a loop that does not turn, are each told apart."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from openline.engine.line import Line
from openline.post import health
from openline.post import requests as asks
from openline.post.health import Probe
from openline.post.post import Post
from openline.post.service import Service
from openline.store.sqlite import BUSY_SECONDS
from tests.post.inside import alone, ask, home, together, until


def _lines(service: Service) -> list[Line]:
    return [] if service.post.engine is None else list(service.post.engine.state.lines.values())


WELL = {"turns": True, "reads": True, "writes": True}


async def test_a_post_that_does_its_work_says_how_it_stands(tmp_path: Path) -> None:
    async def body(north: Service, south: Service) -> None:
        sent = await ask(north, asks.Send(line="strait", text="Boat 17 is in your area."))
        await until(lambda: any(each.skew for each in _lines(north)))
        value = await ask(north, asks.Health())
        assert {name: value[name] for name in ("ok", *WELL)} == {"ok": True, **WELL}
        assert value["broken"] is None
        assert value["newest"]["line"] == "strait"
        assert value["newest"]["kept"] <= value["now"]
        assert [(each["peer"], each["linked"]) for each in value["peers"]] == [("South", True)]
        assert isinstance(value["peers"][0]["skew_ms"], int)
        assert value["skew_ms"] == value["peers"][0]["skew_ms"]
        assert 0 < value["disk"]["free_bytes"] < value["disk"]["total_bytes"]
        assert "Boat" not in str(value)
        assert sent["id"]

    await together(tmp_path, body)


async def test_a_post_without_peers_or_entries_is_well_too(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        value = await ask(service, asks.Health())
        assert (value["ok"], value["newest"], value["peers"], value["skew_ms"]) == (True, None, [], None)

    await alone(home(tmp_path, "North"), body)


async def test_a_record_that_somebody_holds_keeps_nothing_and_then_the_loop_does_not_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "WITHIN_SECONDS", 0.2)
    monkeypatch.setattr(health, "WRITTEN_TOLD_SECONDS", 0.0)
    monkeypatch.setattr(health, "TOLD_SECONDS", 0.0)

    async def body(north: Service, south: Service) -> None:
        assert await north.pulse.serves() == WELL
        other = sqlite3.connect(north.post.record.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            assert await north.pulse.serves() == {**WELL, "writes": False}
            north.answer(asks.Send(line="strait", text="x"), lambda value: None)
            assert await north.pulse.serves() == {"turns": False, "reads": True, "writes": False}
        finally:
            other.execute("ROLLBACK")
            other.close()
        async with asyncio.timeout(4 * BUSY_SECONDS):
            while await north.pulse.serves() != WELL:
                pass

    await together(tmp_path, body)


async def test_a_record_that_takes_nothing_is_told(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        post.record._writing.execute("PRAGMA query_only = ON")
        value = await ask(service, asks.Health())
        assert (value["ok"], value["turns"], value["reads"], value["writes"]) == (False, True, True, False)

    await alone(home(tmp_path, "North"), body)


async def test_one_that_hangs_is_not_tried_again_beside_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "WITHIN_SECONDS", 0.01)
    begun: list[asyncio.Future[None]] = []

    def begin() -> asyncio.Future[None]:
        begun.append(asyncio.get_running_loop().create_future())
        return begun[-1]

    probe = Probe(begin, 0.0)
    assert [await probe.well() for _ in range(3)] == [False] * 3
    assert len(begun) == 1
    begun[0].set_result(None)
    assert await probe.well() is False, "the next try hangs, too"
    begun[1].set_exception(OSError("gone"))
    assert await probe.well() is False
    begun[2].cancel()
    assert len(begun) == 3


async def test_what_was_tried_is_told_for_a_while() -> None:
    begun = 0

    def begin() -> asyncio.Future[None]:
        nonlocal begun
        begun += 1
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        future.set_result(None)
        return future

    probe = Probe(begin, 3_600.0)
    assert [await probe.well() for _ in range(3)] == [True] * 3
    assert begun == 1
