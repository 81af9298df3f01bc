"""How a joint statement stands, in one word."""

from __future__ import annotations

from openline.post.statement.values import status
from tests.exchanges.joints import THREE, closed, drafted
from tests.feeds.histories import ALPHA


def test_a_statement_is_open_ready_released_or_withdrawn() -> None:
    room = drafted()
    assert status(room.state) == "open"
    room.approve(*THREE)
    assert status(room.state) == "ready"
    room.write(closed, ALPHA, room.state.digest())
    assert status(room.state) == "released"
    over = drafted()
    over.write(closed, ALPHA)
    assert status(over.state) == "withdrawn"
