"""The service inside one loop: what two posts that are linked answer to each request."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from openline.errors import BadRequest, Misuse, NotAllowed, UnknownName
from openline.post import queries
from openline.post import requests as asks
from openline.post.post import Post
from openline.post.service import _ANSWERS, Service
from tests.post.inside import alone, ask, home, together, until


def texts(service: Service) -> list[str]:
    """Messages that a post keeps, read at once."""
    return [each["text"] for each in queries.inbox(service.post, service.names, None, None, 100)["entries"]]


def _proves(each: dict[str, Any], number: int) -> bool:
    return bool(each["what"] == "delivered" and each["number"] >= number)


async def test_a_conversation(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        heard: list[dict[str, Any]] = []
        stop = there.watch(asks.Watch(line="strait"), heard.append)
        told: list[dict[str, Any]] = []
        here.watch(asks.Watch(line="strait"), told.append)
        first = (await ask(here, asks.Send(line="strait", text="One", precedence="flash")))["id"]
        await until(lambda: any(each["what"] == "entry" for each in heard))
        assert texts(there) == ["One"]
        (event,) = [each for each in heard if each["what"] == "entry"]
        assert (event["id"], event["officer"], event["precedence"]) == (first, "Berg", "flash")
        stop()
        await ask(there, asks.Mark(entry=first, what="taken"))
        answer = (await ask(there, asks.Reply(entry=first, text="Two")))["id"]
        await until(lambda: "Two" in texts(here))
        shown = await ask(here, asks.Show(entry=first))
        assert shown["rung"] == "answered"
        assert [each["id"] for each in shown["said"]] == [first, answer]
        await until(lambda: any(_proves(each, event["number"]) for each in told))
        receipts = await ask(here, asks.Receipts(entry=first))
        assert [each["rung"] for each in receipts["rungs"]] == ["kept", "carried", "delivered", "taken", "answered"]
        assert len([each for each in heard if each["what"] == "entry"]) == 1

    await together(tmp_path, body)


async def test_messages_that_crossed_are_shown_as_crossed(tmp_path: Path) -> None:
    """Both write before either has the other's: the links are held back meanwhile."""

    async def body(here: Service, there: Service) -> None:
        one = ask(here, asks.Send(line="strait", text="From north"))
        two = ask(there, asks.Send(line="strait", text="From south"))
        first, second = (each["id"] for each in await asyncio.gather(one, two))
        await until(lambda: len(texts(here)) == len(texts(there)) == 2)
        for service in (here, there):
            shown = await ask(service, asks.Show(entry=first))
            assert [each["id"] for each in shown["crossed"]] == [second]
            shown = await ask(service, asks.Show(entry=second))
            assert [each["id"] for each in shown["crossed"]] == [first]
        third = (await ask(here, asks.Send(line="strait", text="Later")))["id"]
        await until(lambda: len(texts(there)) == 3)
        assert (await ask(there, asks.Show(entry=third)))["crossed"] == []

    await together(tmp_path, body)


async def test_what_would_count_for_nothing_any_more_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openline.post.service.EXCHANGE_ENTRIES_MAX", 1)

    async def body(here: Service, there: Service) -> None:
        first = (await ask(here, asks.Send(line="strait", text="Are these yours?")))["id"]
        await until(lambda: len(texts(there)) == 1)
        await ask(there, asks.Reply(entry=first, text="No."))
        for request in (asks.Reply(entry=first, text="No!"), asks.Mark(entry=first, what="taken")):
            with pytest.raises(NotAllowed, match="begin another"):
                await ask(there, request)

    await together(tmp_path, body)


async def test_what_is_refused(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        assert (await ask(service, asks.About()))["name"] == "North"
        refusals: list[tuple[asks.AnyRequest, type[Exception]]] = [
            (asks.PeerAdd(card="not Base64!", fingerprint=""), BadRequest),
            (asks.PeerAddress(peer="Nobody"), UnknownName),
            (asks.LineOpen(line="strait", peers=()), NotAllowed),
            (asks.LineStatus(line="strait"), UnknownName),
            (asks.Mark(entry="00" * 32, what="lost"), Misuse),
            (asks.Mark(entry="00" * 32, what="passed-on"), Misuse),
            (asks.Mark(entry="00" * 32, what="seen", to="radar"), Misuse),
            (asks.Mark(entry="00" * 32, what="seen"), UnknownName),
            (asks.Inbox(most=0), Misuse),
            (asks.OfficerEnd(officer=""), Misuse),
            (asks.KeysRotate(which="every"), Misuse),
            (asks.KeysRevoke(public="x"), Misuse),
        ]
        for request, error in refusals:
            with pytest.raises(error):
                await ask(service, request)
        with pytest.raises(UnknownName):
            service.watch(asks.Watch(line="nowhere"), lambda event: None)

    await alone(home(tmp_path, "North"), body)


async def test_every_request_has_an_answer() -> None:
    assert {*_ANSWERS, asks.Send, asks.Watch} == set(asks.AnyRequest.__args__)
