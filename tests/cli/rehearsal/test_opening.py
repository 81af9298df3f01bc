"""The first act where it must stop: a card that is not the one that was read out, a command that fails."""

from __future__ import annotations

import sys

import pytest

from openline.cli.rehearsal.opening import opening
from openline.cli.rehearsal.play import Play
from openline.errors import DemoFailed


def test_another_card_than_the_one_that_was_read_out_is_not_trusted(play: Play) -> None:
    play.processes.answers([post.found() for post in play.posts[:2]])
    said = play.processes.answers([post.write_card() for post in play.posts[:2]])
    play.east.spoken = said[1]["fingerprint"]
    play.east.card.write_bytes(play.west.card.read_bytes())
    with pytest.raises(DemoFailed, match="other digits"):
        play.west.trusts(play.east)


def test_a_command_that_fails_is_told_with_what_it_said(play: Play) -> None:
    code = "import sys; print('no room', file=sys.stderr); sys.exit(1)"
    with pytest.raises(DemoFailed, match="“init A” failed.*no room"):
        play.processes.answers([play.processes.start("init A", [sys.executable, "-c", code])])


def test_a_home_that_is_taken_stops_it_at_once(play: Play) -> None:
    play.west.home.mkdir()
    (play.west.home / "mine").write_text("mine")
    with pytest.raises(DemoFailed, match="home-taken"):
        opening(play)
    assert [step["ok"] for step in play.stage.steps] == [False]
    assert (play.west.home / "mine").read_text() == "mine"
