"""Exercises by name or by file."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.cli.playing import shelf
from openline.errors import BadExercise, CannotRead, UnknownName
from tests.exercises.samples import SMALL


@pytest.mark.parametrize("name", list(shelf.shipped()))
def test_what_ships_holds_together_and_says_what_is_invented(name: str) -> None:
    exercise, findings = shelf.examined(name)
    assert findings == []
    assert exercise is not None
    assert exercise.fact
    assert exercise.sources
    assert all(step.sources for step in exercise.step if step.fact)


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "boat.toml"
    file.write_text(SMALL)
    short, exercise = shelf.taken(str(file))
    assert (short, exercise.title) == ("boat", "A boat")
    file.write_text(SMALL.replace("take {it}", "tkae {it}"))
    with pytest.raises(BadExercise, match=r"Line 43: 'openline tkae 00000000' is not understood"):
        shelf.taken(str(file))


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="neither an exercise 'nothing' nor a file"):
        shelf.taken("nothing")
    with pytest.raises(CannotRead, match="is a directory"):
        shelf.taken(str(tmp_path))
    with pytest.raises(CannotRead):
        shelf.taken(str(tmp_path / "none.toml"))
