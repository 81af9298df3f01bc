"""What is asked about notices: shown, listed, in force the same at both ends, written for outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from openline.areas.shapes import Circle
from openline.areas.windows import Window
from openline.errors import Misuse
from openline.post.loop import now
from openline.post.notice import requests as asks
from openline.post.service import Service
from openline.terms import Instant
from tests.post.inside import ask, until
from tests.post.told import agreed, hears

HOUR = 3_600_000


async def _labelled(service: Service, notice: str, shown: Any) -> None:
    """Labels are those of the signed form, in the language that is asked for where it has that one, else in English."""
    held = {each["code"]: each for each in shown["versions"][0]["fields"]}
    assert (held["armed-escort"]["label_language"], held["armed-escort"]["type"]) == ("en", "yes-no")
    russian = await ask(service, asks.NoticeShow(notice=notice, language="ru"))
    words = {each["code"]: each for each in russian["versions"][0]["fields"]}
    assert {each["label_language"] for each in words.values()} == {"ru"}
    assert all(words[each]["label"] != held[each]["label"] for each in held)
    assert russian["remarks"] != shown["remarks"]
    assert [each["text"] for each in words.values()] == [each["text"] for each in held.values()]
    french = (await ask(service, asks.NoticeShow(notice=notice, language="fr")))["versions"][0]["fields"]
    assert {each["label_language"] for each in french} == {"en"}


async def test_the_same_is_in_force_at_both_ends(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        begins = now()
        window = Window(Instant(begins + HOUR), Instant(begins + 2 * HOUR))
        request = asks.NoticeSend(
            line="strait",
            form="humanitarian-movement",
            areas=(Circle((33.5, 34.25), 9260.0, 5.0),),
            windows=(window,),
            fields={
                "organisation": "Relief",
                "purpose": "food",
                "route": "coast road",
                "vehicles": "3 trucks",
                "people": "7",
                "armed-escort": "no",
                "focal-point": "Amal",
            },
        )
        sent = (await ask(here, request))["id"]
        await hears(there, sent)
        at = begins + HOUR + 1
        one, other = [await ask(each, asks.NoticeInForce(at=at, line="strait", areas=True)) for each in (here, there)]
        assert [each["id"] for each in one["notices"]] == [sent]
        drawn = await ask(here, asks.NoticeInForce(at=at, outlines=True))
        ((ring,),) = drawn["notices"][0]["outlines"][0]["polygons"]
        assert ring[0] == ring[-1]
        assert _area(ring) < 0, "rings are clockwise, as a globe is drawn"
        assert one["notices"][0]["state"] == "open"
        assert [(each["version"], each["until"]) for each in one["notices"]] == [
            (each["version"], each["until"]) for each in other["notices"]
        ]
        assert (await ask(there, asks.NoticeInForce(at=at + 3 * HOUR)))["notices"] == []
        shown = await ask(here, asks.NoticeShow(notice=sent))
        assert len(shown["remarks"]) == 3
        await _labelled(there, sent, shown)
        await ask(here, asks.NoticeEnd(notice=sent, how="cancelled"))
        assert (await ask(here, asks.NoticeInForce(at=at)))["notices"] == []
        listed = await ask(here, asks.NoticeList(line="strait"))
        assert (listed["total"], listed["notices"][0]["state"]) == (1, "cancelled")
        for format, sign in (
            ("geojson", '"FeatureCollection"'),
            ("cap", "<msgType>Cancel"),
            ("text", "CANCEL"),
            ("page", "not permission"),
        ):
            text = (await ask(here, asks.NoticeWrite(notice=sent, format=format)))["text"]
            assert sign in text
        assert json.loads((await ask(here, asks.NoticeWrite(notice=sent, format="geojson", language="ru")))["text"])
        for wrong in (asks.NoticeWrite(notice=sent, format="pdf"), asks.NoticeList(most=0)):
            with pytest.raises(Misuse):
                await ask(here, wrong)

    await agreed(tmp_path, body)


async def test_lateness_by_the_receivers_signed_time(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        opens = Instant(now() + HOUR // 2)
        request = asks.NoticeSend(
            line="strait",
            form="missile-launch",
            areas=(Circle((33.5, 34.25), 9260.0, 5.0),),
            windows=(Window(opens, None),),
            fields={"missile-class": "medium", "launch-area": "A", "impact-area": "B"},
        )
        sent = (await ask(here, request))["id"]
        await hears(there, sent)
        await ask(there, asks.NoticeSay(notice=sent, what="acknowledged"))
        line = here.names.line("strait")
        number = here.names.entry(sent).entry.header.number
        await until(lambda: here.post.record.deliveries(line, here.post.keyring.card.post, number))
        (one,) = (await ask(here, asks.NoticeShow(notice=sent)))["provided"]
        (other,) = (await ask(there, asks.NoticeShow(notice=sent)))["provided"]
        assert one == {**other, "member": one["member"]}
        assert 23 * 60 + 30 <= one["late_minutes"] <= 23 * 60 + 31
        assert one["obliged"]

    await agreed(tmp_path, body)


def _area(ring: list[list[float]]) -> float:
    """Twice the area of a small ring in the plane; negative where it goes clockwise."""
    pairs = zip(ring, ring[1:], strict=False)
    return sum(one[0] * other[1] - other[0] * one[1] for one, other in pairs)
