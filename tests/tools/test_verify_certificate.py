"""The second verifier of certificates as somebody runs it who has nothing of Openline."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proof.bundles import ROOT
from tests.proof.certificates import VECTORS, vector

TOOL = ROOT / "tools/verify_certificate.py"
CARDS = [argument for path in sorted(VECTORS.glob("*.card")) for argument in ("--card", str(path))]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", TOOL, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.certificate"
    path.write_bytes(vector("declined")["certificate"])
    return path


def test_it_imports_nothing_but_the_standard_library_and_the_verifier_beside_it() -> None:
    imported = set()
    for node in ast.walk(ast.parse(TOOL.read_text())):
        if isinstance(node, ast.Import):
            imported |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported - set(sys.stdlib_module_names) == {"verify_bundle"}


def test_a_good_certificate_under_known_cards(good: Path) -> None:
    done = run(str(good), *CARDS)
    assert (done.returncode, done.stderr) == (0, "")
    assert "[signed by them] answered: entries " in done.stdout
    assert done.stdout.endswith("PROVED\n")


def test_without_cards_it_is_not_proved(good: Path) -> None:
    done = run(str(good), "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["ok"], report["proved"], report["known"]) == (1, False, True, False)


def test_what_is_no_certificate(tmp_path: Path) -> None:
    done = run(str(ROOT / "vectors/bundle/good.bundle"), *CARDS)
    assert (done.returncode, "unknown-version" in done.stdout) == (1, True)
    assert run(str(tmp_path / "absent")).returncode == 2
    done = run(str(ROOT / "vectors/bundle/good.bundle"), "--card", str(TOOL))
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
