"""A member that lacks entries, and one that holds other bytes."""

from __future__ import annotations

import pytest

from openline.sim.checkers import Broken
from openline.sim.checkers.converge import Converge
from openline.sim.record import MemoryRecord
from tests.sim.small import played, two


def test_records_that_differ() -> None:
    world = played()
    checker = Converge()
    assert checker.calm(world)
    checker.ended(world)
    two(world)[1].record = MemoryRecord()
    assert not checker.calm(world)
    with pytest.raises(Broken, match="holds"):
        checker.ended(world)
