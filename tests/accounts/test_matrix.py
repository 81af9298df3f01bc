"""Sources side by side: rows by fact, and what excludes what."""

from __future__ import annotations

import pytest

from openline.accounts.assertion import Assertion, Attribution, By, Mark, What
from openline.accounts.days import read
from openline.accounts.facts import Picture
from openline.accounts.holding import hold
from openline.accounts.matrix import Held, conflict, conflicts, rows
from openline.accounts.numbers import Count
from tests.accounts.pictures import PUBLISHED, picture


def of(account: str, assertion: Assertion, about: Picture | None = None) -> Held:
    where = picture() if about is None else about
    return Held(account, 1, Mark(start=0, end=1, assertion=assertion), hold(assertion, where, PUBLISHED), where)


def before(days: str) -> Assertion:
    return Assertion(what=What.LAST_BEFORE, days=read(days))


FIRST = Assertion(what=What.FIRST_SINCE, who=("Brown",), days=read("2023-10"))
BY_THE_ROSTER = Assertion(what=What.FIRST_SINCE, who=("Brown",))
SEVERAL = Assertion(what=What.TIMES, who=("Milley",), number=Count(2, None))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (before("2022-10"), before("2023-03"), "2022-10 is not 2023-03"),
        (before("2022-10"), before("2022"), ""),
        (before("2022-10-31"), before("2022-11-01"), ""),
        (before("2024-01"), FIRST, "one in 2024-01 was after 2023-10"),
        (FIRST, before("2022-10"), ""),
        (BY_THE_ROSTER, before("2023-11"), "one in 2023-11 was after 2023-10-01"),
        (BY_THE_ROSTER, before("2023-09"), ""),
        (Assertion(what=What.FIRST_SINCE, who=("Nobody",)), before("2024-01"), ""),
        (FIRST, Assertion(what=What.WHEN, days=read("2024")), ""),
        (
            Assertion(what=What.REASON, value="planned", text="the launch"),
            Assertion(what=What.REASON, value="response"),
            "planned is not response",
        ),
        (
            Assertion(what=What.REASON, value="planned", text="the launch"),
            Assertion(what=What.REASON, value="response", text="the exercise"),
            "",
        ),
        (
            Assertion(what=What.INITIATED_BY, who=("Gerasimov",)),
            Assertion(what=What.INITIATED_BY, who=("the US",)),
            "Gerasimov is not the US",
        ),
        (
            Assertion(what=What.INITIATED_BY, who=("Gerasimov",)),
            Assertion(what=What.INITIATED_BY, who=("Russia",)),
            "",
        ),
        (
            Assertion(what=What.INITIATED_BY, who=("Gerasimov",)),
            Assertion(what=What.INITIATED_BY, who=("Nobody",)),
            "",
        ),
        (
            Assertion(what=What.NUMBER, number=Count(0, 100, "missiles")),
            Assertion(what=What.NUMBER, number=Count(60, 100, "missiles")),
            "",
        ),
        (
            Assertion(what=What.NUMBER, number=Count(0, 100, "missiles")),
            Assertion(what=What.NUMBER, number=Count(120, None, "missiles")),
            "0 to 100 missiles excludes 120 and more missiles",
        ),
        (SEVERAL, Assertion(what=What.TIMES, who=("Milley",), number=Count(1, 1)), "2 and more excludes 1"),
        (SEVERAL, Assertion(what=What.TIMES, who=("Austin",), number=Count(1, 1)), ""),
        (
            Assertion(what=What.OUTCOME, value="held", whom=("Poland",)),
            Assertion(what=What.OUTCOME, value="no-answer", whom=("Russia",)),
            "",
        ),
        (
            Assertion(what=What.OUTCOME, value="held"),
            Assertion(what=What.OUTCOME, value="no-answer"),
            "held is not no-answer",
        ),
        (
            Assertion(what=What.AGREED, value="not-announced"),
            Assertion(what=What.AGREED, value="closed"),
            "",
        ),
        (
            Assertion(what=What.AGREED, value="not-announced"),
            Assertion(what=What.AGREED, value="open"),
            "not-announced is not open",
        ),
        (Assertion(what=What.SAID, text="yes"), Assertion(what=What.SAID, text="no"), ""),
    ],
)
def test_what_excludes_what(one: Assertion, other: Assertion, why: str) -> None:
    assert conflict(one, other, picture()) == why
    assert bool(conflict(other, one, picture())) == bool(why)


def test_conflicts_are_between_voices_about_one_thing() -> None:
    via = Attribution(By.VIA, "New York Times")
    planned = Assertion(what=What.REASON, value="planned", according_to=via)
    response = Assertion(what=What.REASON, value="response", according_to=Attribution(By.OFFICE, "Kremlin"))
    assert len(conflicts([of("a", planned), of("a", response)])) == 1
    assert conflicts([of("a", before("2022-10")), of("a", before("2023-03"))]) == []
    assert len(conflicts([of("a", before("2022-10")), of("b", before("2023-03"))])) == 1
    assert conflicts([of("a", before("2022-10")), of("b", before("2023-03"), Picture(about="other"))]) == []
    assert conflicts([of("a", before("2022-10"), Picture()), of("b", before("2023-03"), Picture())]) == []


def test_rows_go_by_what_and_about_what() -> None:
    found = rows([of("a", before("2022-10")), of("b", FIRST), of("b", before("2023-03"))])
    assert [(row.what, [each.account for each in row.held]) for row in found] == [
        (What.LAST_BEFORE, ["a", "b"]),
        (What.FIRST_SINCE, ["b"]),
    ]
