"""A joint statement that is another one elsewhere, or out without what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

import msgspec
import pytest

from openline.engine.machines import JOINT_STATEMENT
from openline.exchanges.joint_statement import State
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers import Broken, joint_texts
from openline.sim.checkers.joint_texts import JointTexts
from openline.sim.posts import Post
from openline.sim.world import Setting, World
from openline.wire.joint_statement import Change
from tests.exchanges.joints import THREE, Room, add, change, closed, drafted, word
from tests.feeds.histories import ALPHA, BRAVO


@pytest.fixture(scope="module")
def world() -> World:
    return World(0, Setting(posts=3, liar=False, calls=False, statements=False))


def talked() -> Room:
    """Lines added in three places, amended, struck, proposed and accepted, approved by all and released."""
    room = drafted()
    room.write(add, ALPHA, room.opened, revision=1, en="First.")
    proposal = room.write(change, BRAVO, Change.AMEND, room.entries[1], revision=2, fr="Autrement.")
    room.write(word, ALPHA, proposal)
    after = room.write(add, BRAVO, room.entries[1], revision=3)
    room.write(word, ALPHA, after)
    room.write(change, ALPHA, Change.STRIKE, room.entries[2], revision=4)
    room.write(add, ALPHA, revision=5, en="Last.")
    room.approve(*THREE)
    room.write(closed, ALPHA, room.state.digest())
    return room


def judge(world: World, patch: pytest.MonkeyPatch, *members: list[Kept]) -> None:
    """Let the checker see these entries of one statement, at one member after the other."""
    posts = list(world.posts.values())

    def entries(world: World, kinds: Collection[int]) -> Iterator[dict[Post, list[Kept]]]:
        yield dict(zip(posts, members, strict=False))

    patch.setattr(contacts, "entries", entries)
    JointTexts().ended(world)


def test_the_same_everywhere_and_approved_is_right(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    entries, before = talked().entries, world.passed["statement released"]
    judge(world, monkeypatch, entries, entries[::-1])
    assert world.passed["statement released"] == before + 1


def test_what_one_member_lacks_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    room = talked()
    with pytest.raises(Broken, match="is not the same"):
        judge(world, monkeypatch, room.entries, room.entries[:-1])


def test_a_fold_that_hangs_on_the_order_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = msgspec.structs.replace(JOINT_STATEMENT, fold=lambda entries: next(iter(entries)))
    monkeypatch.setattr(joint_texts, "JOINT_STATEMENT", broken)
    with pytest.raises(Broken, match="depends on the order"):
        judge(world, monkeypatch, talked().entries)


@pytest.mark.parametrize(
    ("name", "lie", "why"),
    [
        ("approved", lambda state, by=None: THREE, "by as many as were agreed"),
        ("digest", lambda state: bytes(range(32)), "not the text"),
    ],
)
def test_what_is_out_without_right_is_noticed(
    name: str, lie: Callable[..., Any], why: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(State, name, lie)
    room = drafted()
    if name == "digest":
        room.approve(*THREE)
    room.write(closed, ALPHA, room.state.digest())
    with pytest.raises(Broken, match=why):
        judge(world, monkeypatch, room.entries)


def test_two_ends_and_a_release_by_another_are_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    room = talked()
    folded = JOINT_STATEMENT.fold(room.entries)
    assert folded is not None
    checker = JointTexts()
    second = room.made(closed, ALPHA)
    two = msgspec.structs.replace(folded, entries=(*folded.entries, second))
    with pytest.raises(Broken, match="two ends"):
        checker._check_out(world, two)
    other = room.made(closed, BRAVO, room.state.digest())
    by_another = msgspec.structs.replace(folded, entries=(*folded.entries[:-1], other))
    with pytest.raises(Broken, match="by another"):
        checker._check_out(world, by_another)
