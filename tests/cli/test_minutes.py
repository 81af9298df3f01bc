"""Commands for what follows a call: minute, commitments, disclosure, as people and as programs see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from openline.cli.main import status
from openline.cli.minutes import print_commitments, print_disclosures, print_minutes
from tests.pair import Pair, done, refused, until


@pytest.fixture(scope="module")
def call(pair: Pair) -> str:
    """A call that both had."""
    words = ("call", "ask", "strait", "--from", "Chief", "--to", "South:Chairman", "--reply-by", "20m")
    asked: str = done(pair.north, *words)["id"]
    until(lambda: any(each["id"] == asked for each in done(pair.south, "call", "list")["contacts"]))
    done(pair.south, "call", "accept", asked)
    until(lambda: done(pair.north, "call", "show", asked)["parties"][0]["answers"])
    done(pair.north, "call", "held", asked)
    return asked


def seen(pair: Pair, words: tuple[str, ...], enough: Callable[[Any], Any]) -> Any:
    """What South sees, as soon as it is enough."""
    return until(lambda: (value := done(pair.south, *words)) and enough(value) and value)


@pytest.fixture
def printed(pair: Pair, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What people read at South."""

    def run(*words: str) -> str:
        capfd.readouterr()
        assert status([*words, "--home", str(pair.south)]) == 0
        return " ".join(capfd.readouterr().out.split())

    return run


def test_a_minute_is_drafted_answered_and_signed(pair: Pair, call: str, printed: Callable[..., str]) -> None:
    done(pair.north, "call", "minute", "draft", call, "An exercise.")
    done(pair.north, "call", "minute", "draft", call, "It was planned.")
    show = ("call", "minute", "show", call)
    value = seen(pair, show, lambda value: value["minutes"] and len(value["minutes"][0]["points"]) == 2)
    first, second = (each["id"] for each in value["minutes"][0]["points"])
    done(pair.south, "call", "minute", "agree", first)
    done(pair.south, "call", "minute", "differ", second, "It was a response.")
    version = done(pair.south, *show)["minutes"][0]["digest"][:12]
    until(lambda: done(pair.north, *show)["minutes"][0]["digest"].startswith(version))
    done(pair.north, "call", "minute", "sign", call, version)
    done(pair.south, "call", "minute", "sign", call, version)
    text = printed(*show)
    for line in ("1. [AGREED]", "2. [THEY DIFFER]", "North says: It was planned.", "South says: It was a response."):
        assert line in text
    seen(pair, show, lambda value: value["minutes"][0]["complete"])
    done(pair.north, "call", "minute", "draft", call, "An exercise at sea.", "--revises", first)
    seen(pair, show, lambda value: not value["minutes"][0]["complete"])
    assert refused(pair.south, "call", "minute", "sign", call, version) == (1, "not-allowed")
    assert refused(pair.south, "call", "minute", "differ", first, " ") == (2, "misuse")
    done(pair.south, "call", "minute", "refuse", call, "Enough.")
    text = printed(*show)
    assert "REFUSED to sign: Enough." in text
    assert "signed an earlier version" in text
    assert "minute with 2 points: NOT signed by all" in printed("call", "show", call)


def test_what_was_promised_is_followed(pair: Pair, call: str, printed: Callable[..., str]) -> None:
    made = done(pair.north, "call", "commit", "make", call, "Send the area.", "--due", "1d", "--owner", "South")["id"]
    seen(pair, ("call", "commit", "list", "--open"), lambda value: value["commitments"])
    assert "CLAIMED (North says so)" in printed("call", "commit", "list")
    done(pair.south, "call", "commit", "word", made, "accepted")
    done(pair.south, "call", "commit", "word", made, "done", "--text", "Sent.")
    assert "done: Sent." in printed("call", "commit", "list")
    until(lambda: done(pair.north, "call", "commit", "list")["commitments"][0]["status"] == "done")
    done(pair.north, "call", "commit", "word", made, "closed")
    seen(pair, ("call", "commit", "list", "--open"), lambda value: not value["commitments"])
    assert f"commitment {made[:12]} of South: closed" in printed("call", "show", call)


def test_what_may_be_said_is_agreed_and_judged(pair: Pair, call: str, printed: Callable[..., str]) -> None:
    proposed = done(
        pair.north,
        "call",
        "disclose",
        "propose",
        call,
        "agreed-text",
        "--text",
        "We spoke.",
        "--item",
        f"{call}:closed",
    )["id"]
    assert refused(pair.north, "call", "disclose", "propose", call, "open", "--item", call) == (2, "misuse")
    show = ("call", "disclose", "show", call)
    seen(pair, show, lambda value: value["disclosures"])
    assert "Nothing is agreed on that contact; the rule of the line is closed." in printed(*show)
    done(pair.south, "call", "disclose", "agree", proposed)
    told = done(pair.south, "call", "disclose", "record", call, "--by", "South", "--agreed-text", "--who", "spokesman")
    done(pair.south, "call", "disclose", "record", call, "--by", "South", "--text", "All of it.")
    done(pair.south, "call", "disclose", "record", call, "--at", "2020-01-01T00:00Z")
    done(pair.south, "call", "disclose", "breach", told["id"], "--text", "Too early.")
    text = printed(*show)
    for line in (
        "IN FORCE NOW",
        "agreed text: We spoke.",
        "South (spokesman), without being asked: KEPT THE TERMS",
        "BROKE THE TERMS",
        "by the rule of the line: outside the terms",
        "records a breach: Too early.",
    ):
        assert line in text
    assert "what may be said in public: agreed" in printed("call", "show", call)


def test_nothing_yet_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    print_minutes({"minutes": [], "ignored": [{"id": "ab" * 32, "why": "it names others"}]})
    print_commitments({"commitments": []})
    print_disclosures({"disclosures": [], "ignored": [], "rule": "open"})
    said = capfd.readouterr().out
    for line in ("There is no minute", "it names others", "No commitments.", "the rule of the line is open"):
        assert line in said
