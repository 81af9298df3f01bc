"""Sentences: where they begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openline.accounts.sentences import sentences
from openline.limits import ACCOUNT_SENTENCES_MAX


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "Gen. Mark A. Milley spoke. “They couldn’t connect me.” It was Nov. 15\n\nThe U.S. Army said so"
    assert [text[start:end] for start, end in sentences(text)] == [
        "Gen. Mark A. Milley spoke.",
        "“They couldn’t connect me.”",
        "It was Nov. 15",
        "The U.S. Army said so",
    ]


@given(st.text())
def test_every_text_is_cut_in_order_and_nothing_is_lost(text: str) -> None:
    found = sentences(text)
    assert all(start < end for start, end in found)
    assert all(one[1] <= other[0] for one, other in zip(found, found[1:], strict=False))
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())


def test_sentences_are_bounded() -> None:
    assert len(sentences("a\n" * (ACCOUNT_SENTENCES_MAX + 5))) == ACCOUNT_SENTENCES_MAX
