"""Link checks between two posts: asked for by hand, answered, listed alike at both ends; silence announced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.errors import Misuse, NotAllowed, UnknownName
from openline.post.call import check_requests as asks
from openline.post.loop import now
from openline.post.service import Service
from tests.post.inside import alone, ask, home, together, until


async def test_checks_and_silence(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        await ask(here, asks.CheckSend(line="strait"))
        human = (await ask(here, asks.CheckSend(line="strait", human=True)))["id"]
        begins = now()
        silence = asks.OutageAnnounce(line="strait", begins=begins, ends=begins + 60_000, why="move", text="annex")
        announced = (await ask(here, silence))["id"]
        await until(lambda: len(there.post.record.openings(None, [56, 59], None, 9)) == 3)
        await ask(there, asks.CheckAnswer(check=human))
        await ask(here, asks.OutageOver(outage=announced))
        for service in (here, there):
            value: dict[str, Any] = {}

            async def listed(of: Service = service) -> dict[str, Any]:
                return dict(await ask(of, asks.CheckList(line="strait")))

            for _ in range(200):
                value = await listed()
                done = all(not each["silent"] for each in value["checks"]) and value["silences"][0]["over_at"]
                if done:
                    break
            assert [each["human"] for each in value["checks"]] == [True, False]
            assert [each["answers"][0]["officer"] for each in value["checks"]] == ["Cole", None]
            assert (value["silences"][0]["why"], value["missed"], value["next"]) == ("move", [], [])
        with pytest.raises(NotAllowed):
            await ask(there, asks.CheckAnswer(check=human))
        with pytest.raises(UnknownName):
            await ask(there, asks.CheckAnswer(check=announced))

    await together(tmp_path, body)


async def test_what_is_refused(tmp_path: Path) -> None:
    async def body(_: Any, service: Service) -> None:
        with pytest.raises(Misuse):
            await ask(service, asks.OutageAnnounce(line="strait", begins=5, ends=5))
        with pytest.raises(Misuse):
            await ask(service, asks.CheckList(line="strait", most=0))
        with pytest.raises(UnknownName):
            await ask(service, asks.CheckSend(line="strait"))

    await alone(home(tmp_path, "North"), body)
