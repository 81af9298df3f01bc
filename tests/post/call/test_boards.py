"""The reach board of a running post: who was asked, reached, briefed, and refused, in one matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.errors import NotAllowed
from openline.post import requests
from openline.post.call import requests as asks
from openline.post.call.boards import STANDS
from openline.post.loop import now
from openline.post.service import Service
from tests.post.inside import ask, together, until

SOON_MS = 600_000


async def asked(service: Service, matter: str, office: str, **fields: Any) -> Any:
    called: Any = (("South", office),)
    given = {"line": "strait", "office": "Head", "called": called, "reply_by": now() + SOON_MS, "matter": matter}
    return (await ask(service, asks.CallAsk(**given, **fields)))["id"]


async def rows(service: Service, matter: str = "Boat 17") -> dict[str, Any]:
    value = await ask(service, asks.CallBoard(matter=matter))
    return {row["office"]: row for row in value["rows"]}


async def test_a_board_of_one_matter(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        offices = ("Chief", "Minister", "Admiral", "President")
        contacts = {office: await asked(here, "Boat 17", office) for office in offices}
        await asked(here, "Another", "Judge")
        line = there.names.line("strait")
        await until(lambda: len(there.post.record.openings(line, [32], None, 9)) == 5)
        await ask(there, asks.CallAnswer(contact=contacts["Chief"], reply="accepted"))
        await ask(there, asks.CallAnswer(contact=contacts["Minister"], reply="content-taken"))
        await ask(there, asks.CallAnswer(contact=contacts["Admiral"], reply="declined"))
        await until(lambda: len(here.post.record.openings(line, [32], None, 9)) == 5)

        async def settled() -> dict[str, Any]:
            found = await rows(here, "boat 17")
            return found if sum(row["answered"] is not None for row in found.values()) == 3 else {}

        found: dict[str, Any] = {}
        for _ in range(500):
            found = found or await settled()
        assert {office: row["stands"] for office, row in found.items()} == {
            "Chief": "answered",
            "Minister": "briefed",
            "Admiral": "refused",
            "President": "asked",
        }
        assert found["Minister"]["briefed"]["officer"] == "Cole"
        assert [found[office]["layer"] for office in offices] == ["officer", "desk", "desk", "post"]
        await ask(here, asks.CallClose(contact=contacts["Chief"], outcome="held"))
        await ask(here, asks.CallClose(contact=contacts["President"], outcome="withdrawn"))
        after = await rows(here)
        assert (after["Chief"]["stands"], after["Chief"]["layer"]) == ("held", "principal")
        assert after["President"]["stands"] == "withdrawn"
        assert (await ask(here, asks.CallBoard()))["matters"] == ["Another", "Boat 17"]
        assert set(await rows(here, "")) == {*offices, "Judge"}
        assert await rows(there) == {}
        assert {row["stands"] for row in after.values()} <= set(STANDS)
        sent = (await ask(here, requests.Send(line="strait", text="About boat 17: it is adrift.")))["id"]
        await until(lambda: any(there.post.record.between(bytes.fromhex(sent), bytes.fromhex(sent), 1)))  # type: ignore[arg-type]
        taken = (await ask(there, requests.Mark(entry=sent, what="taken")))["id"]
        await until(lambda: any(here.post.record.between(bytes.fromhex(taken), bytes.fromhex(taken), 1)))  # type: ignore[arg-type]
        briefed = [row["briefed"]["proof"] for row in (await rows(here)).values() if row["briefed"]]
        assert taken in briefed

    await together(tmp_path, body)


async def test_who_else_is_told_is_said_only_where_the_terms_let_it(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        with pytest.raises(NotAllowed, match="who else is told"):
            await asked(here, "Boat 17", "Chief", told=("Ankara",))

    await together(tmp_path, body)
