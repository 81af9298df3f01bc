"""The second verifier of public pages as somebody runs it who has nothing of Openline."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from openline.proof.page import HEAD_DIGEST, TAIL_DIGEST
from tests.proof.bundles import ROOT
from tests.proof.pages import good, released, wrong

TOOL = ROOT / "tools/verify_statement.py"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", TOOL, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def cards(tmp_path: Path) -> list[str]:
    words = []
    for at, card in enumerate(released().world.cards()):
        path = tmp_path / f"{at}.card"
        path.write_bytes(card.encode())
        words += ["--card", str(path)]
    return words


def test_it_imports_nothing_but_the_standard_library_and_the_verifier_beside_it() -> None:
    imported = set()
    for node in ast.walk(ast.parse(TOOL.read_text())):
        if isinstance(node, ast.Import):
            imported |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported - set(sys.stdlib_module_names) == {"verify_bundle"}


def test_it_and_the_spec_know_the_frame_of_this_version() -> None:
    digests = {HEAD_DIGEST, TAIL_DIGEST}
    for path in (TOOL, ROOT / "spec/joint-statement.md"):
        assert set(re.findall(r"\b[0-9a-f]{64}\b", path.read_text())) == digests


def test_a_good_page_under_known_cards(tmp_path: Path, cards: list[str]) -> None:
    page = tmp_path / "statement.html"
    page.write_bytes(good())
    done = run(str(page), *cards)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Approved, every word in every language: “Paris”" in done.stdout
    assert done.stdout.endswith("PROVED\n")
    done = run(str(page), "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["ok"], report["proved"], report["known"]) == (1, False, True, False)


def test_what_is_wrong_or_no_page(tmp_path: Path, cards: list[str]) -> None:
    page = tmp_path / "statement.html"
    page.write_bytes(wrong("a letter changed in French"))
    done = run(str(page), *cards)
    assert (done.returncode, "Wrong: changed-text" in done.stdout) == (1, True)
    page.write_bytes(b"nothing")
    done = run(str(page), *cards)
    assert (done.returncode, "Wrong: bad-encoding" in done.stdout) == (1, True)
    assert run(str(tmp_path / "absent")).returncode == 2
    done = run(str(page), "--card", str(TOOL))
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
