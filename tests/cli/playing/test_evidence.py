"""Records that verify, and one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.cli.playing import evidence
from openline.cli.playing.cast import Cast
from openline.exercises.sightings import Log


def test_a_record_that_does_not_verify_is_told_with_its_fault(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """South's card is another one: its keys are then not known."""
    assert all(each.ok for each in evidence.verdicts(cast, Log(), tmp_path))
    monkeypatch.setattr(cast.posts["South"], "card", cast.posts["North"].card)
    verdicts = evidence.verdicts(cast, Log(), tmp_path)
    assert [each.ok for each in verdicts] == [False, False]


def test_a_card_that_cannot_be_read_is_told(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cast.posts["South"], "card", tmp_path / "none")
    verdicts = evidence.verdicts(cast, Log(), tmp_path)
    assert not any(each.ok or not each.faults for each in verdicts)
