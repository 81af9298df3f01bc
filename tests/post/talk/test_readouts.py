"""Readouts between two posts: filed, marked beside the minute and each other, answered, judged and compared."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from openline.errors import Misuse, NotAllowed
from openline.limits import READOUT_TEXT_MAX_BYTES
from openline.post.call import requests as calls
from openline.post.loop import now
from openline.post.service import Service
from openline.post.talk import minute_requests as minutes
from openline.post.talk import readout_requests as asks
from openline.post.talk.readouts import beginning
from tests.post.conversations import call, refused, shown
from tests.post.inside import ask, together

OURS = "We spoke of the exercise.\nIt was  planned long before. Мы на связи."
THEIRS = "The exercise, which was in response, was discussed by both."


def filing(contact: str, text: str, **more: Any) -> asks.ReadoutFile:
    return asks.ReadoutFile(
        **{"contact": contact, "text": text, "published": now() - 1_000, "where": "site", "language": "en", **more}
    )


async def test_readouts_between_two_posts(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        contact = await call(here, there)
        both = asks.ReadoutShow(contact=contact)
        point = (await ask(here, minutes.MinuteDraft(contact=contact, text="The exercise was spoken of.")))["id"]
        other = (await ask(here, minutes.MinuteDraft(contact=contact, text="It was planned.")))["id"]
        ours = (await ask(here, filing(contact, OURS)))["id"]
        await shown(there, both, lambda value: len(value["points"]) == 2 and value["readouts"])
        theirs = (await ask(there, filing(contact, THEIRS, language="en-GB")))["id"]
        await _mark(here, there, ours, theirs, point, other)
        value = await shown(
            here,
            both,
            lambda value: sum(len(each["marks"]) for each in value["readouts"]) == 4,
        )
        by = {each["of"]: each for each in value["readouts"]}
        assert (by["North"]["text"], by["North"]["whole"], by["North"]["size"]) == (OURS, True, len(OURS.encode()))
        assert by["North"]["not_marked"] == [other]
        assert by["South"]["not_marked"] == [point, other]
        sorts = {each["sort"]: each for each in by["North"]["marks"]}
        assert sorts["covers"]["span"]["text"] == "We spoke of the exercise"
        assert sorts["covers"]["target"] | {"span": None} == sorts["covers"]["target"]
        assert sorts["differs"]["span"]["text"] == "planned long before"
        assert sorts["differs"]["target"]["span"]["text"] == "in response"
        assert sorts["added"]["span"]["text"] == "Мы на связи"
        assert sorts["added"]["target"] is None
        assert by["South"]["marks"][0]["target"]["what"] == "readout"
        assert by["North"]["disclosure"]["judgement"] == "nothing was agreed for then"
        assert by["North"]["disclosure"]["by_the_rule"] == "broke the terms"
        await _answer(here, there, both, sorts["covers"]["id"])
        compared = await ask(here, asks.ReadoutCompare(readout=ours, other=theirs))
        assert compared["words"]["both"] >= 3
        assert "no" in compared["note"].casefold()
        assert (await ask(here, asks.ReadoutCompare(readout=ours, other=point)))["second"]["what"] == "point"
        short = (await ask(there, calls.CallShow(contact=contact)))["follows"]["readouts"]
        assert {(each["of"], each["marks"]) for each in short} == {("North", 2), ("South", 1)}
        await _refusals(here, contact, ours, theirs, point)

    await together(tmp_path, body)


async def _mark(here: Service, there: Service, ours: str, theirs: str, point: str, other: str) -> None:
    covers = asks.ReadoutMark(readout=ours, sort="covers", quote="We spoke of the exercise", target=point)
    await ask(there, covers)
    await ask(there, asks.ReadoutMark(readout=ours, sort="added", quote="Мы на  связи"))
    differs = asks.ReadoutMark(
        readout=ours, sort="differs", quote="planned\nlong before", target=theirs, other_quote="in response"
    )
    await ask(there, differs)
    await shown(here, asks.ReadoutShow(contact=ours), lambda value: len(value["readouts"]) == 2)
    missing = asks.ReadoutMark(
        readout=theirs, sort="missing", target=ours, other_quote="planned long before", text="Left out."
    )
    await ask(here, missing)


async def _answer(here: Service, there: Service, both: asks.ReadoutShow, mark: str) -> None:
    assert isinstance(await refused(there, asks.ReadoutWord(mark=mark, word="agreed")), NotAllowed)
    await ask(here, asks.ReadoutWord(mark=mark, word="disputed", text="Not so."))

    def newest(value: Any) -> Any:
        return next(each for readout in value["readouts"] for each in readout["marks"] if each["id"] == mark)

    disputed = newest(await shown(there, both, lambda value: newest(value)["disputed"]))
    assert [(each["author"], each["word"], each["text"]) for each in disputed["words"]] == [
        ("North", "disputed", "Not so.")
    ]
    await ask(there, asks.ReadoutWord(mark=mark, word="withdrawn"))
    await shown(here, both, lambda value: not newest(value)["stands"])


async def _refusals(here: Service, contact: str, ours: str, theirs: str, point: str) -> None:
    mark = asks.ReadoutMark
    for request in (
        filing(contact, " "),
        filing(contact, OURS, language=""),
        filing(contact, OURS, published=now() + 60_000),
        filing(contact, OURS, size=200_000),
        filing(contact, "x" * (READOUT_TEXT_MAX_BYTES + 1)),
        mark(readout=ours, sort="covers", quote="We spoke"),
        mark(readout=ours, sort="covers", target=point),
        mark(readout=ours, sort="missing", quote="We spoke", target=point),
        mark(readout=ours, sort="covers", quote="We never spoke", target=point),
        mark(readout=theirs, sort="covers", quote="was", target=point),
        mark(readout=ours, sort="covers", quote="We spoke", target=point, other_quote="point"),
        mark(readout=ours, sort="covers", quote="We spoke", target=theirs),
        mark(readout=ours, sort="covers", quote="We spoke", target=contact),
        mark(readout=ours, sort="perhaps", quote="We spoke", target=point),
        mark(readout=point, sort="added", quote="The"),
        asks.ReadoutWord(mark=ours, word="agreed"),
        asks.ReadoutCompare(readout=ours, other=contact),
    ):
        assert isinstance(await refused(here, request), Misuse), request


async def test_a_long_text_is_filed_by_its_beginning(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        contact = await call(here, there)
        text = "я" * READOUT_TEXT_MAX_BYTES
        data = text.encode()
        long = filing(contact, beginning(text), size=len(data), digest=hashlib.sha256(data).hexdigest(), of="South")
        await ask(here, long)
        value = await shown(there, asks.ReadoutShow(contact=contact), lambda value: value["readouts"])
        (readout,) = value["readouts"]
        assert (readout["author"], readout["of"], readout["whole"], readout["size"]) == (
            "North",
            "South",
            False,
            len(data),
        )
        assert readout["text"] == text[: READOUT_TEXT_MAX_BYTES // 2]
        assert readout["digest"] == hashlib.sha256(data).hexdigest()

    await together(tmp_path, body)


async def test_the_agreed_text_keeps_the_terms(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        contact = await call(here, there)
        proposed = minutes.DisclosePropose(contact=contact, level="agreed-text", text="We spoke.")
        proposal = (await ask(here, proposed))["id"]
        await shown(there, minutes.DiscloseShow(contact=contact), lambda value: value["disclosures"])
        await ask(there, minutes.DiscloseAgree(proposal=proposal))
        await ask(there, filing(contact, "We spoke.\n", published=now()))
        await ask(there, filing(contact, "We spoke of more.", published=now()))
        value = await shown(here, asks.ReadoutShow(contact=contact), lambda value: len(value["readouts"]) == 2)
        judged = {each["text"]: each["disclosure"] for each in value["readouts"]}
        assert judged["We spoke.\n"]["judgement"] == "kept the terms"
        assert judged["We spoke.\n"]["agreed_text"]
        assert judged["We spoke of more."]["judgement"] == "broke the terms"

    await together(tmp_path, body)
