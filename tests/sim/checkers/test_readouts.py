"""Readouts that are others elsewhere, that are gone, or whose marks do not stand as their author says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from openline.engine.machines import READOUT
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers import Broken
from openline.sim.checkers import readouts as checking
from openline.sim.checkers.readouts import Readouts
from openline.sim.posts import Post
from openline.sim.world import World
from openline.wire.readout import Answer, Sort
from tests.exchanges.published import answer, mark, readout
from tests.feeds.histories import ALPHA, BRAVO
from tests.sim.small import played

OURS, THEIRS = readout(ALPHA, 1), readout(BRAVO, 1, "We spoke.")
ADDED = mark(BRAVO, 2, OURS, Sort.ADDED)
GONE = answer(BRAVO, 3, OURS, ADDED, Answer.WITHDRAWN)
ALL = [OURS, THEIRS, ADDED]


@pytest.fixture(scope="module")
def world() -> World:
    return played()


def shown(world: World, patch: pytest.MonkeyPatch, *members: list[Kept]) -> None:
    """Let the checker see these entries of one exchange, at one member after the other."""

    def entries(world: World, kinds: object) -> Iterator[dict[Post, list[Kept]]]:
        yield dict(zip(world.posts.values(), members, strict=False))

    patch.setattr(contacts, "entries", entries)


def saying(patch: pytest.MonkeyPatch, **changed: Any) -> None:
    """Let the fold say something else of the state."""

    def fold(entries: Any) -> Any:
        folded = READOUT.fold(entries)
        assert folded is not None
        return msgspec.structs.replace(folded, state=msgspec.structs.replace(folded.state, **changed))

    patch.setattr(checking, "READOUT", msgspec.structs.replace(READOUT, fold=fold))


def test_what_is_there_is_right(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for entries in (ALL, [*ALL, GONE]):
        shown(world, monkeypatch, entries, entries[::-1])
        Readouts().ended(world)
    assert world.passed["mark stands"] == world.passed["mark withdrawn"] == 1


def test_what_one_member_lacks_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, ALL, ALL[:2])
    with pytest.raises(Broken, match="not the same"):
        Readouts().ended(world)


def test_a_readout_that_is_gone_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, ALL)
    saying(monkeypatch, readouts=())
    with pytest.raises(Broken, match="does not stand"):
        Readouts().ended(world)


def test_another_text_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    held = READOUT.fold(ALL)
    assert held is not None
    shown(world, monkeypatch, ALL)
    saying(monkeypatch, readouts=tuple(msgspec.structs.replace(each, text="No.") for each in held.state.readouts))
    with pytest.raises(Broken, match="not what was published"):
        Readouts().ended(world)


def test_a_mark_that_was_taken_from_its_author_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, before = READOUT.fold([*ALL, GONE]), READOUT.fold(ALL)
    assert whole is not None
    assert before is not None
    for entries, marks in ((ALL, whole.state.marks), ([*ALL, GONE], before.state.marks)):
        shown(world, monkeypatch, entries)
        saying(monkeypatch, marks=marks)
        with pytest.raises(Broken, match="as its author says"):
            Readouts().ended(world)
