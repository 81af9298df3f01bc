"""The way to the desk: what would let a password be read is refused; names, cookies and askers follow from the way."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import connect

from openline.desk.serving import desk_at, listen
from openline.desk.tries import AT_ONCE_FROM_ONE_ADDRESS
from openline.desk.way import way
from openline.errors import Misuse
from openline.post import requests as asks
from openline.post.post import Post
from openline.post.service import Service
from tests.desk.inside import PASSWORD, code
from tests.desk.proxying import NAME, Certified, certified
from tests.post.inside import alone, ask, home


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    """A certificate for the name."""
    return certified(tmp_path_factory.mktemp("certified"))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "north.example", ""])
@pytest.mark.parametrize("name", ["", NAME])
def test_plain_http_is_served_on_this_machine_only(host: str, name: str) -> None:
    with pytest.raises(Misuse, match=r"say --desk 127\.0\.0\.1:8080"):
        way(host, 0, name)


def test_a_certificate_has_its_key_and_its_name(held: Certified) -> None:
    with pytest.raises(Misuse, match="go together"):
        way("127.0.0.1", 0, NAME, held.certificate)
    with pytest.raises(Misuse, match="go together"):
        way("127.0.0.1", 0, NAME, None, held.key)
    with pytest.raises(Misuse, match="--desk-name"):
        way("0.0.0.0", 0, "", held.certificate, held.key)
    assert way("0.0.0.0", 0, NAME, held.certificate, held.key).tls is not None


@pytest.mark.parametrize(
    "name", ["192.0.2.7", "[::1]", "desk_north.example", "пульт.example", f"{NAME}:0", f"{NAME}:x", "-", ":443"]
)
def test_a_name_is_one_that_a_passkey_can_belong_to(name: str) -> None:
    with pytest.raises(Misuse):
        way("127.0.0.1", 0, name)


def test_a_key_that_all_can_read_or_that_is_none_is_refused(held: Certified, tmp_path: Path) -> None:
    other = certified(tmp_path)
    other.key.chmod(0o604)
    with pytest.raises(Misuse, match="Everybody on this machine can read"):
        way("0.0.0.0", 0, NAME, other.certificate, other.key)
    for certificate, key in ((held.certificate, held.certificate), (held.key, held.key), (other.certificate, held.key)):
        with pytest.raises(Misuse, match="cannot be used"):
            way("0.0.0.0", 0, NAME, certificate, key)
    with pytest.raises(Misuse, match="No such file"):
        way("0.0.0.0", 0, NAME, tmp_path / "absent", held.key)


def test_names_and_cookies_follow_from_the_way(held: Certified) -> None:
    plain = way("127.0.0.1", 0).reach(8_080)
    assert (plain.address, plain.cookie, plain.secure, plain.proxied) == (
        "http://127.0.0.1:8080",
        "openline-8080",
        False,
        False,
    )
    proxied = way("127.0.0.1", 0, "Desk.North.example").reach(8_080)
    assert (proxied.address, proxied.cookie) == (f"https://{NAME}", "__Host-openline-443")
    assert proxied.hosts == {NAME, f"{NAME}:443"}
    assert (proxied.secure, proxied.proxied) == (True, True)
    other = way("127.0.0.1", 0, f"{NAME}:8443").reach(8_080)
    assert (other.address, set(other.hosts)) == (f"https://{NAME}:8443", {f"{NAME}:8443"})
    own = way("0.0.0.0", 0, NAME, held.certificate, held.key).reach(9_443)
    assert (own.address, own.proxied, set(own.hosts)) == (f"https://{NAME}:9443", False, {f"{NAME}:9443"})


def free() -> int:
    """A port at which nobody listens now."""
    taken = listen("127.0.0.1", 0)
    port = int(taken.getsockname()[1])
    taken.close()
    return port


async def named(folder: Path, body: Callable[[Service, str, int], Awaitable[Any]], **how: Any) -> None:
    """Do something at a desk under the name: its address as browsers see it, and where it listens."""

    async def within(post: Post, service: Service) -> None:
        port = free()
        async with desk_at(("127.0.0.1", port), name=NAME, **how)(service) as opened:
            await body(service, opened.address, port)

    await alone(home(folder, "North"), within)


async def test_behind_a_proxy_only_its_name_is_served_and_each_asker_counts(tmp_path: Path) -> None:
    async def body(service: Service, address: str, port: int) -> None:
        assert address == f"https://{NAME}"
        token = (await ask(service, asks.DeskLink(officer="Berg")))["token"]
        through = {"host": NAME, "origin": address}
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            for odd in (
                {"host": f"127.0.0.1:{port}"},
                {"host": f"localhost:{port}"},
                {**through, "origin": f"http://{NAME}"},
                {**through, "origin": f"http://127.0.0.1:{port}"},
            ):
                refused = await client.get("/", headers=odd)
                assert (refused.status_code, code(refused)) == (403, "foreign-origin"), odd
            assert (await client.get("/healthz", headers={"host": NAME})).status_code == 200
            link = {"token": token, "password": PASSWORD}
            answer = await client.post("/api/v1/link", json=link, headers=through)
            assert answer.status_code == 200, answer.text
            assert answer.headers["strict-transport-security"] == "max-age=31536000"
            cookie = answer.headers["set-cookie"].lower()
            assert cookie.startswith("__host-openline-443=")
            assert {"httponly", "path=/", "samesite=strict", "secure"} <= set(cookie.split("; "))
            wrong = {"token": "a" * 43}
            codes = {
                code(await client.post("/api/v1/link-holder", json=wrong, headers={**through, "x-forwarded-for": seen}))
                for seen in [f"203.0.113.{at}, 198.51.100.9" for at in range(AT_ONCE_FROM_ONE_ADDRESS + 1)]
            }
            assert codes == {"link-spent", "too-many-tries"}
            for seen in ("198.51.100.10", "198.51.100.9, 2001:db8::1", "no address"):
                other = await client.post(
                    "/api/v1/link-holder", json=wrong, headers={**through, "x-forwarded-for": seen}
                )
                assert code(other) == "link-spent", seen

    await named(tmp_path, body)


async def test_with_a_certificate_of_its_own_it_speaks_tls_and_nothing_else(tmp_path: Path, held: Certified) -> None:
    trusting = ssl.create_default_context(cafile=held.certificate)
    trusting.check_hostname = False

    async def body(service: Service, address: str, port: int) -> None:
        assert address == f"https://{NAME}:{port}"
        authority = f"{NAME}:{port}"
        place = f"https://127.0.0.1:{port}"
        token = (await ask(service, asks.DeskLink(officer="Berg")))["token"]
        headers = {"host": authority, "origin": address}
        async with httpx2.AsyncClient(base_url=place, headers=headers, verify=trusting, trust_env=False) as client:
            answer = await client.post("/api/v1/link", json={"token": token, "password": PASSWORD})
            assert answer.status_code == 200, answer.text
            name, _, secret = answer.headers["set-cookie"].partition(";")[0].partition("=")
            assert name == f"__Host-openline-{port}"
            spoofed = await client.get("/healthz", headers={"host": f"127.0.0.1:{port}"})
            assert spoofed.status_code == 403
        async with connect(
            f"wss://{authority}/api/v1/events",
            host="127.0.0.1",
            port=port,
            ssl=trusting,
            additional_headers={"cookie": f"{name}={secret}", "origin": address},
            proxy=None,
        ) as socket:
            assert "beat" in await socket.recv()
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as plain:
            with pytest.raises(httpx2.HTTPError):
                await plain.get("/healthz", headers={"host": authority})

    await named(tmp_path, body, certificate=held.certificate, key=held.key)
