"""Numbers: from the least to the most that the words allow, and of what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.accounts.numbers import Count, numbers, read
from openline.errors import Misuse


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("launched up to 100 missiles into", Count(0, 100, "missiles")),
        ("by 60 to 100 missiles", Count(60, 100, "missiles")),
        ("between 60 and 100 missiles", Count(60, 100, "missiles")),
        ("more than 90 cruise missiles", Count(91, None, "cruise missiles")),
        ("at least 90 missiles", Count(90, None, "missiles")),
        ("fewer than 90 missiles", Count(0, 89, "missiles")),
        ("about 90 missiles", Count(81, 99, "missiles")),
        ("1,500 soldiers", Count(1500, 1500, "soldiers")),
        ("killing two.", Count(2, 2, "dead")),
        ("that killed two people in", Count(2, 2, "dead")),
        ("two people were killed", Count(2, 2, "dead")),
        ("Three people died.", Count(3, 3, "dead")),
        ("Some 40 soldiers were wounded", Count(36, 44, "wounded")),
        ("Two dead near", Count(2, 2, "dead")),
        ("wounding 12", Count(12, 12, "wounded")),
        ("several calls", Count(2, None, "calls")),
        ("dozens of drones", Count(24, None, "drones")),
    ],
)
def test_a_number_in_a_text(text: str, count: Count) -> None:
    assert [each.count for each in numbers(text)] == [count]


@pytest.mark.parametrize(
    "text", ["Article 5 of the treaty", "20% of Ukraine", "at 14:40", "$100", "B52", "3.5 tons", "100 to 60 missiles"]
)
def test_what_is_no_number_of_things(text: str) -> None:
    assert numbers(text) == []


def test_numbers_that_exclude_each_other() -> None:
    assert Count(0, 100).meets(Count(60, 100))
    assert Count(91, None).meets(Count(0, 100))
    assert not Count(101, None).meets(Count(0, 100))
    assert not Count(2, 2).meets(Count(3, 4))
    assert Count(1, 1, "missiles").counts(Count(9, 9, "cruise missiles"))
    assert not Count(1, 1, "missiles").counts(Count(9, 9, "dead"))


@pytest.mark.parametrize(
    ("typed", "count"),
    [("90", Count(90, 90)), ("60..100", Count(60, 100)), ("91..", Count(91, None)), ("..100", Count(0, 100))],
)
def test_what_a_person_types(typed: str, count: Count) -> None:
    assert read(typed) == count


@pytest.mark.parametrize("typed", ["", "..", "ten", "9-10", "10..9", "1" * 16])
def test_what_no_person_should_type(typed: str) -> None:
    with pytest.raises(Misuse):
        read(typed)


WORDS = st.lists(
    st.sampled_from(
        ("up", "to", "100", "60", "and", "missiles", "killed", "two", "a", "hundred", "9,999", ".", "several")
    )
)


@given(st.one_of(st.text(), WORDS.map(" ".join)))
def test_no_text_breaks_it(text: str) -> None:
    for each in numbers(text):
        assert 0 <= each.start < each.end <= len(text)
        assert each.count.meets(each.count)
        assert str(each.count)
