"""What a file may say, and how."""

from __future__ import annotations

import msgspec

from openline.exercises.incident import Exercise, Goal
from tests.exercises.samples import small


def test_an_exercise_is_the_same_after_json() -> None:
    """The report keeps it so."""
    exercise = small()
    assert msgspec.json.decode(msgspec.json.encode(exercise), type=Exercise) == exercise


def test_words_of_python_are_plain_words_in_the_file() -> None:
    goal = msgspec.convert({"name": "g", "party": "A", "from": "x is done", "is": 3}, Goal)
    assert (goal.from_, goal.is_) == ("x is done", 3)
    assert [office.holders[0].from_ for office in small().party[0].office] == ["2020-01-01"]
