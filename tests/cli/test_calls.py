"""Commands for contacts: a call asked for at one desk, answered at the other, closed with one outcome."""

from __future__ import annotations

from typing import Any

import pytest

from openline.cli import calls
from openline.errors import Misuse
from tests.pair import Pair, done, program, refused, until


def ask(pair: Pair, *more: str) -> Any:
    words = ("call", "ask", "strait", "--from", "Head", "--to", "South:Duty chief", "--reply-by", "20m", *more)
    asked = done(pair.north, *words)["id"]
    until(lambda: any(each["id"] == asked for each in done(pair.south, "call", "list")["contacts"]))
    return asked


def answers(pair: Pair, asked: str) -> list[str]:
    (party,) = done(pair.north, "call", "show", asked)["parties"]
    return [each["reply"] for each in party["answers"]]


def test_each_answer_reaches_the_one_who_asked(pair: Pair) -> None:
    asked = ask(pair, "--topic", "boats", "--content", "Boat 17 is adrift.", "--time", "1h")
    done(pair.south, "call", "take", asked)
    done(pair.south, "call", "counter", asked, "--time", "2h", "--time", "3h")
    done(pair.south, "call", "delegate", asked, "--to", "Deputy")
    done(pair.south, "call", "defer", asked, "--until", "4h", "--reason", "not-available")
    done(pair.south, "call", "accept", asked, "--at", "5h")
    done(pair.south, "call", "decline", asked, "--reason", "other", "--text", "not now")
    said = ["content-taken", "counter-time", "delegated", "deferred", "accepted", "declined"]
    until(lambda: answers(pair, asked) == said)
    done(pair.north, "call", "held", asked, "--present", "Berg", "--interpreter", "Kaya")
    (party,) = done(pair.north, "call", "show", asked)["parties"]
    assert (party["outcome"], party["ended"]["present"], party["ended"]["interpreters"]) == ("held", ["Berg"], ["Kaya"])


def test_attempts_and_withdrawal(pair: Pair) -> None:
    asked = ask(pair)
    done(pair.north, "call", "try", asked, "--means", "telephone", "--layer", "desk", "--who", "a voice")
    shown = done(pair.north, "call", "close", asked, "withdrawn")["contact"]
    tried = [each["who"] for each in shown["parties"][0]["attempts"] if each["officer"]]
    assert (shown["open"], tried) == (False, ["a voice"])
    assert refused(pair.north, "call", "close", asked, "withdrawn") == (1, "not-allowed")


def test_people_read_it(pair: Pair) -> None:
    asked = ask(pair, "--topic", "boats")
    shown = program("call", "show", asked[:12], "--home", str(pair.south))
    assert shown.returncode == 0
    assert "asks to speak with Duty chief (South)" in shown.stdout
    assert "open, no answer yet" in shown.stdout


def test_what_is_refused(pair: Pair) -> None:
    asked = ask(pair)
    assert refused(pair.north, "call", "close", asked, "no-answer") == (1, "not-allowed")
    assert refused(pair.north, "call", "close", asked, "perhaps") == (2, "misuse")
    assert refused(pair.south, "call", "decline", asked, "--reason", "bored") == (2, "misuse")
    assert refused(pair.north, "call", "show", "00000000") == (1, "unknown-name")
    assert refused(pair.north, "call", "ask", "strait", "--from", "A", "--to", "South", "--reply-by", "1h") == (
        2,
        "misuse",
    )


@pytest.mark.parametrize("text", ["South", "South:", ":Chief", ""])
def test_an_office_is_named_with_its_peer(text: str) -> None:
    with pytest.raises(Misuse):
        calls.peer_and_office(text)
