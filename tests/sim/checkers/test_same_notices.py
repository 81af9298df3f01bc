"""A notice or a STOP that is another one elsewhere, ends twice or by another, or counts as read back in other words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import msgspec
import pytest

from openline.engine.machines import NOTICE, STOP, Machine
from openline.exchanges.notice import held
from openline.exchanges.stop import steps
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers import Broken
from openline.sim.checkers.same_notices import MACHINES, SameNotices
from openline.sim.posts import Post
from openline.sim.world import World
from openline.terms import Instant
from openline.wire import notice as wire
from openline.wire.kinds import Kind
from openline.wire.notice import How
from tests.exchanges.warnings import about, acknowledged, ended, folded, given, read_back, stopped, words
from tests.feeds.histories import BRAVO
from tests.sim.heralds import played

GIVEN = given()
ENDED = ended(2, GIVEN, How.COMPLETED)
ENDED_BY_BRAVO = about(
    BRAVO, 1, Kind.NOTICE_ENDED, GIVEN, items=(wire.ENDED.item(wire.Ended(How.CANCELLED, Instant(5))), words())
)
STOPPED = stopped(what="aid convoy", where="km 12")
OTHER_WORDS = read_back(1, STOPPED, STOPPED, "clinic", "km 12")


@pytest.fixture(scope="module")
def world() -> World:
    return played(0)


def shown(world: World, monkeypatch: pytest.MonkeyPatch, machine: Machine, *members: list[Kept]) -> None:
    """Let the checker see these entries of one exchange, at one member after the other."""
    posts = list(world.posts.values())

    def entries(world: World, kinds: Collection[int]) -> Iterator[dict[Post, list[Kept]]]:
        if kinds == machine.openings:
            yield dict(zip(posts, members, strict=False))

    monkeypatch.setattr(contacts, "entries", entries)


def test_what_one_member_lacks_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, NOTICE, [GIVEN, acknowledged(1, GIVEN, GIVEN)], [GIVEN])
    with pytest.raises(Broken, match="a notice is not the same"):
        SameNotices().ended(world)


def test_a_fold_that_hangs_on_the_order_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, STOP, [STOPPED, OTHER_WORDS])
    monkeypatch.setitem(MACHINES, "STOP", msgspec.structs.replace(STOP, fold=lambda entries: next(iter(entries))))
    with pytest.raises(Broken, match="depends on the order"):
        SameNotices().ended(world)


def taking_all(machine: Machine) -> Machine:
    """The machine, with a fold that says that everything counts."""

    def fold(entries: Any) -> Any:
        folded = machine.fold(entries)
        assert folded is not None
        return msgspec.structs.replace(folded, ignored=())

    return msgspec.structs.replace(machine, fold=fold)


@pytest.mark.parametrize(
    ("entries", "why"),
    [([ENDED, ended(3, GIVEN, How.LAPSED)], "ended twice"), ([ENDED_BY_BRAVO], "somebody else has ended")],
)
def test_an_end_that_is_none_is_noticed(
    entries: list[Kept], why: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(world, monkeypatch, NOTICE, [GIVEN, *entries])
    SameNotices().ended(world)
    monkeypatch.setitem(MACHINES, "notice", taking_all(NOTICE))
    with pytest.raises(Broken, match=why):
        SameNotices().ended(world)


def test_other_words_that_count_are_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, STOP, [STOPPED, OTHER_WORDS])
    SameNotices().ended(world)
    monkeypatch.setattr(steps, "same_words", lambda one, other: True)
    with pytest.raises(Broken, match="words that it does not say"):
        SameNotices().ended(world)


def test_another_list_of_what_is_in_force_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, NOTICE, [GIVEN], [GIVEN])
    SameNotices().ended(world)
    lists = [held([folded(GIVEN).state]), []]
    monkeypatch.setattr("openline.sim.checkers.same_notices.held", lambda states: lists.pop())
    with pytest.raises(Broken, match="in force is not the same"):
        SameNotices().ended(world)
