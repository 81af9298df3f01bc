"""The log of pages: what is kept, what the ladder learns from it, and what strangers read."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.engine.line import Untaken
from openline.post.page import pages
from openline.post.page.pages import Attempt, Pages, page_text
from openline.post.post import Post
from openline.post.service import Service
from openline.terms import EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire.kinds import Kind
from tests.post.inside import alone, home

KEY = (LineId(b"L" * 32), EntryId(b"M" * 32))


def waits(precedence: Precedence, traffic: TrafficClass = TrafficClass.OPERATION, kind: int = 0) -> Untaken:
    return Untaken(PostId(bytes(32)), 1, precedence, traffic, True, Instant(0), Instant(0), kind=kind)


def attempt(at: int, person: str, why: str = "", *, last: bool = True) -> Attempt:
    return Attempt(at, person, 1, "json", why, last)


async def test_what_was_tried_is_known_after_a_restart(tmp_path: Path) -> None:
    where = home(tmp_path, "North")

    async def first(post: Post, service: Service) -> None:
        log = Pages(post)
        assert log.begun(*KEY) is None
        log.keep(attempt(5, "Aas", "500", last=False), {KEY: 0})
        assert log.tried(*KEY) == {}
        log.keep(attempt(6, "Aas"), {KEY: 0})
        log.keep(attempt(7, "Lie", "No answer."), {KEY: 0})
        log.keep(attempt(8, "Lie"), {})

    async def second(post: Post, service: Service) -> None:
        log = Pages(post)
        assert log.begun(*KEY) == 5
        assert log.tried(*KEY) == {(0, "Aas"): True, (0, "Lie"): False}
        assert [number for number, _ in pages.held(post)] == [1, 2, 3, 4]
        log.forget({KEY: None})
        assert log.begun(*KEY) == 5
        log.forget({})
        assert (log.begun(*KEY), log.tried(*KEY)) == (None, {})
        assert len(pages.held(post)) == 4

    await alone(where, first)
    await alone(where, second)


async def test_the_oldest_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGES_MAX", 3)

    async def body(post: Post, service: Service) -> None:
        log = Pages(post)
        for at in range(5):
            log.keep(attempt(at, "Aas"), {})
        assert [(number, each.at) for number, each in pages.held(post)] == [(3, 2), (4, 3), (5, 4)]

    await alone(home(tmp_path, "North"), body)


def test_an_attempt_for_people() -> None:
    value = pages.value_of(Attempt(1_668_523_200_000, "Aas", 2, "tgram", "500", True, ((*KEY, 0),)))
    assert value == {
        "at": "2022-11-15T14:40:00Z",
        "person": "Aas",
        "service": 2,
        "kind": "tgram",
        "taken": False,
        "why": "500",
        "for": [KEY[1].hex()],
    }


@pytest.mark.parametrize(
    ("waiting", "more", "text"),
    [
        ([waits(Precedence.FLASH)], [], "Openline: FLASH waits at North."),
        (
            [
                waits(Precedence.IMMEDIATE, TrafficClass.EXERCISE),
                waits(Precedence.FLASH),
                waits(Precedence.FLASH),
                waits(Precedence.FLASH, TrafficClass.DRILL),
            ],
            [],
            "Openline: 2 FLASH, DRILL FLASH and EXERCISE IMMEDIATE wait at North.",
        ),
        (
            [waits(Precedence.FLASH), waits(Precedence.FLASH, TrafficClass.DRILL, Kind.STOP)],
            [],
            "Openline: DRILL STOP and FLASH wait at North.",
        ),
        ([waits(Precedence.FLASH)], ["From South: Boat 17\nis here."], None),
    ],
)
def test_what_strangers_read(waiting: list[Untaken], more: list[str], text: str | None) -> None:
    expected = text or "Openline: FLASH waits at North. From South: Boat 17 is here."
    assert page_text("North", waiting, more) == expected
    assert len(page_text("North", waiting, ["x" * 9_000])) == pages.TEXT_CHARACTERS
