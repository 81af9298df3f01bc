"""The guard: requests of foreign pages, names that are bent to this desk, and what browsers are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.desk.guard import POLICY
from tests.desk.inside import PASSWORD, At, code, with_desk


@pytest.mark.parametrize(
    "origin", ["", "null", "http://evil.example", "https://127.0.0.1:{port}", "http://127.0.0.1:1"]
)
async def test_a_foreign_page_changes_nothing(tmp_path: Path, origin: str) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as officer, at.stranger(origin=origin.format(port=at.port)) as client:
            client.cookies.update(officer.cookies)
            for path in ("send", "mark", "desk-link", "sign-out", "sign-in"):
                answer = await client.post(f"/api/v1/{path}", json={"officer": "Berg", "password": PASSWORD})
                assert (answer.status_code, code(answer)) == (403, "foreign-origin")
            reading = await client.get("/api/v1/inbox")
            assert reading.status_code == (403 if origin else 200)
            assert "access-control-allow-origin" not in reading.headers

    await with_desk(tmp_path, body)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1.evil.example:{port}"])
async def test_a_name_that_is_bent_to_the_desk_gets_nothing(tmp_path: Path, host: str) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as officer:
            answer = await officer.get("/", headers={"host": host.format(port=at.port)})
            assert (answer.status_code, code(answer)) == (403, "foreign-origin")

    await with_desk(tmp_path, body)


async def test_every_answer_tells_the_browser_what_it_may_do(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.stranger() as client:
            for path in ("/", "/static/login.js", "/healthz", "/nothing", "/api/v1/me"):
                headers = (await client.get(path)).headers
                assert headers["content-security-policy"] == POLICY
                assert headers["x-content-type-options"] == "nosniff"
                assert headers["cache-control"] == "no-store"
                assert headers["referrer-policy"] == "no-referrer"
            assert "'unsafe" not in POLICY
            assert "require-trusted-types-for 'script'" in POLICY
            localhost = await client.get("/healthz", headers={"host": f"localhost:{at.port}"})
            assert localhost.status_code == 200

    await with_desk(tmp_path, body)
