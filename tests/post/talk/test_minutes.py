"""Minutes and commitments between two posts: drafted, answered, signed as read, refused; promised, claimed, kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openline.errors import Misuse, NotAllowed
from openline.post.call import requests as calls
from openline.post.loop import now
from openline.post.service import Service
from openline.post.talk import minute_requests as asks
from tests.post.conversations import call, refused, shown
from tests.post.inside import ask, together


async def points(service: Service, contact: str, count: int) -> list[Any]:
    """The points of the minute, as soon as there are so many."""
    value = await shown(
        service,
        asks.MinuteShow(contact=contact),
        lambda value: value["minutes"] and len(value["minutes"][0]["points"]) == count,
    )
    found: list[Any] = value["minutes"][0]["points"]
    return found


async def test_a_minute_between_two_posts(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        contact = await call(here, there)
        assert isinstance(await refused(here, asks.MinuteDraft(contact=contact, text=" ")), Misuse)
        assert isinstance(await refused(here, asks.MinuteSign(contact=contact, version="0" * 8)), NotAllowed)
        await ask(here, asks.MinuteDraft(contact=contact, text="An exercise."))
        await ask(here, asks.MinuteDraft(contact=contact, text="It was planned."))
        first, second = await points(there, contact, 2)
        assert isinstance(await refused(there, asks.MinuteDraft(contact="", point=first["id"], text="No.")), NotAllowed)
        await ask(there, asks.MinuteWord(point=first["id"]))
        await ask(there, asks.MinuteWord(point=second["id"], text="It was a response."))
        both = asks.MinuteShow(contact=contact)
        ready = await shown(
            here,
            both,
            lambda value: [each["status"] for each in value["minutes"][0]["points"]] == ["agreed", "differs"],
        )
        version = ready["minutes"][0]["digest"]
        assert isinstance(await refused(here, asks.MinuteSign(contact=contact, version="ab")), Misuse)
        assert isinstance(await refused(here, asks.MinuteSign(contact=contact, version="f" * 64)), NotAllowed)
        assert isinstance(await refused(here, asks.MinuteSign(contact=contact, refuse=True)), Misuse)
        await ask(here, asks.MinuteSign(contact=contact, version=version[:12]))
        await ask(there, asks.MinuteSign(contact=first["id"], version=version))
        done = await shown(here, both, lambda value: value["minutes"][0]["complete"])
        assert [each["of_this_version"] for each in done["minutes"][0]["signatures"]] == [True, True]
        assert done["minutes"][0]["points"][1]["words"][0]["text"] == "It was a response."
        revised = asks.MinuteDraft(contact=contact, point=first["id"], text="An exercise at sea.")
        await ask(here, revised)
        await ask(there, asks.MinuteSign(contact=contact, refuse=True, text="Enough."))
        last = await shown(here, both, lambda value: len(value["minutes"][0]["signatures"]) == 3)
        assert not last["minutes"][0]["complete"]
        assert last["minutes"][0]["signatures"][2]["reason"] == "Enough."
        assert last["minutes"][0]["points"][0]["status"] == "open"
        short = (await ask(here, calls.CallShow(contact=contact)))["follows"]["minutes"]
        assert [(each["points"], each["complete"]) for each in short] == [(2, False)]

    await together(tmp_path, body)


async def test_commitments_between_two_posts(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        contact = await call(here, there)
        due = now() + 3_600_000
        assert isinstance(await refused(here, asks.CommitMake(contact=contact, text="", due=due)), Misuse)
        ours = (await ask(here, asks.CommitMake(contact=contact, text="Send the area.", due=due)))["id"]
        theirs = (await ask(here, asks.CommitMake(contact=contact, text="Answer.", due=due, owner="South")))["id"]
        status = {each["id"]: each["status"] for each in (await ask(here, asks.CommitList()))["commitments"]}
        assert status == {ours: "open", theirs: "claimed"}
        await shown(there, asks.CommitList(), lambda value: len(value["commitments"]) == 2)
        assert isinstance(await refused(there, asks.CommitWord(commitment=ours, word="done")), NotAllowed)
        assert isinstance(await refused(there, asks.CommitWord(commitment=ours, word="perhaps")), Misuse)
        assert isinstance(await refused(there, asks.CommitWord(commitment=contact, word="done")), Misuse)
        await ask(here, asks.CommitWord(commitment=ours, word="done"))
        await shown(there, asks.CommitList(), lambda value: value["commitments"][1]["status"] == "done")
        await ask(there, asks.CommitWord(commitment=ours, word="closed", text="Received."))
        await ask(there, asks.CommitWord(commitment=theirs, word="accepted"))
        left = [(theirs, "open")]
        await shown(
            here,
            asks.CommitList(open=True),
            lambda value: [(each["id"], each["status"]) for each in value["commitments"]] == left,
        )
        assert isinstance(await refused(here, asks.CommitList(most=0)), Misuse)

    await together(tmp_path, body)
