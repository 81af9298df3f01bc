"""Lines: proposed, accepted, listed, checkpointed, and changed by all who stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.cli import lines
from tests.pair import Pair, done, introduce, make, program, refused, running_pair, serving, until


def texts(home: Path) -> list[str]:
    return [each["text"] for each in done(home, "inbox")["entries"]]


def test_how_a_line_stands(pair: Pair) -> None:
    value = done(pair.north, "line", "status", "strait")
    assert (value["line"], value["terms"], value["writes"]) == ("strait", 1, True)
    assert [each["name"] for each in value["members"]] == ["North", "South"]
    assert [each["link"] for each in value["members"]] == [None, "up"]
    assert all(each["active"] and each["accepted"] and not each["gaps"] for each in value["members"])


def test_lines_are_listed(pair: Pair) -> None:
    (line,) = [each for each in done(pair.north, "line", "list")["lines"] if each["line"] == "strait"]
    assert line["entries"] > 0
    assert not line["proposed"]
    assert line["classes"] == ["operation", "exercise", "drill", "test"]


def test_a_checkpoint(pair: Pair) -> None:
    done(pair.north, "send", "strait", "Something to cover.")
    before = done(pair.north, "line", "status", "strait")["mine"]
    assert done(pair.north, "line", "checkpoint", "strait")["size"] >= before


def test_what_is_refused(pair: Pair) -> None:
    assert refused(pair.north, "line", "open", "new", "--with", "Nobody") == (1, "unknown-name")
    assert refused(pair.north, "line", "open", "strait", "--with", "South") == (1, "not-allowed")
    assert refused(pair.north, "line", "open", "new") == (2, "misuse")
    assert refused(pair.north, "line", "accept", "nowhere") == (1, "unknown-name")
    assert refused(pair.north, "line", "accept", "strait") == (1, "unknown-name")
    assert refused(pair.north, "line", "status", "nowhere") == (1, "unknown-name")
    assert refused(pair.north, "line", "checkpoint", "nowhere") == (1, "unknown-name")
    assert refused(pair.north, "line", "resume", "strait")[0] == 1
    assert refused(pair.north, "line", "add", "strait") == (2, "misuse")
    assert refused(pair.north, "line", "remove", "strait", "Nobody") == (1, "unknown-name")


def test_a_member_joins_and_is_removed(tmp_path: Path) -> None:
    """A third post is added, reads what comes from then on, and reads nothing after it was removed."""
    east = make(tmp_path / "east", "East", "Dorn")
    with running_pair(tmp_path) as pair:
        done(pair.north, "send", "strait", "Before East.")
        introduce(pair.north, east)
        introduce(pair.south, east)
        assert done(pair.north, "line", "add", "strait", "East")["waiting for"] == ["South"]
        until(lambda: done(pair.south, "line", "status", "strait")["proposed terms"])
        done(pair.south, "line", "accept", "strait")
        with serving(east) as served:
            done(pair.north, "peer", "address", "East", f"wss://{served.link}")
            until(lambda: done(east, "line", "list")["lines"])
            done(east, "line", "accept", "strait")
            done(pair.south, "send", "strait", "Welcome.")
            until(lambda: "Welcome." in texts(east))
            done(east, "send", "strait", "Thank you.")
            until(lambda: "Thank you." in texts(pair.north))
            until(lambda: "Thank you." in texts(pair.south))
            done(pair.north, "line", "remove", "strait", "East")
            until(lambda: done(pair.south, "line", "status", "strait")["proposed terms"])
            done(pair.south, "line", "accept", "strait")
            until(lambda: not done(pair.north, "line", "status", "strait")["members"][2]["active"])
            identifier = done(pair.north, "send", "strait", "East is gone.")["id"]
            until(lambda: any(each["id"] == identifier for each in done(pair.south, "inbox")["entries"]))
            assert "East is gone." not in texts(east)


def test_a_line_for_exercises_takes_no_other_traffic(pair: Pair) -> None:
    """Whoever is asked to accept it is told so, and nothing said on it can be taken for more."""
    done(pair.north, "line", "open", "rehearsal", "--with", "South", "--class", "exercise")
    until(lambda: any(each["line"] == "rehearsal" for each in done(pair.south, "line", "list")["lines"]))
    done(pair.south, "line", "accept", "rehearsal")
    until(lambda: done(pair.north, "line", "status", "rehearsal")["members"][1]["accepted"])
    for home in (pair.north, pair.south):
        assert done(home, "line", "status", "rehearsal")["classes"] == ["exercise"]
        assert refused(home, "send", "rehearsal", "Fire.") == (1, "not-allowed")
        assert done(home, "send", "rehearsal", "Fire.", "--class", "exercise")["id"]


def test_how_a_line_stands_in_words(pair: Pair, tmp_path: Path) -> None:
    done(pair.south, "send", "strait", "Here we are.")
    until(lambda: "Here we are." in texts(pair.north))
    said = program("line", "status", "strait", "--home", str(pair.north)).stdout
    assert "strait: terms 1, " in said
    assert "This post can write on it." in said
    assert "\nSouth\n    link up since 20" in said
    assert "proved up to a person: Cole signed " in said
    assert "last signed word of their post: entry " in said
    assert "has signed for every message of ours" in said
    lone = make(tmp_path / "lone", "Lone", "Dorn")
    introduce(lone, make(tmp_path / "other", "The [other]", "Aas"))
    done(lone, "line", "open", "sound", "--with", "The [other]")
    said = program("line", "status", "sound", "--home", str(lone)).stdout
    assert "This post is not running" in said
    assert "\nThe [other]\n    has not accepted the line yet: ask them to, by another way\n    LINK DOWN\n" in said
    assert "nothing is proved: no link, and nothing signed by them on this line" in said


OFFER = {
    "version": 2,
    "terms": "12" * 32,
    "adds": ["East"],
    "removes": [],
    "signed": ["South"],
    "not signed": ["North"],
}


def test_faults_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    fork = {"number": 8, "entries": ["ab" * 32, "cd" * 32]}
    unlike: dict[str, Any] = {"active": True, "accepted": True, "gaps": [], "fork": fork}
    entry = {"id": "ef" * 32, "precedence": "flash", "class": "drill"}
    other = {
        **unlike,
        "name": "South",
        "link": "up",
        "link since": "T",
        "round trip ms": None,
        "skew ms": None,
        "proved": "bearer",
        "last word": None,
        "layers": {
            "desk": None,
            "officer": None,
            "principal": {"at": "T", "office": "Chief", "officer": None, "proof": "ab" * 32},
        },
        "last act": None,
        "gaps": [[3, 5]],
        "messages not signed for": 1,
        "not signed for": [entry],
    }
    lines.print_status(
        {
            "line": "strait",
            "terms": 1,
            "entries": 7,
            "mine": 3,
            "checkpoint": 2,
            "classes": ["exercise"],
            "writes": False,
            "serving": True,
            "waits for": ["South"],
            "claims": [{"by": "South", "entries": 1_000, "signed in": None, "told": True}],
            "members": [{**unlike, "name": "North"}, other],
            "proposed terms": [OFFER],
        }
    )
    said = capsys.readouterr().out
    for part in (
        "THIS POST CANNOT WRITE ON IT NOW.",
        "Its terms allow this traffic only: exercise",
        "Not in force: North must sign it, too.",
        "THIS POST SIGNED TWO HISTORIES: entry 8 is abababababab and cdcdcdcdcdcd. Stop every copy",
        "THEY SIGNED TWO HISTORIES: entry 8 is abababababab and cdcdcdcdcdcd. Call them",
        "link up since T\n",
        "proved up to the bearer: the link is up, and their post has signed nothing on this line",
        "MISSING here: their entries 3 to 5",
        "has NOT signed for 1 message of ours: FLASH DRILL efefefefefef",
        "Waits for: South",
        "South claims 1000 entries of ours and has shown none of the others",
        "Proposed terms 2 (121212121212): adds East, removes nobody; signed by South",
    ):
        assert part in said


def test_rules_are_shown_and_refused(pair: Pair, tmp_path: Path) -> None:
    rules = done(pair.north, "line", "rules", "strait")["rules"]
    assert (rules["checks"], rules["disclosure"]) == ([], "closed")
    file = tmp_path / "rules.toml"
    file.write_text("grace = 1")
    assert refused(pair.north, "line", "rules", "strait", "--propose", str(file)) == (2, "misuse")
    file.write_bytes(b"\xff")
    assert refused(pair.north, "line", "rules", "strait", "--propose", str(file)) == (2, "misuse")
    assert refused(pair.north, "line", "rules", "strait", "--propose", str(tmp_path / "none")) == (1, "cannot-read")
