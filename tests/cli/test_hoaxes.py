"""Did you call us, by commands of two posts that run."""

from __future__ import annotations

import pytest

from openline.cli.hoaxes import print_calls
from openline.cli.main import status
from tests.pair import Pair, command, done, until


def test_a_call_is_asked_about_answered_and_reported(pair: Pair, capfd: pytest.CaptureFixture[str]) -> None:
    claim = ("--at", "5m", "--name", "the minister", "--office", "Foreign Secretary", "--shown", "+1 555 0100")
    question = done(pair.north, "call", "did-you", "strait", "--peer", "South", *claim)["id"]
    until(lambda: command(pair.south, "show", question, "--unseen")[0] == 0)
    assert status(["call", "hoaxes", "--home", str(pair.north)]) == 0
    said = " ".join(capfd.readouterr().out.split())
    assert "North asks South whether it called" in said
    assert "the minister, Foreign Secretary, telephone, showing +1 555 0100 NOT ANSWERED yet" in said
    done(pair.south, "call", "we-did-not", question, "--unknown")
    done(pair.south, "call", "we-did", question, "--text", "The duty officer has it in the log.")
    until(lambda: done(pair.north, "call", "hoaxes")["calls"][0]["verdict"] == "yes")
    done(pair.north, "call", "hoax", "strait", "--at", "2022-11-15T14:40Z", "--peer", "South", "--channel", "video")
    assert status(["call", "hoaxes", "--line", "strait", "--home", str(pair.north)]) == 0
    said = " ".join(capfd.readouterr().out.split())
    assert "YES, signed by South, Cole: The duty officer has it in the log." in said
    assert "North reports a hoax call in the name of South call at 2022-11-15T14:40:00Z: video" in said


def test_nothing_yet(capfd: pytest.CaptureFixture[str]) -> None:
    print_calls({"calls": []})
    assert capfd.readouterr().out == "No call was asked about or reported.\n"
