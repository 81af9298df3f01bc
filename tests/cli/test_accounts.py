"""Commands for accounts, as people and as programs see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from openline.cli.accounts import print_matrix
from openline.cli.main import status
from tests.pair import Pair, done, refused

TEXT = "Up to 100 missiles were launched on Tuesday. Officials said: “General Brown was told of every one.”\n"


@pytest.fixture(scope="module")
def message(pair: Pair) -> str:
    """What the accounts are about."""
    return str(done(pair.north, "send", "strait", "We counted 96 missiles.")["id"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A text that is not filed."""
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def account(pair: Pair, message: str, file: Path) -> str:
    """The same text, filed."""
    source = ("--publisher", "The Times", "--date", "2022-11-16", "--about", message)
    return str(done(pair.north, "account", "add", str(file), *source)["id"])[:12]


@pytest.fixture
def printed(pair: Pair, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What people read at North."""

    def run(*words: str) -> str:
        capfd.readouterr()
        assert status([*words, "--home", str(pair.north)]) == 0
        return " ".join(capfd.readouterr().out.split())

    return run


def test_an_account_is_filed_proposed_and_marked(
    pair: Pair, account: str, file: Path, message: str, printed: Callable[..., str]
) -> None:
    source = ("--publisher", "The Times", "--date", "2022-11-16", "--about", message)
    assert "as before" in printed("account", "add", str(file), *source)
    assert f"The Times (en), about {message[:12]}" in printed("account", "list")
    said = printed("account", "propose", account)
    assert "perhaps number 0 to 100 missiles | Up to 100 missiles" in said
    proposals = done(pair.north, "account", "propose", account)["proposals"]
    number = next(each["id"] for each in proposals if each["what"] == "number")
    said = next(each["id"] for each in proposals if each["what"] == "said")
    assert printed("account", "reject", account, said) == f"Rejected: {said}"
    made = printed("account", "accept", account, number, "--according-to", "unnamed")
    assert "1. MATCHES: number 0 to 100 missiles | Up to 100 missiles" in made
    assert "according to unnamed officials; marked by Berg" in made
    assert f"[{message[:12]}]" in made
    more = ("--number", "120..", "--of", "missiles", "--according-to", "via:Post")
    assert "2. CONTRADICTS" in printed("account", "mark", account, "100 missiles", "number", *more)
    assert "3. NOT IN THE RECORD" in printed("account", "mark", account, "Brown", "who", "--who", "General Brown")
    assert "| Up to 100 missiles were launched on Tuesday." in printed("account", "show", account, "--text")
    side_by_side = printed("account", "matrix", account)
    assert "THEY CONTRADICT EACH OTHER: 0 to 100 missiles excludes 120 and more missiles" in side_by_side
    assert "CONTRADICTS The Times, 2022-11-16, according to via Post" in side_by_side
    assert printed("account", "unmark", account, "2") == "Mark 2 is gone."
    assert "THEY CONTRADICT" not in printed("account", "matrix", "--about", message)
    printed("account", "remove", account)


def test_marks_are_shown_to_another_post(pair: Pair, account: str, tmp_path: Path, printed: Callable[..., str]) -> None:
    done(pair.north, "account", "mark", account, "missiles", "number", "--number", "96", "--of", "missiles")
    out = tmp_path / "marks.json"
    assert printed("account", "export", account, "--out", str(out)).startswith("Written:")
    assert out.stat().st_mode & 0o077 == 0
    came = done(pair.south, "account", "import", str(out), "--from", "North")
    shown = done(pair.south, "account", "show", came["id"])
    assert (shown["from"], shown["text"], len(shown["marks"])) == ("North", TEXT, 1)
    assert ", about" not in printed("account", "about", account)
    assert "NOT IN THE RECORD" in printed("account", "show", account)
    assert refused(pair.north, "account", "export", account, "--out", str(tmp_path / "no" / "x")) == (1, "cannot-write")
    for each in (pair.north, pair.south):
        for one in done(each, "account", "list")["accounts"]:
            done(each, "account", "remove", one["id"])
    assert printed("account", "list") == "No accounts."


def test_what_is_refused(pair: Pair, account: str, file: Path, tmp_path: Path, printed: Callable[..., str]) -> None:
    home = pair.north
    assert "No marks yet" in printed("account", "show", account)
    assert refused(home, "account", "propose", str(file)) == (2, "misuse")
    assert "perhaps number" in printed("account", "propose", str(file), "--date", "2022-11-16")
    assert refused(home, "account", "propose", "ffffffff") == (1, "unknown-name")
    assert refused(home, "account", "mark", account, "missiles", "guess") == (2, "misuse")
    assert refused(home, "account", "mark", account, "missiles", "when", "--days", "soon") == (2, "misuse")
    other = tmp_path / "latin.txt"
    other.write_bytes(b"caf\xe9")
    assert refused(home, "account", "add", str(other), "--publisher", "x", "--date", "2022-11-16") == (2, "misuse")
    assert refused(home, "account", "import", str(file), "--from", "x") == (2, "misuse")
    plain = tmp_path / "plain.txt"
    plain.write_text("Nothing here.")
    assert printed("account", "propose", str(plain), "--date", "2022-11-16") == "Nothing to propose."
    done(home, "account", "remove", account)


def test_an_empty_matrix(capfd: pytest.CaptureFixture[str]) -> None:
    print_matrix({"accounts": [], "rows": [], "conflicts": []})
    assert capfd.readouterr().out == "No marks to compare.\n"
