"""Proposals in real press texts, which are not ours to publish, and in invented ones: the guide gives what is measured.

The real ones are in the folder that OPENLINE_ACCOUNTS names (SOURCES.md).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openline.accounts.assertion import What
from openline.accounts.measuring import ByHand, Measured, measure
from openline.accounts.names import Party
from openline.accounts.proposing import propose
from tests.accounts import unseen
from tests.incidents import press
from tests.proof.bundles import ROOT

MARKS = Path(__file__).with_name("marks.json")
GUIDE = (ROOT / "docs/guides/accounts.md").read_text()


@pytest.fixture
def folder() -> Path:
    """Where the texts are."""
    named = os.environ.get("OPENLINE_ACCOUNTS")
    if not named:
        pytest.skip("not run: OPENLINE_ACCOUNTS names no folder with the five press texts")
    return Path(named)


def row(of: Measured, exact: str) -> str:
    """The figures as the guide gives them."""
    return f"| {of.proposed} of {of.marks} | {exact} | {of.idle} of {of.proposals} |"


def run(folder: Path, *options: str) -> tuple[int, str]:
    """What the tool says of a folder, and its exit status."""
    tool = ROOT / "tools/measure_proposals.py"
    ran = subprocess.run([sys.executable, tool, MARKS, folder, *options], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout


def test_the_guide_gives_what_is_measured_in_the_five_texts(folder: Path) -> None:
    code, said = run(folder, "--json")
    value: dict[str, Any] = json.loads(said)
    assert (code, value["missing"], len(value["texts"])) == (0, [], 5)
    total = Measured(**value["all"])
    assert row(total, f"{total.right} of {total.exact}") in GUIDE
    assert f"all: {total.proposed} of {total.marks} marks proposed" in run(folder)[1]


def test_marks_are_on_the_words_that_they_name(folder: Path) -> None:
    texts = {path.read_bytes().decode() for path in folder.glob("*.txt")}
    for each in json.loads(MARKS.read_text())["texts"]:
        assert any(
            all(text[mark["start"] : mark["end"]].startswith(mark["begins"]) for mark in each["marks"])
            for text in texts
        )


def test_a_mark_quotes_three_words() -> None:
    for each in json.loads(MARKS.read_text())["texts"]:
        assert all(len(mark["begins"].split()) <= 3 for mark in each["marks"])


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    code, said = run(tmp_path, "--json")
    value = json.loads(said)
    assert (code, len(value["missing"]), value["all"]["marks"]) == (1, 5, 0)


def of(text: str, published: str, marked: list[tuple[str, str]], parties: list[Party]) -> Measured:
    """What proposals for an invented account come to: the words of each mark, and what they assert."""
    marks = [ByHand(text.index(words), text.index(words) + len(words), What(what)) for words, what in marked]
    return measure(marks, propose(text, date.fromisoformat(published), parties))


def test_the_guide_gives_what_is_measured_in_invented_accounts() -> None:
    names = json.loads(MARKS.read_text())["names"]
    parties = [Party(post, office, (person,)) for post, office, person in names]
    total = Measured()
    for account in press.ALL:
        total += of(account.text, account.date, [(mark.words, mark.what) for mark in account.marks], parties)
    assert row(total, "").replace("|  |", "| |") in GUIDE


def test_the_guide_gives_what_is_measured_in_accounts_not_seen_before() -> None:
    parties = [Party(post, office, (person,)) for post, office, person in unseen.PARTIES]
    total = Measured()
    for published, text, marked in unseen.ACCOUNTS:
        total += of(text, published, [(words, what) for what, words in marked], parties)
    assert row(total, "").replace("|  |", "| |") in GUIDE
