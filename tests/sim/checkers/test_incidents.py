"""Incidents that are others elsewhere, or say what nobody signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from openline.engine.machines import INCIDENT
from openline.exchanges.incident import State
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers import Broken
from openline.sim.checkers import incidents as checking
from openline.sim.checkers.incidents import Incidents
from openline.sim.posts import Post
from openline.sim.world import World
from openline.wire.incident import Stance, Word
from tests.exchanges.incidents import assessed, correction, opened, quiet, stood, word
from tests.feeds.histories import ALPHA, BRAVO
from tests.sim.small import played

OPENED = opened()
FIRST = assessed(ALPHA, 2, OPENED, origin="from the east")
NO = stood(BRAVO, 1, OPENED, FIRST, Stance.DISPUTES)
ASKED = quiet(ALPHA, 3, OPENED, BRAVO)
NAME = correction(ALPHA, 4, OPENED, knew={BRAVO: 1})
YES = word(BRAVO, 2, OPENED, Word.ACCEPTED, ASKED)
GOOD = word(BRAVO, 3, OPENED, Word.ACCEPTED, NAME)
ALL = [OPENED, FIRST, NO, ASKED, NAME]


@pytest.fixture(scope="module")
def world() -> World:
    return played()


def shown(world: World, patch: pytest.MonkeyPatch, *members: list[Kept]) -> None:
    """Let the checker see these entries of one exchange, at one member after the other."""

    def entries(world: World, kinds: object) -> Iterator[dict[Post, list[Kept]]]:
        yield dict(zip(world.posts.values(), members, strict=False))

    patch.setattr(contacts, "entries", entries)


def of(*entries: Kept) -> State:
    folded = INCIDENT.fold(entries)
    assert folded is not None
    state: State = folded.state
    return state


def saying(patch: pytest.MonkeyPatch, **changed: Any) -> None:
    """Let the fold say something else of the state."""

    def fold(entries: Any) -> Any:
        folded = INCIDENT.fold(entries)
        assert folded is not None
        return msgspec.structs.replace(folded, state=msgspec.structs.replace(folded.state, **changed))

    patch.setattr(checking, "INCIDENT", msgspec.structs.replace(INCIDENT, fold=fold))


def test_what_is_there_is_right(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = word(ALPHA, 5, OPENED, Word.WITHDRAWN, FIRST)
    before = dict(world.passed)
    for entries in (ALL, [*ALL, YES, GOOD], [*ALL, gone], [OPENED]):
        shown(world, monkeypatch, entries, entries[::-1])
        Incidents().ended(world)
    assert world.passed["origin disputed"] - before.get("origin disputed", 0) == 2
    assert world.passed["correction in effect"] - before.get("correction in effect", 0) == 1


def test_what_one_member_lacks_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, ALL, ALL[:2])
    with pytest.raises(Broken, match="not the same"):
        Incidents().ended(world)


@pytest.mark.parametrize(
    ("part", "entries", "why"),
    [
        ("assessments", [OPENED], "as its author left it"),
        ("assessments", [OPENED, FIRST], "by nobody's word"),
        ("quiets", [*ALL, YES], "accepted what it did not"),
        ("corrections", [*ALL, GOOD], "without the word of all"),
    ],
)
def test_what_nobody_signed_is_noticed(
    part: str, entries: list[Kept], why: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(world, monkeypatch, ALL)
    saying(monkeypatch, **{part: getattr(of(*entries), part)})
    with pytest.raises(Broken, match=why):
        Incidents().ended(world)
