"""Each way in which a turn can end badly leaves the record and the people as it must."""

from __future__ import annotations

import pytest

from openline.engine.events import Send
from openline.sim.faults import DOOMS
from tests.sim.small import played, two

KEPT = {"crash before commit": 0, "torn commit": 0, "crash after commit": 1, "crash amid effects": 1}


@pytest.mark.parametrize("doom", DOOMS)
def test_a_turn_that_ends_badly(doom: str) -> None:
    world = played()
    post, _ = two(world)
    line = world.line
    assert line is not None
    world.faults.ended = False
    before = post.record.count(line)
    post.doom = doom
    post.ask(lambda request: Send(request=request, line=line, text="x"))
    post._turn(post.life)
    assert post.engine is None
    assert post.record.count(line) - before == KEPT[doom]
    assert world.fired[doom] == 1
    assert world.passed["refused disk-failed"] == (doom == "torn commit")


def test_a_spoiled_frame_differs_in_one_byte() -> None:
    world = played()
    world.faults._flip()
    spoiled = world.faults.spoil(bytes(100))
    assert sum(byte != 0 for byte in spoiled) == 1
    assert world.fired["flipped bytes"] == 1


def test_healing_starts_what_is_down() -> None:
    world = played()
    post, _ = two(world)
    world.faults.ended = False
    world.faults.crash(post)
    world.faults.heal()
    assert post.engine is not None
