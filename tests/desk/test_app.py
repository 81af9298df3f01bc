"""The desk over HTTP: signing in and out, what outsiders get, and what attackers try."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import httpx2
import pytest

from openline.desk import tries
from openline.desk.pages import FOR_STRANGERS
from openline.limits import DESK_BODY_MAX_BYTES, DESK_STRANGER_BODY_MAX_BYTES
from openline.post import requests as asks
from openline.post.health import Probe
from tests.desk.inside import PASSWORD, At, code, with_desk
from tests.post.inside import ask

STRINGS = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{constructor.constructor('return 1')()}}",
    "${7*7} `x` \\u0000 \x00",
    "\u202eright to left\u202c \u200b \ufeff",
    "'; DROP TABLE entry; --",
    "../../../../etc/passwd%00",
    "\ud800 \U000e0041 \uffff " + "a\u0301" * 50,
)


async def test_the_first_officer_signs_in_by_the_link_and_only_once(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        token = at.first.rpartition("#link=")[2]
        assert at.first == f"{at.address}/#link={token}"
        async with at.stranger() as client:
            holder = await client.post("/api/v1/link-holder", json={"token": token})
            assert holder.json() == {"officer": "Berg", "roles": ["watch officer", "administrator"]}
            weak = await client.post("/api/v1/link", json={"token": token, "password": "short"})
            assert (weak.status_code, code(weak)) == (400, "misuse")
            taken = await client.post("/api/v1/link", json={"token": token, "password": PASSWORD})
            assert taken.json()["officer"] == "Berg"
            assert (await client.get("/api/v1/me")).json()["post"] == "North"
            again = await client.post("/api/v1/link", json={"token": token, "password": PASSWORD})
            assert (again.status_code, code(again)) == (401, "link-spent")

    await with_desk(tmp_path, body)


async def test_signing_in_and_out(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as first, at.stranger() as client:
            for officer, password in (("Berg", "wrong"), ("Nobody", PASSWORD), ("", ""), ("Aas", "")):
                wrong = await client.post("/api/v1/sign-in", json={"officer": officer, "password": password})
                assert (wrong.status_code, code(wrong)) == (401, "wrong-password")
                assert not wrong.headers.get_list("set-cookie")
            right = await client.post("/api/v1/sign-in", json={"officer": " berg ", "password": PASSWORD})
            assert right.status_code == 200
            cookie = right.headers["set-cookie"]
            assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
            assert cookie.startswith(f"openline-{at.port}=")
            assert (await client.get("/")).text.count("<open-desk>") == 1
            assert (await client.post("/api/v1/sign-out", json={})).status_code == 200
            assert code(await client.get("/api/v1/me")) == "not-signed-in"
            assert (await first.get("/api/v1/me")).json()["guide"] is False
            accounts = (await ask(at.service, asks.DeskList()))["accounts"]
            assert [each["signed_in"] is not None for each in accounts] == [True]

    await with_desk(tmp_path, body)


async def test_what_was_typed_for_a_name_is_not_logged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A tired person types the password where the name belongs."""

    async def body(at: At) -> None:
        async with at.officer("Berg") as client:
            await client.post("/api/v1/sign-in", json={"officer": PASSWORD, "password": ""})
            await client.post("/api/v1/sign-in", json={"officer": "berg", "password": PASSWORD + "x"})

    await with_desk(tmp_path, body)
    said = capsys.readouterr()
    assert "somebody did not sign in" in said.out + said.err
    assert PASSWORD not in said.out + said.err


async def test_guessing_is_slowed_down_for_one_name_and_not_for_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg"), at.officer("Aas"), at.stranger() as client:
            codes = []
            for _ in range(tries.AT_ONCE + 1):
                guess = await client.post("/api/v1/sign-in", json={"officer": "BERG", "password": "a wrong guess"})
                codes.append(code(guess))
            assert codes == ["wrong-password"] * tries.AT_ONCE + ["too-many-tries"]
            other = await client.post("/api/v1/sign-in", json={"officer": "Aas", "password": PASSWORD})
            assert other.status_code == 200

    await with_desk(tmp_path, body)


