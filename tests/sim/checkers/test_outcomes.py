"""Two closing words that count, and one by somebody else."""

from __future__ import annotations

import msgspec
import pytest

from openline.sim import contacts
from openline.sim.checkers import Broken
from openline.sim.checkers.outcomes import Outcomes
from openline.sim.world import World
from openline.wire.contact import Outcome
from tests.exchanges.contacts import closing, folded, request
from tests.feeds.histories import ALPHA, BRAVO
from tests.sim.test_contacts import played

ASKED = request()


def shown(patch: pytest.MonkeyPatch, world: World, *numbers: int) -> None:
    """Let the world show one contact with these closing words."""
    post = next(iter(world.posts.values()))
    made = folded(ASKED, *(closing(ALPHA, number, ASKED, Outcome.HELD) for number in numbers))
    patch.setattr(contacts, "folded", lambda world: iter([{post: made}]))


def test_one_outcome_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    world = played()
    Outcomes().ended(world)
    shown(monkeypatch, world, 2, 3)
    Outcomes().ended(world)


def test_two_outcomes_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    world = played()
    made = folded(ASKED, closing(ALPHA, 2, ASKED, Outcome.HELD), closing(ALPHA, 3, ASKED))
    post = next(iter(world.posts.values()))
    monkeypatch.setattr(contacts, "folded", lambda world: iter([{post: msgspec.structs.replace(made, ignored=())}]))
    with pytest.raises(Broken, match="two outcomes"):
        Outcomes().ended(world)


def test_the_word_of_somebody_else_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    world = played()
    made = folded(ASKED, closing(ALPHA, 2, ASKED, Outcome.HELD))
    stranger = folded(request(number=7)).state
    theirs = msgspec.structs.replace(stranger.requests[0], entry=request(BRAVO, to=(ALPHA,)).entry)
    odd = msgspec.structs.replace(stranger, requests=(theirs,))
    post = next(iter(world.posts.values()))
    monkeypatch.setattr(contacts, "folded", lambda world: iter([{post: msgspec.structs.replace(made, state=odd)}]))
    with pytest.raises(Broken, match="somebody else"):
        Outcomes().ended(world)
