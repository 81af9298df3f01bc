"""Translations between two linked posts: attached by either, labelled, disputed, taken back; the text stays its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.errors import Misuse, NotAllowed
from openline.limits import TEXT_MAX_BYTES
from openline.post import requests as asks
from openline.post import translations
from openline.post.claim.inquiry_requests import InquiryAsk
from openline.post.service import Service
from openline.post.translation_requests import TranslationAttach, TranslationList, TranslationWithdraw
from openline.post.translations import dotted
from tests.post.conversations import refused
from tests.post.inside import ask, together, until

RUSSIAN = "Это ваши самолёты?"


async def beside(service: Service, entry: str) -> list[dict[str, Any]]:
    """What stands beside an entry."""
    return (await ask(service, TranslationList(entry=entry)))["translations"]  # type: ignore[no-any-return]


async def test_either_side_attaches_and_each_keeps_its_own_word(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        told: list[dict[str, Any]] = []
        here.watch(asks.Watch(), told.append)
        text = "Are these your aircraft?"
        entry = (await ask(here, asks.Send(line="strait", text=text, precedence="flash", traffic="exercise")))["id"]
        await until(lambda: _has(there, entry))
        tool = TranslationAttach(entry=entry, text=RUSSIAN, to="ru", machine="a program")
        first = (await ask(there, tool))["id"]
        await until(lambda: any(each.get("code") == "translated" for each in told))
        (shown,) = await beside(here, entry)
        assert (shown["author"], shown["officer"], shown["maker"], shown["made_by"]) == (
            "South",
            "Cole",
            "machine",
            "a program",
        )
        assert (shown["text"], shown["language"], shown["field"]) == (RUSSIAN, "ru", "0.1")
        assert (shown["precedence"], shown["class"], shown["stands"]) == ("priority", "exercise", True)
        own = TranslationAttach(entry=entry, text="Ваши ли это самолёты?", to="ru", by="Lt. Orlova", instead=first)
        second = (await ask(here, own))["id"]
        assert [each["disputed"] for each in await beside(here, entry)] == [[second], []]
        await until(lambda: _has(there, second))
        await ask(there, TranslationWithdraw(translation=first, text="Wrong."))
        seen = await ask(there, asks.Show(entry=entry))
        assert (seen["text"], [each["stands"] for each in seen["translations"]]) == (text, [False, True])
        assert seen["translations"][0]["why"] == "Wrong."
        whole = await ask(there, TranslationList(entry=second))
        assert (whole["id"], whole["texts"]) == (entry, [{"field": "0.1", "text": text}])
        assert isinstance(await refused(there, TranslationWithdraw(translation=second)), NotAllowed)
        assert seen.get("ignored", []) == []

    await together(tmp_path, body)


def _has(service: Service, entry: str) -> bool:
    return service.post.record.entry(service.names.line("strait"), bytes.fromhex(entry)) is not None  # type: ignore[arg-type]


async def test_what_is_no_translation_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(here: Service, there: Service) -> None:
        entry = (await ask(here, asks.Send(line="strait", text="Are these your aircraft?")))["id"]
        good = {"entry": entry, "text": RUSSIAN, "to": "ru", "by": "Lt. Orlova"}
        first = (await ask(here, TranslationAttach(**good)))["id"]
        for wrong in (
            {"text": " "},
            {"text": "a" * TEXT_MAX_BYTES},
            {"to": "Russian"},
            {"to": ""},
            {"by": ""},
            {"machine": "a program"},
            {"by": "a" * 5_000},
            {"field": "0.2"},
            {"field": "x"},
            {"entry": first},
            {"instead": entry},
        ):
            assert isinstance(await refused(here, TranslationAttach(**{**good, **wrong})), Misuse), wrong
        assert isinstance(await refused(here, TranslationWithdraw(translation=entry)), Misuse)
        monkeypatch.setattr(translations, "BESIDE_MAX", 1)
        assert isinstance(await refused(here, TranslationAttach(**good)), NotAllowed)
        assert len(await beside(here, entry)) == 1

    await together(tmp_path, body)


async def test_of_several_texts_one_is_named(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        entry = (await ask(here, InquiryAsk(line="strait", peer="South", what="Movement", question="Why?")))["id"]
        good = {"entry": entry, "text": "Зачем?", "to": "ru", "by": "Lt. Orlova"}
        error = await refused(here, TranslationAttach(**good))
        assert isinstance(error, Misuse)
        assert "1.3 ('Why?')" in str(error)
        await ask(here, TranslationAttach(**good, field="1.3"))
        assert [each["field"] for each in await beside(here, entry)] == ["1.3"]

    await together(tmp_path, body)


def test_a_path_is_typed_with_dots() -> None:
    assert dotted((1, "remarks", 0)) == "1.remarks.0"
