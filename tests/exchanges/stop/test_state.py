"""What a STOP says of itself."""

from __future__ import annotations

from openline.terms import Precedence
from tests.exchanges.warnings import added, stop_folded, stop_passed, stopped
from tests.feeds.histories import ALPHA, BRAVO


def test_what_is_known_of_it() -> None:
    first = stopped(precedence=Precedence.FLASH)
    more = added(2, first, what="clinic")
    state = stop_folded(first, more, stop_passed(1, first)).state
    assert (state.author, state.to, state.precedence) == (ALPHA, (BRAVO,), Precedence.FLASH)
    assert state.newest == more.entry.id
    hit, before = state.hit(), state.hit(first.entry.id)
    assert hit is not None
    assert before is not None
    assert (hit.what, before.what) == ("clinic", "")
    assert [each.unit for each in state.passed] == ["battery"]
    assert state.passes(ALPHA) is None
