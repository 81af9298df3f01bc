"""How good proposals are: marks that were proposed, proposals that were idle."""

from __future__ import annotations

from openline.accounts.assertion import Assertion, What
from openline.accounts.measuring import ByHand, Measured, measure
from openline.accounts.proposing import Proposal


def proposal(start: int, end: int, what: What) -> Proposal:
    return Proposal("", start, end, Assertion(what=what), ())


def test_a_mark_is_proposed_by_one_of_its_sort_that_meets_it() -> None:
    marks = [ByHand(10, 20, What.WHEN), ByHand(10, 20, What.WHO), ByHand(40, 50, What.NUMBER)]
    made = [proposal(15, 30, What.WHEN), proposal(20, 30, What.WHO), proposal(0, 99, What.SAID)]
    assert measure(marks, made) == Measured(3, 1, 3, 2)
    assert measure([], []) == Measured(0, 0, 0, 0)
    assert Measured(3, 1, 3, 2) + Measured(1, 1, 1, 0) == Measured(4, 2, 4, 2)
