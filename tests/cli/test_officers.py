"""Officers: enrolled, listed, ended."""

from __future__ import annotations

from pathlib import Path

from tests.pair import done, make, refused


def test_officers_come_and_go(tmp_path: Path) -> None:
    home = make(tmp_path / "home", "North", "Berg")
    assert done(home, "officer", "add", "Lt. Aas", "--role", "watch officer", "--role", "duty")["number"] == 2
    assert refused(home, "officer", "add", "Lt. Aas") == (1, "name-taken")
    officers = done(home, "officer", "list")["officers"]
    assert [(each["officer"], each["roles"], each["in_force"]) for each in officers] == [
        ("Berg", [], True),
        ("Lt. Aas", ["watch officer", "duty"], True),
    ]
    assert done(home, "officer", "end", "Lt. Aas")["number"] == 2
    assert [each["in_force"] for each in done(home, "officer", "list")["officers"]] == [True, False]
    assert refused(home, "officer", "end", "Lt. Aas") == (1, "unknown-name")
    assert refused(home, "officer", "end", "") == (2, "misuse")
    assert refused(home, "officer", "add", "") == (2, "misuse")
