"""Alarms wait for somebody to note them, at every page and over a reload; the oldest gives way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.desk.alarms import Alarms
from openline.desk.serving import desk_at
from openline.errors import UnknownName
from openline.limits import DESK_ALARMS_MAX
from openline.post import requests as asks
from openline.post.post import Post
from openline.post.service import Service
from tests.desk.inside import At, code
from tests.desk.test_events import heard, socket
from tests.post.inside import alone, ask, home, linked, until


def alarm(code: str) -> dict[str, Any]:
    """As the post tells one."""
    return {
        "what": "alarm",
        "at": "2022-11-15T18:40:07Z",
        "line": None,
        "code": code,
        "text": "",
        "precedence": "flash",
    }


def test_what_is_told_waits_until_it_is_noted() -> None:
    alarms, told = Alarms(), list[dict[str, Any]]()
    stop = alarms.watch(told.append)
    for event in (alarm("gap"), {"what": "changed"}, alarm("call-requested"), alarm("late")):
        alarms.told(event)
    held = alarms.held()["alarms"]
    assert [(each["number"], each["code"]) for each in held] == [(1, "gap"), (2, "late")]
    assert told == held
    assert alarms.note(1, "Berg")["officer"] == "Berg"
    assert told[-1]["what"] == "noted"
    with pytest.raises(UnknownName):
        alarms.note(1, "Berg")
    stop()
    alarms.told(alarm("gap"))
    assert len(told) == 3
    assert len(alarms.held()["alarms"]) == 2


def test_the_oldest_gives_way() -> None:
    alarms = Alarms()
    for _ in range(DESK_ALARMS_MAX + 3):
        alarms.told(alarm("gap"))
    held = alarms.held()["alarms"]
    assert (len(held), held[0]["number"]) == (DESK_ALARMS_MAX, 4)


async def test_an_alarm_of_the_post_stays_on_every_page_until_it_is_noted(tmp_path: Path) -> None:
    async def north(one: Post, here: Service) -> None:
        async def south(other: Post, there: Service) -> None:
            async with desk_at(("127.0.0.1", 0))(there) as opened:
                one.trust_card(other.keyring.card, "")
                other.trust_card(one.keyring.card, "")
                await linked(one)
                port = await linked(other)
                await ask(here, asks.PeerAddress(peer="South", addresses=(f"wss://127.0.0.1:{port}",)))
                await ask(here, asks.LineOpen(line="strait", peers=("South",)))
                await until(lambda: bool(there.names.lines()))
                await at_the_desk(At(there, opened.address, opened.first))

        await alone(home(tmp_path, "South", "Cole"), south)

    await alone(home(tmp_path, "North", "Berg"), north)


async def at_the_desk(at: At) -> None:
    """The line that North proposes alarms; who reads only does not note it, who is on watch does."""
    async with at.officer("Cole", "viewer") as client:
        async with socket(at, client) as connection:
            (told,) = (await heard(connection, "alarms"))["alarms"]
            assert told["code"] == "line-proposed"
            answer = await client.post("/api/v1/note", json={"number": told["number"]})
            assert (answer.status_code, code(answer)) == (403, "role-needed")
        async with at.stranger() as stranger:
            assert code(await stranger.post("/api/v1/note", json={"number": told["number"]})) == "not-signed-in"
    async with at.officer("Cole", "watch officer") as client, socket(at, client) as connection:
        assert (await client.post("/api/v1/note", json={"number": told["number"]})).status_code == 200
        assert (await heard(connection, "noted"))["number"] == told["number"]
        assert code(await client.post("/api/v1/note", json={"number": told["number"]})) == "unknown-name"
        async with socket(at, client) as again:
            assert (await heard(again, "alarms"))["alarms"] == []
