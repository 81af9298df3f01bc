"""An answer that crossed and is not shown as late, and one that did not and is."""

from __future__ import annotations

import msgspec
import pytest

from openline.exchanges.contact import State
from openline.feeds.folding import Folded
from openline.sim import contacts
from openline.sim.checkers import Broken
from openline.sim.checkers.late_answers import LateAnswers
from openline.sim.world import World
from openline.wire.contact import Outcome
from tests.exchanges.contacts import answer, closing, folded, request
from tests.feeds.histories import ALPHA, BRAVO
from tests.sim.test_contacts import played

ASKED = request()
YES = answer(BRAVO, 1, ASKED)
CROSSED = folded(ASKED, YES, closing(ALPHA, 2, ASKED, Outcome.WITHDRAWN))
KNOWN = folded(ASKED, YES, closing(ALPHA, 2, ASKED, Outcome.WITHDRAWN, knew={BRAVO: 1}))


def judge(patch: pytest.MonkeyPatch, made: Folded[State], *, late: bool) -> World:
    """Judge a contact whose answer is shown as late, or is not."""
    world = played()
    (party,) = made.state.parties
    answers = tuple(msgspec.structs.replace(each, late=late) for each in party.answers)
    state = msgspec.structs.replace(made.state, parties=(msgspec.structs.replace(party, answers=answers),))
    post = next(iter(world.posts.values()))
    patch.setattr(contacts, "folded", lambda world: iter([{post: msgspec.structs.replace(made, state=state)}]))
    LateAnswers().ended(world)
    return world


def test_late_where_it_crossed_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judge(monkeypatch, CROSSED, late=True).passed["answered late"]
    assert judge(monkeypatch, KNOWN, late=False).passed["answered in time"]
    with pytest.raises(Broken, match="not shown as late"):
        judge(monkeypatch, CROSSED, late=False)
    with pytest.raises(Broken, match="knew is shown as late"):
        judge(monkeypatch, KNOWN, late=True)
