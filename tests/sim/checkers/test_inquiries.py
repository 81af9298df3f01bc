"""An inquiry that is another one elsewhere, that another closed, or whose silence was none."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from openline.engine.machines import INQUIRY
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers import Broken
from openline.sim.checkers import inquiries as checker
from openline.sim.checkers.inquiries import Inquiries
from openline.sim.posts import Post
from openline.sim.world import World
from openline.wire.inquiry import Verdict
from tests.exchanges.asking import CLOCK, inquiry, judged, reply
from tests.feeds.histories import ALPHA, BRAVO
from tests.sim.asking import passed_in_some, played

ASKED = inquiry()
SAID = reply(BRAVO, 1, ASKED)
LATE = reply(BRAVO, 1, ASKED, knew={ALPHA: 1})
OVER = judged(ALPHA, 2, ASKED, Verdict.NOT_ANSWERED, at=CLOCK)
EARLY = judged(ALPHA, 2, ASKED, Verdict.NOT_ANSWERED, at=CLOCK - 1)
DEAF = judged(ALPHA, 2, ASKED, Verdict.NOT_ANSWERED, at=CLOCK, knew={BRAVO: 1})
CONTENT = judged(ALPHA, 2, ASKED, Verdict.SATISFIED, SAID, knew={BRAVO: 1})
THEIRS = judged(BRAVO, 2, ASKED, Verdict.WITHDRAWN)


@pytest.fixture(scope="module")
def world() -> World:
    return played(0)


def shown(world: World, patch: pytest.MonkeyPatch, *members: list[Kept]) -> None:
    """Let the checker see these entries of one inquiry, at one member after the other."""
    posts = list(world.posts.values())

    def entries(world: World, kinds: Collection[int]) -> Iterator[dict[Post, list[Kept]]]:
        yield dict(zip(posts, members, strict=False))

    patch.setattr(contacts, "entries", entries)


def lying(patch: pytest.MonkeyPatch, **state: Any) -> None:
    """Let the fold take everything, and say something else of the state."""

    def fold(entries: Any) -> Any:
        folded = INQUIRY.fold(entries)
        assert folded is not None
        names = ("asker", "inquiry", "open", "answers", "status")
        said = {**{name: getattr(folded.state, name) for name in names}, **state}
        return msgspec.structs.replace(folded, state=SimpleNamespace(**said), ignored=())

    patch.setattr(checker, "INQUIRY", msgspec.structs.replace(INQUIRY, fold=fold))


def test_what_was_signed_is_right(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert passed_in_some("inquiry judged", "inquiry withdrawn")["inquiry withdrawn"]
    for entries in ([ASKED], [ASKED, SAID, CONTENT], [ASKED, OVER, LATE], [ASKED, OVER]):
        shown(world, monkeypatch, entries, entries[::-1])
        Inquiries().ended(world)


def test_what_one_member_lacks_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, [ASKED, SAID], [ASKED])
    with pytest.raises(Broken, match="not the same at every member"):
        Inquiries().ended(world)


@pytest.mark.parametrize(
    ("entries", "state", "why"),
    [
        ([ASKED, THEIRS], {"open": False}, "another than who asked"),
        ([ASKED, OVER, judged(ALPHA, 3, ASKED, Verdict.WITHDRAWN)], {"open": False}, "closed twice"),
        ([ASKED, OVER], {"open": True}, "open though it was closed"),
        ([ASKED], {"open": False}, "closed by nobody"),
        ([ASKED, OVER, LATE], {"answers": ()}, "as it crossed"),
        ([ASKED, EARLY], {"open": False}, "before its clock"),
        ([ASKED, SAID, DEAF], {"open": False}, "had an answer"),
    ],
)
def test_what_was_not_signed_is_noticed(
    entries: list[Kept], state: dict[str, Any], why: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(world, monkeypatch, entries)
    lying(monkeypatch, **state)
    with pytest.raises(Broken, match=why):
        Inquiries().ended(world)
