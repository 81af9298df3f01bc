"""Did you call us, between two linked posts: asked, answered, found out better, reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.errors import Misuse, NotAllowed, TooManyWords, UnknownName
from openline.post import requests
from openline.post.call import hoax_requests as asks
from openline.post.service import Service
from tests.post.inside import ask, together, until

CALL: dict[str, Any] = {"line": "strait", "at": 1_668_523_200_000, "channel": "telephone", "name": "the minister"}


async def test_from_the_question_to_the_report(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        told: dict[str, list[dict[str, Any]]] = {"here": [], "there": []}
        for name, service in (("here", here), ("there", there)):
            service.watch(requests.Watch(), lambda event, to=told[name]: to.append(event))  # type: ignore[misc]

        def alarms(where: str, code: str) -> list[dict[str, Any]]:
            return [each for each in told[where] if each["what"] == "alarm" and each["code"] == code]

        question = (await ask(here, asks.HoaxAsk(peer="South", shown="+1 555 0100", **CALL)))["id"]
        await until(lambda: alarms("there", "did-you-call"))
        assert alarms("there", "did-you-call")[0]["precedence"] == "flash"
        with pytest.raises(NotAllowed, match="Only the post that was asked"):
            await ask(here, asks.HoaxAnswer(question=question, verdict="yes"))
        for verdict in ("unknown", "no"):
            await ask(there, asks.HoaxAnswer(question=question, verdict=verdict, text="By our log."))
        await until(lambda: len(alarms("here", "did-you-answered")) == 2)
        (call,) = (await ask(here, asks.HoaxList()))["calls"]
        assert (call["verdict"], call["peer"], call["called_at"]) == ("no", "South", "2022-11-15T14:40:00Z")
        assert [(each["verdict"], each["by"], each["officer"]) for each in call["answers"]] == [
            ("unknown", "South", "Cole"),
            ("no", "South", "Cole"),
        ]
        report = (await ask(here, asks.HoaxReport(peer="North", **CALL)))["id"]
        await until(lambda: alarms("there", "hoax-reported"))
        calls = (await ask(there, asks.HoaxList(line="strait", most=1)))["calls"]
        assert [(each["id"], each["question"], each["peer"]) for each in calls] == [(report, False, "North")]
        for request, error in (
            (asks.HoaxAnswer(question=report, verdict="no"), Misuse),
            (asks.HoaxAnswer(question=question, verdict="perhaps"), Misuse),
            (asks.HoaxAsk(peer="East", **CALL), UnknownName),
            (asks.HoaxAsk(peer="South", **{**CALL, "channel": " "}), Misuse),
            (asks.HoaxAsk(peer="South", text="word " * 200, **CALL), TooManyWords),
            (asks.HoaxList(most=0), Misuse),
        ):
            with pytest.raises(error):
                await ask(there if isinstance(request, asks.HoaxAnswer) else here, request)

    await together(tmp_path, body)
