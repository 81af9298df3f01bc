"""Pictures: facts by sort, and everybody in them."""

from __future__ import annotations

from openline.accounts.assertion import What
from tests.accounts.pictures import BROWN, GERASIMOV, MILLEY, picture, unreached


def test_facts_go_by_sort() -> None:
    assert [each.proof for each in picture().of(What.TIMES)] == ["may", "october", "march", "closed"]
    assert picture().of(What.ORIGIN) == []


def test_everybody_in_a_picture_is_known() -> None:
    assert {MILLEY, BROWN, GERASIMOV} <= set(picture().parties())
    assert {each.post for each in unreached().parties()} == {"United States", "Russia", "Poland"}
