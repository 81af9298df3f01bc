"""The tutorial and the guides that go on from it, run for real: each ```sh block, and what the ```text after it shows.

One shell runs all blocks of a document, with real posts; the ports in the text give way to free ones. Numbered steps
are done in a real browser (hands.py). Each guide starts from its own copy of what the tutorial left.

A promised line counts as shown when the output has it with other numbers, times, ids and spaces. A block is tried again
for a few seconds, for a person reads more slowly than a test and gives the posts time.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from tests.docs.documents import ROOT, Block, blocks, steps
from tests.docs.hands import Hands
from tests.pair import lasting_ports

TUTORIAL = "docs/tutorial.md"
GUIDES = ("docs/guides/carry-by-stick.md", "docs/guides/back-up-and-move.md", "docs/guides/line-of-three.md")
PORTS = ("7701", "7702", "7703", "7780")
DIRECTORY = "/tmp/strait"
BLOCK_SECONDS = 300.0
PATIENCE_SECONDS = 90.0
"""Until something is taken not to come: long, for the machine may be busy."""

ALIKE = (
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z"), "TIME"),
    (re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{12,64}\b"), "ID"),
    (re.compile(r"[+-]?\d+(\.\d+)?"), "0"),
    (re.compile(r"#link=\S+"), "#link"),
    (re.compile(r"\s+"), " "),
)


class Shell:
    """A bash in a directory of its own; `pids` are the posts that it started."""

    def __init__(self, directory: Path, ports: dict[str, str]) -> None:
        self.directory = directory
        self.ports = ports
        self._said = directory / ".said"
        with open(self._said, "wb") as said:
            self._bash = subprocess.Popen(
                ["bash", "--norc"],
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd=directory,
                env={
                    "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                    "HOME": str(directory),
                    "COLUMNS": "100",
                    "LC_ALL": "C.UTF-8",
                },
                start_new_session=True,
            )
        self._blocks = 0
        self.run("trap 'FAILED=$?' ERR; set -o pipefail")

    def run(self, block: str) -> tuple[int, str]:
        """Run a block; the status of its last failed command, or 0, and what it printed."""
        assert self._bash.stdin is not None
        self._blocks += 1
        mark = f"--- end of block {self._blocks}:"
        start = self._said.stat().st_size
        for port, free in self.ports.items():
            block = block.replace(port, free)
        self._bash.stdin.write(f"FAILED=0\n{block}\necho; echo '{mark}' $FAILED\n".encode())
        self._bash.stdin.flush()
        end = time.monotonic() + BLOCK_SECONDS
        while time.monotonic() < end:
            said = self._said.read_bytes()[start:].decode(errors="replace")
            found = re.search(rf"^{mark} (\d+)$", said, re.MULTILINE)
            if found:
                return int(found[1]), said[: found.start()].replace(str(self.directory), DIRECTORY)
            time.sleep(0.02)
        pytest.fail(f"This took more than {BLOCK_SECONDS} s:\n{block}")

    def logs(self) -> str:
        """The last words of each post."""
        ends = {path.name: path.read_text().splitlines()[-8:] for path in sorted(self.directory.glob("*.log"))}
        return "\n".join("\n  ".join([f"{name}:", *lines]) for name, lines in ends.items())

    def end(self) -> None:
        """End bash, and with it the posts that a failed block left running: all in the session made here."""
        with suppress(ProcessLookupError):
            os.killpg(self._bash.pid, signal.SIGKILL)
        if self._bash.stdin is not None:
            self._bash.stdin.close()
        self._bash.wait()


def alike(text: str) -> list[str]:
    """The lines of a text, with numbers, times, ids and spaces made alike."""
    for pattern, word in ALIKE:
        text = "\n".join(pattern.sub(word, line) for line in text.splitlines())
    return [line.strip() for line in text.splitlines() if line.strip() not in {"", "…"}]


def missing(promised: str, shown: str) -> list[str]:
    """The promised lines that are not there, as often as they are promised; their order may be another."""
    return sorted((Counter(alike(promised)) - Counter(alike(shown))).elements())


def follow(shell: Shell, name: str) -> int:
    """Do what a document says, in the shell and in the browser; how many blocks it has."""
    path = ROOT / name
    found = [block for block in blocks(path) if block.language in {"sh", "text"}]
    found = sorted([*found, *steps(path)], key=lambda block: block.line)
    hands, shown = Hands(), ""
    try:
        for at, block in enumerate(found):
            after = found[at + 1] if at + 1 < len(found) else block
            if block.language == "sh":
                shown = run(shell, name, block, after.text if after.language == "text" else "")
            elif block.language == "steps":
                hands.follow(block, shown)
    finally:
        hands.close()
    return len(found)


def run(shell: Shell, name: str, block: Block, promised: str) -> str:
    """Run a block until it shows what is promised; what it printed."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        status, shown = shell.run(block.text)
        lacking = missing(promised, shown)
        if (status == 0 and not lacking) or time.monotonic() > end:
            break
        time.sleep(0.2)
    where = f"{name}:{block.line}\n{block.text}\nprinted\n{shown}\n{shell.logs()}"
    assert status == 0, where
    assert lacking == [], f"{where}\nlacks {lacking}"
    return shown


def follow_to_the_end(shell: Shell, name: str) -> None:
    """Follow a document; afterwards none of its posts runs."""
    try:
        assert follow(shell, name) > 0, f"{name} has nothing to run"
        status, running = shell.run("jobs -r")
        assert (status, running.strip()) == (0, ""), f"{name} leaves posts running"
    finally:
        shell.end()


@pytest.fixture(scope="module")
def after_the_tutorial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Where the tutorial was followed, and the ports that it was given."""
    directory = tmp_path_factory.mktemp("tutorial")
    ports = dict(zip(PORTS, map(str, lasting_ports(len(PORTS))), strict=True))
    follow_to_the_end(Shell(directory, ports), TUTORIAL)
    return directory, ports


def test_what_the_tutorial_promises_comes_true(after_the_tutorial: tuple[Path, dict[str, str]]) -> None:
    directory, _ = after_the_tutorial
    assert {"north", "south", "strait.bundle"} <= {path.name for path in directory.iterdir()}


@pytest.mark.parametrize("name", GUIDES)
def test_what_a_guide_promises_comes_true(
    name: str, after_the_tutorial: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    before, ports = after_the_tutorial
    directory = tmp_path / "copy"
    shutil.copytree(before, directory)
    shell = Shell(directory, ports)
    shell.run(next(block.text for block in blocks(ROOT / TUTORIAL) if block.language == "sh"))
    follow_to_the_end(shell, name)


def test_a_promise_that_is_not_kept_is_noticed() -> None:
    shown = "a: 7 entries\n  2026-11-22T03:35:43Z  kept: North  proved by 08fdec65fbaa\n"
    assert missing("2022-01-01T00:00:00Z kept: North  proved by 5c4d9241aaa5\n…\na: 12 entries", shown) == []
    assert missing("2022-01-01T00:00:00Z kept: South proved by 5c4d9241aaa5", shown) == [
        "TIME kept: South proved by ID"
    ]
    assert missing("a: 7 entries\na: 7 entries", shown) == ["a: 0 entries"]
