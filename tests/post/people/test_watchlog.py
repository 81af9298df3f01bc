"""The watch of a running post: what is open is what waits, and the officer who was named takes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.errors import Misuse, NotAllowed
from openline.feeds.record import Put
from openline.post import requests
from openline.post.notice.requests import StopSend
from openline.post.people import watch_requests as asks
from openline.post.people import watchlog
from openline.post.service import Service
from tests.post.inside import ask, together, until
from tests.post.told import has


async def test_a_night_on_watch(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        await ask(here, requests.OfficerAdd(officer="Aas"))
        first = next(each["officer"] for each in (await ask(here, requests.OfficerList()))["officers"])
        assert (await ask(here, asks.LogShow()))["on_watch"] is None
        taken = await ask(here, asks.LogTakeOver(officer=first))
        assert (taken["officer"], taken["relieved"]) == (first, False)
        sent = (await ask(there, requests.Send(line="strait", text="Boat 17 is adrift.", precedence="flash")))["id"]
        stop = (await ask(there, StopSend(line="strait", what="clinic")))["id"]
        await until(lambda: has(here, sent) and has(here, stop))
        opened = (await ask(here, asks.LogShow()))["open"]
        assert [(each["what"], each["id"]) for each in opened] == [("STOP", stop), ("FLASH", sent)]
        await ask(here, asks.LogNote(text="Told the coast guard.", officer=first))
        offer = await ask(here, asks.LogHandOver(to="Aas", officer=first))
        assert offer["items"][1] == f"FLASH {sent[:12]} on strait: Boat 17 is adrift."
        with pytest.raises(NotAllowed):
            await ask(here, asks.LogTakeOver(officer=first))
        await ask(here, requests.Mark(entry=sent, what="taken", officer="Aas"))
        assert (await ask(here, asks.LogTakeOver(officer="Aas")))["items"] == offer["items"]
        value = await ask(here, asks.LogShow(most=2))
        assert (value["on_watch"]["officer"], value["offered"], value["total"], value["faults"]) == ("Aas", None, 4, [])
        assert [each["what"] for each in value["words"]] == ["taken over", "handed over"]
        for wrong in (
            asks.LogNote(text=" "),
            asks.LogNote(text="x" * 9_000),
            asks.LogHandOver(to="Nobody"),
            asks.LogHandOver(to=""),
            asks.LogShow(most=0),
        ):
            with pytest.raises(Misuse):
                await ask(here, wrong)
        stored = here.post.record.objects(watchlog.TABLE)
        key, value_ = next(iter(stored.items()))
        here.post.keep([Put(watchlog.TABLE, key, value_.replace(b"\x01", b"\x02", 1))])
        assert (await ask(here, asks.LogShow()))["faults"]

    await together(tmp_path, body)
