"""A desk inside the test's own loop: a real post, a real server on loopback, and clients that speak HTTP to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from openline.desk.serving import desk_at
from openline.post import requests as asks
from openline.post.people.token_requests import DeskTokenAdd
from openline.post.post import Post
from openline.post.service import Service
from tests.post.inside import alone, ask, home

PASSWORD = "correct horse battery"


@dataclass
class At:
    """A desk that is open."""

    service: Service
    address: str
    first: str

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.address.rpartition(":")[2])

    @asynccontextmanager
    async def stranger(self, **headers: str) -> AsyncIterator[httpx2.AsyncClient]:
        """A browser in which nobody has signed in; a header that is empty is not sent."""
        sent = {"origin": self.address, **{name.replace("_", "-"): value for name, value in headers.items()}}
        kept = {name: value for name, value in sent.items() if value}
        async with httpx2.AsyncClient(base_url=self.address, headers=kept, trust_env=False) as client:
            yield client

    @asynccontextmanager
    async def machine(self, name: str = "archive", role: str = "viewer") -> AsyncIterator[httpx2.AsyncClient]:
        """A program with a new token, and neither a page nor a cookie."""
        made = await ask(self.service, DeskTokenAdd(name=name, role=role))
        async with self.stranger(origin="", authorization=f"Bearer {made['token']}") as client:
            yield client

    @asynccontextmanager
    async def officer(self, name: str = "Berg", *roles: str) -> AsyncIterator[httpx2.AsyncClient]:
        """A browser in which an officer has just set a password."""
        link = await ask(self.service, asks.DeskLink(officer=name, roles=roles))
        async with self.stranger() as client:
            answer = await client.post("/api/v1/link", json={"token": link["token"], "password": PASSWORD})
            assert answer.status_code == 200, answer.text
            yield client


async def with_desk(folder: Path, body: Callable[[At], Awaitable[Any]]) -> None:
    """Do something at the desk of the post North, whose officers are Berg and Aas."""

    async def within(post: Post, service: Service) -> None:
        await ask(service, asks.OfficerAdd(officer="Aas"))
        async with desk_at(("127.0.0.1", 0))(service) as opened:
            await body(At(service, opened.address, opened.first))

    await alone(home(folder, "North"), within)


def code(answer: httpx2.Response) -> str:
    """The code of a refusal."""
    error: dict[str, str] = answer.json()["error"]
    assert set(error) == {"code", "message", "advice"}
    assert error["message"]
    return error["code"]
