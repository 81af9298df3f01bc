"""Commands for readouts between two real posts: filed, marked, answered, side by side, compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openline.cli.main import status
from openline.cli.readouts import in_columns, print_readouts
from openline.limits import READOUT_TEXT_MAX_BYTES
from tests.pair import Pair, done, refused, until

OURS = "We spoke of the exercise.\nIt was planned long before.\n"
THEIRS = "The exercise was spoken of; it was in response."


@pytest.fixture(scope="module")
def call(pair: Pair) -> str:
    """A call that both had, with a minute of two points."""
    words = ("call", "ask", "strait", "--from", "Chief", "--to", "South:Chairman", "--reply-by", "20m")
    asked: str = done(pair.north, *words)["id"]
    until(lambda: any(each["id"] == asked for each in done(pair.south, "call", "list")["contacts"]))
    done(pair.south, "call", "accept", asked)
    until(lambda: done(pair.north, "call", "show", asked)["parties"][0]["answers"])
    done(pair.north, "call", "held", asked)
    for text in ("The exercise was spoken of.", "Both keep the line open."):
        done(pair.north, "call", "minute", "draft", asked, text)
    until(lambda: len(done(pair.south, "call", "readout", "show", asked)["points"]) == 2)
    return asked


@pytest.fixture
def printed(pair: Pair, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What people read at South."""

    def run(*words: str) -> str:
        capfd.readouterr()
        assert status([*words, "--home", str(pair.south)]) == 0
        return " ".join(capfd.readouterr().out.split())

    return run


def filed(home: Path, call: str, path: Path, text: str, *more: str) -> Any:
    """A file is filed."""
    path.write_bytes(text.encode())
    words = ("call", "readout", "file", call, str(path), "--published-at", "5m", "--where", "site.example")
    return done(home, *words, "--language", "en", *more)


def test_readouts_stand_side_by_side(pair: Pair, call: str, tmp_path: Path, printed: Callable[..., str]) -> None:
    ours = filed(pair.north, call, tmp_path / "ours.txt", OURS)["id"]
    show = ("call", "readout", "show", call)
    until(lambda: done(pair.south, *show)["readouts"])
    theirs = filed(pair.south, call, tmp_path / "theirs.txt", THEIRS)["id"]
    points = [each["id"] for each in done(pair.south, *show)["points"]]
    mark = ("call", "readout", "mark")
    done(pair.south, *mark, ours, "covers", "the exercise", "--beside", points[0])
    done(pair.south, *mark, ours, "differs", "planned long before", "--beside", theirs, "--theirs", "in response")
    until(lambda: len(done(pair.north, *show)["readouts"]) == 2)
    missing = done(pair.north, *mark, theirs, "missing", "--beside", points[1], "--text", "Not one word.")["id"]
    until(lambda: sum(len(each["marks"]) for each in done(pair.south, *show)["readouts"]) == 3)
    done(pair.south, "call", "readout", "word", missing, "disputed", "--text", "It was said by telephone.")
    text = printed(*show)
    for line in (
        "NORTH, ",
        "SOUTH, ",
        "COVERS, says South",
        "MISSING, says North, disputed by",
        "not marked by anybody",
        'DIFFERS "planned long before" beside South "in response"',
        "Not one word.",
        "disputed: It was said by telephone.",
        "by the rule of the line: broke the terms",
    ):
        assert line in text
    compared = printed("call", "readout", "compare", ours, theirs)
    assert "words both have;" in compared
    assert "Nobody has said that this means anything." in compared
    assert "readout of North, 2 marks; 'openline call readout show'" in printed("call", "show", call)
    assert refused(pair.south, *mark, ours, "covers", "never said", "--beside", points[0]) == (2, "misuse")
    done(pair.north, "call", "readout", "word", missing, "withdrawn")
    until(lambda: "WITHDRAWN" in printed(*show))


def test_a_file_is_kept_byte_for_byte_or_by_its_beginning(pair: Pair, call: str, tmp_path: Path) -> None:
    odd = "\ufeffÀ\r\n\t\x1b[31m\u202eend\u0000"
    kept = filed(pair.north, call, tmp_path / "odd.txt", odd)
    assert next(each for each in kept["readouts"] if each["id"] == kept["id"])["text"] == odd
    long = "ж" * READOUT_TEXT_MAX_BYTES
    kept = filed(pair.north, call, tmp_path / "long.txt", long, "--of", "South")
    whole = next(each for each in kept["readouts"] if each["id"] == kept["id"])
    assert (whole["of"], whole["whole"], whole["size"]) == ("South", False, 2 * READOUT_TEXT_MAX_BYTES)
    assert long.startswith(whole["text"])
    (tmp_path / "latin.txt").write_bytes(b"\xe9t\xe9")
    words = ("call", "readout", "file", call, str(tmp_path / "latin.txt"), "--published-at", "5m", "--where", "x")
    assert refused(pair.north, *words, "--language", "fr") == (2, "misuse")


def test_what_is_not_there_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    print_readouts({"readouts": [], "points": [], "ignored": [{"id": "ab" * 32, "why": "it names others"}]})
    in_columns(["one " * 40, "two", ""])
    text = capfd.readouterr().out
    assert "No readout of that contact is filed yet." in text
    assert "it names others" in text
    assert max(map(len, text.splitlines())) <= 160
    assert "two" in text
