"""Findings point into the text, in its order."""

from __future__ import annotations

import math

from openline.areas.findings import WORDS_MAX, Findings
from openline.areas.shapes import Circle, Point
from openline.limits import WARNING_AREAS_MAX, WARNING_REFUSALS_MAX


def test_the_same_words_twice_are_two_places() -> None:
    found = Findings("bad good bad")
    found.refuse("bad", "No.")
    found.refuse("bad", "No.")
    assert [(each.first, each.last) for each in found.refused] == [(0, 3), (9, 12)]


def test_words_that_do_not_stand_there_as_they_are_have_no_place() -> None:
    found = Findings("a\\u00e9")
    found.refuse("aé", "No.")
    assert (found.refused[0].words, found.refused[0].first, found.refused[0].last) == ("aé", 0, 0)


def test_long_words_are_cut_and_their_place_is_whole() -> None:
    found = Findings("x" * 1_000)
    found.refuse("x" * 1_000, "No.")
    assert len(found.refused[0].words) == WORDS_MAX
    assert found.refused[0].last == 1_000


def test_an_area_is_taken_or_refused_and_its_doubts_are_told_once() -> None:
    found = Findings("words")
    for _ in range(2):
        found.take(Circle((0.0, 89.0), 300_000.0), "words")
    found.take(Point((0.0, math.nan)), "words")
    assert len(found.areas) == 2
    assert [(flag.code, flag.words) for flag in found.flags] == [("around-pole", "words")]
    assert [each.why for each in found.refused] == ["A position is not a number."]


def test_areas_and_refusals_have_a_maximum() -> None:
    found = Findings("words")
    for at in range(WARNING_AREAS_MAX + 50):
        found.take(Point((0.0, at / 100)), "words")
    assert len(found.areas) == WARNING_AREAS_MAX
    assert ["More than" in each.why for each in found.refused] == [True]
    for _ in range(WARNING_REFUSALS_MAX + 50):
        found.refuse("words", "No.")
    assert len(found.refused) == WARNING_REFUSALS_MAX
    assert found.refused[-1].why == "More is refused than is told here."
