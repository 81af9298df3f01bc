"""What people read: words beside colours, times in UTC."""

from __future__ import annotations

from typing import Any

import pytest

from openline.cli import printing

ENTRY: dict[str, Any] = {
    "id": "ab" * 32,
    "line": "strait",
    "author": "North",
    "kind": "message",
    "precedence": "flash",
    "class": "exercise",
    "at": "2022-11-15T18:40:07Z",
    "officer": "Berg",
    "text": "Two\nlines [bold]and no markup[/]",
    "rung": "delivered",
    "crossed": [],
    "corrected": True,
    "given_up": False,
}


def test_an_inbox(capsys: pytest.CaptureFixture[str]) -> None:
    printing.print_inbox({"entries": [ENTRY]})
    said = capsys.readouterr().out
    assert "FLASH EXERCISE  2022-11-15T18:40:07Z  strait  North, Berg  abababababab  delivered  CORRECTED" in said
    assert "  | Two\n  | lines [bold]and no markup[/]\n" in said
    printing.print_inbox({"entries": []})
    assert capsys.readouterr().out == "Nothing yet.\n"


def test_an_entry_with_all_that_belongs_to_it(capsys: pytest.CaptureFixture[str]) -> None:
    rung = {"rung": "passed on", "by": "South", "officer": "Cole", "at": "2022-11-15T18:41:00Z", "proof": "cd" * 32}
    value = {
        **ENTRY,
        "text": None,
        "crossed": [{**ENTRY, "id": "ef" * 32, "author": "South", "text": "At once."}],
        "corrections": [{}],
        "original": "One.",
        "rungs": [{**rung, "to": "radar"}],
        "said": [{**ENTRY, "id": "11" * 32, "text": "An answer."}],
        "ignored": [{"id": "22" * 32, "why": "no officer signed it"}],
        "given_up": "33" * 32,
    }
    printing.print_entry(value)
    said = capsys.readouterr().out
    for part in (
        "[message]",
        "One.",
        "CROSSED with efefefefefef of South: At once.",
        "passed on to radar: South, Cole",
    ):
        assert part in said
    for part in ("proved by cdcdcdcdcdcd", "An answer.", "222222222222, for no officer signed it", "GIVEN UP"):
        assert part in said


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"what": "entry", **ENTRY}, "FLASH"),
        (
            {"what": "alarm", "line": "strait", "text": "Look.", "precedence": "immediate"},
            "ALARM on strait: Look.",
        ),
        ({"what": "alarm", "line": None, "text": "Look.", "precedence": "routine"}, "ALARM: Look."),
        ({"what": "changed", "line": "strait", "text": "A link is up"}, "strait: A link is up"),
        ({"what": "delivered", "line": "strait", "by": "South", "number": 7}, "up to 7 delivered (South)"),
        ({"what": "carried", "line": "strait", "to": "South", "number": 7}, "up to 7 carried (South)"),
    ],
)
def test_events(capsys: pytest.CaptureFixture[str], event: dict[str, Any], expected: str) -> None:
    printing.print_event(event)
    assert expected in capsys.readouterr().out
