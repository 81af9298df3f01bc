"""What a notice says of itself."""

from __future__ import annotations

from openline.terms import Precedence, TrafficClass
from tests.exchanges.warnings import acknowledged, amended, ended, folded, given, passed
from tests.feeds.histories import ALPHA, BRAVO


def test_what_stands() -> None:
    first = given(precedence=Precedence.PRIORITY, traffic=TrafficClass.EXERCISE)
    change = amended(2, first, first, traffic=TrafficClass.EXERCISE, precedence=Precedence.FLASH)
    state = folded(first, change).state
    assert (state.id, state.author, state.traffic) == (first.entry.id, ALPHA, TrafficClass.EXERCISE)
    assert state.precedence == Precedence.FLASH
    assert state.standing.id == state.newest == change.entry.id
    assert state.to == (BRAVO,)


def test_words_on_an_earlier_version_do_not_count_for_this_one() -> None:
    first = given()
    entries = (first, acknowledged(1, first, first), passed(2, first, first))
    assert folded(*entries).state.passes(BRAVO) is not None
    after = folded(*entries, amended(2, first, first)).state
    assert after.passes(BRAVO) is None
    assert after.acknowledges(BRAVO) is None
    assert after.confirms(BRAVO) == ()
    assert folded(first, ended(2, first)).state.newest != first.entry.id
