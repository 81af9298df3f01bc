"""Check digits by the name of a contact, at two linked posts."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.errors import NotReady
from openline.post import requests
from openline.post.call import requests as asks
from openline.post.loop import now
from openline.post.service import Service
from tests.post.inside import ask, together, until


async def test_both_desks_get_the_same_digits_once(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        told: list[dict[str, object]] = []
        there.watch(requests.Watch(), lambda event: told.append(event) if event["what"] == "alarm" else None)
        called = (("South", "Chief"),)
        request = asks.CallAsk(line="strait", office="Chairman", called=called, reply_by=now() + 600_000)
        contact = (await ask(here, request))["id"]
        question = asks.CallDigits(contact=contact)
        assert (await ask(here, question))["ready"] is False
        await until(lambda: [each for each in told if each["code"] == "digits-asked"])
        waiting = await ask(there, question)
        assert (waiting["ready"], waiting["peer"], waiting["contact"]) == (False, "North", contact)
        await until(lambda: [each for each in told if each["code"] == "digits-ready"])
        ours, theirs = await ask(here, question), await ask(there, question)
        assert (ours["first"], ours["peer"], theirs["first"]) == (True, "South", False)
        assert (ours["read"], ours["hear"]) == (theirs["hear"], theirs["read"])
        assert (await ask(here, question))["ready"] is False
        assert here.post.links is not None
        await here.post.links.close()
        await until(lambda: not here.post.links.peers())  # type: ignore[union-attr]
        with pytest.raises(NotReady):
            await ask(here, question)

    await together(tmp_path, body)
