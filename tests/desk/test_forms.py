"""Addresses beside the routes: what each takes, and with which method."""

from __future__ import annotations

from pathlib import Path

from openline.desk.forms import DOORS
from openline.desk.routes import ROUTES
from tests.desk.inside import At, code, with_desk


def test_no_address_is_two_things() -> None:
    assert not set(DOORS) & set(ROUTES)
    assert {name for name, door in DOORS.items() if door.method == "GET"} == {"me", "openapi.json"}


async def test_another_method_than_the_one_is_told_to_whoever_may_know(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as officer, at.stranger() as stranger:
            for path, allow in (("me", "GET"), ("sign-in", "POST"), ("inbox", "GET"), ("send", "POST")):
                for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
                    if method == allow:
                        continue
                    answer = await officer.request(method, f"/api/v1/{path}")
                    assert (answer.status_code, code(answer)) == (405, "wrong-method"), (method, path)
                    assert answer.headers["allow"] == allow
                    hidden = await stranger.request(method, f"/api/v1/{path}")
                    assert (hidden.status_code, code(hidden)) == (401, "not-signed-in"), (method, path)
            answer = await officer.get("/api/v1/download/export")
            assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
            assert (await officer.head("/api/v1/inbox")).status_code == 200
            assert (await stranger.post("/healthz")).status_code == 405
            assert (await officer.get("/api/v1/nothing")).status_code == 404

    await with_desk(tmp_path, body)
