"""A signature for what was never kept."""

from __future__ import annotations

import pytest

from openline.feeds.record import KeepEntry
from openline.sim.checkers import Broken
from openline.sim.checkers.haves import Haves
from tests.sim.small import played, two


def test_a_receipt_for_what_was_not_kept() -> None:
    world = played()
    post, other = two(world)
    receipt = next(entry for (author, _), entry in world.entries.items() if author == post.id and entry.header.have)
    kept = [KeepEntry(receipt, post.clock())]
    with pytest.raises(Broken, match=f"of {other.name} that it has not kept"):
        Haves().kept(world, post, kept)
    checker = Haves()
    for (author, _), entry in world.entries.items():
        if author == other.id:
            checker.kept(world, post, [KeepEntry(entry, post.clock())])
    checker.kept(world, post, kept)
