"""`.ci/run` as CI runs it, with a `make test` that is pytest over one small file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proof.bundles import ROOT

GOOD = 'def test_good():\n    print("7 passed in a train")\n\n'
BAD = 'def test_bad():\n    print("7 passed in a train")\n    assert False\n\n'


def closing(folder: Path, test: str, *, exits: str = "") -> tuple[int, list[str]]:
    """The status of `.ci/run`, and its lines without colours."""
    (folder / "test_small.py").write_text(test)
    pytest_runs = f"exec {sys.executable} -m pytest -q -p no:cacheprovider --color=yes -c /dev/null {folder}"
    (folder / "make").write_text(f"#!/bin/sh\n{exits or pytest_runs}\n")
    (folder / "make").chmod(0o700)
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    ran = subprocess.run([ROOT / ".ci/run"], env=environment, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.returncode, re.sub(r"\x1b\[[0-9;]*m", "", ran.stdout).splitlines()


@pytest.mark.parametrize(
    ("test", "status", "word"),
    [(GOOD, 0, "passed: 1 passed in "), (GOOD + BAD, 1, "FAILED: 1 failed, 1 passed in "), ("x", 2, "FAILED: 1 error")],
)
def test_the_last_line_repeats_how_pytest_closed(tmp_path: Path, test: str, status: int, word: str) -> None:
    code, lines = closing(tmp_path, test)
    assert code == status
    assert lines[-1].startswith(f"ci: {word}")
    assert lines[-1].partition(": ")[2].partition(": ")[2] == lines[-2]


@pytest.mark.parametrize(("exits", "status"), [("exit 2", 2), ("exit 0", 1)])
def test_without_tests_nothing_has_passed(tmp_path: Path, exits: str, status: int) -> None:
    code, lines = closing(tmp_path, GOOD, exits=exits)
    assert (code, lines) == (status, ["ci: FAILED: stopped before the tests"])
