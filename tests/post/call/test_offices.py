"""Offices between two posts: rosters published, succession, and the history of contacts by office and by holder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.errors import Misuse, NotAllowed, UnknownName
from openline.post.call import office_requests as asks
from openline.post.call import requests as calls
from openline.post.call.offices import read_roster
from openline.post.loop import now
from openline.post.service import Service
from openline.wire.kinds import Kind
from tests.post.inside import ask, together, until

ROSTER = """
[[office]]
name = "Chief"
holders = [{name = "Gen. Old", from = 2020-01-01, until = 2023-10-01}, {name = "Gen. New", from = 2023-10-01T00:00:00Z}]
deputies = ["First deputy"]
languages = ["en"]
hours = "day and night"

[[fallback]]
means = "satellite"
address = "+00 1"
note = "duty officer"
"""

WRONG = (
    "x = ",
    "posts = 1",
    "office = 1",
    "[[office]]\nhours = 'always'",
    "[[office]]\nname = 5",
    "[[office]]\nname = 'a'\nphone = '1'",
    "[[office]]\nname = 'a'\nholders = [{name = 'x', from = '2020-01-01'}]",
    "[[office]]\nname = 'a'\nholders = [{name = 'x', from = 2020-01-01T00:00:00}]",
    "[[fallback]]\nmeans = 'telephone'",
    "[[office]]\nname = '%s'" % ("x" * 65),
    "x" * 70_000,
)


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_a_file_that_is_wrong_is_refused(text: str) -> None:
    with pytest.raises(Misuse):
        read_roster(text)


def test_a_roster_is_read() -> None:
    offices, ways = read_roster(ROSTER)
    assert offices.offices[0].holders[1].name == "Gen. New"
    assert ways.contacts[0].means == "satellite"


async def called(here: Service, there: Service) -> str:
    """A call that North asked for and that was held."""
    request = calls.CallAsk(line="strait", office="Head", called=(("South", "Chief"),), reply_by=now() + 600_000)
    asked = str((await ask(here, request))["id"])
    await ask(here, calls.CallClose(contact=asked, outcome="held"))
    return asked


async def rosters(service: Service, count: int) -> None:
    await until(lambda: len(service.post.record.openings(None, [Kind.ROSTER], None, 99)) == count)


async def test_history_by_office_and_by_holder(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        await ask(there, asks.RosterPublish(line="strait", text=ROSTER))
        await ask(
            here, asks.RosterPublish(line="strait", text="[[office]]\nname = 'Head'\nholders = [{name = 'Dr. A'}]")
        )
        await rosters(here, 2)
        first = await called(here, there)
        await ask(there, asks.OfficeHold(line="strait", office="chief", holder="Gen. Next"))
        await rosters(here, 3)
        query = asks.OfficeHistory(line="strait", one=("North", "Head"), other=("South", "Chief"))
        before = await ask(here, query)
        assert before["last"]["contact"] == first
        assert before["last"]["holders"] == ["Dr. A", "Gen. New"]
        assert before["last_by_these_holders"] is None
        assert [side["first_contact_since"] for side in before["sides"]] == [None, None]
        second = await called(here, there)
        after = await ask(here, query)
        assert [each["contact"] for each in after["contacts"]] == [first, second]
        assert after["last_by_these_holders"]["contact"] == second
        assert after["sides"][1]["holder"] == "Gen. Next"
        assert after["sides"][1]["first_contact_since"]["contact"] == second
        (north, south) = (await ask(here, asks.OfficeList(line="strait")))["members"]
        assert [each["name"] for each in south["offices"][0]["holders"]] == ["Gen. Old", "Gen. New", "Gen. Next"]
        assert south["fallbacks"][0]["address"] == "+00 1"
        assert north["fallbacks"] == []

    await together(tmp_path, body)


async def test_what_is_refused(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        wanted: list[tuple[Any, type[Exception]]] = [
            (asks.OfficeHold(line="strait", office="Chief", holder="X"), UnknownName),
            (asks.RosterPublish(line="nowhere", text=ROSTER), UnknownName),
            (asks.OfficeHistory(line="strait", one=("Nobody", "A"), other=("North", "B")), UnknownName),
        ]
        for request, error in wanted:
            with pytest.raises(error):
                await ask(here, request)
        assert (await ask(here, asks.OfficeList(line="strait")))["members"][0]["published"] is None
        await ask(here, asks.RosterPublish(line="strait", text=ROSTER))
        with pytest.raises((Misuse, NotAllowed)):
            await ask(here, asks.OfficeHold(line="strait", office="Chief", holder="X", since=1))

    await together(tmp_path, body)
