"""STOP by commands."""

from __future__ import annotations

from tests.pair import Pair, command, done, program, refused, until


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