async def test_an_outsider_gets_the_login_page_and_nothing_else(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as officer, at.stranger() as client:
            page = await client.get("/")
            assert "sign-in" in page.text
            seen = [page, await client.get("/healthz")]
            assert seen[1].json() == {"ok": True}
            for name in sorted(FOR_STRANGERS):
                seen.append(await client.get(f"/static/{name}"))
                assert seen[-1].status_code == 200
            for path in (
                "/static/desk.js",
                "/static/live.js",
                "/static/desk.css",
                "/static/ru.json",
                "/static/ar.json",
                "/nothing",
                "/docs",
                "/api/v1",
                "/api",
            ):
                seen.append(await client.get(path))
                assert (seen[-1].status_code, code(seen[-1])) == (404, "unknown-name"), path
            for answer in seen:
                assert "server" not in answer.headers
                assert "North" not in answer.text
                assert not re.search(r"uvicorn|starlette|0\.1\.0", str(answer.headers) + answer.text)
            assert (await officer.get("/static/desk.js")).status_code == 200

    await with_desk(tmp_path, body)


async def test_whether_the_post_serves_is_told_to_anybody_and_nothing_else(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.stranger() as client:
            well = await client.get("/healthz")
            assert (well.status_code, well.json()) == (200, {"ok": True})
            at.service.pulse.writes = Probe(at.service.pulse._write, 0.0)
            at.service.post.record._writing.execute("PRAGMA query_only = ON")
            ill = await client.get("/healthz")
            assert (ill.status_code, ill.json()) == (503, {"ok": False})
            assert code(await client.get("/api/v1/health")) == "not-signed-in"
            at.service.post.record._writing.execute("PRAGMA query_only = OFF")
            assert (await client.get("/healthz")).status_code == 200
        async with at.machine("nagios", "monitor") as monitor:
            told = (await monitor.get("/api/v1/health")).json()
            assert (told["ok"], told["turns"], told["reads"], told["writes"]) == (True, True, True, True)

    await with_desk(tmp_path, body)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/post/service.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/static/%00desk.js",
        "/static/.built",
        "/static/desk.js/",
        "//static/desk.js",
    ],
)
async def test_path_tricks_lead_nowhere(tmp_path: Path, path: str) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as client:
            cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
            status, text = await raw(at, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{at.port}\r\nCookie: {cookies}\r\n")
            assert status in (400, 404), (path, text)
            assert "openline" not in text.partition("\r\n\r\n")[2]

    await with_desk(tmp_path, body)


async def raw(at: At, head: str) -> tuple[int, str]:
    """Status and text of a request as it is written, byte for byte."""
    reader, writer = await asyncio.open_connection("127.0.0.1", at.port)
    writer.write(f"{head}Connection: close\r\n\r\n".encode())
    async with asyncio.timeout(60):
        text = (await reader.read(1 << 20)).decode(errors="replace")
    writer.close()
    await writer.wait_closed()
    return int(text.split()[1]), text


async def test_bodies_are_limited(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as client, at.stranger() as stranger:
            large = b'{"officer": "' + b"x" * DESK_STRANGER_BODY_MAX_BYTES
            kind = {"content-type": "application/json"}
            refused = await stranger.post("/api/v1/sign-in", content=large, headers=kind)
            assert (refused.status_code, code(refused)) == (413, "too-large")
            larger = b'{"line": "' + b"x" * DESK_BODY_MAX_BYTES
            refused = await client.post("/api/v1/send", content=larger, headers=kind)
            assert (refused.status_code, code(refused)) == (413, "too-large")
            for other in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
                refused = await client.post("/api/v1/send", content=b"{}", headers={"content-type": other})
                assert (refused.status_code, code(refused)) == (400, "bad-request")
            for junk in (b"", b"[]", b"\xff", b"[" * 4_000, b'{"officer": 5, "password": "x"}'):
                refused = await stranger.post("/api/v1/sign-in", content=junk, headers=kind)
                assert (refused.status_code, code(refused)) == (400, "bad-request")
            status, _ = await raw(at, f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{at.port}\r\nX: {'y' * 400_000}\r\n")
            assert status == 400

    await with_desk(tmp_path, body)


@pytest.mark.parametrize("text", STRINGS, ids=range(len(STRINGS)))
async def test_strings_go_through_every_field_as_they_are(tmp_path: Path, text: str) -> None:
    """Nothing is read as anything but text, and every refusal is a documented one."""
    fields = {
        "send": {"line": text, "text": text, "precedence": text, "class": text},
        "reply": {"entry": text, "text": text, "precedence": text},
        "correct": {"entry": text, "text": text},
        "mark": {"entry": text, "what": text, "to": text},
        "desk-link": {"officer": text, "roles": [text]},
        "desk-end": {"officer": text},
    }

    async def body(at: At) -> None:
        async with at.officer("Berg", "watch officer", "administrator") as client:
            kind = {"content-type": "application/json"}
            asked = {**fields, "sign-in": {"officer": text, "password": text}, "link-holder": {"token": text}}
            answers = [
                await client.post(f"/api/v1/{name}", content=json.dumps(each), headers=kind)
                for name, each in asked.items()
            ]
            text_in_query = text.encode(errors="replace").decode()
            answers += [await client.get("/api/v1/show", params={"entry": text_in_query})]
            answers += [await client.get("/api/v1/inbox", params={"line": text_in_query})]
            for answer in answers:
                assert answer.status_code in (400, 401, 404), answer.text
                assert code(answer) in ("misuse", "bad-request", "unknown-name", "wrong-password", "link-spent")
                assert answer.headers["content-type"] == "application/json"

    await with_desk(tmp_path, body)


async def test_what_goes_wrong_inside_is_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(at: At) -> None:
        def broken(*arguments: object) -> None:
            raise ZeroDivisionError("secret detail")

        async with at.officer("Berg") as client:
            monkeypatch.setattr(at.service, "answer", broken)
            answer = await client.get("/api/v1/inbox")
            assert (answer.status_code, code(answer)) == (500, "internal-error")
            assert "secret detail" not in answer.text

    await with_desk(tmp_path, body)


async def test_the_api_is_told_to_whoever_has_signed_in(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as client, at.stranger() as stranger:
            assert (await client.get("/api/v1/openapi.json")).json()["openapi"] == "3.1.0"
            assert code(await stranger.get("/api/v1/openapi.json")) == "not-signed-in"
            response: httpx2.Response = await client.get("/", headers={"accept-encoding": "identity"})
            assert "content-encoding" not in response.headers

    await with_desk(tmp_path, body)
