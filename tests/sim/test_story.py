"""A seed tells the same story every time, and a broken rule ends it with the command that tells it again."""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from openline.sim.__main__ import main
from openline.sim.story import ending, tell, told
from openline.sim.world import Outcome, Setting


@pytest.mark.parametrize("seed", [1, 2, 13])
def test_the_same_story_twice(seed: int) -> None:
    assert tell(seed, Setting(), verbose=True) == tell(seed, Setting(), verbose=True)


def test_a_time_is_utc() -> None:
    assert told(1_668_523_200_007, "It begins.") == "15 Nov 14:40:00.007  It begins."


def test_a_broken_rule_can_be_told_again() -> None:
    lines = ending(Outcome(12, 3, Counter(), Counter(), "once: it came twice", "once"))
    assert lines[-1] == "Again: python -m openline.sim --seed 12"


def test_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["sim", "--seed", "4", "--posts", "2", "--entries", "40"])
    assert main() == 0
    said = capsys.readouterr().out
    assert said.startswith("World 4: Hill, Vale")
    assert "Nothing acknowledged was lost" in said
