"""Two posts inside the test's own loop that have agreed on all forms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from openline.post import agreements, requests
from openline.post.notice import requests as asks
from openline.post.service import Service
from openline.terms import EntryId
from tests.post.inside import ask, together, until


async def agreed(folder: Path, body: Callable[[Service, Service], Awaitable[None]]) -> None:
    """Do something with North and South, whose line `strait` has all shipped forms."""

    async def within(here: Service, there: Service) -> None:
        proposed = await ask(here, asks.NoticeAgree(line="strait"))
        assert proposed["proposed"]
        line = here.names.line("strait")
        await until(lambda: (held := there.names.machine_line(line)) is not None and held.offers)
        await ask(there, requests.LineAccept(line="strait"))
        await until(lambda: all(agreements.in_force(each.names, line).forms for each in (here, there)))
        await body(here, there)

    await together(folder, within)


async def hears(service: Service, notice: str) -> Any:
    """The notice at a post, once it is there."""
    await until(lambda: has(service, notice))
    return await ask(service, asks.NoticeShow(notice=notice))


def has(service: Service, entry: str) -> bool:
    """Whether a post holds an entry."""
    identifier = EntryId(bytes.fromhex(entry))
    return bool(service.post.record.between(identifier, identifier, 1))
