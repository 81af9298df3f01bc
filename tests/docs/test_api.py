"""The examples of the page on the API, run for real: each ```sh block, and what the ```text after it shows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from openline.desk import pages
from openline.errors import DeskNotBuilt
from tests.desk.api import api, fill
from tests.docs.documents import ROOT, blocks
from tests.pair import environment

PAGE = ROOT / "docs/reference/api.md"
WITHIN_SECONDS = 400


def missing() -> str:
    """Why the examples cannot be run on this machine; empty where they can."""
    try:
        pages.load()
    except DeskNotBuilt as error:
        return str(error)
    return "" if shutil.which("curl") else "There is no curl here."


def test_every_example_shows_what_is_promised(tmp_path: Path) -> None:
    if why := missing():
        pytest.fail(why) if os.environ.get("CI") == "true" else pytest.skip(why)
    examples = [block for block in blocks(PAGE) if block.language in ("sh", "text")]
    script, promised = [], []
    for block in examples:
        if block.language == "sh":
            script.append(block.text)
            promised.append("")
        else:
            promised[-1] += block.text
    assert len(script) > 5
    assert all(promised)
    with api(tmp_path) as at:
        fill(at)
        mark = "--- next ---"
        whole = f"\necho '{mark}'\n".join(script).replace("http://127.0.0.1:8080", at.address)
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        more = {"OPENLINE_HOME": str(at.home), "PATH": path, "COLUMNS": "200"}
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", whole],
            env=environment(**more),
            capture_output=True,
            text=True,
            check=False,
            timeout=WITHIN_SECONDS,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    for shown, lines, ran in zip(done.stdout.split(mark), promised, script, strict=True):
        assert [line for line in lines.splitlines() if line not in shown] == [], (ran, shown)
