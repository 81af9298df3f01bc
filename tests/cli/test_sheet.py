"""The sheet for the wall says what it does not know, and escapes what others wrote."""

from __future__ import annotations

from openline.cli.sheet import page


def test_the_sheet() -> None:
    office = {"office": "Chief", "holder": None, "deputies": ["<b>"], "languages": ["ru"], "hours": "\u202e17-8\x1b"}
    members = [
        {"post": "North", "fingerprint": "12345", "published": None, "fallbacks": None, "offices": []},
        {"post": "South", "fingerprint": None, "published": "2026", "fallbacks": None, "offices": [office]},
    ]
    made = page({"line": "<strait>", "at": "2026-11-26T12:00:00Z", "members": members})
    assert "Line &lt;strait&gt;: when it is dead" in made
    assert "As of 2026-11-26T12:00:00Z" in made
    assert "No roster published" in made
    assert "not known here" in made
    assert "&lt;b&gt;" in made
    assert "<b>" not in made
    assert "�17-8␛" in made
    assert "No fallback contacts are known here." in made
