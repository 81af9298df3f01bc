"""What the record answers: pages, rungs, crossed messages, and entries that say what cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from openline.identity.acts import sign_act
from openline.post import queries
from openline.post import requests as asks
from openline.post.post import Post
from openline.post.service import Service
from openline.wire.entry import Act
from openline.wire.kinds import Kind
from tests.post.inside import alone, ask, home, together, until


async def test_pages_of_the_inbox(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        for at in range(5):
            await ask(here, asks.Send(line="strait", text=str(at)))
        newest = (await ask(here, asks.Inbox(most=2)))["entries"]
        assert [each["text"] for each in newest] == ["3", "4"]
        page = (await ask(here, asks.Inbox(most=2, before=newest[0]["sequence"])))["entries"]
        assert [each["text"] for each in page] == ["1", "2"]
        assert [each["serial"] for each in page] == [2, 3]
        await until(lambda: queries.inbox(there.post, there.names, None, None, 5)["entries"][-1:])

    await together(tmp_path, body)


async def test_a_mark_is_an_entry_with_receipts_of_its_own(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        message = (await ask(here, asks.Send(line="strait", text="Pass this")))["id"]
        await until(lambda: _kept(there, message))
        mark = (await ask(there, asks.Mark(entry=message, what="passed-on", to="radar")))["id"]
        await until(lambda: _kept(here, mark))
        shown = await ask(here, asks.Show(entry=mark))
        assert (shown["kind"], shown["to"], shown["officer"]) == ("passed on", "radar", "Cole")
        assert shown["exchange"] == message
        rungs = (await ask(here, asks.Receipts(entry=mark)))["rungs"]
        assert {each["rung"] for each in rungs} <= {"kept", "delivered"}

    await together(tmp_path, body)


async def test_a_mark_that_no_officer_signed_is_no_rung(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forged(*given: Any, **named: Any) -> Act:
        return msgspec.structs.replace(sign_act(*given, **named), signature=bytes(64))

    async def body(here: Service, there: Service) -> None:
        message = (await ask(here, asks.Send(line="strait", text="Turn back")))["id"]
        await until(lambda: _kept(there, message))
        monkeypatch.setattr("openline.engine.writing.sign_act", forged)
        mark = (await ask(there, asks.Mark(entry=message, what="taken")))["id"]
        await until(lambda: _kept(here, mark))
        assert "taken" not in {each["rung"] for each in (await ask(here, asks.Receipts(entry=message)))["rungs"]}
        assert "taken" not in {each["rung"] for each in (await ask(here, asks.Show(entry=message)))["rungs"]}
        assert (await ask(here, asks.Inbox()))["entries"][0]["rung"] == "delivered"

    await together(tmp_path, body)


def _kept(service: Service, identifier: str) -> bool:
    found = queries.inbox(service.post, service.names, None, None, 100)["entries"]
    lines = service.names.lines().values()
    return any(each["id"] == identifier for each in found) or any(
        entry.id.hex() == identifier
        for line in lines
        for head in service.post.record.heads(line)
        for entry in service.post.record.span(line, head.feed, 1, head.number, 1 << 20)
    )


async def test_an_empty_post(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        assert await ask(service, asks.Inbox()) == {"entries": []}
        assert await ask(service, asks.LineList()) == {"lines": []}

    await alone(home(tmp_path, "North"), body)


def test_kinds_by_name() -> None:
    assert queries.kind_name(Kind.PASSED_ON) == "passed on"
    assert queries.kind_name(999) == "kind 999"
