"""STOP by commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openline.cli.common import app
from openline.cli.main import status
from openline.engine.membership import COMMAND_WORDS
from tests.pair import Pair, command, done, program, refused, until


def families(at: Any) -> Iterator[Any]:
    """Commands with commands below them."""
    for name in [each for each in at if not each.startswith("-")]:
        below = at[name]
        if any(not each.startswith("-") for each in below):
            yield below
            yield from families(below)


def test_no_line_can_have_the_name_of_a_command_that_would_be_read_in_its_place() -> None:
    """Where a family of commands takes a line itself, as `openline stop LINE` does."""
    assert status(["version"]) == 0
    taking = [each for each in families(app) if each.default_command is not None]
    assert [each.name for each in taking] == [("stop",)]
    words = {name for each in taking for name in each if not name.startswith("-")}
    assert words == COMMAND_WORDS


def test_a_stop_from_first_to_last(told: Pair) -> None:
    sent = done(told.north, "stop", "strait", "--what", "aid convoy", "--where", "coast road", "--class", "drill")["id"]
    until(lambda: command(told.south, "stop", "show", sent)[0] == 0)
    assert refused(told.south, "stop", "read-back", sent, "--what", "convoy")[1] == "misuse"
    done(told.south, "stop", "read-back", sent, "--what", "Aid convoy", "--where", "coast road")
    value = done(told.south, "stop", "pass", sent, "--to", "3rd battery")["stop"]
    assert value["waits"] == []
    until(lambda: done(told.north, "stop", "show", sent)["passed"])
    done(told.north, "stop", "add", sent, "--by", "artillery", "--area", "within 1 miles of 34-15N 033-30E")
    said = program("stop", "show", sent, "--home", str(told.north)).stdout
    assert "DRILL STOP" in said
    assert "by: artillery" in said
    assert "NOT yet by South: read back" in said
    assert [each["id"] for each in done(told.south, "stop", "list")["stops"]] == [sent]
    value = done(told.north, "stop", "withdraw", sent, "--text", "over")["stop"]
    assert value["withdrawn"]["text"] == "over"
    assert refused(told.south, "stop", "withdraw", sent)[1] == "not-allowed"
