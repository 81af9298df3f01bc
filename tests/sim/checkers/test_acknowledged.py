"""An answer before the entry is kept, and an entry that is lost later."""

from __future__ import annotations

import pytest

from openline.engine.effects import Answer
from openline.engine.events import Send
from openline.sim.checkers import Broken
from openline.sim.checkers.acknowledged import Acknowledged
from openline.sim.record import MemoryRecord
from tests.sim.small import messages, played, two


def test_an_answer_for_what_is_not_kept() -> None:
    world = played()
    post, _ = two(world)
    assert world.line is not None
    with pytest.raises(Broken, match="before it was"):
        Acknowledged().told(world, post, Answer(1, bytes(32)), Send(request=1, line=world.line, text="x"))


def test_what_was_answered_is_lost() -> None:
    world = played()
    post, other = two(world)
    assert world.line is not None
    checker = Acknowledged()
    answer = Answer(1, messages(world, post)[0].id)
    checker.told(world, post, answer, Send(request=1, line=world.line, text="x"))
    checker.ended(world)
    other.record = MemoryRecord()
    with pytest.raises(Broken, match=f"{other.name} lacks"):
        checker.ended(world)
