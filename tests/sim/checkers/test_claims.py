"""A claim that is another one elsewhere, or says of a party what it did not sign."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import msgspec
import pytest

from openline.engine.machines import CLAIM
from openline.exchanges.claim import Answered, Party, State
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers import Broken
from openline.sim.checkers import claims as checker
from openline.sim.checkers.claims import Claims
from openline.sim.posts import Post
from openline.sim.world import World
from openline.wire.claim import Stance
from tests.exchanges.asking import claim, evidence, stance, withdrawn
from tests.feeds.histories import BRAVO
from tests.sim.asking import passed_in_some, played

PUT = claim(parties=(BRAVO,))
ASKS = stance(BRAVO, 1, PUT, Stance.ASKS_EVIDENCE)
GIVEN = evidence(2, PUT, knew={BRAVO: 1})
OVER = withdrawn(3, PUT, knew={BRAVO: 1})
LATER = stance(BRAVO, 2, PUT)


@pytest.fixture(scope="module")
def world() -> World:
    return played(0)


def shown(world: World, patch: pytest.MonkeyPatch, *members: list[Kept]) -> None:
    """Let the checker see these entries of one claim, at one member after the other."""
    posts = list(world.posts.values())

    def entries(world: World, kinds: Collection[int]) -> Iterator[dict[Post, list[Kept]]]:
        yield dict(zip(posts, members, strict=False))

    patch.setattr(contacts, "entries", entries)


def lying(patch: pytest.MonkeyPatch, change: Any) -> None:
    """Let the fold say something else of the party."""

    def fold(entries: Any) -> Any:
        folded = CLAIM.fold(entries)
        assert folded is not None
        parties = tuple(change(each) for each in folded.state.parties)
        return msgspec.structs.replace(folded, state=msgspec.structs.replace(folded.state, parties=parties))

    patch.setattr(checker, "CLAIM", msgspec.structs.replace(CLAIM, fold=fold))


def test_what_was_signed_is_right(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert passed_in_some("claim judged", "claim answered")["claim answered"]
    for entries in ([PUT], [PUT, ASKS], [PUT, ASKS, GIVEN], [PUT, ASKS, GIVEN, OVER, LATER]):
        shown(world, monkeypatch, entries, entries[::-1])
        Claims().ended(world)


def test_what_one_member_lacks_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(world, monkeypatch, [PUT, ASKS], [PUT])
    with pytest.raises(Broken, match="not the same at every member"):
        Claims().ended(world)


def dropped(party: Party) -> Party:
    return Party(party.post, party.answers[:-1])


def invented(party: Party) -> Party:
    return Party(party.post, (*party.answers, Answered(ASKS, Stance.ACCEPTS, None)))


def crossing(party: Party) -> Party:
    return Party(party.post, tuple(msgspec.structs.replace(each, crossed=not each.crossed) for each in party.answers))


@pytest.mark.parametrize(
    ("change", "entries", "why"),
    [
        (dropped, [PUT, ASKS], "not those that it signed"),
        (invented, [PUT], "not those that it signed"),
        (crossing, [PUT, ASKS, OVER], "as it crossed"),
        (crossing, [PUT, OVER, LATER], "as it crossed"),
    ],
)
def test_what_was_not_signed_is_noticed(
    change: Any, entries: list[Kept], why: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(world, monkeypatch, entries)
    lying(monkeypatch, change)
    with pytest.raises(Broken, match=why):
        Claims().ended(world)


@pytest.mark.parametrize(
    ("said", "entries", "why"),
    [
        ("rejects", [PUT], "silence is shown"),
        ("accepts", [PUT, ASKS], "newest answer"),
        ("silent", [PUT, ASKS], "newest answer"),
        ("evidence given", [PUT, LATER], "newest answer"),
    ],
)
def test_another_status_is_noticed(
    said: str, entries: list[Kept], why: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(world, monkeypatch, entries)
    monkeypatch.setattr(State, "status", lambda state, party: said)
    with pytest.raises(Broken, match=why):
        Claims().ended(world)
