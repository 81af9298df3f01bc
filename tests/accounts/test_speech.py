"""According to whom: publisher's own words have no cue, others have one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.accounts.assertion import Attribution, By
from openline.accounts.names import find
from openline.accounts.speech import cues, quotations
from openline.limits import NAME_MAX_BYTES
from tests.accounts.pictures import ALL


def voices(sentence: str) -> list[Attribution]:
    return [each.attribution for each in cues(sentence, find(sentence, ALL))]


@pytest.mark.parametrize(
    ("sentence", "by", "name"),
    [
        ("According to defense and military sources, they spoke.", By.UNNAMED, "defense and military sources"),
        ("It was agreed, according to the Ministry of Defence.", By.OFFICE, "Ministry of Defence"),
        ("This is reported by the New York Times.", By.VIA, "New York Times"),
        ("He is said to have deviated.", By.UNNAMED, "is said to"),
        ("Gen. Mark Milley said that he tried.", By.PERSON, "General Milley"),
        ("“It is close to zero,” said John Tierney, a director.", By.PERSON, "John Tierney"),
        ("The statement said so.", By.OFFICE, "statement said"),
    ],
)
def test_a_voice(sentence: str, by: By, name: str) -> None:
    assert Attribution(by, name) in voices(sentence)


def test_the_publisher_needs_no_cue() -> None:
    assert voices("The call took place in November.") == []


def test_a_quotation_runs_to_its_end() -> None:
    text = '“They couldn’t connect me,” he said, and "nobody" knew “why'
    assert [text[start:end] for start, end in quotations(text)] == ["“They couldn’t connect me,”", '"nobody"', "“why"]


@given(st.text())
def test_no_sentence_breaks_it(sentence: str) -> None:
    for each in cues(sentence, []):
        assert 0 <= each.start < each.end <= len(sentence)
        assert len(each.attribution.name.encode()) <= NAME_MAX_BYTES
    for start, end in quotations(sentence):
        assert 0 <= start < end <= len(sentence)
