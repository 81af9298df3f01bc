"""An entry under a name that never signed it."""

from __future__ import annotations

import pytest

from openline.feeds.record import KeepEntry
from openline.sim.checkers import Broken
from openline.sim.checkers.genuine import Genuine
from tests.sim.small import messages, played, two, variant


def test_a_forged_entry_is_kept() -> None:
    world = played()
    post, other = two(world)
    entry = messages(world, post)[0]
    checker = Genuine()
    checker.kept(world, post, [KeepEntry(entry, post.clock())])
    checker.kept(world, other, [KeepEntry(entry, other.clock())])
    with pytest.raises(Broken, match="never signed"):
        checker.kept(world, other, [KeepEntry(variant(entry), other.clock())])
