"""Places in commands: what they become, and what is said of those that become nothing."""

from __future__ import annotations

import pytest

from openline.errors import Misuse
from openline.exercises import filling
from openline.exercises.times import Clock
from tests.exercises.samples import BEGINS, MINUTE

CLOCK = Clock(BEGINS, 1_000_000, 60.0, runs=True)
KNOWN = {
    "ask": {"id": "ab", "contact": {"parties": [{"post": "X"}, {"post": "Y"}], "open": True}},
    "it": "cd",
    "out": "d",
}


def filled(command: str) -> list[str]:
    return filling.filled(command, KNOWN, CLOCK, 1_000_000)[0]


def test_places_are_filled_inside_the_words() -> None:
    assert filled("take {it}") == ["take", "cd"]
    assert filled('call show {ask} --out {out}/a.b "said {it} and {ask}"') == [
        "call", "show", "ab", "--out", "d/a.b", "said cd and ab",
    ]  # fmt: skip
    assert filled("x {ask.contact.parties.0.post} {ask.contact.parties.-1.post}") == ["x", "X", "Y"]


def test_times_of_the_story_become_the_true_ones() -> None:
    words, latest = filling.filled("a {+20m} {-1m} {now} {2022-11-15T15:40Z}", KNOWN, CLOCK, 1_000_000)
    assert words[1:] == ["1970-01-01T00:17:00.000Z", "1970-01-01T00:16:39.000Z", "1970-01-01T00:16:40.000Z",
                         "1970-01-01T00:17:40.000Z"]  # fmt: skip
    assert latest == BEGINS + 60 * MINUTE


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("take {boat}", "{boat} is not known: the step 'boat' has not been done."),
        ("take {ask.contact.parties.2.post}", "has nothing at 'contact.parties.2.post'"),
        ("take {ask.contact.parties}", "has nothing at"),
        ("take {ask.nothing.there}", "has nothing at"),
        ("a {+x}", "no span of time"),
        ("a {2022}", "UTC"),
        ("send 'x", "quotation marks"),
    ],
)
def test_what_cannot_be_filled(command: str, why: str) -> None:
    with pytest.raises(Misuse) as raised:
        filled(command)
    assert why in str(raised.value)


def test_a_time_that_need_not_be_lived_through() -> None:
    words, latest = filling.filled("{~+1h} {+1m}", KNOWN, CLOCK, 1_000_000)
    assert words == ["1970-01-01T00:17:40.000Z", "1970-01-01T00:16:41.000Z"]
    assert latest == BEGINS + MINUTE


def test_what_a_command_wrote_is_named_by_its_answer() -> None:
    assert filling.written({"id": "whole", "kept": "entry"}) == "entry"
    assert filling.written({"id": "entry"}) == "entry"
    assert filling.written({"ok": True}) is None
    assert filling.written("x") == "x"


def test_what_stands_at_a_path() -> None:
    assert filling.found(KNOWN, ["ask", "contact", "open"]) is True
    assert filling.found([1, 2], ["-1"]) == 2
    assert filling.found([1, 2], ["5"]) is None
    assert filling.found("text", ["a"]) is None
    assert filling.found(None, []) is None
