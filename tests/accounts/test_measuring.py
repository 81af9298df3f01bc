"""How good proposals are: marks that were proposed, with the same parts, and proposals that were idle."""

from __future__ import annotations

from typing import Any

from openline.accounts.assertion import Assertion, What
from openline.accounts.days import read
from openline.accounts.measuring import ByHand, Measured, measure
from openline.accounts.numbers import Count
from openline.accounts.proposing import Proposal


def proposal(start: int, end: int, what: What, **parts: Any) -> Proposal:
    return Proposal("", start, end, Assertion(what=what, **parts), ())


def test_a_mark_is_proposed_by_one_of_its_sort_that_meets_it() -> None:
    marks = [ByHand(10, 20, What.WHEN), ByHand(10, 20, What.WHO), ByHand(40, 50, What.NUMBER)]
    made = [proposal(15, 30, What.WHEN), proposal(20, 30, What.WHO), proposal(0, 99, What.SAID)]
    assert measure(marks, made) == Measured(3, 1, 3, 2)
    assert measure([], []) == Measured()


def test_a_mark_with_parts_is_right_with_the_same_parts() -> None:
    marks = [
        ByHand(0, 9, What.WHEN, days=read("2022-10")),
        ByHand(0, 9, What.NUMBER, number=Count(60, 100)),
        ByHand(0, 9, What.REASON, value="planned"),
        ByHand(0, 9, What.WHO),
    ]
    right = [
        proposal(0, 9, What.WHEN, days=read("2022-10")),
        proposal(0, 9, What.NUMBER, number=Count(60, 100, "missiles")),
        proposal(0, 9, What.REASON, value="planned"),
    ]
    assert measure(marks, right) == Measured(4, 3, 3, 0, exact=3, right=3)
    wrong = [proposal(0, 9, What.WHEN), proposal(0, 9, What.NUMBER), proposal(0, 9, What.REASON, value="response")]
    assert measure(marks, wrong) == Measured(4, 3, 3, 0, exact=3, right=0)


def test_figures_add_up() -> None:
    assert Measured(3, 1, 3, 2) + Measured(1, 1, 1, 0, 1, 1) == Measured(4, 2, 4, 2, 1, 1)
    assert Measured(3).value()["marks"] == 3
