"""Whatever speaks of when or where and was not understood is refused, with its place in the text."""

from __future__ import annotations

import pytest

from openline.areas import navwarn
from tests.areas.navwarn.warnings import ISSUED, operation, refused


def test_words_are_given_with_their_place() -> None:
    text = "FIRING 0900 TO 1000 LOCAL ON SOME DAY."
    (found,) = navwarn.read(text, issued=ISSUED).refused
    assert (found.words, text[found.first : found.last]) == ("0900 TO 1000", "0900 TO 1000")


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("POSTPONED.", "POSTPONED"),
        ("AMEND ABOVE.", "AMEND"),
        ("WITHIN SIGHT.", "WITHIN"),
        ("SEE 12/22.", "12/22"),
        ("AT NOON.", "NOON"),
        ("MSG011500Z.", "MSG011500Z"),
        ("THRU15 AUG.", "THRU15"),
    ],
)
def test_time_and_place_words_of_an_operation(end: str, words: str) -> None:
    assert any(words in each for each in refused(operation(end=end)))
