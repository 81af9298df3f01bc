"""Tokens: told once, kept as a hash in the sealed record, good until their end, and out at once when revoked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from openline.errors import DiskFull, Misuse, NameTaken, TooBusy, UnknownName
from openline.limits import DESK_TOKENS_MAX
from openline.post.home.homes import Home
from openline.post.loop import now
from openline.post.people import tokens
from openline.post.people.token_requests import DeskTokenAdd, DeskTokenList, DeskTokenRevoke
from openline.post.people.tokens import LONGEST_MS, NOTED_EVERY_MS, Machine, Tokens
from openline.post.post import Post
from openline.post.service import Service
from openline.terms import Instant
from tests.post.inside import alone, ask, home

DAY_MS = 24 * 3_600_000


async def with_tokens(where: Home, body: Callable[[Service], Awaitable[Any]]) -> None:
    """Do something with the tokens of a post."""

    async def within(post: Post, service: Service) -> None:
        await body(service)

    await alone(where, within)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The time that tokens take it to be, to be moved."""
    at: list[int] = [now()]
    monkeypatch.setattr(tokens, "now", lambda: Instant(at[0]))
    return at


async def test_it_is_told_once_and_is_good_after_a_restart(tmp_path: Path) -> None:
    where, said = home(tmp_path, "North"), ""

    async def first(service: Service) -> None:
        nonlocal said
        made = await ask(service, DeskTokenAdd(name="archive"))
        said = made["token"]
        assert set(made) == {"name", "role", "until", "token"}
        assert service.tokens.holder(said) == Machine("archive", ("viewer",))
        told = await ask(service, DeskTokenList())
        assert [(each["name"], each["role"]) for each in told["tokens"]] == [("archive", "viewer")]
        assert said[-43:] not in str(told)

    async def second(service: Service) -> None:
        assert service.tokens.holder(said) == Machine("archive", ("viewer",))
        assert service.tokens.told()["tokens"][0]["used"] is not None

    await with_tokens(where, first)
    await with_tokens(where, second)
    files = b"".join(path.read_bytes() for path in where.path.rglob("*") if path.is_file())
    assert said[-43:].encode() not in files
    assert b"archive" not in files, "the record tells nobody without its key which programs there are"


async def test_nothing_else_is_one(tmp_path: Path) -> None:
    async def body(service: Service) -> None:
        said = service.tokens.add(DeskTokenAdd(name="archive"))["token"]
        other = service.tokens.add(DeskTokenAdd(name="other"))["token"]
        wrong = [
            "",
            "openline_",
            "openline_00000000_" + "A" * 43,
            said[:-1],
            said + "A",
            said[:-1] + ("A" if said[-1] != "A" else "B"),
            said[:17] + other[17:],
            said.upper(),
            said[len("openline_") :],
            "\ud800" + said,
            "x" * 10_000,
        ]
        assert [each for each in wrong if service.tokens.holder(each) is not None] == []
        assert service.tokens.holder(said) == Machine("archive", ("viewer",))

    await with_tokens(home(tmp_path, "North"), body)


async def test_revoked_it_is_good_no_more_and_that_is_told(tmp_path: Path) -> None:
    where, said = home(tmp_path, "North"), ""

    async def first(service: Service) -> None:
        nonlocal said
        ended: list[bool] = []
        service.tokens.changed.append(lambda: ended.append(True))
        said = service.tokens.add(DeskTokenAdd(name="archive"))["token"]
        assert (await ask(service, DeskTokenRevoke(name="archive")))["name"] == "archive"
        assert ended == [True]
        assert service.tokens.holder(said) is None
        with pytest.raises(UnknownName):
            await ask(service, DeskTokenRevoke(name="archive"))
        assert service.tokens.add(DeskTokenAdd(name="archive"))["token"] != said

    async def second(service: Service) -> None:
        assert service.tokens.holder(said) is None

    await with_tokens(where, first)
    await with_tokens(where, second)


async def test_it_ends_by_itself(tmp_path: Path, clock: list[int]) -> None:
    async def body(service: Service) -> None:
        said = service.tokens.add(DeskTokenAdd(name="archive", until=clock[0] + DAY_MS))["token"]
        clock[0] += DAY_MS - 1
        assert service.tokens.holder(said) is not None
        clock[0] += 1
        assert service.tokens.holder(said) is None
        assert service.tokens.told() == {"tokens": []}
        assert Tokens(service.post).told() == {"tokens": []}, "what is over is not kept"

    await with_tokens(home(tmp_path, "North"), body)


async def test_what_a_token_cannot_be(tmp_path: Path, clock: list[int]) -> None:
    async def body(service: Service) -> None:
        service.tokens.add(DeskTokenAdd(name="archive", until=clock[0] + LONGEST_MS))
        with pytest.raises(NameTaken):
            service.tokens.add(DeskTokenAdd(name="archive"))
        for role in ("watch officer", "releaser", "principal", "administrator", "", "Viewer"):
            with pytest.raises(Misuse):
                service.tokens.add(DeskTokenAdd(name="other", role=role))
        for until in (-1, 0, clock[0], clock[0] + LONGEST_MS + 1, 1 << 63):
            with pytest.raises(Misuse):
                service.tokens.add(DeskTokenAdd(name="other", until=until))
        for name in ("", " x", "x" * 300, "a\nb"):
            with pytest.raises(Misuse):
                service.tokens.add(DeskTokenAdd(name=name))
        for at in range(1, DESK_TOKENS_MAX):
            service.tokens.add(DeskTokenAdd(name=f"{at}"))
        with pytest.raises(TooBusy):
            service.tokens.add(DeskTokenAdd(name="one more"))

    await with_tokens(home(tmp_path, "North"), body)


async def test_a_use_is_written_down_once_an_hour_and_a_full_disk_keeps_nobody_from_reading(
    tmp_path: Path, clock: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def body(service: Service) -> None:
        said = service.tokens.add(DeskTokenAdd(name="archive"))["token"]
        kept: list[object] = []
        monkeypatch.setattr(service.post, "keep", kept.append)
        for _ in range(3):
            service.tokens.holder(said)
        assert len(kept) == 1
        clock[0] += NOTED_EVERY_MS

        def full(*keeps: object) -> None:
            raise DiskFull("The disk is full.")

        monkeypatch.setattr(service.post, "keep", full)
        assert service.tokens.holder(said) == Machine("archive", ("viewer",))
        clock[0] += 1
        assert service.tokens.holder(said) is not None

    await with_tokens(home(tmp_path, "North"), body)
