"""Contacts between two posts: asked, answered, closed, with the attempts, and what is refused on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.errors import Misuse, NotAllowed, OpenlineError
from openline.post.call import calls
from openline.post.call import requests as asks
from openline.post.loop import now
from openline.post.service import Service
from openline.terms import EntryId
from openline.wire.contact import Reply
from openline.wire.kinds import Kind
from tests.post.inside import ask, together, until

SOON_MS = 600_000


def request(**fields: Any) -> asks.CallAsk:
    given = {"line": "strait", "office": "Head", "called": (("South", "Head"),), "reply_by": now() + SOON_MS, **fields}
    return asks.CallAsk(**given)


async def refused(service: Service, wanted: Any) -> OpenlineError:
    with pytest.raises(OpenlineError) as caught:
        await ask(service, wanted)
    return caught.value


async def shown(service: Service, contact: str) -> Any:
    return await ask(service, asks.CallShow(contact=contact))


def answered(service: Service, contact: str) -> int:
    """Answers that are here."""
    held = service.post.record.exchange(service.names.line("strait"), EntryId(bytes.fromhex(contact)))
    return sum(kept.entry.header.kind == Kind.CALL_ANSWER for kept in held)


async def test_a_contact_between_two_posts(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        asked = (await ask(here, request(topics=("boats",), matter="Boat 17")))["id"]
        await until(lambda: any(there.post.record.openings(None, [32], None, 1)))
        assert (await shown(there, asked))["requests"][0]["topics"] == ["boats"]
        await ask(here, asks.CallTry(contact=asked, means="telephone", text="rang", layer="bearer"))
        await ask(there, asks.CallAnswer(contact=asked, reply="content-taken"))
        await ask(there, asks.CallAnswer(contact=asked, reply="declined", reason="not-available", text="asleep"))
        await until(lambda: answered(here, asked) == 2)
        closed = await ask(here, asks.CallClose(contact=asked, outcome="declined"))
        await until(
            lambda: any(
                there.post.record.between(EntryId(bytes.fromhex(closed["id"])), EntryId(bytes.fromhex(closed["id"])), 1)
            )
        )
        for service in (here, there):
            (party,) = (await shown(service, asked))["parties"]
            assert (party["outcome"], party["content_taken"]["officer"]) == ("declined", "Cole")
            assert [each["reply"] for each in party["answers"]] == ["content-taken", "declined"]
            assert [each["layer"] for each in party["attempts"] if each["officer"]] == ["bearer"]
            assert [each["means"] for each in party["attempts"] if not each["officer"]] == ["link"]
        assert (await ask(there, asks.CallList()))["contacts"][0]["id"] == asked
        assert (await ask(there, asks.CallList(open=True)))["contacts"] == []

    await together(tmp_path, body)


async def test_what_is_refused(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        assert isinstance(await refused(here, request(called=())), Misuse)
        assert isinstance(await refused(here, request(office=" ")), Misuse)
        assert isinstance(await refused(here, request(reply_by=now())), Misuse)
        assert isinstance(await refused(here, asks.CallList(most=0)), Misuse)
        asked = (await ask(here, request()))["id"]
        assert isinstance(await refused(here, asks.CallAnswer(contact=asked, reply="accepted")), NotAllowed)
        assert isinstance(await refused(here, asks.CallAnswer(contact=asked, reply="maybe")), Misuse)
        assert isinstance(await refused(here, asks.CallClose(contact=asked, outcome="no-answer")), NotAllowed)
        assert isinstance(await refused(here, asks.CallTry(contact=asked, means=" ")), Misuse)
        await until(lambda: any(there.post.record.openings(None, [32], None, 1)))
        assert isinstance(await refused(there, asks.CallTry(contact=asked, means="telephone")), NotAllowed)

    await together(tmp_path, body)


def test_options_go_by_their_names() -> None:
    assert calls.option(Reply, "counter-time") == Reply.COUNTER_TIME
    with pytest.raises(Misuse, match="accepted"):
        calls.option(Reply, "perhaps")
