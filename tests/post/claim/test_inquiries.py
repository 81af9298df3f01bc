"""Inquiries between two posts: answered elsewhere, judged, answered again, satisfied; and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openline.errors import Misuse, NotAllowed
from openline.exchanges.inquiry import CLOCK_MS
from openline.post import requests
from openline.post.claim import inquiry_requests as asks
from openline.post.loop import now
from openline.post.service import Service
from openline.proof.sentences import utc
from openline.terms import Instant
from tests.post.conversations import refused, shown
from tests.post.inside import ask, together


async def test_asked_answered_judged_and_answered_again(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        message = (await ask(there, requests.Send(line="strait", text="We move a brigade until the 20th.")))["id"]
        fields: dict[str, Any] = {"line": "strait", "peer": "South", "what": "Movement of forces"}
        asked = await ask(
            here, asks.InquiryAsk(**fields, where="near the border", question="Why?", next_step="A meeting.")
        )
        show = asks.InquiryShow(inquiry=asked["id"])
        value = await shown(there, asks.InquiryList(open=True), lambda value: value["inquiries"])
        (inquiry,) = value["inquiries"]
        assert (inquiry["status"], inquiry["next_step"], inquiry["over"]) == ("asked", "A meeting.", False)
        clock = utc(Instant(now() + CLOCK_MS))
        assert inquiry["clock"][:13] in (clock[:13], utc(Instant(now() + CLOCK_MS - 3_600_000))[:13])
        assert isinstance(await refused(there, asks.InquiryAnswer(inquiry=asked["id"])), Misuse)
        await ask(there, asks.InquiryAnswer(inquiry=asked["id"], entry=message, channel="our ambassador"))
        first = (await shown(here, show, lambda value: value["answers"]))["answers"][0]
        assert (first["reply"], first["entry"], first["entry_kind"]) == ("elsewhere", message, "message")
        poor = asks.InquiryJudge(inquiry=asked["id"], verdict="unsatisfactory", text="Not of which brigade.")
        await ask(here, poor)
        again = await shown(there, show, lambda value: value["status"] == "unsatisfactory")
        assert again["judged"][0]["reply_by"] == again["clock"] >= inquiry["clock"]
        await ask(there, asks.InquiryAnswer(inquiry=asked["id"], text="Of the fourth."))
        await shown(here, show, lambda value: value["status"] == "answered")
        assert isinstance(
            await refused(here, asks.InquiryJudge(inquiry=asked["id"], verdict="not-answered")), NotAllowed
        )
        await ask(here, asks.InquiryJudge(inquiry=asked["id"], verdict="satisfied", answer=first["id"]))
        closed = await shown(there, show, lambda value: not value["open"])
        assert (closed["status"], len(closed["answers"])) == ("satisfied", 2)
        assert (await ask(here, asks.InquiryList(open=True)))["inquiries"] == []
        assert isinstance(await refused(there, asks.InquiryAnswer(inquiry=asked["id"], text="More.")), NotAllowed)

    await together(tmp_path, body)


async def test_what_is_refused(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        fields: dict[str, Any] = {"line": "strait", "peer": "South", "what": "Movement of forces"}
        for bad in (
            asks.InquiryAsk(**{**fields, "what": " "}),
            asks.InquiryAsk(**fields, reply_by=1),
            asks.InquiryAsk(**fields, begins=9, ends=5),
            asks.InquiryList(most=0),
        ):
            assert isinstance(await refused(here, bad), Misuse)
        asked = (await ask(here, asks.InquiryAsk(**fields, reply_by=now() + 600_000)))["id"]
        for wrong, error in (
            (asks.InquiryJudge(inquiry=asked, verdict="satisfied"), NotAllowed),
            (asks.InquiryJudge(inquiry=asked, verdict="unsatisfactory", answer=asked), Misuse),
            (asks.InquiryJudge(inquiry=asked, verdict="unsatisfactory", answer=asked, text="No."), NotAllowed),
            (asks.InquiryJudge(inquiry=asked, verdict="not-answered"), NotAllowed),
            (asks.InquiryJudge(inquiry=asked, verdict="perhaps"), Misuse),
            (asks.InquiryAnswer(inquiry=asked, text="We asked it."), NotAllowed),
        ):
            assert isinstance(await refused(here, wrong), error), wrong
        about = asks.InquiryAsk(**fields, about=asked)
        second = (await ask(here, about))["id"]
        assert (await ask(here, asks.InquiryShow(inquiry=second)))["about"] == asked
        await ask(here, asks.InquiryJudge(inquiry=second, verdict="withdrawn"))
        found = (await ask(here, asks.InquiryList()))["inquiries"]
        assert [(each["id"], each["status"]) for each in found] == [(asked, "asked"), (second, "withdrawn")]

    await together(tmp_path, body)
