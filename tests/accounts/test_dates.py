"""Days that texts name: relative ones count from the publication, and roll over months and years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.accounts.dates import dates
from openline.limits import ACCOUNT_DATES_MAX

WEDNESDAY = "2022-11-16"
THURSDAY = "2024-12-05"


@pytest.mark.parametrize(
    ("text", "published", "days"),
    [
        ("tried to speak on Tuesday", WEDNESDAY, "2022-11-15"),
        ("said Wednesday", WEDNESDAY, "2022-11-16"),
        ("said last Wednesday", WEDNESDAY, "2022-11-09"),
        ("will speak next Wednesday", WEDNESDAY, "2022-11-23"),
        ("will speak next Thursday", WEDNESDAY, "2022-11-17"),
        ("on the previous Tuesday", THURSDAY, "2024-12-03"),
        ("Sunday’s calls", "2022-10-25", "2022-10-23"),
        ("on Saturday", "2023-01-01", "2022-12-31"),
        ("yesterday", "2024-03-01", "2024-02-29"),
        ("the day before yesterday", "2023-01-01", "2022-12-30"),
        ("tomorrow", "2024-12-31", "2025-01-01"),
        ("last month", THURSDAY, "2024-11"),
        ("last month", "2025-01-05", "2024-12"),
        ("next month", "2024-12-05", "2025-01"),
        ("last year", THURSDAY, "2023"),
        ("last week", WEDNESDAY, "2022-11-07 to 2022-11-13"),
        ("two weeks ago", WEDNESDAY, "2022-10-31 to 2022-11-06"),
        ("3 days ago", "2022-03-01", "2022-02-26"),
        ("a month ago", "2024-03-31", "2024-02"),
        ("five months ago", "2024-03-31", "2023-10"),
        ("in the past 48 hours", "2022-10-25", "2022-10-23 to 2022-10-25"),
        ("at the end of November", THURSDAY, "2024-11-21 to 2024-11-30"),
        ("at the end of November", "2024-01-05", "2023-11-21 to 2023-11-30"),
        ("the beginning of December", THURSDAY, "2024-12-01 to 2024-12-10"),
        ("in mid-March 2023", THURSDAY, "2023-03-11 to 2023-03-21"),
        ("late February", "2024-03-05", "2024-02-20 to 2024-02-29"),
        ("in October 2022", THURSDAY, "2022-10"),
        ("since February 2022", THURSDAY, "2022-02"),
        ("in October", THURSDAY, "2024-10"),
        ("in December", THURSDAY, "2024-12"),
        ("last December", THURSDAY, "2023-12"),
        ("next December", THURSDAY, "2025-12"),
        ("next January", THURSDAY, "2025-01"),
        ("on November 27", THURSDAY, "2024-11-27"),
        ("on 27 November", THURSDAY, "2024-11-27"),
        ("on December 30", "2025-01-02", "2024-12-30"),
        ("on January 2", "2024-12-30", "2025-01-02"),
        ("on Nov. 27, 2024", THURSDAY, "2024-11-27"),
        ("the 3rd of March 2023", THURSDAY, "2023-03-03"),
        ("2024-11-27", THURSDAY, "2024-11-27"),
        ("in 2014", THURSDAY, "2014"),
    ],
)
def test_a_day_counts_from_the_publication(text: str, published: str, days: str) -> None:
    assert [str(each.days) for each in dates(text, date.fromisoformat(published))] == [days]


@pytest.mark.parametrize(
    "text",
    [
        "on the same day",
        "a day after the discussions",
        "two weeks later",
        "on 30 February",
        "on February 29",
        "9999 years ago",
        "2023-02-31",
    ],
)
def test_unknown_stays_unknown(text: str) -> None:
    found = dates(text, date(2022, 10, 25))
    assert [each.days for each in found] == [None]
    assert found[0].why


@pytest.mark.parametrize(
    "text", ["He may go. They march on. No 27 of them.", "It sat in the sun.", "room 2022", "a 1,914"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert dates(text, date(2024, 12, 5)) == []


def test_the_words_are_those_of_the_text() -> None:
    text = "They last spoke in October 2022, and again on Tuesday."
    found = dates(text, date(2024, 12, 5))
    assert [text[each.start : each.end] for each in found] == ["October 2022", "Tuesday"]
    assert found[1].why == "the last Tuesday at the publication on 2024-12-05"


SOME = (
    "on last next the previous Tuesday May 30 31 February 2022 29 end of ago 9999 years months in a day later , . 0 - "
    "2024-02-30 mid-"
)
WORDS = st.lists(st.sampled_from(SOME.split())).map(" ".join)


@given(st.one_of(st.text(), WORDS), st.dates())
def test_no_text_and_no_day_of_publication_breaks_it(text: str, published: date) -> None:
    for each in dates(text, published):
        assert 0 <= each.start < each.end <= len(text)
        assert each.days is None or each.days.first <= each.days.last


def test_days_are_bounded() -> None:
    assert len(dates("today " * (ACCOUNT_DATES_MAX + 1), date(2024, 12, 5))) == ACCOUNT_DATES_MAX
