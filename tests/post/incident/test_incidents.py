"""An incident between two posts: opened, assessed, disputed, revised, asked about, closed; and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openline.areas.shapes import Point
from openline.errors import Misuse, NotAllowed
from openline.post import requests
from openline.post.incident import requests as asks
from openline.post.loop import now
from openline.post.service import Service
from tests.post.conversations import refused, shown
from tests.post.inside import ask, together


async def picture(service: Service, incident: str, enough: Any = lambda value: True) -> Any:
    """The picture, as soon as it is enough."""

    def held(value: Any) -> Any:
        return value["picture"] and enough(value["picture"])

    await shown(service, asks.IncidentList(), lambda value: any(each["id"] == incident for each in value["incidents"]))
    return (await shown(service, asks.IncidentShow(incident=incident), held))["picture"]


async def written(service: Service, request: requests.AnyRequest) -> str:
    """The id of what is written."""
    return str((await ask(service, request))["id"])


async def test_what_each_holds_to_be_so(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        area = Point((23.93, 50.47))
        wrong = asks.IncidentOpen(line="strait", title=" ", place="At the border")
        assert isinstance(await refused(here, wrong), Misuse)
        two = asks.IncidentOpen(line="strait", title="A fire", place="x", areas=(area, area))
        assert isinstance(await refused(here, two), Misuse)
        opened = asks.IncidentOpen(line="strait", title="Explosion", place="At the border", areas=(area,))
        incident = await written(here, opened)
        first = await written(here, asks.IncidentAssess(incident=incident, what="A crater."))
        assert isinstance(await refused(here, asks.IncidentAssess(incident=incident, what=" ")), Misuse)
        await picture(there, incident, lambda value: value["assessments"])
        yes = asks.IncidentStance(version=first, stance="concurs", text="We saw it.")
        await written(there, yes)
        assert isinstance(await refused(there, asks.IncidentStance(version=incident, stance="concurs")), Misuse)
        assert isinstance(await refused(there, asks.IncidentStance(version=first, stance="perhaps")), Misuse)
        assert isinstance(await refused(here, asks.IncidentStance(version=first, stance="concurs")), NotAllowed)
        named = asks.IncidentAssess(
            incident="", version=first, what="A crater.", origin="From the east", confidence="likely"
        )
        second = await written(here, named)
        await picture(there, incident, lambda value: value["assessments"][0]["id"] == second)
        assert isinstance(await refused(there, yes), NotAllowed)
        await written(there, asks.IncidentStance(version=second, stance="disputes"))
        seen = await picture(here, incident, lambda value: value["origin"]["status"] == "disputed")
        assert [[each["said"] for each in row["cells"]] for row in seen["table"]] == [["own"], ["disputes"]]
        assert list(seen["area"]["position"]) == [23.93, 50.47]
        assert [each["of_this_version"] for each in seen["assessments"][0]["stances"]] == [False, True]
        await written(here, asks.IncidentWord(entry=second, word="withdrawn", text="A radar error."))
        seen = await picture(there, incident, lambda value: value["origin"]["status"] == "unknown")
        assert seen["assessments"][0]["withdrawn"]["text"] == "A radar error."

    await together(tmp_path, body)


async def test_what_is_asked_and_answered(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        incident = await written(here, asks.IncidentOpen(line="strait", title="Explosion", place="At the border"))
        assert isinstance(await refused(here, asks.IncidentQuiet(incident=incident, until=1)), Misuse)
        strange = asks.IncidentQuiet(incident=incident, until=now() + 60_000, to=("North",))
        assert isinstance(await refused(here, strange), Misuse)
        quiet = await written(here, asks.IncidentQuiet(incident=incident, until=now() + 600_000, text="Wait."))
        joint = await written(here, asks.IncidentInvestigate(incident=incident, partners=("South",)))
        await picture(there, incident, lambda value: len(value["waits_for_us"]) == 2)
        await written(there, asks.IncidentWord(entry=quiet, word="accepted"))
        await written(there, asks.IncidentWord(entry=joint, word="declined", text="Nobody can go."))
        source = asks.IncidentSource(incident=incident, sources=(("a radar", "log 7", 5),))
        await written(there, source)
        assert isinstance(await refused(there, asks.IncidentSource(incident=incident, sources=())), Misuse)
        seen = await picture(here, incident, lambda value: value["sources"])
        assert seen["quiets"][0]["asked"][0]["answer"] == "accepted"
        assert seen["investigations"][0]["asked"][0]["answer"] == "declined"
        assert isinstance(await refused(here, asks.IncidentCorrect(incident=incident)), Misuse)
        change = await written(here, asks.IncidentCorrect(incident=incident, title="Explosion at a farm"))
        await picture(there, incident, lambda value: value["corrections"])
        await written(there, asks.IncidentWord(entry=change, word="accepted"))
        await picture(here, incident, lambda value: value["title"] == "Explosion at a farm")
        assert isinstance(await refused(there, asks.IncidentWord(entry=incident, word="closed")), NotAllowed)
        for word in ("closed", "reopened"):
            assert isinstance(await refused(here, asks.IncidentWord(entry=quiet, word=word)), Misuse)
        await written(here, asks.IncidentWord(entry=incident, word="closed"))
        await picture(there, incident, lambda value: not value["open"])
        assert not (await ask(there, asks.IncidentList(open=True)))["incidents"]
        await written(there, asks.IncidentWord(entry=incident, word="reopened"))
        await picture(here, incident, lambda value: value["open"])

    await together(tmp_path, body)
