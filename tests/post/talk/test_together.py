"""Simultaneous exchanges between two posts: bound, shown by themselves, withdrawn, and what proves who kept back."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from openline.engine import together as engine
from openline.errors import Misuse, NotAllowed, UnknownName
from openline.limits import TOGETHER_DOCUMENT_MAX_BYTES
from openline.post import loop
from openline.post.loop import now
from openline.post.requests import Send
from openline.post.service import Service
from openline.post.talk import together as posts
from openline.post.talk import together_requests as asks
from openline.terms import Instant
from tests.post.conversations import refused, shown
from tests.post.inside import ask, together

LIST = b"One.\nTwo.\x00\xff"


def opening(**more: Any) -> asks.TogetherOpen:
    given = {"line": "strait", "peers": ("South",), "text": "The list.", "commit_by": now() + 600_000}
    return asks.TogetherOpen(**{**given, "reveal_by": now() + 900_000, **more})


def stands(value: Any) -> dict[str, str]:
    return {each["post"]: each["stands"] for each in value["parties"]}


async def test_two_posts_show_at_one_time(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        exchange = (await ask(here, opening()))["id"]
        both = asks.TogetherShow(exchange=exchange)
        await shown(there, asks.TogetherList(), lambda value: value["exchanges"])
        await ask(here, asks.TogetherCommit(exchange=exchange, document=LIST, name="list.bin"))
        waits = await shown(there, both, lambda value: stands(value)["North"] == "bound")
        assert (waits["complete"], waits["kept_here"]) == (False, False)
        assert (await ask(here, both))["kept_here"]
        assert b"Two." in LIST
        assert "Two" not in str(waits)
        await ask(there, asks.TogetherCommit(exchange=exchange, document=b"Three."))
        for service in (here, there):
            value = await shown(service, both, lambda value: value["open"])
            assert stands(value) == {"North": "shown", "South": "shown"}
            documents = {each["post"]: each["document"] for each in value["parties"]}
            assert b64decode(documents["North"]["base64"]) == LIST
            assert (documents["North"]["text"], documents["North"]["name"]) == (None, "list.bin")
            assert documents["South"]["text"] == "Three."
            assert not value["kept_here"]
        listed = (await ask(here, asks.TogetherList(line="strait")))["exchanges"]
        assert [each["document"] for each in listed[0]["parties"]] == [None, None]
        assert (await ask(here, asks.TogetherList(open=True)))["exchanges"] == []
        assert isinstance(await refused(here, asks.TogetherWithdraw(exchange=exchange)), NotAllowed)

    await together(tmp_path, body)


async def test_a_withdrawal_names_who_has_not_signed_for_it(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        exchange = (await ask(here, opening()))["id"]
        both = asks.TogetherShow(exchange=exchange)
        await shown(there, asks.TogetherList(), lambda value: value["exchanges"])
        await ask(here, asks.TogetherCommit(exchange=exchange, document=b"x"))
        await ask(here, asks.TogetherWithdraw(exchange=exchange, text="No."))
        value = await shown(here, both, lambda value: value["withdrawn"][0]["not_held_by"] == [])
        assert (value["off"], value["withdrawn"][0]["text"]) == (True, "No.")
        await shown(there, both, lambda value: value["off"])
        assert isinstance(await refused(there, asks.TogetherCommit(exchange=exchange, document=b"y")), NotAllowed)

    await together(tmp_path, body)


async def test_what_cannot_be_asked(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        for request in (
            opening(peers=()),
            opening(peers=("South", "South")),
            opening(text=" "),
            opening(commit_by=now() - 1),
            opening(reveal_by=now() + 1),
            asks.TogetherList(most=0),
        ):
            assert isinstance(await refused(here, request), Misuse), request
        assert isinstance(await refused(here, opening(peers=("West",))), UnknownName)
        exchange = (await ask(here, opening()))["id"]
        for document in (b"", bytes(TOGETHER_DOCUMENT_MAX_BYTES + 1)):
            commit = asks.TogetherCommit(exchange=exchange, document=document)
            assert isinstance(await refused(here, commit), Misuse)
        await shown(there, asks.TogetherList(), lambda value: value["exchanges"])
        bound = (await ask(here, asks.TogetherCommit(exchange=exchange, document=b"x")))["id"]
        value = await ask(here, asks.TogetherShow(exchange=bound))
        assert value["id"] == exchange

    await together(tmp_path, body)


async def test_who_kept_its_document_back_is_named_with_the_proof(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """South runs a changed program, which takes and does not give; its next entry after the hour proves it."""

    def owed(state: Any, line: Any, folded: Any) -> Any:
        return () if state.card.name == "South" else real(state, line, folded)

    real = engine.owed
    monkeypatch.setattr(engine, "owed", owed)

    async def body(here: Service, there: Service) -> None:
        exchange = (await ask(here, opening()))["id"]
        both = asks.TogetherShow(exchange=exchange)
        await shown(there, asks.TogetherList(), lambda value: value["exchanges"])
        await ask(here, asks.TogetherCommit(exchange=exchange, document=b"x"))
        await ask(there, asks.TogetherCommit(exchange=exchange, document=b"y"))
        await shown(there, both, lambda value: stands(value) == {"North": "shown", "South": "bound"})
        for where in (loop, posts):
            monkeypatch.setattr(where, "now", lambda: Instant(now() + 3_600_000))
        value = await shown(here, both, lambda value: stands(value)["South"] == "did not reveal")
        assert (value["complete"], value["open"], stands(value)["North"]) == (True, False, "shown")
        assert value["parties"][1]["silent"] is None
        await ask(there, Send(line="strait", text="Here we are."))
        proved = await shown(here, both, lambda value: value["parties"][1]["silent"])
        assert proved["parties"][1]["silent"]["author"] == "South"
        assert proved["parties"][1]["silent"]["at"] > proved["reveal_by"]

    await together(tmp_path, body)
