"""How notices look: what is withheld, late, refused."""

from __future__ import annotations

from typing import Any

import pytest

from openline.cli import notice_words

VERSION: dict[str, Any] = {
    "windows": [{"start": "2024-12-01T06:00:00Z", "end": None, "end_kind": "perm"}] * 14,
    "alternate_windows": [],
    "areas": None,
    "fields": None,
    "contacts": None,
    "text": "one\ntwo",
    "source": {"format": "navwarn", "text": "GUNNERY.", "flags": ["cancel-gap"], "refused": []},
}
NOTICE: dict[str, Any] = {
    "id": "ab" * 32,
    "class": "exercise",
    "form": "accident",
    "number": 1,
    "year": 2024,
    "source_id": "X 1/24",
    "author": "North",
    "line": "strait",
    "state": "refused",
    "remarks": ["No guarantee."],
    "versions": [VERSION],
    "provided": [{"member": "South", "at": "2024-12-01T06:00:00Z", "late_minutes": 7}],
    "acknowledged": [],
    "confirmed": [],
    "passed": [{"author": "S", "officer": None, "passed_at": "T", "to": None, "newest": False}],
    "asked": [],
    "refused": [{"author": "South", "at": "T", "officer": None, "text": "nobody signed it"}],
    "tries": [],
    "ended": None,
    "owes": [{"member": "South", "for": ["acknowledged"]}],
}


def test_a_notice_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    notice_words.print_notice(NOTICE)
    said = capsys.readouterr().out
    for words in (
        "EXERCISE accident 1/2024 (X 1/24) of North on strait: REFUSED",
        "where: (withheld)",
        "LATE by 7 minutes",
        "passed it on to (withheld) (an earlier version)",
        "REFUSED by South: nobody signed it",
        "and 2 more windows",
        "until further notice"[6:],
        "| GUNNERY.",
        "No guarantee.",
    ):
        assert words in said


def test_nothing_to_show(capsys: pytest.CaptureFixture[str]) -> None:
    notice_words.print_notices({"notices": [], "total": 0})
    notice_words.print_in_force({"notices": [], "at": "T"})
    assert capsys.readouterr().out == "No notices.\n0 notices in force at T.\n"
