"""What is said in words: all of them stand in a text of the record, or the record does not have them."""

from __future__ import annotations

import pytest

from openline.accounts.assertion import Assertion, What
from openline.accounts.days import read
from openline.accounts.facts import Fact, Picture
from openline.accounts.holding import hold
from openline.accounts.holding_words import QUOTED_CHARACTERS, quoted, value_of
from openline.accounts.numbers import Count
from openline.accounts.verdict import Finding
from tests.accounts.pictures import BROWN, GERASIMOV, PUBLISHED, picture, unreached

YES, NO, NOT_THERE = Finding.MATCHES, Finding.CONTRADICTS, Finding.NOT_IN_THE_RECORD
NOTICE = "high-precision missiles"


@pytest.mark.parametrize(
    ("assertion", "finding", "entry"),
    [
        (Assertion(what=What.ABOUT, text="the exercises in the Mediterranean"), YES, "asked"),
        (Assertion(what=What.ABOUT, text="managing escalation"), NOT_THERE, ""),
        (Assertion(what=What.AGREED, value="not-announced"), YES, "terms"),
        (Assertion(what=What.AGREED, value="open"), NO, "terms"),
        (Assertion(what=What.AGREED, text="keep the line open"), YES, "point"),
        (Assertion(what=What.AGREED, text="the launch was planned"), NO, "launch"),
        (Assertion(what=What.AGREED, text="to meet again"), NOT_THERE, ""),
        (Assertion(what=What.REASON, value="planned", who=("Russia",)), NO, "word"),
        (Assertion(what=What.REASON, value="response", who=("Russia",)), YES, "word"),
        (Assertion(what=What.REASON, value="planned", text="the strike on Dnipro"), NOT_THERE, ""),
        (Assertion(what=What.SAID, text="the launch was planned", who=("United States",)), YES, "launch"),
        (Assertion(what=What.SAID, text="the launch was planned", who=("Russia",)), NOT_THERE, ""),
        (Assertion(what=What.TOLD, who=("Russia",), text=NOTICE, days=read("2024-12-03")), YES, "notice"),
        (Assertion(what=What.TOLD, who=("Russia",), text=NOTICE, days=read("2024-11-27")), NO, "notice"),
        (Assertion(what=What.TOLD, who=("Russia",), text="submarines"), NOT_THERE, ""),
        (Assertion(what=What.TOLD, who=("Brown",)), NO, "notice"),
        (Assertion(what=What.REJECTED, who=("Russia",), text="the launch"), NOT_THERE, ""),
    ],
)
def test_words(assertion: Assertion, finding: Finding, entry: str) -> None:
    verdict = hold(assertion, picture(), PUBLISHED)
    assert (verdict.finding, verdict.entry) == (finding, entry)


def test_where_the_sides_differ_both_are_named() -> None:
    verdict = hold(Assertion(what=What.REASON, value="planned"), picture(), PUBLISHED)
    assert (verdict.finding, verdict.entry, verdict.against) == (YES, "launch", ("word",))
    assert "says otherwise" in verdict.why


@pytest.mark.parametrize(
    ("count", "finding"),
    [
        (Count(0, 100, "missiles"), YES),
        (Count(60, 100, "missiles"), YES),
        (Count(120, None, "missiles"), NO),
        (Count(2, 2, "dead"), YES),
        (Count(3, 3, "dead"), NO),
        (Count(5, 5, "drones"), NOT_THERE),
        (Count(90, 90), NOT_THERE),
    ],
)
def test_numbers(count: Count, finding: Finding) -> None:
    verdict = hold(Assertion(what=What.NUMBER, number=count), unreached(), PUBLISHED)
    assert verdict.finding is finding


def test_a_claim_is_rejected_by_some_and_accepted_by_others() -> None:
    claim = "Ukraine prepares a dirty bomb."
    facts = (
        Fact(what=What.REJECTED, proof="no", parties=(BROWN,), value="rejects", text=claim),
        Fact(what=What.REJECTED, proof="yes", parties=(GERASIMOV,), value="accepts", text=claim),
    )
    about = Picture(about="c3", facts=facts)
    by = {"US": (YES, "no"), "Russia": (NO, "yes"), "Poland": (NOT_THERE, "")}
    for who, expected in by.items():
        verdict = hold(Assertion(what=What.REJECTED, who=(who,), text="the dirty bomb"), about, PUBLISHED)
        assert (verdict.finding, verdict.entry) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was planned long before.", "planned"),
        ("It was a response.", "response"),
        ("It was not a response.", ""),
        ("The response was planned.", ""),
        ("It happened.", ""),
    ],
)
def test_planned_or_a_response(text: str, value: str) -> None:
    assert value_of(Fact(what=What.SAID, proof="x", text=text)) == value


def test_a_long_text_is_quoted_in_part() -> None:
    assert len(quoted("word " * 200)) == QUOTED_CHARACTERS + 2
