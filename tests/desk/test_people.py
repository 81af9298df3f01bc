"""Passkeys and one-time codes at the desk, with an authenticator made of software: who gets in, and what is signed."""

from __future__ import annotations

import base64
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx2

from openline.keys import totp
from openline.limits import DESK_STRANGER_BODY_MAX_BYTES
from openline.post import requests as asks
from openline.post.loop import now
from tests.desk.inside import PASSWORD, At, code, with_desk
from tests.identity.devices import Device, unpadded
from tests.post.inside import ask


def data(text: str) -> bytes:
    """Bytes from base64url."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def by_name(at: At) -> AbstractAsyncContextManager[httpx2.AsyncClient]:
    """A browser that reached the desk as localhost."""
    return at.stranger(host=f"localhost:{at.port}", origin=f"http://localhost:{at.port}")


def made(device: Device, at: At, challenge: str, **odd: Any) -> dict[str, str]:
    """What a browser sends of a signature."""
    parts = device.raw(data(challenge), **{"origin": f"http://localhost:{at.port}", **odd})
    return dict(zip(("authenticator", "client", "signature"), map(unpadded, parts), strict=True))


async def enrolled(at: At, client: httpx2.AsyncClient, device: Device, token: str = "", **odd: Any) -> httpx2.Response:
    """Take up a passkey of whoever has signed in, or has the link."""
    new = {"public": unpadded(device.spki), "token": token}
    asked = await client.post("/api/v1/passkey-prove", json=new)
    assert asked.status_code == 200, asked.text
    proof = made(device, at, asked.json()["challenge"], **odd)
    return await client.post("/api/v1/passkey-add", json={**new, "id": unpadded(device.label.encode()), **proof})


async def signed_in(at: At, client: httpx2.AsyncClient, device: Device, **odd: Any) -> httpx2.Response:
    """Try to sign in with a passkey."""
    options = (await client.post("/api/v1/passkey-options", json={})).json()
    assert options["rp"] == "localhost"
    body = {"id": unpadded(device.label.encode()), "challenge": options["challenge"]}
    return await client.post("/api/v1/passkey-sign-in", json={**body, **made(device, at, options["challenge"], **odd)})


async def test_a_link_takes_up_a_passkey_which_then_signs_in(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        device, token = Device("phone"), at.first.rpartition("#link=")[2]
        async with by_name(at) as client:
            taken = await enrolled(at, client, device, token)
            assert taken.status_code == 200, taken.text
            assert taken.json()["officer"] == "Berg"
            assert taken.json()["passkeys"] == [{"id": unpadded(b"phone"), "rp": "localhost", "signs": True}]
            assert (await client.get("/api/v1/me")).status_code == 200
        card = at.service.post.keyring.card
        assert [each.public for each in card.officers[0].passkeys] == [device.public]
        async with by_name(at) as client:
            again = await client.post("/api/v1/link-holder", json={"token": token})
            assert code(again) == "link-spent"
            entered = await signed_in(at, client, device)
            assert entered.status_code == 200, entered.text
            assert "HttpOnly" in entered.headers["set-cookie"]
            assert (await client.get("/api/v1/me")).json()["officer"] == "Berg"

    await with_desk(tmp_path, body)


async def test_who_has_not_that_passkey_does_not_get_in(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        device = Device("phone")
        async with by_name(at) as client:
            await enrolled(at, client, device, at.first.rpartition("#link=")[2])
        async with by_name(at) as client:
            stranger = Device("phone but another key")
            stranger_with_its_name = Device("phone")
            stranger_with_its_name.ed25519 = True
            tries = [
                await signed_in(at, client, stranger),
                await signed_in(at, client, stranger_with_its_name),
                await signed_in(at, client, device, flags=1),
                await signed_in(at, client, device, origin="http://evil.localhost"),
                await signed_in(at, client, device, rp="evil.example"),
            ]
            options = (await client.post("/api/v1/passkey-options", json={})).json()
            other = {"id": unpadded(b"phone"), "challenge": unpadded(bytes(32))}
            tries.append(
                await client.post("/api/v1/passkey-sign-in", json={**other, **made(device, at, other["challenge"])})
            )
            right = {"id": unpadded(b"phone"), "challenge": options["challenge"]}
            proof = {**right, **made(device, at, options["challenge"])}
            assert (await client.post("/api/v1/passkey-sign-in", json=proof)).status_code == 200
            tries.append(await client.post("/api/v1/passkey-sign-in", json=proof))
            assert {(each.status_code, code(each)) for each in tries} == {(401, "wrong-password")}
            assert len({each.text for each in tries}) == 1

    await with_desk(tmp_path, body)


async def test_a_passkey_that_counts_back_signs_nobody_in(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        device = Device("phone", counter=40)
        async with by_name(at) as client:
            await enrolled(at, client, device, at.first.rpartition("#link=")[2])
            device.counter = 40
            assert code(await signed_in(at, client, device)) == "counter-back"
            assert (await signed_in(at, client, device)).status_code == 200
            assert code(await signed_in(at, client, device, counter=0)) == "counter-back"

    await with_desk(tmp_path, body)


async def test_a_passkey_is_taken_up_by_its_proof_and_once(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        device = Device("phone")
        async with by_name(at) as client:
            new = {"public": unpadded(device.spki), "token": ""}
            assert code(await client.post("/api/v1/passkey-prove", json=new)) == "not-signed-in"
            wrong = {"public": unpadded(device.spki), "token": "x" * 43}
            assert code(await client.post("/api/v1/passkey-prove", json=wrong)) == "link-spent"
            token = at.first.rpartition("#link=")[2]
            assert (await enrolled(at, client, device, token, flags=1)).status_code == 409
            assert (await enrolled(at, client, device, token)).status_code == 200
            assert (await enrolled(at, client, device)).status_code == 400
            assert (await enrolled(at, client, Device("stick", ed25519=True))).status_code == 200
            odd = await client.post("/api/v1/passkey-prove", json={"public": unpadded(b"no key"), "token": ""})
            assert code(odd) == "bad-key"

    await with_desk(tmp_path, body)


async def test_an_address_is_no_name_for_a_passkey(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.stranger() as client:
            assert code(await client.post("/api/v1/passkey-options", json={})) == "misuse"

    await with_desk(tmp_path, body)


async def test_a_revoked_passkey_and_an_ended_account_sign_in_no_more(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        device, other = Device("phone"), Device("stick")
        async with by_name(at) as client:
            await enrolled(at, client, device, at.first.rpartition("#link=")[2])
            await enrolled(at, client, other)
            await ask(at.service, asks.KeysRevoke(public=device.public.hex()))
            assert code(await signed_in(at, client, device)) == "wrong-password"
            assert (await signed_in(at, client, other)).status_code == 200
            me = (await client.get("/api/v1/me")).json()
            assert [each["signs"] for each in me["passkeys"]] == [False, True]
            await ask(at.service, asks.DeskEnd(officer="Berg"))
            assert code(await signed_in(at, client, other)) == "wrong-password"

    await with_desk(tmp_path, body)


MEANS = ("passkey-options", "passkey-sign-in", "passkey-prove", "passkey-add", "code-new", "code-confirm")


async def test_a_session_planted_before_a_passkey_is_not_the_one_after(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        device, cookie = Device("phone"), f"openline-{at.port}"
        async with by_name(at) as client:
            planted = {"cookie": f"{cookie}={'x' * 43}"}
            token = at.first.rpartition("#link=")[2]
            client.headers.update(planted)
            taken = await enrolled(at, client, device, token)
            given = taken.headers["set-cookie"].partition("=")[2].partition(";")[0]
            assert len(given) == 43
            assert given != "x" * 43
            client.headers.update({"cookie": f"{cookie}={given}"})
            entered = await signed_in(at, client, device)
            assert entered.headers["set-cookie"].partition("=")[2].partition(";")[0] != given
            assert (await client.get("/api/v1/me")).status_code == 401

    await with_desk(tmp_path, body)


async def test_strangers_get_nothing_by_odd_bodies_foreign_pages_or_size(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        told = []
        async with by_name(at) as client:
            for name in MEANS:
                for odd in ("", "[]", "{", '{"x": 1}', '{"id": 1}', '"\\ud800"', "[" * 900):
                    answer = await client.post(
                        f"/api/v1/{name}", content=odd, headers={"content-type": "application/json"}
                    )
                    told.append((name, answer))
                    assert code(answer) == "bad-request", (name, odd)
                huge = await client.post(f"/api/v1/{name}", json={"code": "x" * (DESK_STRANGER_BODY_MAX_BYTES + 1)})
                assert code(huge) == "too-large"
                told += [(name, huge), (name, await client.get(f"/api/v1/{name}"))]
                foreign = await client.post(f"/api/v1/{name}", json={}, headers={"origin": "https://evil.example"})
                assert (foreign.status_code, code(foreign)) == (403, "foreign-origin")
            for name, sent in (("code-new", {}), ("code-confirm", {"code": "1"})):
                assert code(await client.post(f"/api/v1/{name}", json=sent)) == "not-signed-in"
            for junk in ("!", "A", "\u0000", "<script>", "AAAA" * 200):
                signing = dict.fromkeys(("id", "challenge", "authenticator", "client", "signature"), junk)
                answer = await client.post("/api/v1/passkey-sign-in", json=signing)
                assert code(answer) in ("bad-request", "wrong-password")
                told.append(("passkey-sign-in", answer))
        assert all("North" not in each.text and version("openline") not in each.text for _, each in told)
        assert all("set-cookie" not in each.headers for _, each in told)

    await with_desk(tmp_path, body)


async def test_one_time_codes_beside_the_password(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.officer("Berg") as first, at.stranger() as client:
            told = (await first.post("/api/v1/code-new", json={})).json()
            secret = base64.b32decode(told["secret"])
            assert told["uri"].startswith("otpauth://totp/North:Berg?secret=")
            right = {"officer": "Berg", "password": PASSWORD}
            assert (await client.post("/api/v1/sign-in", json=right)).status_code == 200
            assert code(await first.post("/api/v1/code-confirm", json={"code": "000000"})) == "wrong-password"
            step = now() // totp.STEP_MS
            confirmed = await first.post("/api/v1/code-confirm", json={"code": totp.code(secret, step)})
            assert confirmed.json()["code"] is True
            tries = [
                await client.post("/api/v1/sign-in", json={**right, "code": each})
                for each in ("", "000000", totp.code(secret, step))
            ]
            assert {code(each) for each in tries} == {"wrong-password"}
            entered = await client.post("/api/v1/sign-in", json={**right, "code": totp.code(secret, step + 1)})
            assert entered.status_code == 200
            assert code(await first.post("/api/v1/code-new", json={})) == "misuse"
        async with at.officer("Berg") as renewed:
            assert (await renewed.get("/api/v1/me")).json()["code"] is False

    await with_desk(tmp_path, body)


async def test_only_the_officer_whose_device_was_asked_signs(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with by_name(at) as client:
            await enrolled(at, client, Device("phone"), at.first.rpartition("#link=")[2])
            wrong = {"draft": "00" * 16, "authenticator": "", "client": "", "signature": ""}
            assert code(await client.post("/api/v1/draft-sign", json=wrong)) == "unknown-name"
            for inner in ({"do": "backup", "file": "/tmp/x"}, {"do": "log-note", "text": "x"}, {"do": 1}, {}):
                refused = await client.post("/api/v1/draft", json={"request": inner, "device": True})
                assert code(refused) == "bad-request"
            named = {"do": "send", "line": "strait", "text": "x", "officer": "Aas"}
            refused = await client.post("/api/v1/draft", json={"request": named, "device": True})
            assert code(refused) == "bad-request"

    await with_desk(tmp_path, body)
