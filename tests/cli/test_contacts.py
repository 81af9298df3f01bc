"""How contacts look to people."""

from __future__ import annotations

from typing import Any

import pytest

from openline.cli import contacts


def certified() -> dict[str, Any]:
    stated = {"id": "ef" * 32, "stated_by": "North", "officer": "Berg", "at": "T4"}
    response = {"stated_by": "South", "officer": None, "at": "T5", "holds": 3, "answers": ["12" * 32], "text": ""}
    return {**stated, "about": "South", "holds": 7, "text": "a dial failed", "refuted": 9, "responses": [response]}


def contact(**fields: Any) -> dict[str, Any]:
    ended = {"at": "T3", "officer": "Berg", "outcome": "no-answer", "began": None, "ended": None, "text": ""}
    answered = {"at": "T2", "author": "South", "officer": "Cole", "reply": "accepted", "for": "T9", "times": []}
    request = {
        "id": "ab" * 32,
        "author": "North",
        "at": "T1",
        "office": "Head",
        "called": [["South", "Chief"]],
        "reply_by": "T8",
        "times": [],
        "languages": [],
        "means": "",
        "topics": None,
        "consequence": None,
        "content": None,
        "matter": None,
        "told": None,
    }
    party = {
        "post": "South",
        "office": "Chief",
        "outcome": "no-answer",
        "answers": [{**answered, "office": "", "reason": None, "text": "soon", "late": True}],
        "attempts": [],
        "certificates": [certified()],
        "ended": {**ended, "contradicted": True},
    }
    value = {
        "precedence": "flash",
        "class": "exercise",
        "line": "strait",
        "closer": "North",
        "requests": [request],
        "parties": [party],
        "ignored": [{"id": "cd" * 32, "why": "no officer signed it"}],
    }
    return {**value, **fields}


def test_a_contact_says_all_that_matters(capsys: pytest.CaptureFixture[str]) -> None:
    contacts.print_contact(contact())
    said = capsys.readouterr().out
    for words in ("FLASH EXERCISE", "words are withheld", "ANSWERED LATE", "CONTRADICTED BY ITS OWN SIGNATURE"):
        assert words in said
    assert "certified that it holds entries up to 7 of theirs: a dial failed" in said
    assert "REFUTED BY ITS OWN SIGNATURE: North had signed for entry 9 before" in said
    assert "South (stated by the post) responded: its answers are 121212121212" in said
    assert "counts for nothing: cdcdcdcdcdcd, for no officer signed it" in said


def test_no_name_of_another_begins_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    value = contact()
    value["requests"][0].update(office="Head\nFORGED", called=[["South", "Chief\nFORGED"]])
    value["parties"][0]["office"] = "Chief\nFORGED"
    tried = {"began": "T2", "means": "telephone\nFORGED", "officer": None, "layer": "none", "who": "", "text": ""}
    value["parties"][0]["attempts"] = [tried]
    contacts.print_contact(value)
    said = capsys.readouterr().out
    assert said.count("␤FORGED") == 4
    assert "\nFORGED" not in said


def test_requests_that_crossed_are_said_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    value = contact()
    contacts.print_contacts({"contacts": [contact(requests=value["requests"] * 2)]})
    assert "one contact, closed by North" in capsys.readouterr().out


def test_no_contacts(capsys: pytest.CaptureFixture[str]) -> None:
    contacts.print_contacts({"contacts": []})
    assert "No contacts yet." in capsys.readouterr().out
