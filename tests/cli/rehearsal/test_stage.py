"""What a person sees: plain lines without a terminal, colour and columns on one, and all of it written down."""

from __future__ import annotations

import re
from io import BytesIO, StringIO, TextIOWrapper
from typing import Any

import pytest
from rich.console import Console

from openline.cli.rehearsal import evening
from openline.cli.rehearsal.stage import Stage, utc
from openline.errors import DemoFailed

RUNGS: list[dict[str, Any]] = [
    {"rung": "kept", "by": "A", "officer": None, "at": "2026-01-01T00:00:01Z", "proof": None},
    {"rung": "passed on", "by": "B", "officer": "Lt. C", "at": "2026-01-01T00:00:02Z", "proof": "ab" * 32, "to": "D"},
]


def plain() -> tuple[Stage, StringIO]:
    file = StringIO()
    return Stage.on(file), file


def test_without_a_terminal_there_are_plain_lines_only() -> None:
    stage, file = plain()
    story = evening.load()
    stage.open(story)
    stage.begin("flash", "1. A part")
    stage.fact(story.facts[1])
    stage.said(story.message("flash"), "id")
    with stage.step("It holds") as more:
        more.append("Truly")
    stage.ladder(RUNGS)
    said = file.getvalue()
    assert "\x1b" not in said
    assert "EXERCISE" in said.splitlines()[2]
    assert f"15 Nov 14:40    fact     {story.facts[1].text} [public]" in said
    assert re.search(r"^\d\d:\d\d:\d\dZ ~15 Nov 20:05   invented FLASH EXERCISE Washington: “Explosion", said, re.M)
    assert re.search(r"^\d\d:\d\d:\d\dZ +ok +It holds\. Truly\. 0\.\d\d s$", said, re.M)
    assert re.search(r"^00:00:01Z +kept: A  the sender's own word$", said, re.M)
    assert re.search(r"^00:00:02Z +passed on to D: B, Lt\. C  signed, entry abababababab$", said, re.M)


def test_a_poor_encoding_loses_signs_and_nothing_else() -> None:
    held = BytesIO()
    stage = Stage.on(TextIOWrapper(held, "ascii", write_through=True))
    stage.said(evening.load().message("flash"), "id")
    assert b"FLASH EXERCISE Washington: ?Explosion" in held.getvalue()


def test_on_a_terminal_there_is_colour_and_nothing_is_wider_than_it() -> None:
    file = StringIO()
    stage = Stage(Console(file=file, force_terminal=True, width=72, color_system="standard", highlight=False))
    story = evening.load()
    stage.open(story)
    stage.said(story.message("flash"), "id")
    with stage.step("It holds"):
        pass
    said = file.getvalue()
    assert "\x1b[" in said
    bare = re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", said)
    assert max(len(line) for line in re.split(r"[\r\n]+", bare)) <= 72
    assert "invented" in bare


def test_every_fact_and_message_is_written_down_as_what_it_is() -> None:
    stage, _ = plain()
    story = evening.load()
    stage.begin("flash", "A part")
    stage.fact(story.facts[0])
    stage.said(story.message("flash"), "id")
    fact, message = stage.told
    assert (fact["origin"], fact["act"], fact["sources"]) == ("fact", "flash", list(story.facts[0].sources))
    assert (message["origin"], message["class"], message["id"]) == ("invented", "exercise", "id")
    assert message["rests_on"] == story.message("flash").rests_on


def test_a_step_that_fails_says_so_and_goes_on_failing() -> None:
    stage, file = plain()
    with pytest.raises(DemoFailed), stage.step("It holds"):
        raise DemoFailed("It does not.")
    assert re.search(r"FAILED +It holds\. It does not\. 0\.\d\d s$", file.getvalue(), re.M)
    assert [(step["ok"], step["more"]) for step in stage.steps] == [(False, ["It does not."])]


def test_a_step_that_is_interrupted_is_not_one_that_holds() -> None:
    stage, file = plain()
    with pytest.raises(KeyboardInterrupt), stage.step("It holds"):
        raise KeyboardInterrupt
    assert not stage.steps[0]["ok"]
    assert "FAILED" in file.getvalue()


def test_the_verdict_tells_counts_times_and_where_to_look() -> None:
    stage, file = plain()
    with stage.step("It holds", "the thing"):
        pass
    counts = {"entries": 5, "messages": 4, "acts": 3, "checkpoints": 2, "cosignatures": 1, "signatures": 14}
    value = {"ok": True, "counts": counts, "seconds": 1.5, "paths": {"folder": "there"}, "look": ["cd there"]}
    stage.close(value)
    said = file.getvalue()
    assert "PLAYED AND PROVED" in said
    assert "5 entries, 4 of them messages" in said
    assert re.search(r"^0\.\d\d s: the thing$", said, re.M)
    assert "1 of 1 steps" in said
    assert "    cd there\n" in said


def test_a_verdict_of_failure_claims_nothing() -> None:
    stage, file = plain()
    stage.close({"ok": False, "seconds": 1.5})
    assert "PROVED" not in file.getvalue()
    assert "NOT PLAYED TO ITS END" in file.getvalue()


def test_the_walls_time_is_utc() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", utc())
