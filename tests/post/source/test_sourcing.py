"""Accounts as people file and mark them: what is refused, what is kept, and what comes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from openline.errors import LocalError, Misuse, OpenlineError, PeerError, TooLarge, UnknownName
from openline.limits import ACCOUNT_TEXT_MAX_BYTES
from openline.post.post import Post
from openline.post.requests import Send
from openline.post.service import Service
from openline.post.source import requests as asks
from openline.post.source.sourcing import File, read_file
from tests.post.conversations import refused
from tests.post.inside import alone, ask, home, together

TEXT = "Up to 100 missiles were launched on Tuesday. The Kremlin said “nothing of this kind was ever done.”\r\n"


async def filed(service: Service, text: str = TEXT, **fields: Any) -> str:
    request = asks.AccountAdd(text=text, publisher="Times", published="2022-11-16", **fields)
    return str((await ask(service, request))["id"])


async def test_what_cannot_be_filed(tmp_path: Path) -> None:
    async def body(_: Post, here: Service) -> None:
        good = {"text": TEXT, "publisher": "Times", "published": "2022-11-16"}
        for wrong, error in (
            ({"text": " \n"}, Misuse),
            ({"text": "\ud800"}, Misuse),
            ({"text": "x" * (ACCOUNT_TEXT_MAX_BYTES + 1)}, TooLarge),
            ({"publisher": " "}, Misuse),
            ({"publisher": "x" * 200}, Misuse),
            ({"publisher": "a\nb"}, Misuse),
            ({"published": "Tuesday"}, Misuse),
            ({"language": ""}, Misuse),
            ({"about": "f" * 64}, UnknownName),
            ({"officer": "Nobody"}, UnknownName),
        ):
            assert isinstance(await refused(here, asks.AccountAdd(**{**good, **wrong})), error), wrong  # type: ignore[arg-type]

    await alone(home(tmp_path, "North"), body)


async def test_marks_come_and_go(tmp_path: Path) -> None:
    async def body(_: Post, here: Service) -> None:
        account = await filed(here)
        assert (await ask(here, asks.AccountAdd(text=TEXT, publisher="Times", published="2022-11-16")))["already"]
        proposals = (await ask(here, asks.AccountPropose(account=account)))["proposals"]
        number = next(each for each in proposals if each["what"] == "number")
        assert number["words"] == "Up to 100 missiles"
        assert number["because"][0]["words"] == number["words"]
        made = await ask(here, asks.AccountAccept(account=account, proposal=number["id"], according_to="unnamed"))
        assert (made["mark"], made["says"], made["officer"]) == (1, "number 0 to 100 missiles", "Berg")
        assert made["according_to"]["by"] == "unnamed"
        other = next(each for each in proposals if each["what"] == "said")
        await ask(here, asks.AccountReject(account=account, proposal=other["id"]))
        left = (await ask(here, asks.AccountPropose(account=account)))["proposals"]
        assert not {number["id"], other["id"]} & {each["id"] for each in left}
        unfiled = await ask(here, asks.AccountPropose(text=TEXT, published="2022-11-16"))
        assert [each["id"] for each in unfiled["proposals"]] == [each["id"] for each in proposals]
        by_hand = {"account": account, "words": "e", "nth": 3, "what": "happened", "days": "2022-11-15"}
        third = await ask(here, asks.AccountMark(**by_hand))  # type: ignore[arg-type]
        assert TEXT[: third["end"]].count("e") == 3
        assert third["verdict"]["finding"] == "not in the record"
        await ask(here, asks.AccountUnmark(account=account, mark=1))
        shown = await ask(here, asks.AccountShow(account=account))
        assert (shown["text"], [each["mark"] for each in shown["marks"]]) == (TEXT, [2])
        wrong: list[tuple[Any, type[OpenlineError]]] = [
            (asks.AccountUnmark(account=account, mark=1), UnknownName),
            (asks.AccountAccept(account=account, proposal=other["id"]), UnknownName),
            (asks.AccountReject(account=account, proposal="00000000"), UnknownName),
            (asks.AccountMark(account=account, words="", what="said", text="x"), Misuse),
            (asks.AccountMark(account=account, words="e", nth=999, what="said", text="x"), Misuse),
            (asks.AccountMark(account=account, words="missiles"), Misuse),
            (asks.AccountPropose(), Misuse),
            (asks.AccountPropose(text=TEXT), Misuse),
            (asks.AccountPropose(text=TEXT, account=account), Misuse),
        ]
        for request, error in wrong:
            assert isinstance(await refused(here, request), error), request
        await ask(here, asks.AccountRemove(account=account))
        assert (await ask(here, asks.AccountList()))["accounts"] == []

    await alone(home(tmp_path, "North"), body)


async def test_an_account_is_held_against_what_it_is_about(tmp_path: Path) -> None:
    """Without a subject nothing is decided; a mark may have one of its own; what is not kept here decides nothing."""

    async def body(here: Service, _: Service) -> None:
        message = str((await ask(here, Send(line="strait", text="We counted 96 missiles.")))["id"])
        account = await filed(here)
        missiles = {"account": account, "words": "Up to 100", "what": "number", "number": "..100", "of": "missiles"}
        first = await ask(here, asks.AccountMark(**missiles))  # type: ignore[arg-type]
        own = await ask(here, asks.AccountMark(**missiles, about=message))  # type: ignore[arg-type]
        assert [each["verdict"]["finding"] for each in (first, own)] == ["not in the record", "matches"]
        assert own["verdict"]["entry"] == message
        await ask(here, asks.AccountAbout(account=account, about=message))
        shown = await ask(here, asks.AccountShow(account=account))
        assert [each["verdict"]["finding"] for each in shown["marks"]] == ["matches", "matches"]
        read = await ask(here, asks.AccountMark(**missiles, entry=message, otherwise=True))  # type: ignore[arg-type]
        assert read["verdict"]["finding"] == "contradicts"
        assert read["verdict"]["why"].startswith("Berg reads it so")
        side_by_side = await ask(here, asks.AccountMatrix(about=message))
        assert [row["what"] for row in side_by_side["rows"]] == ["number"]
        assert (await ask(here, asks.AccountMatrix(accounts=(account,))))["accounts"][0]["about"] == message
        data = (await ask(here, asks.AccountExport(account=account)))["text"]
        strange = data.replace(message, "f" * 64)
        came = await ask(here, asks.AccountImport(text=strange, source="South"))
        theirs = await ask(here, asks.AccountShow(account=came["id"]))
        assert theirs["from"] == "South"
        assert {each["officer"] for each in theirs["marks"]} == {"Berg of South"}
        assert theirs["marks"][0]["verdict"]["finding"] == "not in the record"
        assert (await ask(here, asks.AccountImport(text=strange, source="South")))["already"]

    await together(tmp_path, body)


GOOD: dict[str, Any] = {
    "openline_account": 1,
    "publisher": "Times",
    "published": "2022-11-16",
    "language": "en",
    "about": "",
    "text": "A text.",
    "digest": "de0d2fab1ca1e5d03fc8cf2d5ce1e8bbf5ee4c3ab6ea4f1e6f2a5cb0ca1c64e5",
    "marks": [{"start": 0, "end": 1, "assertion": {"what": "said", "text": "A"}}],
}


def made(**changed: Any) -> str:
    import hashlib

    held = {**GOOD, "digest": hashlib.sha256(GOOD["text"].encode()).hexdigest(), **changed}
    return json.dumps(held)


def test_a_file_is_read_as_it_was_written() -> None:
    file = read_file(made())
    assert msgspec.json.decode(msgspec.json.encode(file), type=File) == file


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[" * 100_000,
        "x" * 600_000,
        made(openline_account=2),
        made(digest="00" * 32),
        made(text=""),
        made(about="zz"),
        made(more=1),
        made(published="0"),
        made(marks=[{"start": 0, "end": 8, "assertion": {"what": "said", "text": "A"}}]),
        made(marks=[{"start": 1, "end": 1, "assertion": {"what": "said", "text": "A"}}]),
        made(marks=[{"start": 0, "end": 1, "assertion": {"what": "guess", "text": "A"}}]),
        made(marks=[{"start": 0, "end": 1, "assertion": {"what": "said"}}]),
        made(marks=[{"start": 0, "end": 1, "assertion": {"what": "said", "text": "A", "entry": "../x"}}]),
        made(marks=[{"start": 0, "end": 1, "officer": "a\nb", "assertion": {"what": "said", "text": "A"}}]),
        made(marks=[GOOD["marks"][0]] * 501),
    ],
)
def test_what_is_no_such_file_is_refused(text: str) -> None:
    with pytest.raises((LocalError, PeerError)) as refusal:
        read_file(text)
    assert refusal.value.code in ("misuse", "too-large")
