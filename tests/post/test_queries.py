"""What the record answers: pages, rungs, crossed messages, and entries that say what cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from openline.identity.acts import sign_act
from openline.post import queries
from openline.post import requests as asks
from openline.post.home import keyring
from openline.post.loop import now
from openline.post.post import Post
from openline.post.service import Service
from openline.proof.sentences import utc
from openline.terms import Instant
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


async def test_what_waits_for_somebody_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A FLASH has to be taken within ten minutes of its coming, an answer to be seen; nothing of our own waits."""

    async def body(here: Service, there: Service) -> None:
        message = (await ask(here, asks.Send(line="strait", text="Turn back", precedence="flash")))["id"]
        await until(lambda: _kept(there, message))
        shown = await ask(there, asks.Show(entry=message[:12]))
        assert (shown["waits_for"], shown["overdue"], shown["in_hand"], shown["seen"]) == ("take", False, False, False)
        kept = there.names.entry(message)
        assert shown["handle_by"] == utc(Instant(kept.at + 600_000))
        monkeypatch.setattr("openline.post.queries.now", lambda: kept.at + 600_001)
        assert (await ask(there, asks.Inbox()))["entries"][0]["overdue"]
        own = await ask(here, asks.Show(entry=message))
        assert (own["waits_for"], own["handle_by"], own["overdue"], own["in_hand"]) == (None, None, False, False)
        await ask(there, asks.Mark(entry=message, what="acknowledged"))
        shown = await ask(there, asks.Show(entry=message))
        assert (shown["waits_for"], shown["seen"]) == ("take", True)
        mark = await ask(there, asks.Mark(entry=message, what="taken"))
        shown = await ask(there, asks.Show(entry=message))
        assert (shown["waits_for"], shown["handle_by"], shown["overdue"], shown["in_hand"]) == (None, None, False, True)
        assert (shown["rung"], shown["rung_by"]) == ("taken", ["South, Cole"])
        assert await ask(there, asks.Mark(entry=message, what="taken")) == {**mark, "already": True}
        answer = (await ask(there, asks.Reply(entry=message, text="Turning")))["id"]
        await until(lambda: _kept(here, answer))
        assert (await ask(here, asks.Show(entry=answer)))["waits_for"] == "show"
        await ask(here, asks.Mark(entry=answer, what="seen"))
        assert (await ask(here, asks.Show(entry=answer)))["waits_for"] is None

    await together(tmp_path, body)


async def test_a_correction_has_to_be_seen_again(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        message = (await ask(here, asks.Send(line="strait", text="Boat 17")))["id"]
        await until(lambda: _kept(there, message))
        first = await ask(there, asks.Mark(entry=message, what="taken"))
        await until(lambda: _kept(here, first["id"]))
        assert (await ask(here, asks.Show(entry=message)))["seen"]
        correction = (await ask(here, asks.Correct(entry=message, text="Boat 71")))["id"]
        await until(lambda: _kept(there, correction))
        shown = await ask(there, asks.Show(entry=message))
        assert (shown["in_hand"], shown["seen"], shown["waits_for"]) == (True, False, "show")
        assert shown["handle_by"] == utc(Instant(there.names.entry(correction).at + 6 * 3_600_000))
        assert not (await ask(here, asks.Show(entry=message)))["seen"]
        again = await ask(there, asks.Mark(entry=message, what="taken"))
        assert again["id"] != first["id"]
        assert (await ask(there, asks.Show(entry=message)))["waits_for"] is None

    await together(tmp_path, body)


async def test_to_whom_a_message_is_not_delivered(tmp_path: Path) -> None:
    south = keyring.found(tmp_path / "south", "South", "Cole", b"secret", now()).card

    async def lone(post: Post, service: Service) -> None:
        post.trust_card(south, "The others")
        await ask(service, asks.LineOpen(line="strait", peers=("The others",)))
        line = service.names.line("strait")
        head = next(each for each in post.record.heads(line) if each.number)
        (entry, *_) = post.record.span(line, head.feed, 1, 1, 1 << 20)
        kept = post.record.entry(line, entry.id)
        assert kept is not None
        assert queries.undelivered(post, service.names, kept, ()) == ["The others"]

    await alone(home(tmp_path, "North"), lone)

    async def both(here: Service, there: Service) -> None:
        message = (await ask(here, asks.Send(line="strait", text="Hello")))["id"]
        await until(lambda: queries.inbox(here.post, here.names, None, None, 9)["entries"][0]["undelivered"] == [])
        shown = await ask(here, asks.Show(entry=message))
        assert (shown["rung"], shown["rung_by"]) == ("delivered", ["South"])
        receipts = await ask(here, asks.Receipts(entry=message))
        assert (receipts["class"], receipts["line"], receipts["author"]) == ("operation", "strait", "North")

    await together(tmp_path / "two", both)


async def test_an_empty_post(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        assert await ask(service, asks.Inbox()) == {"entries": []}
        assert await ask(service, asks.LineList()) == {"lines": []}

    await alone(home(tmp_path, "North"), body)


def test_kinds_by_name() -> None:
    assert queries.kind_name(Kind.PASSED_ON) == "passed on"
    assert queries.kind_name(999) == "kind 999"
