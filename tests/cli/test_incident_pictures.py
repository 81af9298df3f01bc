"""How an incident looks where it cannot be had from two running posts: withheld, many, empty."""

from __future__ import annotations

from typing import Any

import pytest

from openline.cli.incident_pictures import print_incidents, print_picture

SIGNED: dict[str, Any] = {"id": "ab" * 32, "at": "2022-11-15T15:00:00Z", "author": "North", "officer": "Berg"}


def assessment(number: int, **fields: Any) -> dict[str, Any]:
    return {
        **SIGNED,
        "assessment": f"{number:064x}",
        "what": "A crater.",
        "origin": "",
        "confidence": "not stated",
        "confirmed": False,
        "sources": [{"text": "a radar"}],
        "earlier": [],
        "withdrawn": None,
        "stances": [],
        **fields,
    }


def picture(**fields: Any) -> dict[str, Any]:
    value: dict[str, Any] = {
        **SIGNED,
        "class": "operation",
        "line": "strait",
        "open": False,
        "title": None,
        "place": None,
        "area": None,
        "happened": "2022-11-15T14:40:00Z",
        "until": None,
        "origin": {"status": "several", "preliminary": True},
        "silent": ["East"],
        "sources": [],
        "table": [],
        "ignored": [{"id": "cd" * 32, "why": "its author was not asked"}],
        "timeline": [],
    }
    lists = ("assessments", "investigations", "quiets", "corrections", "ties")
    return {**value, **dict.fromkeys(lists, []), **fields}


VIEW: dict[str, Any] = {"as": None, "at": None, "before": None, "before_author": None, "entries": []}


def test_nothing_yet(capfd: pytest.CaptureFixture[str]) -> None:
    print_incidents({"incidents": []})
    assert "No incidents." in capfd.readouterr().out


def test_what_is_withheld_is_said_to_be(capfd: pytest.CaptureFixture[str]) -> None:
    print_picture({"view": VIEW, "picture": picture(assessments=[assessment(1, what=None)]), "same": []})
    text = capfd.readouterr().out
    for line in (
        "CLOSED: (withheld)",
        "SAID DIFFERENTLY BY SEVERAL",
        "has said nothing: East",
        "for its author was not",
    ):
        assert line in text


def test_many_assessments_make_several_tables(capfd: pytest.CaptureFixture[str]) -> None:
    many = [assessment(number) for number in range(6)]
    cells = [{"assessment": each["assessment"], "said": "own", "earlier": False} for each in many]
    row = {"party": "A party with a name that is very long", "cells": cells}
    print_picture({"view": VIEW, "picture": picture(assessments=many, table=[row]), "same": []})
    text = capfd.readouterr().out
    assert text.count("A party with a name…") == 2
    lines = [line.split() for line in text.splitlines()]
    assert ["A", "B", "C", "D"] in lines
    assert ["E", "F"] in lines


def test_a_revision_does_not_hide_that_the_version_before_was_disputed(capfd: pytest.CaptureFixture[str]) -> None:
    revised = assessment(1)
    for earlier, said in ((True, "disputes"), (False, "disputes"), (True, "concurs")):
        cell = {"assessment": revised["assessment"], "said": said, "earlier": earlier}
        row = {"party": "Russia", "own": False, "cells": [cell]}
        print_picture({"view": VIEW, "picture": picture(assessments=[revised], table=[row]), "same": []})
        told = "an earlier version was DISPUTED by Russia" in " ".join(capfd.readouterr().out.split())
        assert told == (earlier and said == "disputes")


def test_each_word_for_what_is_known(capfd: pytest.CaptureFixture[str]) -> None:
    known = {"id": "ef" * 32, "proof": "01" * 32, "signed_at": "2022-11-15T15:02:00Z", "witness": None}
    words = ("proved", "held", "claimed", "differ", "not-proved")
    view = {**VIEW, "as": "South", "entries": [{**known, "had": each} for each in words]}
    view["entries"].append({**known, "had": "not-proved", "proof": None})
    same = [{"id": "11" * 32, "said_by": "North", "proof": "22" * 32, "picture": None}]
    print_picture({"view": view, "picture": None, "same": same})
    text = " ".join(capfd.readouterr().out.split())
    for line in (
        "What South had now",
        "efefefefefef proved by 010101010101 of",
        "by its own clock and ours alone",
        "by its own clock alone; first signed for in 010101010101",
        "the clocks differ",
        "efefefefefef NOT PROVED",
        "It is not proved that South had this incident then.",
        "111111111111: not proved to have been held then",
    ):
        assert line in text
