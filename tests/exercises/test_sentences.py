"""Sentences: what they mean, what is wrong with those that mean nothing, and when they come true."""

from __future__ import annotations

import pytest

from openline.errors import Misuse
from openline.exercises import sentences
from openline.exercises.sentences import Sentence
from tests.exercises.samples import entry, log, sighting

PARTIES, STEPS = ("North", "United States"), ("ask", "boat")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("North receives message", Sentence("North", kind="message")),
        (
            "United  States receives call request from North",
            Sentence("United States", kind="call request", author="North"),
        ),
        ("North writes passed on about boat", Sentence("North", writes=True, kind="passed on", about="boat")),
        ("North receives anything", Sentence("North")),
        ("ask is done", Sentence(done="ask")),
        ("United States is played", Sentence(played="United States")),
    ],
)
def test_what_they_mean(text: str, meant: Sentence) -> None:
    assert sentences.read(text, PARTIES, STEPS) == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no condition: write 'PARTY receives KIND"),
        ("North hears message", "is no condition"),
        ("West receives message", "There is no party 'West'; there are: North, United States."),
        ("North receives massage", "There is no kind of entry 'massage'. Is one of these meant: message"),
        ("North receives statement", "Is one of these meant: joint statement"),
        ("North receives message from East", "There is no party 'East'"),
        ("North writes message from North", "leave out 'from North'"),
        ("North writes message about x", "There is no step 'x'; there are: ask, boat."),
        ("x is done", "There is no step 'x'"),
        ("West is played", "There is no party 'West'"),
    ],
)
def test_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(Misuse) as raised:
        sentences.read(text, PARTIES, STEPS)
    assert why in str(raised.value)


def test_when_they_come_true() -> None:
    message, taken = entry("a", "message", "North"), entry("b", "taken", "South", "a")
    other = entry("c", "taken", "South", "z")
    wrote, received = sighting(1, "North", message), sighting(2, "South", message)
    took, elsewhere = sighting(3, "South", taken), sighting(4, "South", other)
    seen = log(wrote, received, took, elsewhere)
    named = {"boat": "a"}

    def true(text: str) -> list[bool]:
        sentence = sentences.read(text, ("North", "South"), ("boat", "ask"))
        return [sentences.holds(sentence, each, seen, named) for each in (wrote, received, took, elsewhere)]

    assert true("North writes message") == [True, False, False, False]
    assert true("South receives message from North") == [False, True, False, False]
    assert true("South receives anything") == [False, True, False, False]
    assert true("South writes taken") == [False, False, True, True]
    assert true("South writes taken about boat") == [False, False, True, False]
    assert true("South writes taken about ask") == [False, False, False, False]
    assert true("boat is done") == [True, False, False, False]
    assert true("ask is done") == [False, False, False, False]
