"""A minute, a commitment or a disclosure that is another one elsewhere, or says what nobody signed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from openline.engine.machines import COMMITMENT, DISCLOSURE, MINUTE, Machine
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers import Broken
from openline.sim.checkers.same_talks import MACHINES, SameTalks
from openline.sim.posts import Post
from openline.sim.world import World
from openline.wire.minute import Progress
from tests.exchanges import talks
from tests.feeds.histories import ALPHA, BRAVO
from tests.sim.talks import passed_in_some, played

OPENED = talks.minute()
DRAFT = talks.point(ALPHA, 2, OPENED)
PROMISE = talks.commitment()
TERMS = talks.proposal(ALPHA, 1)
SIGNED = talks.signed(BRAVO, 1, OPENED, bytes(32))
DONE = talks.report(ALPHA, 2, PROMISE, Progress.DONE)


@pytest.fixture(scope="module")
def world() -> World:
    return played(0)


def test_the_same_everywhere_is_right() -> None:
    judged = [f"{what} judged" for what in MACHINES]
    passed = passed_in_some(*judged)
    assert [each for each in judged if not passed[each]] == []


def shown(world: World, monkeypatch: pytest.MonkeyPatch, machine: Machine, *members: list[Kept]) -> None:
    """Let the checker see these entries of one exchange, at one member after the other."""
    posts = list(world.posts.values())

    def entries(world: World, kinds: Collection[int]) -> Iterator[dict[Post, list[Kept]]]:
        if kinds == machine.openings:
            yield dict(zip(posts, members, strict=False))

    monkeypatch.setattr(contacts, "entries", entries)


def test_what_one_member_lacks_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, MINUTE, [OPENED, DRAFT], [OPENED])
    with pytest.raises(Broken, match="a minute is not the same"):
        SameTalks().ended(world)


def test_a_fold_that_hangs_on_the_order_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, MINUTE, [OPENED, DRAFT])
    broken = msgspec.structs.replace(MINUTE, fold=lambda entries: next(iter(entries)))
    monkeypatch.setitem(MACHINES, "minute", broken)
    with pytest.raises(Broken, match="depends on the order"):
        SameTalks().ended(world)


def lying(machine: Machine, **state: Any) -> Machine:
    """The machine, with a fold that says something else of the state."""

    def fold(entries: Any) -> Any:
        folded = machine.fold(entries)
        assert folded is not None
        names = [each for each in ("parties", "reports", "commitment") if hasattr(folded.state, each)]
        said = {**{name: getattr(folded.state, name) for name in names}, **state}
        return msgspec.structs.replace(folded, state=SimpleNamespace(**said))

    return msgspec.structs.replace(machine, fold=fold)


@pytest.mark.parametrize(
    ("what", "machine", "state", "entries", "why"),
    [
        ("minute", MINUTE, {"complete": True}, [OPENED, DRAFT, SIGNED], "signature of each"),
        ("disclosure", DISCLOSURE, {"agreed": (TERMS.entry.id,)}, [TERMS], "word of each"),
        ("commitment", COMMITMENT, {"open": False}, [PROMISE, DONE], "what it owes"),
    ],
)
def test_what_nobody_signed_is_noticed(
    what: str,
    machine: Machine,
    state: dict[str, Any],
    entries: list[Kept],
    why: str,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown(world, monkeypatch, machine, entries)
    monkeypatch.setitem(MACHINES, what, lying(machine, **state))
    with pytest.raises(Broken, match=why):
        SameTalks().ended(world)
