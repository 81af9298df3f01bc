"""A serial that is used twice."""

from __future__ import annotations

import pytest

from openline.sim.checkers import Broken, gapless
from openline.wire.bodies import Message
from tests.sim.small import played


def test_serials_count(monkeypatch: pytest.MonkeyPatch) -> None:
    world = played()
    gapless.Gapless().ended(world)
    monkeypatch.setattr(gapless, "message_of", lambda entry: Message("x", 1))
    with pytest.raises(Broken, match="bears the serial 1"):
        gapless.Gapless().ended(world)
