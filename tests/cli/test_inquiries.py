"""Commands for inquiries, as people and as programs see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openline.cli.inquiries import print_inquiries, print_inquiry
from openline.cli.main import status
from tests.pair import Pair, done, refused, until


def seen(home: Path, inquiry: str, is_so: str) -> Any:
    """The inquiry at a post, as soon as it is so."""
    return until(lambda: (value := done(home, "inquiry", "show", inquiry)) and value["status"] == is_so and value)


@pytest.fixture
def printed(capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What people read at a post."""

    def run(home: Path, *words: str) -> str:
        capfd.readouterr()
        assert status([*words, "--home", str(home)]) == 0
        return " ".join(capfd.readouterr().out.split())

    return run


def ask(pair: Pair, *more: str) -> str:
    """North asks South; the id, as soon as South has it."""
    words = ("inquiry", "ask", "strait", "Movement of forces", "--peer", "South", "--where", "near the border")
    asked: str = done(pair.north, *words, "--next", "We ask for a meeting.", *more)["id"]
    until(lambda: any(each["id"] == asked for each in done(pair.south, "inquiry", "list", "--open")["inquiries"]))
    return asked


def test_an_inquiry_is_asked_answered_judged_and_closed(pair: Pair, printed: Callable[..., str]) -> None:
    asked = ask(pair, "--begins", "2022-02-10T00:00Z", "--ends", "2022-02-20T00:00Z", "--question", "Why?")
    text = printed(pair.south, "inquiry", "show", asked)
    for words in ("North asks South about: Movement of forces", "next step: We ask for a meeting.", "left, until"):
        assert words in text
    assert "ASKED; 1 d 23 h" in text or "ASKED; 2 d 0 h" in text
    assert "when: 2022-02-10T00:00:00Z to 2022-02-20T00:00:00Z" in text
    assert "how far it got with South: kept" not in text
    assert refused(pair.north, "inquiry", "not-answered", asked) == (1, "not-allowed")
    done(pair.south, "inquiry", "elsewhere", asked, "--channel", "our ambassador")
    seen(pair.north, asked, "answered-elsewhere")
    done(pair.north, "inquiry", "unsatisfactory", asked, "He was not told.", "--reply-by", "3d")
    seen(pair.south, asked, "unsatisfactory")
    done(pair.south, "inquiry", "answer", asked, "A drill until the 20th.")
    seen(pair.north, asked, "answered")
    done(pair.north, "inquiry", "satisfied", asked)
    seen(pair.south, asked, "satisfied")
    text = printed(pair.south, "inquiry", "show", asked)
    for words in (
        "answered elsewhere, our ambassador",
        "UNSATISFACTORY, again by",
        "He was not told.",
        "answers: A drill until the 20th.",
        "SATISFIED; closed",
    ):
        assert words in text
    assert refused(pair.south, "inquiry", "answer", asked, "More.") == (1, "not-allowed")


def test_an_inquiry_is_withdrawn(pair: Pair, printed: Callable[..., str]) -> None:
    asked = ask(pair, "--reply-by", "1h")
    done(pair.north, "inquiry", "withdraw", asked, "--text", "We have seen it.")
    seen(pair.south, asked, "withdrawn")
    assert "WITHDRAWN; closed" in printed(pair.north, "inquiry", "list")
    assert refused(pair.north, "inquiry", "ask", "strait", " ", "--peer", "South") == (2, "misuse")


def value(**more: Any) -> dict[str, Any]:
    given = {
        "id": "ab" * 32,
        "line": "strait",
        "asker": "North",
        "asked": "South",
        "own": True,
        "officer": "Berg",
        "at": "2022-02-11T00:00:00Z",
        "class": "exercise",
        "precedence": "priority",
        "status": "asked",
        "open": True,
        "reply_by": "2022-02-13T00:00:00Z",
        "clock": "2022-02-13T00:00:00Z",
        "over": True,
        "begins": None,
        "ends": None,
        "about": None,
        "what": None,
        "where": None,
        "question": None,
        "next_step": None,
        "answers": [],
        "judged": [],
        "ignored": [{"id": "ef" * 32, "why": "no officer"}],
        "reached": {"rung": "kept", "at": None, "officer": None, "proof": None},
    }
    return {**given, **more}


def test_what_stands_out(capfd: pytest.CaptureFixture[str]) -> None:
    print_inquiries({"inquiries": []})
    print_inquiry(value())
    said = {"id": "cd" * 32, "at": "2022-02-14T00:00:00Z", "author": "South", "officer": None, "text": None}
    answer = {**said, "reply": "elsewhere", "entry": "cd" * 32, "entry_kind": None, "channel": "", "overdue": True}
    print_inquiry(value(answers=[{**answer, "late": True}], over=False))
    print_inquiry(value(clock="the year 300000", over=False))
    text = " ".join(capfd.readouterr().out.split())
    for words in (
        "No inquiries yet.",
        "PRIORITY EXERCISE abababababab",
        "about: (withheld)",
        "ASKED; CLOCK OVER since 2022-02-13T00:00:00Z",
        "nothing shows that it arrived",
        "counts for nothing: efefefefefef, for no officer",
        "answered elsewhere, an entry not here cdcdcdcdcdcd AFTER THE CLOCK ANSWERED LATE",
        "its clock ended 2022-02-13T00:00:00Z",
        "its clock runs until the year 300000",
    ):
        assert words in text
