"""What people read: words beside colours, times in UTC, and what to type next."""

from __future__ import annotations

from typing import Any

import pytest
from rich.console import Console

from openline.cli import clock, printing
from openline.cli.screen import console

NOW = clock.instant("2022-11-15T18:48:07Z")

ENTRY: dict[str, Any] = {
    "id": "ab" * 32,
    "line": "strait",
    "author": "North",
    "own": False,
    "kind": "message",
    "precedence": "flash",
    "class": "exercise",
    "at": "2022-11-15T18:40:07Z",
    "kept_at": "2022-11-15T18:40:08Z",
    "officer": "Berg",
    "refers": [],
    "text": "Two\nlines [bold]and no markup[/]",
    "rung": "delivered",
    "rung_by": ["South"],
    "undelivered": [],
    "seen": False,
    "in_hand": False,
    "waits_for": "take",
    "handle_by": "2022-11-15T18:50:08Z",
    "overdue": False,
    "crossed": [],
    "corrected": False,
    "given_up": False,
}
OURS = {**ENTRY, "own": True, "waits_for": None, "handle_by": None}
TAKEN = {**ENTRY, "waits_for": None, "handle_by": None, "rung": "taken", "rung_by": ["South, Cole"], "in_hand": True}


@pytest.fixture(autouse=True)
def at_a_certain_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_an_inbox(capsys: pytest.CaptureFixture[str]) -> None:
    printing.print_inbox({"entries": [ENTRY]})
    assert capsys.readouterr().out.splitlines() == [
        "FLASH EXERCISE  abababababab  2022-11-15T18:40:07Z  strait  North, Berg",
        "  EXERCISE | Two",
        "  EXERCISE | lines [bold]and no markup[/]",
        "    EXERCISE  take within 2 min: openline take abababababab",
        "1 message waits for somebody here. First: openline take abababababab",
    ]
    printing.print_inbox({"entries": []})
    assert capsys.readouterr().out == "Nothing yet.\n"


def test_what_waits_and_what_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    late = {**ENTRY, "id": "cd" * 32, "precedence": "immediate", "overdue": True, "handle_by": "2022-11-15T18:45:07Z"}
    printing.print_inbox({"entries": [late, ENTRY]})
    said = capsys.readouterr().out
    assert "OVERDUE by 3 min, nobody here has taken this: openline take cdcdcdcdcdcd" in said
    assert "2 messages wait for somebody here, 1 of them OVERDUE. First: openline take abababababab" in said


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "take within 2 min: openline take abababababab"),
        ({"waits_for": "show"}, "read within 2 min: openline show abababababab"),
        (
            {"waits_for": "show", "overdue": True, "handle_by": "2022-11-15T15:08:06Z"},
            "OVERDUE by 3 h 40 min, nobody here has seen this",
        ),
        (
            {"waits_for": "show", "corrected": True, "handle_by": "2022-11-15T18:48:06Z"},
            "OVERDUE by less than a minute, nobody here has seen the correction",
        ),
        (TAKEN, "taken by South, Cole"),
        ({"kept_at": "2022-11-15T20:41:07Z"}, "came at 2022-11-15T20:41:07Z, 2 h 1 min after it was signed"),
        ({"at": "99999999999999999 ms after 1970"}, "the time of its author is none"),
        (OURS, "delivered to South; nobody has taken this"),
        ({**OURS, "rung": "kept", "undelivered": ["South", "East"]}, "kept here; NOT DELIVERED yet to South, East"),
        ({**OURS, "refers": ["cd" * 32]}, "delivered to South; nobody has seen this"),
        ({**TAKEN, "own": True, "corrected": True}, "taken by South, Cole; nobody has seen the correction"),
        ({**OURS, "given_up": True}, "delivered to South"),
    ],
)
def test_how_a_message_stands(change: dict[str, Any], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    printing.print_inbox({"entries": [{**ENTRY, **change}]})
    said = capsys.readouterr().out
    assert expected in said
    assert ("nobody has" in said) == ("nobody has" in expected or "NOT DELIVERED" in expected)


@pytest.mark.parametrize("traffic", ["exercise", "drill", "test"])
def test_the_class_is_on_every_line(traffic: str, capsys: pytest.CaptureFixture[str]) -> None:
    entry = {
        **OURS,
        "class": traffic,
        "corrections": [{}],
        "original": "One.",
        "ignored": [{"id": "2" * 64, "why": "x"}],
    }
    entry["crossed"] = [{**ENTRY, "class": traffic}]
    entry["rungs"] = [{"rung": "kept", "by": "North", "officer": None, "at": "T", "proof": None}]
    printing.print_entry(entry)
    printing.print_receipts(entry)
    alarm = {"what": "alarm", "line": "strait", "code": "x", "text": "Look.", "precedence": "flash", "at": "T"}
    said = capsys.readouterr().out.splitlines()
    assert len(said) > 10
    assert not [line for line in said if traffic.upper() not in line]
    printing.print_event({**alarm, "about": "ab" * 32, "entry": {**ENTRY, "class": traffic, "kind": "message"}})
    printing.print_event({"what": "delivered", "at": "T", "line": "strait", "by": "South", "messages": [entry]})
    printing.print_kept({"id": "ab" * 32, "entry": entry, "cut": []})
    said = capsys.readouterr().out.splitlines()
    assert not [line for line in said if traffic.upper() not in line and not line.startswith("ALARM")]


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
        "CROSSED with FLASH EXERCISE efefefefefef of South:\n  EXERCISE | At once.",
        "passed on: South, Cole  proved by cdcdcdcdcdcd  to radar",
    ):
        assert part in said
    for part in ("proved by cdcdcdcdcdcd", "An answer.", "222222222222, for no officer signed it", "GIVEN UP"):
        assert part in said


