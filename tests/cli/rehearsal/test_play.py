"""The evening in the hands of the demo, before anything runs."""

from __future__ import annotations

import sys

import pytest

from openline.cli.rehearsal.play import Play
from openline.errors import DemoFailed

EVENTS = '{"what": "carried", "to": "Geneva", "number": 7}\n{"what": "chang'


def test_its_posts_are_the_parties_in_their_order(play: Play) -> None:
    assert [post.name for post in (play.west, play.east, play.third)] == ["Washington", "Moscow", "Geneva"]
    assert len({post.home for post in play.posts} | {post.card for post in play.posts}) == 6


def test_there_is_no_path_before_it_is_laid(play: Play) -> None:
    with pytest.raises(DemoFailed, match="no path"):
        repr(play.cable)
    play.close()


def test_facts_are_told_by_act(play: Play) -> None:
    play.stage.begin("cut", "A cut")
    play.tell_facts("cut")
    assert [told["text"] for told in play.stage.told] == [fact.text for fact in play.evening.facts_of("cut")]


def test_a_message_cannot_be_said_while_its_author_does_not_run(play: Play) -> None:
    with pytest.raises(DemoFailed, match="Washington"):
        play.say("flash")
    assert play.stage.told == []


def test_a_desk_is_told_whole_lines_only(play: Play) -> None:
    assert play.told() == []
    watching = play.processes.start("watch", [sys.executable, "-c", f"print({EVENTS!r}, end='')"])
    play.processes.finish(watching)
    play._watching = watching
    assert play.told() == [{"what": "carried", "to": "Geneva", "number": 7}]
