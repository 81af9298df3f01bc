"""Proposals: each names the words that made it; none breaks on any text, and all are bounded."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.accounts.assertion import By, What
from openline.accounts.proposing import Proposal, propose
from openline.limits import ACCOUNT_PROPOSALS_MAX, ACCOUNT_TEXT_MAX_BYTES
from tests.accounts.pictures import ALL, PUBLISHED

TEXT = (
    "General Gerasimov contacted General Brown, according to two officials. "
    "They last communicated in October 2022, and not on Tuesday. "
    "The launch had been planned for months.\n"
    "Gen. Mark Milley said that his staff could not reach Russia on Tuesday. Up to 100 missiles were launched. "
    "The Kremlin said “nothing of this kind was ever agreed.” Washington rejected the claim of a dirty bomb."
)


def proposed(what: What, text: str = TEXT) -> Proposal:
    return next(each for each in propose(text, PUBLISHED, ALL) if each.assertion.what is what)


def test_who_asked_whom() -> None:
    made = proposed(What.INITIATED_BY)
    assert (made.assertion.who, made.assertion.whom) == (("General Gerasimov",), ("General Brown",))
    assert made.assertion.according_to.by is By.UNNAMED


def test_the_words_that_made_it_are_named() -> None:
    made = proposed(What.LAST_BEFORE)
    words = {TEXT[each.start : each.end]: each.taken_as for each in made.because}
    assert words["last communicated"] == "speaks of last-before"
    assert str(made.assertion.days) == "2022-10"
    assert "October 2022" in words
    assert made.start <= min(each.start for each in made.because)


@pytest.mark.parametrize(
    ("what", "part", "value"),
    [
        (What.REASON, "value", "planned"),
        (What.OUTCOME, "value", "no-answer"),
        (What.OUTCOME, "whom", ("Russia",)),
        (What.REJECTED, "text", "the claim of a dirty bomb."),
    ],
)
def test_parts_are_filled_in(what: What, part: str, value: object) -> None:
    assert getattr(proposed(what).assertion, part) == value


def test_numbers_and_quotations_are_proposed() -> None:
    assert str(proposed(What.NUMBER).assertion.number) == "0 to 100 missiles"
    text = "The Kremlin said “nothing of this kind was ever heard of.”"
    said = proposed(What.SAID, text)
    assert (said.assertion.according_to.by, text[said.start]) == (By.OFFICE, "“")


def test_a_proposal_keeps_its_id() -> None:
    one, other = (propose(TEXT, PUBLISHED, ALL) for _ in range(2))
    assert one == other
    assert len({each.id for each in one}) == len(one)


def test_plain_words_propose_nothing() -> None:
    assert propose("The weather was fine. Nobody minded.", PUBLISHED, ALL) == []


CUES = (
    "Gerasimov spoke to Brown. said “ ” on Tuesday up to 100 missiles agreed rejected at the request of according "
    "first time last communicated planned in response confirmed asked , Milley U.S. killed two"
)
PIECES = st.lists(st.sampled_from((*CUES.split(), "\n")))


@given(st.one_of(st.text(), PIECES.map(" ".join)), st.dates())
def test_no_text_breaks_it(text: str, published: date) -> None:
    for each in propose(text, published, ALL):
        assert 0 <= each.start < each.end <= len(text)
        assert all(each.start <= why.start < why.end <= len(text) or why.end <= len(text) for why in each.because)


@pytest.mark.parametrize(
    "piece", ["A", ".", "“", "“a", "on Tuesday ", "Gerasimov said ", "killed 2 ", "0", "A. ", "a\n"]
)
def test_the_longest_text_takes_seconds(piece: str) -> None:
    text = (piece * ACCOUNT_TEXT_MAX_BYTES)[: ACCOUNT_TEXT_MAX_BYTES // 4]
    began = time.process_time()
    assert len(propose(text, PUBLISHED, ALL)) <= ACCOUNT_PROPOSALS_MAX
    assert time.process_time() - began < 5
