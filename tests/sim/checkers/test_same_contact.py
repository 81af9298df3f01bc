"""A contact that is another one at another member."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers import Broken
from openline.sim.checkers.same_contact import SameContact
from openline.sim.posts import Post
from openline.sim.world import World
from tests.sim.test_contacts import played


def test_the_same_everywhere_is_right() -> None:
    SameContact().ended(played())


def test_what_one_member_lacks_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    world = played()
    whole = max(contacts.entries(world), key=lambda held: len(next(iter(held.values()))))
    *_, last = whole

    def entries(world: World) -> Iterator[dict[Post, list[Kept]]]:
        yield {post: held[: 2 if post is last else len(held)] for post, held in whole.items()}

    monkeypatch.setattr(contacts, "entries", entries)
    with pytest.raises(Broken, match=f"not the same at {last.name}"):
        SameContact().ended(world)
