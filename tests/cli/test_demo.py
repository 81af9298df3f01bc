"""`openline demo` as a process: it plays to its end, says what failed when it cannot, and leaves no process behind."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from openline.cli import demo
from openline.cli.demo import SECOND
from tests.cli.terminal import Terminal, running
from tests.pair import environment, program

MOST_SECONDS = 600.0
"""Until a demo is taken to hang: long, for the machine may be busy."""

FIRST_WORD_SECONDS = 2.0
"""Beyond what three other commands take at the same moment: tests may share their machine."""

COMMAND = [sys.executable, "-m", "openline.cli", "demo"]


@pytest.fixture
def hanging_up_counts() -> Iterator[None]:
    """Tests may run under nohup; what they start should not."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@contextmanager
def begun(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A demo without a terminal whose temporary files are in `folder`; killed at the end if it still runs."""
    process = subprocess.Popen(
        [*COMMAND, *words],
        env=environment(TMPDIR=str(folder)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def read_until(process: subprocess.Popen[str], pattern: str) -> re.Match[str]:
    """The first line of its stdout that matches."""
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(pattern, line)
        if found:
            return found
    raise AssertionError(f"It never said {pattern}.")


def test_it_plays_to_its_end_without_a_terminal(tmp_path: Path) -> None:
    began = time.monotonic()
    assert program("version").returncode == 0
    any_command_seconds = time.monotonic() - began
    began = time.monotonic()
    with begun(tmp_path, "--json") as process:
        assert process.stderr is not None
        first = process.stderr.readline() + process.stderr.readline()
        first_word_seconds = time.monotonic() - began
        said, story = process.communicate(timeout=MOST_SECONDS)
    assert process.returncode == 0, story
    assert "Przewodow" in first
    assert first_word_seconds < FIRST_WORD_SECONDS + 3 * any_command_seconds
    value = json.loads(said)
    assert (value["ok"], value["exercise"], "error" in value) == (True, True, False)
    assert value["seconds"] < MOST_SECONDS
    assert "\x1b" not in story
    assert len(value["steps"]) > 20
    assert all(step["ok"] for step in value["steps"])
    assert all(each["pid"] and each["status"] is not None for each in value["processes"])
    assert running(tmp_path) == []
    told = {step["what"]: step["more"] for step in value["steps"]}
    desk = told["What the desk in Washington was told (openline watch)"]
    assert {"carried to Geneva", "signed for by Moscow", "link to Moscow is down"} <= set(desk)
    assert {"kept", "delivered", "seen", "taken", "passed on", "answered"} <= {each["rung"] for each in value["ladder"]}
    assert [post["name"] for post in value["posts"]] == ["Washington", "Moscow", "Geneva"]
    for each in value["evening"]:
        assert each["origin"] == "fact" and each["sources"] or each["class"] == "exercise" and each["rests_on"]
    assert list(value["refusals"]) == ["openline verify", "verify_bundle.py"]
    assert [each["what"] for each in value["processes"] if each["status"] == -signal.SIGKILL] == ["serve Moscow"] * 2
    assert [Path(page).name for page in value["paths"]["pages"]] == ["statement.html"]
    assert ["another text" in said for said in value["page_refusals"]] == [True, True]
    assert value["origins"] == ["unknown", "disputed", "likely"]
    assert list(value["had"]) == ["Washington", "Moscow", "Geneva"]
    assert all(value["had"].values())
    assert "desks" not in value, "without a terminal none are opened"
    assert "DESKS" not in story
    check_what_stays(value, tmp_path)


def check_what_stays(value: Any, tmp_path: Path) -> None:
    """Cards and bundles stay, homes and logs do not; and the commands to look at them do what they say."""
    paths = value["paths"]
    folder = Path(paths["folder"])
    assert folder.parent == tmp_path
    assert sorted(path.name for path in folder.iterdir()) == ["proof"]
    assert paths["homes"] == []
    assert {str(path) for path in (folder / "proof").iterdir()} == {
        *paths["bundles"],
        *paths["cards"],
        *paths["certificates"],
        *paths["pages"],
    }
    statuses = {}
    for line in value["look"][1:]:
        ran = subprocess.run(["sh", "-c", f"{value['look'][0]} && {line}"], capture_output=True, text=True, check=False)
        statuses[line] = ran.returncode
    assert len(statuses) == 12
    assert all(status == (1 if "changed.bundle" in line else 0) for line, status in statuses.items())


def test_on_a_terminal_it_has_colour_and_a_broken_verifier_makes_it_fail(tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit('This verifier is broken.')")
    for name in ("verify_bundle.py", "verify_certificate.py", "verify_statement.py"):
        shutil.copy(SECOND.with_name(name), tmp_path / name)
    kept = tmp_path / "kept"
    with Terminal(tmp_path, "demo", "--keep", str(kept), "--verifier", str(broken)) as terminal:
        assert terminal.ended(MOST_SECONDS) == 1, terminal.text
    bare = re.sub(r"\s+", " ", terminal.text)
    assert terminal.colours
    assert "demo-failed: “broken.py” came to no finding, exit 1. This verifier is broken." in bare
    assert "NOT PLAYED TO ITS END" in bare
    assert "PLAYED AND PROVED" not in bare
    assert "DESKS ARE OPEN" not in bare
    assert running(tmp_path) == []
    assert sorted(path.name for path in kept.iterdir()) == ["geneva", "logs", "moscow", "proof", "washington"]
    assert program("inbox", "--home", str(kept / "moscow"), OPENLINE_PASSPHRASE="exercise").returncode == 0


def test_a_post_that_is_killed_from_outside_makes_it_fail(tmp_path: Path) -> None:
    with begun(tmp_path) as process:
        pid = int(read_until(process, r"Geneva is process (\d+)")[1])
        os.kill(pid, signal.SIGKILL)
        story, errors = process.communicate(timeout=MOST_SECONDS)
    assert process.returncode == 1, story
    assert f"demo-failed: serve Geneva (process {pid}) ended by itself with status -9." in errors
    assert "Traceback" not in errors
    assert "FAILED" in story
    assert running(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("hanging_up_counts")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_and_everything_that_it_started(tmp_path: Path, number: signal.Signals) -> None:
    with begun(tmp_path) as process:
        read_until(process, r"Geneva is process")
        assert len(running(tmp_path)) >= 3
        process.send_signal(number)
        story, errors = process.communicate(timeout=MOST_SECONDS)
    assert process.returncode == 128 + number, story
    assert f"Stopped by {number.name}." in errors
    assert "Traceback" not in errors
    assert running(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_on_a_terminal_ends_it_and_everything_that_it_started(tmp_path: Path) -> None:
    with Terminal(tmp_path, "demo") as terminal:
        terminal.until("Geneva is process", MOST_SECONDS)
        terminal.ctrl_c()
        assert terminal.ended(MOST_SECONDS) == 128 + signal.SIGINT, terminal.text
    assert running(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_directory_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    ran = program("demo", "--keep", str(tmp_path))
    assert ran.returncode == 2
    assert "not empty" in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_without_the_second_verifier_it_does_not_begin(tmp_path: Path) -> None:
    ran = program("demo", "--verifier", str(tmp_path / "none"), "--json")
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["error"]["code"] == "cannot-read"


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = program("demo", "--keep", str(tmp_path / "file" / "under"))
    assert ran.returncode == 1
    assert ran.stderr.startswith("cannot-write: ")


@pytest.mark.parametrize(
    ("terminal", "json", "ci", "opens"),
    [(True, False, "", True), (False, False, "", False), (True, True, "", False), (True, False, "true", False)],
)
def test_desks_are_opened_where_somebody_sits(
    terminal: bool, json: bool, ci: str, opens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Out(StringIO):
        def isatty(self) -> bool:
            return terminal

    monkeypatch.setattr(sys, "stdout", Out())
    monkeypatch.setenv("CI", ci)
    assert demo._is_watched(json=json) is opens
