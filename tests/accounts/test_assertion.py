"""Assertions: each sort says what it needs, and none is longer than it may be."""

from __future__ import annotations

from typing import Any

import pytest

from openline.accounts.assertion import (
    EXPLAINED,
    NEEDS,
    VALUES,
    Assertion,
    Attribution,
    By,
    What,
    according,
    check,
    told,
)
from openline.accounts.days import read
from openline.accounts.numbers import Count
from openline.errors import Misuse

FULL: dict[str, Any] = {"who": ("Russia",), "days": read("2022-10"), "number": Count(2, 2), "text": "the exercise"}


def full(what: What) -> Assertion:
    value = VALUES.get(what, ("",))[0]
    return Assertion(what=what, value=value, **FULL)


@pytest.mark.parametrize("what", What)
def test_each_sort_is_explained_and_needs_its_parts(what: What) -> None:
    assert EXPLAINED[what]
    assert check(full(what)).what is what
    parts = {**FULL, "value": VALUES.get(what, ("",))[0]}
    for part in NEEDS[what]:
        less: dict[str, Any] = {key: each for key, each in parts.items() if key != part}
        with pytest.raises(Misuse, match=part):
            check(Assertion(what=what, **less))


@pytest.mark.parametrize(
    "wrong",
    [
        Assertion(what=What.OUTCOME, value="perhaps"),
        Assertion(what=What.WHEN, days=read("2022"), value="held"),
        Assertion(what=What.AGREED),
        Assertion(what=What.SAID, text="x" * 5_000),
        Assertion(what=What.WHO, who=("x",) * 17),
        Assertion(what=What.WHO, who=("x" * 200,)),
        Assertion(what=What.WHO, who=(" ",)),
        Assertion(what=What.SAID, text="so", according_to=Attribution(By.PERSON)),
    ],
)
def test_what_says_nothing_is_refused(wrong: Assertion) -> None:
    with pytest.raises(Misuse):
        check(wrong)


def test_an_assertion_in_short() -> None:
    outcome = Assertion(what=What.OUTCOME, value="no-answer", whom=("Russia",), days=read("2022-11-15"))
    assert told(outcome) == "outcome no-answer with Russia on 2022-11-15"
    number = Assertion(what=What.NUMBER, number=Count(60, 100, "missiles"))
    assert told(number) == "number 60 to 100 missiles"


def test_every_voice_has_words() -> None:
    said = [according(Attribution(by, "X" if by is not By.PUBLISHER else "")) for by in By]
    assert said == ["the publisher", "X", "X", "unnamed: X", "via X"]
    assert according(Attribution(By.UNNAMED)) == "unnamed officials"
