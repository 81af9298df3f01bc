"""Words that carry meaning, without their endings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openline.accounts.words import missing, words_of


def test_what_says_nothing_is_left_out() -> None:
    assert words_of("The exercises are in the Mediterranean, by an exercise.") == ("exercis", "mediterranean")


def test_what_a_text_does_not_have() -> None:
    text = "Russia's allegations were rejected by all three."
    assert missing("reject the allegation", text) == ()
    assert missing("rejected the dirty bomb", text) == ("dirty", "bomb") or missing("dirty bomb", text) == (
        "dirt",
        "bomb",
    )
    assert missing("", text) == ()


@given(st.text())
def test_every_text_has_its_own_words(text: str) -> None:
    assert missing(text, text) == ()
