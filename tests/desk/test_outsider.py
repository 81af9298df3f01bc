"""What somebody tries who reaches the desk and may not: each address, odd requests, planted cookies, guessed links."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette

from openline.desk import routes, tries
from openline.desk.app import Desk
from openline.desk.downloads import DOWNLOADS
from openline.desk.pages import CONSOLE, FOR_STRANGERS, load
from openline.desk.replies import STATUS
from openline.desk.way import way
from openline.errors import OpenlineError
from openline.post import requests as asks
from tests.desk.inside import PASSWORD, At, code, with_desk
from tests.post.inside import ask

TOLD = re.compile(r"uvicorn|starlette|websockets|h11|python|openline/|0\.\d+\.\d|North|Berg|Traceback", re.IGNORECASE)
"""What no answer to a stranger says: what runs here, of which version, and whose it is."""

OPEN = {"/": "GET", "/healthz": "GET", "/api/v1/sign-out": "POST", "/api/v1/passkey-options": "POST"}
"""What answers 200 to whoever asks as a page of the desk does."""


def addresses(at: At) -> list[tuple[str, str]]:
    """Every address of the desk with each method that it could take."""
    desk = Desk(at.service, load(), way("127.0.0.1", at.port).reach(at.port))
    routed = desk._routed()
    assert isinstance(routed, Starlette)
    desk.passwords.close()
    names = [*routes.ROUTES, *DOWNLOADS, *load()]
    paths = [str(route.path) for route in routed.routes if hasattr(route, "path")]
    assert len(paths) >= 15
    every = {path.replace("{name}", name) for path in paths for name in (names if "{name}" in path else ["x"])}
    return [(method, path) for path in sorted(every) for method in ("GET", "POST", "PUT")]


async def test_each_address_gives_a_stranger_nothing(tmp_path: Path) -> None:
    """Whatever is added to the routes is walked here, too."""

    async def body(at: At) -> None:
        async with at.stranger() as client:
            for method, path in addresses(at):
                answer = await client.request(method, path, json=None if method == "GET" else {})
                if answer.status_code == 200:
                    free = OPEN.get(path) or ("GET" if path.removeprefix("/static/") in FOR_STRANGERS else "")
                    assert method == free, (method, path)
                else:
                    assert answer.status_code in (400, 401, 404, 405), (method, path, answer.text)
                told = TOLD.search(str(answer.headers) + ("" if path.startswith("/static/") else answer.text))
                assert told is None, (method, path, told)

    await with_desk(tmp_path, body)


async def test_only_pages_that_strangers_need_are_theirs(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.stranger() as client, at.officer("Berg") as officer:
            for name in load():
                given = (await client.get(f"/static/{name}")).status_code == 200
                assert given == (name in FOR_STRANGERS), name
                assert (await officer.get(f"/static/{name}")).status_code == 200
            assert CONSOLE not in FOR_STRANGERS

    await with_desk(tmp_path, body)


ODD = (
    "GET http://evil.example/ HTTP/1.1\r\n{host}",
    "GET //evil.example/%2f.. HTTP/1.1\r\n{host}",
    "GET /api/v1/me/ HTTP/1.1\r\n{host}",
    "GET /static/desk.js/ HTTP/1.1\r\n{host}",
    "GET /static/%252e%252e%252fapp.py HTTP/1.1\r\n{host}",
    "GET /static/..;/desk.js HTTP/1.1\r\n{host}",
    "GET /static/desk.js%00.css HTTP/1.1\r\n{host}",
    "GET /static/%ff%fe HTTP/1.1\r\n{host}",
    "GET /static/desk.js#login.js HTTP/1.1\r\n{host}",
    "GET /static/%c0%ae%c0%ae/desk.js HTTP/1.1\r\n{host}",
    "GET /./static/desk.js HTTP/1.1\r\n{host}",
    "GET /API/V1/inbox HTTP/1.1\r\n{host}",
    "GET /api/v1/inbox%0d%0aSet-Cookie:%20x=y HTTP/1.1\r\n{host}",
    "GET /api/v1/show?entry=%ff&%00=%0a HTTP/1.1\r\n{host}",
    "GET /api/v1/inbox HTTP/1.1\r\n{host}X-Original-URL: /\r\nX-Rewrite-URL: /static/login.js\r\n",
    "GET /api/v1/inbox HTTP/1.1\r\n{host}X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: evil.example\r\n",
    'GET /api/v1/inbox HTTP/1.1\r\n{host}Cookie: \xff=;;; =x; openline-{port}="\\777"\r\n',
    "POST /api/v1/sign-out HTTP/1.1\r\n{host}",
    "POST /api/v1/me HTTP/1.1\r\n{host}Origin: {origin}\r\nX-HTTP-Method-Override: GET\r\nContent-Length: 0\r\n",
    "GET /api/v1/send?_method=POST HTTP/1.1\r\n{host}Origin: {origin}\r\nX-HTTP-Method: POST\r\n",
    "POST /api/v1/sign-in HTTP/1.1\r\n{host}Origin: {origin}\r\nContent-Length: -1\r\n",
    "POST /api/v1/sign-in HTTP/1.1\r\n{host}Origin: {origin}\r\nContent-Length: 3\r\nContent-Length: 4\r\n",
    "POST /api/v1/sign-in HTTP/1.1\r\n{host}Origin: {origin}\r\nTransfer-Encoding: gzip, chunked\r\n",
    "POST /api/v1/sign-in HTTP/1.1\r\n{host}Origin: {origin}\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n",
    "OPTIONS * HTTP/1.1\r\n{host}",
    "TRACE / HTTP/1.1\r\n{host}",
    "CONNECT evil.example:443 HTTP/1.1\r\n{host}",
    "DELETE / HTTP/1.1\r\n{host}",
    "GET / HTTP/1.1\r\n",
    "GET / HTTP/1.1\r\n{host}{host}",
    "GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: 127.0.0.1:{port}\r\n",
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}@evil.example\r\n",
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port} \x0b\r\n",
    "GET / HTTP/1.1\r\nHost: 127.1:{port}\r\n",
    "GET / HTTP/1.1\r\nHost: 2130706433:{port}\r\n",
    "GET / HTTP/1.1\r\nHost: localhost.:{port}\r\n",
    "GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example:{port}\r\n",
    "GET / HTTP/1.0\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n",
    "\x16\x03\x01\x02\x00\x01\r\n",
    "GET\x00/ HTTP/1.1\r\n{host}",
    "GET / HTTP/1.1\r\n{host}X: a\x00b\r\n",
    "GET / HTTP/1.1\r\n{host} folded: x\r\n",
    "GET / HTTP/1.1\r\n{host}" + "X: y\r\n" * 4_000,
    f"GET /{'a' * 20_000} HTTP/1.1\r\n{{host}}",
    f"GET /api/v1/inbox?{'a=b&' * 5_000} HTTP/1.1\r\n{{host}}",
)


async def test_odd_requests_get_nothing_and_leave_no_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def body(at: At) -> None:
        host, origin = f"Host: 127.0.0.1:{at.port}\r\n", at.address
        for head in ODD:
            reader, writer = await asyncio.open_connection("127.0.0.1", at.port)
            text = head.replace("{host}", host).replace("{origin}", origin).replace("{port}", str(at.port))
            writer.write(f"{text}Connection: close\r\n\r\n".encode("latin-1"))
            async with asyncio.timeout(60):
                said = (await reader.read(1 << 20)).decode()
            writer.close()
            assert int(said.split()[1]) in (400, 401, 403, 404, 405, 413), (head, said)
            assert TOLD.search(said) is None, (head, said)
            assert "location:" not in said.lower(), head
            assert "\r\nset-cookie:" not in said.lower(), head

    await with_desk(tmp_path, body)
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    assert "Invalid HTTP" not in said.err


async def test_who_hangs_up_in_the_middle_leaves_no_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def body(at: At) -> None:
        for sent in (b"", b'{"officer"'):
            reader, writer = await asyncio.open_connection("127.0.0.1", at.port)
            head = f"POST /api/v1/sign-in HTTP/1.1\r\nHost: 127.0.0.1:{at.port}\r\nOrigin: {at.address}\r\n"
            writer.write(f"{head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n".encode() + sent)
            await writer.drain()
            writer.write_eof()
            writer.close()
            async with at.stranger() as client:
                assert (await client.get("/healthz")).status_code == 200
            await asyncio.wait_for(reader.read(), 60)

    await with_desk(tmp_path, body)
    said = capsys.readouterr()
    assert "failed" not in said.out + said.err
    assert "Traceback" not in said.out + said.err


async def test_a_planted_cookie_does_not_stand_before_the_desk_s_own(tmp_path: Path) -> None:
    """A page on another port of this machine may set one for a longer path, which browsers send first."""

    async def body(at: At) -> None:
        async with at.officer("Berg") as victim, at.officer("Aas") as attacker, at.stranger() as client:
            own, planted = dict(victim.cookies), dict(attacker.cookies)
            name = f"openline-{at.port}"
            cookies = f"{name}={planted[name]}; {name}={own[name]}"
            assert (await client.get("/api/v1/me", headers={"cookie": cookies})).json()["officer"] == "Berg"

    await with_desk(tmp_path, body)


async def test_an_unknown_name_and_a_wrong_password_are_answered_alike(tmp_path: Path) -> None:
    """And so is somebody who has an account without a password."""

    async def body(at: At) -> None:
        await ask(at.service, asks.DeskLink(officer="Aas"))
        async with at.officer("Berg"), at.stranger() as client:
            answers = [
                await client.post("/api/v1/sign-in", json={"officer": name, "password": "wrong", "code": "000000"})
                for name in ("Berg", "Aas", "Nobody", "", "x" * 2_000)
            ]
            said = {(each.status_code, each.text, str({**each.headers, "date": ""})) for each in answers}
            assert len(said) == 1, said

    await with_desk(tmp_path, body)


async def test_guesses_at_links_keep_nobody_out_who_has_one(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        link = await ask(at.service, asks.DeskLink(officer="Berg"))
        async with at.stranger() as client:
            guess = {"token": "A" * 43, "password": PASSWORD}
            codes = {
                code(await client.post(f"/api/v1/{path}", json=guess))
                for _ in range(tries.AT_ONCE_FROM_ONE_ADDRESS)
                for path in ("link", "link-holder")
            }
            assert codes == {"link-spent", "too-many-tries"}
            form = {"token": link["token"], "password": PASSWORD}
            both = await asyncio.gather(*(client.post("/api/v1/link", json=form) for _ in range(2)))
            assert sorted(each.status_code for each in both) in ([200, 401], [200, 429]), "it works, and once"

    await with_desk(tmp_path, body)


def nested(depth: int) -> str:
    """An object in an object, so deep."""
    return '{"line": ' * depth + '"x"' + "}" * depth


async def test_what_is_deep_or_large_is_refused(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        kind = {"content-type": "application/json"}
        async with at.officer("Berg") as client:
            for depth in (2, 100, 900, 1_500, 90_000):
                for path in ("send", "draft", "claim-put", "sign-in", "note", "download/export"):
                    wrapped = f'{{"request": {nested(depth)}}}' if path == "draft" else nested(depth)
                    answer = await client.post(f"/api/v1/{path}", content=wrapped, headers=kind)
                    assert code(answer) in ("bad-request", "too-large", "role-needed"), (depth, path)
            many = json.dumps({"line": "x", "called": [["a", "b"]] * 50_000, "office": "x", "reply_by": 1})
            answer = await client.post("/api/v1/call-ask", content=many, headers=kind)
            assert answer.status_code in (400, 404), answer.text
            for number in ("1e999", "-1", "1e2", "9" * 400, "NaN", "true"):
                body = f'{{"line": "x", "text": "x", "deliver_by": {number}}}'
                answer = await client.post("/api/v1/send", content=body, headers=kind)
                assert answer.status_code in (400, 404), (number, answer.text)

    await with_desk(tmp_path, body)


def test_every_error_is_one_of_the_client_or_says_that_the_post_cannot() -> None:
    """No error that a stranger can cause is a 5xx."""
    assert all(issubclass(each, OpenlineError) for each in STATUS)
    assert {each.code for each, status in STATUS.items() if status >= 500} == {
        "internal-error",
        "too-busy",
        "not-ready",
    }
