"""Posts inside the test's own loop, with real homes, records and links."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from openline.errors import OpenlineError
from openline.post import requests as asks
from openline.post.home import homes, keyring
from openline.post.links import Links
from openline.post.loop import now
from openline.post.post import Post, run
from openline.post.service import Service

PASSPHRASE = b"secret"
WAIT_SECONDS = 60.0
"""Until something is taken not to come: long, for the machine may be busy."""


def home(folder: Path, name: str, officer: str = "Berg") -> homes.Home:
    """A new home."""
    return keyring.found(folder / name.lower(), name, officer, PASSPHRASE, now()).home


async def alone(where: homes.Home, body: Callable[[Post, Service], Awaitable[Any]]) -> Any:
    """Do something with the post of a home that has no links."""

    async def within(post: Post) -> Any:
        return await body(post, Service(post))

    return await run(where, PASSPHRASE, within)


async def ask(service: Service, request: asks.AnyRequest) -> Any:
    """The answer to a request. Raises the OpenlineError that came instead."""
    future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    service.answer(request, future.set_result)
    async with asyncio.timeout(WAIT_SECONDS):
        value = await future
    if isinstance(value, OpenlineError):
        raise value
    return value


async def linked(post: Post) -> int:
    """Give a post links that listen on loopback; returns the port."""
    links = Links(post.keyring.tls(), post.loop, post.group)
    post.use(links)
    return await links.listen("127.0.0.1", 0)


ONE_OFFICER = "two-persons = []"
"""Rules of a line on which one officer of each post is enough for everything."""


async def together(folder: Path, body: Callable[[Service, Service], Awaitable[None]]) -> None:
    """Do something with North and South, who know each other, are linked, and share the line `strait`."""

    async def north(one: Post, here: Service) -> None:
        async def south(other: Post, there: Service) -> None:
            one.trust_card(other.keyring.card, "")
            other.trust_card(one.keyring.card, "")
            await linked(one)
            port = await linked(other)
            await ask(here, asks.PeerAddress(peer="South", addresses=(f"wss://127.0.0.1:{port}",)))
            await ask(here, asks.LineOpen(line="strait", peers=("South",), text=ONE_OFFICER))
            await until(lambda: bool(there.names.lines()))
            await ask(there, asks.LineAccept(line="strait"))
            await until(lambda: _accepted(one, other))
            await body(here, there)

        await alone(home(folder, "South", "Cole"), south)

    await alone(home(folder, "North", "Berg"), north)


def _accepted(one: Post, other: Post) -> bool:
    lines = list(one.engine.state.lines.values()) if one.engine else []
    return bool(lines) and lines[0].feeds[other.keyring.card.post].number > 0


async def until(test: Callable[[], Any]) -> None:
    """Return when the test is true; fail when that takes too long."""
    end = asyncio.get_running_loop().time() + WAIT_SECONDS
    while not test():
        if asyncio.get_running_loop().time() > end:
            pytest.fail("It did not come true in time.")
        await asyncio.sleep(0.01)
