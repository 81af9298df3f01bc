"""The evening as data: every fact has a source, nothing invented is told as fact, and bad data is refused."""

from __future__ import annotations

import re

import pytest

from openline.cli.rehearsal import evening
from openline.cli.rehearsal.proving import TRUE_HOUR
from openline.errors import Misuse
from openline.limits import FLASH_WORDS_MAX, NAME_MAX_BYTES

ACTS = ("flash", "cut", "kill", "reach", "picture")
GOOD = """
title = "T"
line = "l"
invented = "All."
parties = [{ name = "A", officer = "B", role = "c" }]
facts = [{ act = "flash", when = "15 Nov", text = "It rained.", sources = ["paper"] }]
messages = [{ key = "k", author = "A", when = "~15 Nov", precedence = "flash", text = "Rain?", rests_on = "Nothing." }]
[sources]
paper = "a paper"
"""


def test_it_has_three_parties_and_facts_for_its_acts() -> None:
    story = evening.load()
    assert [party.name for party in story.parties] == ["Washington", "Moscow", "Geneva"]
    assert "invented" in story.parties[2].role
    assert {fact.act for fact in story.facts} == set(ACTS)
    assert all(story.facts_of(act) for act in ACTS)
    assert {key for fact in story.facts for key in fact.sources} == set(story.sources)


def test_the_hour_that_is_known_is_a_fact_and_stands_once_in_what_is_said() -> None:
    story = evening.load()
    assert [fact.when for fact in story.facts if re.search(r"\d\d:\d\d", fact.when)] == ["15 Nov 14:40"]
    said = " ".join(message.text for message in story.messages)
    assert said.encode().count(TRUE_HOUR) == 1


def test_every_hour_at_which_something_is_said_is_marked_as_invented() -> None:
    story = evening.load()
    assert [message.key for message in story.messages if not message.when.startswith("~")] == []
    assert [fact.when for fact in story.facts if fact.when.startswith("~")] == []
    assert all("nvented" in message.rests_on for message in story.messages)
    assert "Geneva" in story.invented


def test_a_post_can_say_all_of_it() -> None:
    story = evening.load()
    assert max(len(message.text.split()) for message in story.messages) <= FLASH_WORDS_MAX
    names = [story.line, *(name for party in story.parties for name in (party.name, party.officer))]
    assert max(len(name.encode()) for name in names) <= NAME_MAX_BYTES
    assert len({message.key for message in story.messages}) == len(story.messages)


def test_a_message_is_found_by_its_key() -> None:
    assert evening.load().message("flash").precedence == "flash"


def test_what_is_written_is_what_is_read() -> None:
    story = evening.read(GOOD.encode())
    assert story.message("k").text == "Rain?"
    assert story.facts[0].sources == ("paper",)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('sources = ["paper"]', "sources = []"),
        ('sources = ["paper"]', 'sources = ["hearsay"]'),
        ('author = "A"', 'author = "Z"'),
        ('key = "k"', 'key = "k", answers = "z"'),
        ('precedence = "flash"', 'precedence = "loud"'),
        ('title = "T"', 'title = "T"\nmore = 1'),
        ('title = "T"', "title = "),
        ('title = "T"', ""),
    ],
)
def test_what_does_not_hold_together_is_refused(good: str, bad: str) -> None:
    assert good in GOOD
    with pytest.raises(Misuse):
        evening.read(GOOD.replace(good, bad).encode())


def test_other_bytes_are_refused() -> None:
    with pytest.raises(Misuse):
        evening.read(b"\xff\xfe")
