"""Programs at the desk: a token in each request, no cookie beside it, out at once when it is revoked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from openline.desk import events
from openline.desk.events import NOT_SIGNED_IN
from openline.desk.serving import desk_at
from openline.desk.tries import AT_ONCE_FROM_ONE_ADDRESS
from openline.limits import DESK_TOKEN_REQUESTS_MAX, DESK_TOKEN_WATCHERS_MAX
from openline.post import requests as asks
from openline.post.loop import now
from openline.post.people import tokens
from openline.post.people.token_requests import DeskTokenAdd, DeskTokenRevoke
from openline.post.service import Service
from openline.terms import Instant
from tests.desk.inside import At, code, with_desk
from tests.desk.test_events import closed, heard
from tests.post.inside import ask, together


def listening(at: At, client: httpx2.AsyncClient, **more: str) -> connect:
    """A WebSocket as a program opens it, without an origin."""
    headers = {"authorization": client.headers["authorization"], **more}
    return connect(
        at.address.replace("http", "ws") + "/api/v1/events", additional_headers=headers, proxy=None, compression=None
    )


async def test_it_reads_without_a_cookie_or_a_page_and_gets_no_session(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.machine("archive") as client:
            told = [await client.get("/api/v1/inbox"), await client.post("/api/v1/account-matrix", json={})]
            assert [each.status_code for each in told] == [200, 200], [each.text for each in told]
            assert all("set-cookie" not in each.headers for each in told)
            assert not at.service.post.loop.broken

    await with_desk(tmp_path, body)


async def test_revoked_or_over_it_is_out_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(at: At) -> None:
        async with at.machine("archive") as client, at.machine("other") as other:
            assert (await client.get("/api/v1/inbox")).status_code == 200
            await ask(at.service, DeskTokenRevoke(name="archive"))
            refused = await client.get("/api/v1/inbox")
            assert (refused.status_code, code(refused)) == (401, "bad-token")
            assert refused.headers["www-authenticate"] == "Bearer"
            assert (await other.get("/api/v1/inbox")).status_code == 200
            later = Instant(now() + tokens.USUAL_MS)
            monkeypatch.setattr(tokens, "now", lambda: later)
            assert code(await other.get("/api/v1/inbox")) == "bad-token"

    await with_desk(tmp_path, body)


async def test_an_open_socket_closes_when_its_token_is_revoked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "BEAT_SECONDS", 3_600.0)

    async def body(at: At) -> None:
        async with at.machine("archive") as client, listening(at, client) as connection:
            await heard(connection, "beat")
            await ask(at.service, DeskTokenRevoke(name="archive"))
            assert await closed(connection) == NOT_SIGNED_IN
            with pytest.raises(InvalidStatus):
                await listening(at, client).__aenter__()

    await with_desk(tmp_path, body)


async def test_an_open_socket_closes_when_its_token_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(at: At) -> None:
        async with at.machine("archive") as client, listening(at, client) as connection:
            await heard(connection, "beat")
            later = Instant(now() + tokens.USUAL_MS)
            monkeypatch.setattr(tokens, "now", lambda: later)
            assert await closed(connection) == NOT_SIGNED_IN

    await with_desk(tmp_path, body)


async def test_it_is_told_what_comes_and_a_monitor_is_not(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.machine("archive") as client, at.machine("nagios", "monitor") as monitor:
            async with listening(at, client) as connection:
                assert (await heard(connection, "alarms"))["alarms"] == []
            with pytest.raises(InvalidStatus):
                await listening(at, monitor).__aenter__()
            with pytest.raises(InvalidStatus):
                await listening(at, client, origin="http://evil.example").__aenter__()

    await with_desk(tmp_path, body)


async def test_one_token_takes_neither_all_sockets_nor_all_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def body(at: At) -> None:
        async with at.machine("archive") as client, at.machine("other") as other:
            async with several(at, client):
                with pytest.raises(InvalidStatus):
                    await listening(at, client).__aenter__()
                async with listening(at, other) as connection:
                    await heard(connection, "beat")
            answer, going, goes = at.service.answer, 0, asyncio.Event()

            def held(request: object, reply: object) -> None:
                nonlocal going
                going += 1
                if going == DESK_TOKEN_REQUESTS_MAX:
                    goes.set()

            monkeypatch.setattr(at.service, "answer", held)
            async with asyncio.TaskGroup() as group:
                waiting = [group.create_task(client.get("/api/v1/inbox")) for _ in range(DESK_TOKEN_REQUESTS_MAX)]
                await goes.wait()
                more = await client.get("/api/v1/inbox")
                assert (more.status_code, code(more)) == (503, "too-busy")
                monkeypatch.setattr(at.service, "answer", answer)
                assert (await other.get("/api/v1/inbox")).status_code == 200
                for each in waiting:
                    each.cancel()

    await with_desk(tmp_path, body)


@asynccontextmanager
async def several(at: At, client: httpx2.AsyncClient) -> AsyncIterator[None]:
    """As many sockets as one token may open."""
    opened = [await listening(at, client) for _ in range(DESK_TOKEN_WATCHERS_MAX)]
    try:
        yield
    finally:
        for each in opened:
            await each.close()


NO_TOKENS = ("", "Bearer", "Basic QmVyZzp4", "Bearer openline_00000000_x", "token x")


async def test_beside_a_token_no_cookie_counts(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as officer:
            for shown in NO_TOKENS:
                for method, path in (("GET", "inbox"), ("POST", "send"), ("POST", "note"), ("GET", "openapi.json")):
                    sent = {"authorization": shown}
                    fields: dict[str, str] | None = {} if method == "POST" else None
                    answer = await officer.request(method, f"/api/v1/{path}", json=fields, headers=sent)
                    assert code(answer) == "bad-token", (path, answer.text)
            assert (await officer.get("/api/v1/inbox")).status_code == 200

    await with_desk(tmp_path, body)


async def test_a_page_from_elsewhere_does_nothing_with_a_token(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.machine() as client:
            for origin in ("http://evil.example", "null"):
                answer = await client.get("/api/v1/inbox", headers={"origin": origin})
                assert (answer.status_code, code(answer)) == (403, "foreign-origin")
            asked = await client.request("OPTIONS", "/api/v1/inbox", headers={"origin": "http://evil.example"})
            assert not [name for name in asked.headers if name.startswith("access-control-")]
            assert (await client.get("/api/v1/inbox", headers={"host": "evil.example"})).status_code == 403

    await with_desk(tmp_path, body)


async def test_two_tokens_in_one_request_are_none(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        made = await ask(at.service, DeskTokenAdd(name="archive"))
        twice = [("authorization", f"Bearer {made['token']}")] * 2
        async with at.stranger(origin="") as client:
            assert code(await client.get("/api/v1/inbox", headers=twice)) == "bad-token"
            good = await client.get("/api/v1/inbox", headers=twice[:1])
            assert good.status_code == 200

    await with_desk(tmp_path, body)


async def test_guessing_is_slowed_down_and_keeps_no_good_token_and_no_officer_waiting(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.machine() as good, at.stranger(origin="", authorization="Bearer openline_00000000_x") as client:
            codes = [code(await client.get("/api/v1/inbox")) for _ in range(AT_ONCE_FROM_ONE_ADDRESS + 3)]
            assert codes[0] == "bad-token"
            assert codes[-1] == "too-many-tries"
            assert (await good.get("/api/v1/inbox")).status_code == 200
            async with at.officer("Berg") as officer:
                assert (await officer.get("/api/v1/inbox")).status_code == 200

    await with_desk(tmp_path, body)


async def test_an_administrator_makes_them_at_the_desk_and_a_token_makes_none(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg", "administrator") as officer, at.officer("Aas") as aas, at.machine() as client:
            made = (await officer.post("/api/v1/desk-token-add", json={"name": "nagios", "role": "monitor"})).json()
            for other in (aas, client):
                assert code(await other.post("/api/v1/desk-token-add", json={"name": "more"})) == "role-needed"
            told = (await officer.get("/api/v1/desk-token-list")).json()
            assert [each["name"] for each in told["tokens"]] == ["archive", "nagios"]
            assert made["token"] not in str(told)
            ended = await officer.post("/api/v1/desk-token-revoke", json={"name": "nagios"})
            assert ended.status_code == 200
            async with at.stranger(origin="", authorization=f"Bearer {made['token']}") as gone:
                assert code(await gone.get("/api/v1/about")) == "bad-token"

    await with_desk(tmp_path, body)


async def test_what_it_reads_leaves_nothing_in_the_record(tmp_path: Path) -> None:
    """Nothing that a token may ask, asked with whatever comes, writes an entry with an officer's act."""

    async def body(north: Service, south: Service) -> None:
        sent = await ask(north, asks.Send(line="strait", text="Boat 17."))
        async with desk_at(("127.0.0.1", 0))(north) as opened:
            at = At(north, opened.address, opened.first)
            async with at.machine() as client:
                before = {kept.entry.id for _, kept in north.post.record.newest(None, 500)}
                for name in (await client.get("/api/v1/me")).json()["may"]:
                    for fields in ({"line": "strait"}, {"entry": sent["id"]}, {"line": "strait", "officer": "Berg"}):
                        await client.get(f"/api/v1/{name}", params=fields)
                        await client.post(f"/api/v1/{name}", json=fields)
                bundle = await client.post("/api/v1/download/export", json={"line": "strait"})
                assert bundle.status_code == 200
                kept = [each.entry for _, each in north.post.record.newest(None, 500)]
                new = [each.header for each in kept if each.id not in before]
                assert new, "the export made a checkpoint"
                assert [header for header in new if header.act is not None] == []

    await together(tmp_path, body)
