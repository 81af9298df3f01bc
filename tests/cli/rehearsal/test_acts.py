"""What the acts hold against what they see; that the acts come out is in tests/cli/test_demo.py."""

from __future__ import annotations

from typing import Any

import pytest

from openline.cli.rehearsal.acts import SIGNED, check_ladder, told_in_words
from openline.cli.rehearsal.play import Play
from openline.errors import DemoFailed


def ladder(play: Play) -> list[dict[str, Any]]:
    signed = [{"rung": rung, "by": play.east.name, "proof": "ab" * 32} for rung in SIGNED]
    return [{"rung": "kept", "by": play.west.name, "proof": None}, *signed]


def test_a_whole_ladder_is_fine(play: Play) -> None:
    check_ladder(ladder(play), play.west, play.east)


@pytest.mark.parametrize("at", range(1 + len(SIGNED)))
def test_a_ladder_without_a_rung_is_not(play: Play, at: int) -> None:
    whole = ladder(play)
    with pytest.raises(DemoFailed, match="missing"):
        check_ladder(whole[:at] + whole[at + 1 :], play.west, play.east)


def test_a_rung_that_another_post_signed_does_not_count(play: Play) -> None:
    whole = ladder(play)
    whole[3]["by"] = play.third.name
    with pytest.raises(DemoFailed, match="missing"):
        check_ladder(whole, play.west, play.east)


def test_a_rung_without_a_proof_does_not_count(play: Play) -> None:
    whole = ladder(play)
    whole[2]["proof"] = None
    with pytest.raises(DemoFailed, match="not proved"):
        check_ladder(whole, play.west, play.east)


def test_a_desk_is_told_of_links_and_of_this_message_only() -> None:
    events: list[dict[str, Any]] = [
        {"what": "carried", "to": "Moscow", "number": 6},
        {"what": "carried", "to": "Geneva", "number": 7},
        {"what": "delivered", "by": "Geneva", "number": 7},
        {"what": "delivered", "by": "Geneva", "number": 8},
        {"what": "entry", "text": "link to you"},
        {"what": "changed", "text": "cards"},
        {"what": "changed", "text": "link to Moscow is down"},
    ]
    assert told_in_words(events, 7) == ["carried to Geneva", "signed for by Geneva", "link to Moscow is down"]
