"""How a line stands: how far each member is proved, since when, and what it has not signed for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openline.post import requests as asks
from openline.post.call.requests import CallAsk, CallClose
from openline.post.home import keyring
from openline.post.loop import now
from openline.post.post import Post
from openline.post.service import Service
from openline.terms import EntryId, LineId, PostId
from tests.post.inside import alone, ask, home, together, until


async def test_a_member_that_is_there(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        status = await ask(here, asks.LineStatus(line="strait"))
        assert status["serving"]
        own, other = status["members"]
        assert "proved" not in own
        assert (other["name"], other["proved"], other["last act"]) == ("South", "post", None)
        assert other["link since"].endswith("Z")
        assert other["last word"]["number"] == other["entries"]
        question = (await ask(there, asks.Send(line="strait", text="Who is there?")))["id"]
        await until(lambda: here.post.record.between(_id(question), _id(question), 1))
        for _ in range(40):
            await ask(there, asks.LineCheckpoint(line="strait"))
        sent = (await ask(here, asks.Send(line="strait", text="We are.", precedence="flash")))["id"]
        await until(lambda: here.post.record.deliveries(*_place(here, sent)))
        (_, other) = (await ask(here, asks.LineStatus(line="strait")))["members"]
        assert (other["proved"], other["last act"]["id"]) == ("officer", question)
        assert (other["messages not signed for"], other["not signed for"]) == (0, [])

    await together(tmp_path, body)


async def test_each_layer_is_proved_apart(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        async def layers() -> Any:
            return (await ask(here, asks.LineStatus(line="strait")))["members"][1]["layers"]

        before = await layers()
        assert (before["bearer"]["up"], before["post"]["officer"]) == (True, None)
        assert [before[each] for each in ("desk", "officer", "principal")] == [None, None, None]
        question = (await ask(there, asks.Send(line="strait", text="Who is there?")))["id"]
        await until(lambda: here.post.record.between(_id(question), _id(question), 1))
        manned = await layers()
        assert (manned["desk"]["officer"], manned["desk"]["proof"], manned["officer"]) == ("Cole", question, None)
        sent = (await ask(here, asks.Send(line="strait", text="We are.")))["id"]
        await until(lambda: there.post.record.between(_id(sent), _id(sent), 1))
        taken = (await ask(there, asks.Mark(entry=sent, what="taken")))["id"]
        await until(lambda: here.post.record.between(_id(taken), _id(taken), 1))
        assert (await layers())["officer"]["proof"] == taken
        request = CallAsk(line="strait", office="Head", called=(("South", "Chief"),), reply_by=now() + 60_000)
        asked = (await ask(here, request))["id"]
        closed = (await ask(here, CallClose(contact=asked, outcome="held")))["id"]
        reached = (await layers())["principal"]
        assert (reached["office"], reached["proof"]) == ("Chief", closed)

    await together(tmp_path, body)


async def test_a_member_of_whom_nothing_is_proved(tmp_path: Path) -> None:
    south = keyring.found(tmp_path / "south", "South", "Cole", b"secret", now()).card

    async def body(post: Post, service: Service) -> None:
        post.trust_card(south, "The others")
        await ask(service, asks.LineOpen(line="strait", peers=("The others",)))
        status = await ask(service, asks.LineStatus(line="strait"))
        assert not status["serving"]
        (other,) = [each for each in status["members"] if "proved" in each]
        assert (other["name"], other["proved"], other["link since"]) == ("The others", "nothing", None)
        assert (other["last word"], other["last act"], other["accepted"]) == (None, None, False)

    await alone(home(tmp_path, "North"), body)


async def test_what_a_silent_member_has_not_signed_for(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        assert there.post.links is not None
        await there.post.links.close()
        await until(lambda: here.post.links is not None and not here.post.links.peers())
        sent = [
            (await ask(here, asks.Send(line="strait", text=str(at), precedence=precedence)))["id"]
            for at, precedence in enumerate(["routine", "flash"])
        ]
        (_, other) = (await ask(here, asks.LineStatus(line="strait")))["members"]
        assert (other["link"], other["messages not signed for"]) == ("down", 2)
        assert [each["id"] for each in other["not signed for"]] == sent[::-1]

    await together(tmp_path, body)


def _id(text: str) -> EntryId:
    return EntryId(bytes.fromhex(text))


def _place(service: Service, text: str) -> tuple[LineId, PostId, int]:
    header = service.names.entry(text).entry.header
    return header.line, header.author, header.number
