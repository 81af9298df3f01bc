"""A call that two posts inside the test had, and what follows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from openline.errors import OpenlineError
from openline.post.call import requests as calls
from openline.post.loop import now
from openline.post.service import Service
from openline.wire.kinds import Kind
from tests.post.inside import WAIT_SECONDS, ask, until


async def call(here: Service, there: Service) -> str:
    """A call that was asked for here, accepted there, and held."""
    body = calls.CallAsk(line="strait", office="Head", called=(("South", "Head"),), reply_by=now() + 600_000)
    contact: str = (await ask(here, body))["id"]
    await until(lambda: _has(there, Kind.CALL_REQUEST))
    await ask(there, calls.CallAnswer(contact=contact, reply="accepted"))
    await until(lambda: _has_closing(here, contact))
    await ask(here, calls.CallClose(contact=contact, outcome="held"))
    return contact


def _has(service: Service, kind: Kind) -> bool:
    return bool(service.post.record.openings(None, [kind], None, 1))


def _has_closing(service: Service, contact: str) -> bool:
    line = service.names.line("strait")
    held = service.post.record.exchange(line, service.names.entry(contact).entry.id)
    return any(kept.entry.header.kind == Kind.CALL_ANSWER for kept in held)


async def shown(service: Service, request: Any, enough: Callable[[Any], Any]) -> Any:
    """What a question answers, as soon as that is enough."""
    value: Any = None
    end = asyncio.get_running_loop().time() + WAIT_SECONDS
    while asyncio.get_running_loop().time() < end:
        value = await ask(service, request)
        if enough(value):
            return value
        await asyncio.sleep(0.01)
    pytest.fail(f"It did not come: {value}")


async def refused(service: Service, request: Any) -> OpenlineError:
    """Why a request is refused, which it must be."""
    with pytest.raises(OpenlineError) as caught:
        await ask(service, request)
    return caught.value
