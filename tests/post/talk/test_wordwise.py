"""Two texts word by word: the longest common run, in order, and nothing lost."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from openline.limits import READOUT_WORDS_MAX
from openline.post.talk.wordwise import WORD, compare

TEXTS = st.lists(st.sampled_from(("the", "a", "dog", "ran", "home", "by", "Two")), max_size=12).map(" ".join)


def longest(one: list[str], two: list[str]) -> int:
    """The length of a longest common subsequence, the plain way."""
    row = [0] * (len(two) + 1)
    for word in one:
        before = row[:]
        for at, other in enumerate(two, 1):
            row[at] = before[at - 1] + 1 if word == other else max(before[at], row[at - 1])
    return row[-1]


@given(TEXTS, TEXTS)
def test_as_many_words_are_common_as_can_be_and_all_are_there(first: str, second: str) -> None:
    compared = compare(first, second)
    assert compared.words("both") == longest(first.casefold().split(), second.casefold().split())
    assert " ".join(run.first for run in compared.runs if run.first) == first
    assert " ".join(run.second for run in compared.runs if run.second) == second
    kinds = [run.has for run in compared.runs]
    assert all(one != other for one, other in zip(kinds, kinds[1:], strict=False))


def test_case_and_punctuation_make_no_difference() -> None:
    compared = compare("We spoke; by telephone.", "WE SPOKE, by line!")
    assert [(run.has, run.first, run.second) for run in compared.runs] == [
        ("both", "We spoke; by", "WE SPOKE, by"),
        ("first", "telephone.", ""),
        ("second", "", "line!"),
    ]


def test_nothing_is_compared_with_nothing() -> None:
    assert compare("", "").runs == ()
    assert [run.has for run in compare("Да, мы.", "").runs] == ["first"]


def test_the_longest_texts_take_no_time_and_what_is_beyond_is_counted() -> None:
    one = " ".join(["a b"] * READOUT_WORDS_MAX)
    two = " ".join(["a c"] * READOUT_WORDS_MAX)
    began = time.process_time()
    compared = compare(one, two)
    assert time.process_time() - began < 5
    assert compared.left_out == (READOUT_WORDS_MAX, READOUT_WORDS_MAX)
    assert compared.words("both") == READOUT_WORDS_MAX // 2
    assert len(WORD.findall(compared.runs[0].first or compared.runs[0].second)) == 1
