"""Who is let in at the desk: sessions that nobody planted, officers who still may, programs without a cookie."""

from __future__ import annotations

from pathlib import Path

from openline.post import requests as asks
from tests.desk.inside import PASSWORD, At, code, with_desk
from tests.post.inside import ask


async def test_a_session_is_never_one_that_was_there_before(tmp_path: Path) -> None:
    """Session fixation: a cookie that somebody planted is not the one that signing in gives rights to."""

    async def body(at: At) -> None:
        async with at.officer("Berg") as victim, at.stranger() as attacker:
            old = dict(victim.cookies)
            signed_in = await victim.post("/api/v1/sign-in", json={"officer": "Berg", "password": PASSWORD})
            assert dict(victim.cookies) != old
            assert signed_in.status_code == 200
            attacker.cookies.update(old)
            assert code(await attacker.get("/api/v1/me")) == "not-signed-in"
            attacker.cookies.clear()
            attacker.cookies.set(f"openline-{at.port}", "A" * 43)
            answer = await attacker.post("/api/v1/sign-in", json={"officer": "Berg", "password": PASSWORD})
            assert "A" * 43 not in answer.headers["set-cookie"]

    await with_desk(tmp_path, body)


async def test_an_officer_who_may_no_more_is_out_at_once(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Aas") as aas, at.officer("Berg", "administrator") as berg:
            assert (await aas.get("/api/v1/inbox")).status_code == 200
            assert (await berg.post("/api/v1/desk-end", json={"officer": "Aas"})).status_code == 200
            assert code(await aas.get("/api/v1/inbox")) == "not-signed-in"
        async with at.officer("Aas") as aas:
            await ask(at.service, asks.OfficerEnd(officer="Aas"))
            assert code(await aas.get("/api/v1/inbox")) == "not-signed-in"

    await with_desk(tmp_path, body)


async def test_a_new_password_ends_the_sessions_under_the_old_one(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as old, at.officer("Berg") as new:
            assert code(await old.get("/api/v1/me")) == "not-signed-in"
            assert (await new.get("/api/v1/me")).status_code == 200

    await with_desk(tmp_path, body)


async def test_beside_a_token_no_cookie_counts_and_a_program_is_no_officer(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as berg, at.machine("archive") as program:
            told = await program.get("/api/v1/me")
            assert told.json()["machine"] == "archive"
            refused = await program.post("/api/v1/note", json={"number": 1})
            assert (refused.status_code, code(refused)) == (403, "role-needed")
            bad = {"authorization": "Bearer nothing"}
            assert (await berg.get("/api/v1/me")).json()["officer"] == "Berg"
            beside = await berg.get("/api/v1/me", headers=bad)
            assert (beside.status_code, code(beside)) == (401, "bad-token")

    await with_desk(tmp_path, body)
