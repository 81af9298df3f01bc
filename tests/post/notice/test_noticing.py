"""Notices between two posts: given, acknowledged, amended, passed on, ended; forms agreed; warnings imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.areas.shapes import Circle, Point, Polygon
from openline.areas.windows import Window
from openline.errors import Misuse, NotAllowed
from openline.post.loop import now
from openline.post.notice import requests as asks
from openline.post.notice.forms import Forms
from openline.post.notice.noticing import duties_of
from openline.post.service import Service
from openline.terms import Instant
from tests.post.inside import ask, together, until
from tests.post.told import agreed, has, hears

HOUR = 3_600_000
AREA = Circle((33.5, 34.25), 9260.0, 5.0)


def exercise(**fields: Any) -> asks.NoticeSend:
    """The exercise notice."""
    opens = Instant(now() + 48 * HOUR)
    given = {"areas": (AREA,), "windows": (Window(opens, Instant(opens + HOUR)),), "fields": {"weapons": "missiles"}}
    return asks.NoticeSend(line="strait", form="live-fire-exercise", **{**given, **fields})


async def test_a_notice_from_first_to_last(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        sent = (await ask(here, exercise(contacts=(("Lead", "radio"),))))["id"]
        shown = await hears(there, sent)
        assert (shown["number"], shown["state"], shown["owes"][0]["for"]) == (1, "given", ["acknowledged", "passed on"])
        await ask(there, asks.NoticeSay(notice=sent, what="acknowledged"))
        await ask(there, asks.NoticePass(notice=sent, to="radars"))
        tried = (await ask(there, asks.NoticeTry(notice=sent, contact=1)))["id"]
        await until(lambda: has(here, tried))
        assert (await ask(here, asks.NoticeShow(notice=sent)))["tries"][0]["standing"] == "unverified, assume nothing"
        await ask(here, asks.NoticeAmend(notice=sent, fields={"purpose": "drill"}))
        shown = await ask(here, asks.NoticeShow(notice=sent))
        assert {each["code"]: each["text"] for each in shown["versions"][1]["fields"]} == {
            "weapons": "missiles",
            "purpose": "drill",
        }
        await ask(here, asks.NoticeSay(notice=sent, what="asked"))
        later = Instant(now() + 90 * HOUR)
        await ask(here, asks.NoticePostpone(notice=sent, windows=(Window(later, None),)))
        await ask(here, asks.NoticeEnd(notice=sent, how="completed"))
        with pytest.raises(NotAllowed):
            await ask(here, asks.NoticeEnd(notice=sent, how="cancelled"))
        with pytest.raises(NotAllowed):
            await ask(here, asks.NoticeSay(notice=sent, what="acknowledged"))
        second = (await ask(here, exercise()))["id"]
        third = (await ask(here, exercise()))["id"]
        await ask(here, asks.NoticeEnd(notice=second, how="superseded", by=third))
        assert (await ask(here, asks.NoticeShow(notice=third)))["number"] == 3

    await agreed(tmp_path, body)


async def test_what_is_wrong_is_said_before_anything_is_signed(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        bad = Polygon(((0.0, 0.0), (1.0, 1.0)))
        for request in (
            exercise(fields={}),
            exercise(fields={"weapons": "x", "colour": "red"}),
            exercise(areas=()),
            exercise(windows=()),
            exercise(areas=(Point((200.0, 0.0)),)),
            exercise(areas=(bad,)),
            exercise(windows=(Window(Instant(9), Instant(5)),)),
        ):
            with pytest.raises(Misuse):
                await ask(here, request)
        sent = (await ask(here, exercise()))["id"]
        for wrong in (
            asks.NoticeSay(notice=sent, what="loved"),
            asks.NoticePass(notice=sent, to=" "),
            asks.NoticeTry(notice=sent, contact=1),
            asks.NoticeEnd(notice=sent, how="never"),
            asks.NoticeAmend(notice=sent, fields={"live-fire": "maybe"}),
            asks.NoticePostpone(notice=sent, windows=(Window(Instant(9), Instant(5)),)),
        ):
            with pytest.raises(Misuse):
                await ask(here, wrong)

    await agreed(tmp_path, body)


async def test_without_agreement_there_is_no_notice(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        with pytest.raises(NotAllowed, match="notice forms strait --agree"):
            await ask(here, exercise())
        value = await ask(here, asks.NoticeForms(line="strait"))
        assert {each["agreed"] for each in value["forms"]} == {False}
        assert {each["agreed"] for each in (await ask(here, asks.NoticeForms()))["forms"]} == {None}

    await together(tmp_path, body)


async def test_warnings_are_imported_with_their_text(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        good = asks.Imported(
            format="navwarn", original=b"GUNNERY.\xff", source_id="HYDROLANT 1/24", areas=(AREA,), flags=("cancel-gap",)
        )
        long = asks.Imported(format="navwarn", original=bytes(200_000))
        bad = asks.Imported(format="navwarn", original=b"x", areas=(Point((0.0, 99.0)),))
        done = (await ask(here, asks.NoticeImport(line="strait", messages=(good, long, bad, good))))["results"]
        assert [each["id"] is not None for each in done] == [True, False, True, True]
        shown = await hears(there, done[3]["id"])
        assert (shown["number"], shown["source_id"], shown["obliged"]) == (3, "HYDROLANT 1/24", False)
        assert shown["versions"][0]["source"]["flags"] == ["cancel-gap"]
        shown = await hears(there, done[2]["id"])
        assert (shown["areas"], len(shown["versions"][0]["source"]["refused"])) == (0, 1)
        with pytest.raises(Misuse):
            await ask(here, asks.NoticeImport(line="strait", messages=(good,) * 257))

    await agreed(tmp_path, body)


def test_duties_are_those_of_the_form() -> None:
    duties = duties_of(Forms().named("missile-launch").form)
    assert (duties.obliged, duties.lead, duties.acknowledge) == (True, 24 * HOUR, HOUR // 2)
    assert not duties_of(Forms().named("goodwill").form).obliged
