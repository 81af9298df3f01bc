"""Every sort of assertion has its rule; a person's reading comes before it; without a subject nothing is decided."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.accounts.assertion import VALUES, Assertion, What
from openline.accounts.days import Days
from openline.accounts.facts import Picture
from openline.accounts.holding import RULES, hold
from openline.accounts.numbers import Count
from openline.accounts.verdict import Finding
from tests.accounts.pictures import PUBLISHED, picture, unreached


def test_every_sort_has_a_rule() -> None:
    assert set(RULES) == set(What)


def test_a_person_reads_it_so() -> None:
    read = Assertion(what=What.SAID, text="something else", entry="ee")
    assert hold(read, picture(), PUBLISHED, "Berg").finding is Finding.MATCHES
    otherwise = Assertion(what=What.SAID, text="something else", entry="ee", otherwise=True)
    verdict = hold(otherwise, picture(), PUBLISHED, "Berg")
    assert (verdict.finding, verdict.entry) == (Finding.CONTRADICTS, "ee")
    assert verdict.why.startswith("Berg reads it so")


@pytest.mark.parametrize("what", What)
def test_without_a_subject_nothing_is_decided(what: What) -> None:
    assert hold(Assertion(what=what), Picture(), PUBLISHED).finding is Finding.NOT_IN_THE_RECORD


NAMES = st.lists(st.sampled_from(["Russia", "General Brown", "Milley", "Poland", "Nobody", "", "US:x"]), max_size=3)
DAYS = st.none() | st.builds(lambda one, other: Days(min(one, other), max(one, other)), st.dates(), st.dates())
COUNTS = st.none() | st.builds(Count, st.integers(0, 200), st.none() | st.just(200), st.sampled_from(["", "missiles"]))


@given(
    what=st.sampled_from(What),
    who=NAMES.map(tuple),
    whom=NAMES.map(tuple),
    days=DAYS,
    number=COUNTS,
    value=st.sampled_from(["", *sorted({each for values in VALUES.values() for each in values})]),
    text=st.sampled_from(["", "exercise", "the launch was planned"]) | st.text(),
    published=st.dates(),
    about=st.sampled_from([picture(), unreached(), Picture(about="c2")]),
)
def test_no_assertion_breaks_a_rule(
    what: What,
    who: tuple[str, ...],
    whom: tuple[str, ...],
    days: Days | None,
    number: Count | None,
    value: str,
    text: str,
    published: date,
    about: Picture,
) -> None:
    """Complete or not: it comes to a verdict, and no entry is named where the record has none."""
    assertion = Assertion(what=what, who=who, whom=whom, days=days, number=number, value=value, text=text)
    if not who and what in (What.FIRST_SINCE, What.INITIATED_BY, What.WHOM, What.REQUESTED_BY, What.INVESTIGATES):
        return
    verdict = hold(assertion, about, published)
    assert bool(verdict.entry) == (verdict.finding is not Finding.NOT_IN_THE_RECORD)
    assert verdict.why.endswith(".")
