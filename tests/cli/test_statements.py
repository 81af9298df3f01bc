"""Commands for joint statements, as people and as programs see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openline.cli.main import status
from openline.cli.statements import print_statements
from tests.pair import Pair, command, done, refused, until


@pytest.fixture
def printed(pair: Pair, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What people read at South."""

    def run(*words: str) -> str:
        capfd.readouterr()
        assert status([*words, "--home", str(pair.south)]) == 0
        return " ".join(capfd.readouterr().out.split())

    return run


def seen(home: Any, statement: str, **wanted: Any) -> Any:
    """The statement at a post, as soon as it has these values."""
    until(lambda: any(each["id"] == statement for each in done(home, "statement", "list")["statements"]))
    return until(
        lambda: (
            (value := done(home, "statement", "show", statement))
            and all(value[key] == wanted[key] for key in wanted)
            and value
        )
    )


def test_a_statement_is_drafted_amended_approved_and_released(
    pair: Pair, printed: Callable[..., str], tmp_path: Path
) -> None:
    words = ("The calls of 23 October", "--languages", "en, fr", "--one-person", "--with", "South")
    made = done(pair.north, "statement", "draft", "strait", *words)["id"]
    texts = ("--text", "en=We reject the claim.", "--text", "fr=Nous rejetons cela.")
    line = done(pair.north, "statement", "line", made, *texts)["lines"][0]["id"]
    done(pair.north, "statement", "line", made, "--text", "en=A second line.", "--first")
    second = seen(pair.south, made, revision=2)["lines"][0]["id"]
    assert "fr: MISSING" in printed("statement", "show", made)
    proposal = done(pair.south, "statement", "amend", second, "--text", "fr=Une deuxième ligne.")["kept"]
    done(pair.south, "statement", "strike", line, "--why", "Too strong.")
    seen(pair.north, made, proposed=2)
    done(pair.north, "statement", "accept", proposal)
    strike = done(pair.north, "statement", "show", made)["proposals"][1]["id"]
    done(pair.north, "statement", "reject", strike, "--why", "It is the core of it.")
    version = seen(pair.south, made, revision=3, proposed=0)["version"][:12]
    text = printed("statement", "show", made)
    for said in (
        "1. " + second[:12],
        "fr: Une deuxième ligne.",
        "South amends line " + second[:12] + ", accepted by North",
        "fr + Une deuxième ligne.",
        "South strikes line " + line[:12] + ": REJECTED",
        "rejects it: It is the core of it.",
        "missing: ",
    ):
        assert said in text, text
    done(pair.south, "statement", "approve", made, version)
    done(pair.south, "statement", "revoke", made, "--why", "A moment.")
    done(pair.south, "statement", "approve", made, version)
    assert "took it back" in printed("statement", "show", made)
    seen(pair.north, made, approved=["South"])
    assert refused(pair.north, "statement", "release", made, version) == (1, "not-allowed")
    done(pair.north, "statement", "approve", made, version)
    done(pair.north, "statement", "release", made, version)
    seen(pair.south, made, status="released")
    text = printed("statement", "list")
    assert "RELEASED: The calls of 23 October" in text
    assert "needed: all" in text
    assert "RELEASED by North" in printed("statement", "show", made)
    published = [tmp_path / f"{name}.html" for name in ("north", "south")]
    for home, page in zip((pair.north, pair.south), published, strict=True):
        done(home, "statement", "page", made, "--out", str(page))
    assert published[0].read_bytes() == published[1].read_bytes()
    verified = done(pair.south, "verify", str(published[0]))
    assert (verified["ok"], verified["statement"]["languages"]) == (True, ["en", "fr"])
    assert "PROVED: every word shown" in printed("verify", str(published[0]))
    assert refused(pair.south, "verify", str(published[0]), "--against", str(published[1])) == (2, "misuse")
    assert "Written: " in printed("statement", "page", made, "--out", str(tmp_path / "again.html"))
    published[0].write_bytes(published[0].read_bytes().replace("deuxième".encode(), b"seconde"))
    code, value = command(pair.south, "verify", str(published[0]))
    assert (code, {each["code"] for each in value["faults"]}) == (1, {"changed-text", "too-few-approvals"})


def test_a_statement_of_an_exercise_says_so_first(pair: Pair, printed: Callable[..., str]) -> None:
    words = ("The calls", "--languages", "en", "--class", "exercise")
    made = done(pair.north, "statement", "draft", "strait", *words)["id"]
    seen(pair.south, made)
    for text in (printed("statement", "show", made), printed("statement", "list")):
        assert "EXERCISE OPEN: The calls;" in text
    done(pair.north, "statement", "withdraw", made, "It was played.")


def test_a_statement_is_withdrawn(pair: Pair, printed: Callable[..., str]) -> None:
    made = done(pair.north, "statement", "draft", "strait", "Nothing", "--languages", "en", "--not-before", "3h")["id"]
    line = done(pair.north, "statement", "line", made, "--text", "en=We say nothing.")["lines"][0]["id"]
    done(pair.north, "statement", "amend", line, "--text", "en=We say little.", "--why", "It is so.")
    done(pair.north, "statement", "withdraw", made, "Settled otherwise.")
    seen(pair.south, made, status="withdrawn")
    text = printed("statement", "show", made)
    for said in (
        "WITHDRAWN by North",
        "Settled otherwise.",
        "en - We say nothing.",
        "en + We say little.",
        "why: It is",
        "after 2 changes",
    ):
        assert said in text
    assert made not in str(done(pair.south, "statement", "list", "--open"))


def test_what_is_typed_wrong_is_said(pair: Pair, capfd: pytest.CaptureFixture[str]) -> None:
    made = done(pair.north, "statement", "draft", "strait", "Nothing", "--languages", "en")["id"]
    assert refused(pair.north, "statement", "page", made, "--out", "/nowhere/page.html") == (1, "not-allowed")
    assert refused(pair.north, "statement", "line", made, "--text", "We say nothing.") == (2, "misuse")
    assert refused(pair.north, "statement", "approve", made, "ab") == (2, "misuse")
    assert refused(pair.north, "statement", "draft", "strait", "x", "--languages", "English") == (2, "misuse")
    done(pair.north, "statement", "withdraw", made, "Nothing.")
    print_statements({"statements": []})
    assert "No joint statements." in capfd.readouterr().out
