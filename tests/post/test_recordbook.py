"""The whole record in pages: newest first, by what an entry is and says, and never more work than is allowed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.errors import Misuse, UnknownName
from openline.post import recordbook
from openline.post import requests as asks
from openline.post.record_requests import RecordList
from openline.post.service import Service
from openline.wire.kinds import Kind
from tests.post.conversations import refused
from tests.post.inside import ask, together, until


async def found(service: Service, **fields: Any) -> list[dict[str, Any]]:
    """The first page."""
    return (await ask(service, RecordList(**fields)))["entries"]  # type: ignore[no-any-return]


async def test_entries_of_every_kind_are_found_by_what_they_are_and_say(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        first = (await ask(here, asks.Send(line="strait", text="Boat 17  is in\nyour area", traffic="exercise")))["id"]
        await until(lambda: bool(there.names.kept(here.names.entry(first).entry.id, here.names.line("strait"))))
        await ask(there, asks.Mark(entry=first, what="passed-on", to="coastal radar"))
        await ask(there, asks.Reply(entry=first, text="Turning back", precedence="flash"))
        whole = await found(there)
        assert [each["kind"] for each in whole[:2]] == ["message", "passed on"]
        assert [each["sequence"] for each in whole] == sorted((each["sequence"] for each in whole), reverse=True)
        assert {"terms", "message", "passed on"} <= {each["kind"] for each in whole}
        assert [each["words"] for each in await found(there, text="17 IS in your")] == ["Boat 17 is in your area"]
        assert [each["kind"] for each in await found(there, text="coastal")] == ["passed on"]
        assert [each["id"] for each in await found(there, traffic="exercise", author="North")] == [first]
        assert [each["words"] for each in await found(there, precedence="flash", kind="message")] == ["Turning back"]
        assert {each["author"] for each in await found(there, author="south", line="strait")} == {"South"}
        assert [each["kind"] for each in await found(there, kind="terms")] == ["terms", "terms"]
        for wrong in ({"kind": "letter"}, {"precedence": "loud"}, {"most": 0}, {"most": 501}, {"before": -1}):
            assert isinstance(await refused(there, RecordList(**wrong)), Misuse)
        assert isinstance(await refused(there, RecordList(author="East")), UnknownName)

    await together(tmp_path, body)


async def test_pages_go_on_where_the_last_one_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(here: Service, there: Service) -> None:
        for at in range(5):
            await ask(here, asks.Send(line="strait", text=f"Word {at}"))
        await ask(here, asks.Send(line="strait", text="y" * 999))
        (long,) = await found(here, text="yyy")
        assert (len(long["words"]), long["cut"], "text" in long) == (240, True, False)
        page = await ask(here, RecordList(kind="message", text="word", most=2))
        assert [each["words"] for each in page["entries"]] == ["Word 4", "Word 3"]
        page = await ask(here, RecordList(kind="message", text="word", most=2, before=page["before"]))
        assert [each["words"] for each in page["entries"]] == ["Word 2", "Word 1"]
        monkeypatch.setattr(recordbook, "LOOKED_THROUGH", 3)
        pages: list[Any] = []
        before = None
        while not pages or before is not None:
            pages.append(await ask(here, RecordList(text="Word 0", before=before)))
            before = pages[-1]["before"]
        assert all(each["looked"] <= 3 for each in pages)
        assert [each["words"] for page in pages for each in page["entries"]] == ["Word 0"]

    await together(tmp_path, body)


async def test_what_crossed_is_the_same_as_where_it_is_opened(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        for service in (here, there):
            service.answer(asks.Send(line="strait", text="At once"), lambda value: None)
        await until(lambda: len(here.post.record.openings(None, [Kind.MESSAGE], None, 9)) == 2)
        for each in await found(here, kind="message"):
            shown = await ask(here, asks.Show(entry=each["id"]))
            assert each["crossed"] == [other["id"] for other in shown["crossed"]]

    await together(tmp_path, body)
