"""The picture then and now, and as a party had it; incidents that are said to be the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openline.errors import Misuse
from openline.post.incident import requests as asks
from openline.post.loop import now
from openline.post.service import Service
from tests.post.conversations import refused, shown
from tests.post.incident.test_incidents import picture, written
from tests.post.inside import ask, together


async def test_what_a_party_had_is_proved_by_its_signature(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        before = now() - 1
        incident = await written(here, asks.IncidentOpen(line="strait", title="Explosion", place="At the border"))
        found = await written(here, asks.IncidentAssess(incident=incident, what="A crater.", origin="East"))
        await picture(there, incident, lambda value: value["assessments"])
        answer = await written(there, asks.IncidentStance(version=found, stance="disputes"))
        await picture(here, incident, lambda value: value["origin"]["status"] == "disputed")
        late = await written(here, asks.IncidentAssess(incident=incident, what="Two craters.", version=found))
        south = asks.IncidentShow(incident=incident, party="South", before=answer)
        seen = await ask(here, south)
        had = {each["id"]: each["had"] for each in seen["view"]["entries"]}
        assert had == {incident: "proved", found: "proved", answer: "proved", late: "not-proved"}
        assert seen["picture"]["origin"]["status"] == "disputed"
        assert seen["view"]["before_author"] == "South"
        north = await ask(there, asks.IncidentShow(incident=incident, before=found))
        assert [each["what"] for each in north["picture"]["timeline"]][-1].startswith("assesses (preliminary)")
        nothing = await ask(here, asks.IncidentShow(incident=incident, party="South", at=before))
        assert nothing["picture"] is None
        assert {each["had"] for each in nothing["view"]["entries"]} == {"not-proved"}
        assert (await ask(here, asks.IncidentShow(incident=incident, at=before)))["picture"] is None

        then = asks.IncidentShow(incident=incident, party="South", at=now() + 60_000)

        def had_at(value: Any) -> list[str]:
            return [each["had"] for each in value["view"]["entries"]]

        await shown(here, then, lambda value: had_at(value) == ["proved", "proved", "proved", "held"])
        await written(here, asks.IncidentSource(incident=incident, sources=(("a radar", "", 0),)))
        value = await shown(here, then, lambda value: had_at(value) == [*["proved"] * 4, "held"])
        assert value["view"]["entries"][0]["witness"]["by"] == "North"
        mine = await ask(here, asks.IncidentShow(incident=incident, party="me"))
        assert mine["view"]["as"] is None
        assert len(mine["picture"]["timeline"]) == 5
        both = asks.IncidentShow(incident=incident, before=found, at=before)
        assert isinstance(await refused(here, both), Misuse)

    await together(tmp_path, body)


async def test_two_that_are_one_are_shown_together(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        ours = await written(here, asks.IncidentOpen(line="strait", title="Explosion", place="At the border"))
        theirs = await written(there, asks.IncidentOpen(line="strait", title="Fire", place="Near the river"))
        await picture(here, theirs)
        tie = await written(here, asks.IncidentSame(incident=ours, other=theirs))
        for service, one, other in ((here, ours, theirs), (here, theirs, ours), (there, theirs, ours)):
            await picture(service, ours, lambda value: value["ties"])
            same = (await ask(service, asks.IncidentShow(incident=one)))["same"]
            assert [(each["id"], each["said_by"], each["proof"]) for each in same] == [(other, "North", tie)]
        await written(here, asks.IncidentWord(entry=tie, word="withdrawn"))
        assert (await ask(here, asks.IncidentShow(incident=theirs)))["same"] == []
        assert isinstance(await refused(here, asks.IncidentList(most=0)), Misuse)
        assert len((await ask(here, asks.IncidentList(line="strait", most=1)))["incidents"]) == 1

    await together(tmp_path, body)
