"""How claims look: no claims, withheld words, what is outside the rules, and where it could not be written."""

from __future__ import annotations

from typing import Any

import pytest

from openline.cli.claim_words import print_claim, print_claims

SAID = {"at": "2022-10-23T12:00:00Z", "author": "North", "officer": "Berg", "text": None}
REACHED = {"rung": "kept", "at": None, "officer": None, "proof": None}


def put(**more: Any) -> dict[str, Any]:
    given = {
        "id": "ab" * 32,
        "line": "strait",
        "at": "2022-10-23T12:00:00Z",
        "officer": None,
        "precedence": "priority",
        "reply_by": None,
        "replaces": None,
        "withdrawn": None,
        "parties": [{"post": "South", "own": False, "status": "silent", "answers": [], "reached": REACHED}],
        "evidence": [],
        "told": [],
        "not_told_of": None,
        "ignored": [],
    }
    return {**given, **more}


def claim(*puts: dict[str, Any]) -> dict[str, Any]:
    return {"claim": "cd" * 32, "claimant": "North", "own": True, "class": "exercise", "text": None, "put": list(puts)}


def test_nothing_yet_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    print_claims({"claims": []})
    assert capfd.readouterr().out == "No claims yet.\n"


def test_what_stands_out(capfd: pytest.CaptureFixture[str]) -> None:
    answers = [{**SAID, "author": "South", "stance": "no-position", "late": True, "crossed": True}]
    party = {"post": "South", "own": False, "status": "no-position", "answers": answers, "reached": REACHED}
    told = [{**SAID, "text": "by telephone", "names": ["Paris", "Ankara"], "allowed": False}]
    hidden = [{**SAID, "text": "", "names": None, "allowed": True}]
    ignored = [{"id": "ef" * 32, "why": "no officer signed it"}]
    shown = claim(
        put(),
        put(parties=[party], told=told, not_told_of=["London"], ignored=ignored),
        put(told=hidden, not_told_of=[]),
    )
    print_claim({"shown": shown, "refused": [{"line": "sound", "code": "not-ready", "message": "Not yet."}]})
    text = " ".join(capfd.readouterr().out.split())
    for words in (
        "EXERCISE CLAIM of North (this post): (withheld)",
        "signed by nobody",
        "South: SILENT; nothing shows that it arrived",
        "South: NO POSITION",
        "no position LATE, after reply-by CROSSED the withdrawal",
        "states who else was told: Paris; Ankara (by telephone)",
        "OUTSIDE THE RULES of this line",
        "states who else was told: (withheld)",
        "not told here that it was put to: London",
        "counts for nothing: efefefefefef, for no officer signed it",
        "NOT WRITTEN on sound: Not yet.",
    ):
        assert words in text