def test_receipts_say_of_what_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    rung = {"rung": "kept", "by": "North", "officer": None, "at": "2022-11-15T18:40:07Z", "proof": None}
    printing.print_receipts({**OURS, "rungs": [rung], "given_up": "33" * 32})
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("FLASH EXERCISE  abababababab")
    assert said[1] == "    EXERCISE  2022-11-15T18:40:07Z  kept: North  stated by this post"
    assert said[2] == "    EXERCISE  GIVEN UP by its author"


def test_what_was_just_written(capsys: pytest.CaptureFixture[str]) -> None:
    cut = {"cut": ["South"], "serving": True}
    printing.print_kept({"id": "ab" * 32, "entry": {**OURS, "class": "operation"}, **cut})
    said = capsys.readouterr()
    assert said.out == f"Kept as {'ab' * 32}  FLASH OPERATION on strait, signed by Berg\n"
    assert said.err == "No link to South now: it goes out by itself as soon as there is one.\n"
    mark = {name: value for name, value in OURS.items() if name != "text"} | {"kind": "passed on", "to": "radar"}
    printing.print_kept({"id": "ab" * 32, "entry": mark, **cut, "serving": False, "already": True})
    said = capsys.readouterr()
    assert said.out.endswith("FLASH EXERCISE on strait, passed on by Berg to radar, already before\n")
    assert "'openline serve'" in said.err


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"what": "entry", **ENTRY}, "take within 2 min: openline take abababababab"),
        (
            {"what": "entry", **OURS, "kind": "taken", "refers": ["cd" * 32]},
            "[taken cdcdcdcdcdcd]  strait  North, Berg",
        ),
        (
            {"what": "alarm", "line": "strait", "code": "late", "text": "Look.", "precedence": "immediate"},
            "ALARM late on strait, 2022-11-15T18:48:00Z: Look.",
        ),
        (
            {"what": "alarm", "line": "the strait", "code": "gap", "text": "Look.", "precedence": "flash"},
            "What to do: read what is there; 'openline line status 'the strait'' names what is missing",
        ),
        (
            {"what": "alarm", "line": None, "code": "forked-feed", "text": "Look.", "precedence": "routine"},
            "ALARM forked-feed, 2022-11-15T18:48:00Z: Look.\n",
        ),
        ({"what": "changed", "line": "strait", "text": "A link is up"}, "2022-11-15T18:48:00Z  strait: A link is up"),
        ({"what": "delivered", "line": "strait", "by": "South", "messages": []}, ""),
        (
            {"what": "delivered", "line": "strait", "by": "South", "messages": [OURS]},
            "strait: FLASH EXERCISE abababababab is delivered: South signed for it",
        ),
        ({"what": "carried", "line": "strait", "to": "South", "number": 7}, ""),
        ({**ENTRY, "what": "waiting"}, "FLASH EXERCISE  abababababab  strait: North: take within 2 min"),
    ],
)
def test_events(capsys: pytest.CaptureFixture[str], event: dict[str, Any], expected: str) -> None:
    printing.print_event({"at": "2022-11-15T18:48:00Z", "about": None, "entry": None, **event})
    said = capsys.readouterr().out
    assert expected in said
    assert bool(said) == bool(expected)


def test_where_a_terminal_breaks_a_line_the_bar_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A text as wide as the screen cannot put a line of its own below the bar."""
    narrow: Console = console()
    narrow.width = 40
    monkeypatch.setattr(type(narrow), "is_terminal", True)
    monkeypatch.setattr(printing, "out", narrow)
    printing.print_inbox({"entries": [{**TAKEN, "class": "operation", "text": "word " * 30 + "x" * 100}]})
    said = capsys.readouterr().out.splitlines()
    text = [line for line in said if line.startswith("  | ")]
    assert sum(line.count("word") for line in text) == 30
    assert sum(line.count("x") for line in text) == 100
    assert all(len(line) <= 40 for line in text)
