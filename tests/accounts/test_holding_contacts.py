"""What folds decide: each rule bears out, excludes, or says that the record has nothing of it."""

from __future__ import annotations

from typing import Any

import pytest

from openline.accounts.assertion import Assertion, What
from openline.accounts.days import read
from openline.accounts.facts import Picture
from openline.accounts.holding import hold
from openline.accounts.numbers import Count
from openline.accounts.verdict import Finding
from tests.accounts.pictures import PUBLISHED, picture, unreached

YES, NO, NOT_THERE = Finding.MATCHES, Finding.CONTRADICTS, Finding.NOT_IN_THE_RECORD
SEVERAL = Count(2, None)


def held(what: What, about: Picture, **parts: Any) -> tuple[Finding, str]:
    if "days" in parts:
        parts["days"] = read(parts["days"])
    verdict = hold(Assertion(what=what, **parts), about, PUBLISHED)
    return verdict.finding, verdict.entry


@pytest.mark.parametrize(
    ("what", "parts", "finding", "entry"),
    [
        (What.INITIATED_BY, {"who": ("General Gerasimov",)}, YES, "asked"),
        (What.INITIATED_BY, {"who": ("US",)}, NO, "asked"),
        (What.INITIATED_BY, {"who": ("General Nobody",)}, NOT_THERE, ""),
        (What.REQUESTED_BY, {"who": ("Gerasimov",)}, YES, "terms"),
        (What.REQUESTED_BY, {"who": ("General Brown",)}, NO, "terms"),
        (What.WHO, {"who": ("Gerasimov", "Charles Q. Brown Jr.")}, YES, "closed"),
        (What.WHO, {"who": ("General Milley",)}, NOT_THERE, ""),
        (What.WHOM, {"who": ("Brown",)}, YES, "asked"),
        (What.WHEN, {"days": "2024-11-27"}, YES, "closed"),
        (What.WHEN, {"days": "2024-11-28"}, YES, "closed"),  # by a clock at UTC+14
        (What.WHEN, {"days": "2024-11-29"}, NO, "closed"),
        (What.LAST_BEFORE, {"days": "2023-03"}, YES, "march"),
        (What.LAST_BEFORE, {"days": "2022-10"}, NO, "march"),
        (What.LAST_BEFORE, {"days": "2024-01"}, NOT_THERE, ""),
        (What.FIRST_SINCE, {"who": ("General Brown",)}, YES, "closed"),
        (What.FIRST_SINCE, {"who": ("General Brown",), "days": "2023-10"}, YES, "closed"),
        (What.FIRST_SINCE, {"who": ("General Brown",), "days": "2022-10"}, NO, "roster"),
        (What.FIRST_SINCE, {"who": ("General Gerasimov",)}, NO, "may"),
        (What.FIRST_SINCE, {"who": ("General Nobody",)}, NOT_THERE, ""),
        (What.TIMES, {"who": ("Gerasimov", "Milley"), "number": SEVERAL, "days": "2022-02"}, YES, "march"),
        (What.TIMES, {"who": ("Gerasimov", "Milley"), "number": Count(9, None)}, NOT_THERE, ""),
        (What.TIMES, {"who": ("Gerasimov", "Milley"), "number": Count(1, 1)}, NO, "march"),
        (What.TIMES, {"who": ("Gerasimov", "Austin"), "number": SEVERAL}, NOT_THERE, ""),
        (What.OUTCOME, {"value": "held"}, YES, "closed"),
        (What.OUTCOME, {"value": "no-answer"}, NO, "closed"),
        (What.CONFIRMED, {"who": ("Brown",), "value": "asked"}, YES, "public"),
        (What.CONFIRMED, {"who": ("Brown",), "value": "unasked"}, NO, "public"),
        (What.CONFIRMED, {"who": ("Brown",), "value": "not-confirmed"}, NO, "public"),
        (What.CONFIRMED, {"who": ("Russia",), "value": "not-confirmed"}, NOT_THERE, ""),
        (What.CONFIRMED, {"who": ("Russia",), "value": "asked"}, NOT_THERE, ""),
        (What.INVESTIGATES, {"who": ("Poland",)}, NOT_THERE, ""),
        (What.HAPPENED, {"days": "2024-11-21"}, NOT_THERE, ""),
    ],
)
def test_a_call_that_was_held(what: What, parts: dict[str, Any], finding: Finding, entry: str) -> None:
    assert held(what, picture(), **parts) == (finding, entry)


@pytest.mark.parametrize(
    ("what", "parts", "finding", "entry"),
    [
        (What.OUTCOME, {"value": "no-answer", "whom": ("Russia",), "days": "2022-11-15"}, YES, "none"),
        (What.OUTCOME, {"value": "no-answer", "whom": ("Russia",), "days": "2022-11-17"}, NO, "none"),
        (What.OUTCOME, {"value": "no-answer", "whom": ("Poland",)}, NO, "held"),
        (What.OUTCOME, {"value": "no-answer", "whom": ("Ukraine",)}, NOT_THERE, ""),
        (What.INITIATED_BY, {"who": ("Milley",)}, YES, "asked"),
        (What.WHO, {"who": ("Milley", "Poland")}, YES, "held"),
        (What.WHO, {"who": ("Milley", "Gerasimov")}, NO, "none"),
        (What.WHO, {"who": ("Milley", "Ukraine")}, NOT_THERE, ""),
        (What.WHEN, {"days": "2022-11-15"}, NOT_THERE, ""),
        (What.FIRST_SINCE, {"who": ("Milley",)}, NOT_THERE, ""),
        (What.LAST_BEFORE, {"days": "2022-10"}, NOT_THERE, ""),
    ],
)
def test_a_call_that_nobody_answered(what: What, parts: dict[str, Any], finding: Finding, entry: str) -> None:
    assert held(what, unreached(), **parts) == (finding, entry)
