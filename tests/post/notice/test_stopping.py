"""STOP between two posts: sent with whatever is known, read back word for word, passed on, withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.areas.shapes import Circle, Point
from openline.errors import Misuse, NotAllowed
from openline.post import requests
from openline.post.notice import requests as asks
from openline.post.service import Service
from tests.post.inside import ask, together, until
from tests.post.told import has


async def test_a_stop_from_first_to_last(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        heard: list[Any] = []
        there.watch(requests.Watch(line="strait"), heard.append)
        sent = (await ask(here, asks.StopSend(line="strait", areas=(Circle((33.5, 34.25), 1852.0, 1.0),))))["id"]
        await until(lambda: any(each.get("code") == "stop" for each in heard))
        alarm = next(each for each in heard if each.get("code") == "stop")
        assert alarm["precedence"] == "flash"
        shown = await ask(there, asks.StopShow(stop=sent))
        assert shown["where"] == "WITHIN 1 MILES OF 34-15N 033-30E"
        assert shown["waits"] == [{"member": "South", "for": ["read back", "passed on"]}]
        with pytest.raises(Misuse, match="WITHIN 1 MILES"):
            await ask(there, asks.StopReadBack(stop=sent, where="34-15N"))
        await ask(there, asks.StopReadBack(stop=sent, where=shown["where"], text="we stop"))
        added = (await ask(here, asks.StopAdd(stop=sent, what="clinic", by="artillery")))["id"]
        await until(lambda: has(there, added))
        assert (await ask(there, asks.StopShow(stop=sent)))["waits"][0]["for"] == ["read back", "passed on"]
        await ask(there, asks.StopReadBack(stop=sent, what="Clinic", where=shown["where"]))
        passed = (await ask(there, asks.StopPass(stop=sent, to="3rd battery")))["id"]
        await until(lambda: has(here, passed))
        shown = await ask(here, asks.StopShow(stop=sent))
        assert shown["waits"] == []
        assert shown["passed"][0]["to"] == "3rd battery"
        await ask(here, asks.StopWithdraw(stop=sent, text="the fire has stopped"))
        assert (await ask(here, asks.StopShow(stop=sent)))["withdrawn"]["text"] == "the fire has stopped"
        with pytest.raises(NotAllowed):
            await ask(here, asks.StopAdd(stop=sent, what="x"))
        for wrong in (
            asks.StopAdd(stop=sent),
            asks.StopPass(stop=sent, to=" "),
            asks.StopSend(line="strait", areas=(Point((200.0, 0.0)),)),
        ):
            with pytest.raises(Misuse):
                await ask(here, wrong)
        waiting = (await ask(here, asks.StopSend(line="strait", what="the clinic")))["id"]
        for value in (await ask(here, asks.StopList()), await ask(here, asks.StopList(line="strait"))):
            assert [each["id"] for each in value["stops"]] == [waiting, sent]
        assert [each["id"] for each in (await ask(here, asks.StopList(most=1)))["stops"]] == [waiting]
        with pytest.raises(Misuse):
            await ask(here, asks.StopList(most=0))

    await together(tmp_path, body)
