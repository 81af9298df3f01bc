"""Watching: entries, receipts and alarms as they come, one document a line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.pair import Pair, done, environment, make, refused, serving


def watch(home: Path, *options: str) -> subprocess.Popen[str]:
    """A `watch` that has begun."""
    process = subprocess.Popen(
        [sys.executable, "-m", "openline.cli", "watch", "--home", str(home), "--json", *options],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "Watching.\n"
    return process


def events(process: subprocess.Popen[str]) -> Any:
    """What it tells."""
    assert process.stdout is not None
    return (json.loads(line) for line in process.stdout)


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_both_sides_are_told(pair: Pair) -> None:
    far, near = watch(pair.south, "--line", "strait"), watch(pair.north)
    try:
        identifier = done(pair.north, "send", "strait", "Now.", "--precedence", "immediate")["id"]
        event = next(event for event in events(far) if event["what"] == "entry")
        assert (event["id"], event["text"], event["author"], event["officer"]) == (identifier, "Now.", "North", "Berg")
        event = next(event for event in events(near) if event["what"] == "delivered")
        assert (event["by"], event["line"]) == ("South", "strait")
        assert event["number"] > 0
    finally:
        end(far)
        end(near)


def test_it_ends_when_the_post_stops(tmp_path: Path) -> None:
    home = make(tmp_path / "home", "North", "Berg")
    with serving(home):
        process = watch(home)
    assert process.wait(10) == 3
    end(process)


def test_a_running_post_is_needed(tmp_path: Path) -> None:
    home = make(tmp_path / "home", "North", "Berg")
    assert refused(home, "watch") == (3, "not-running")


def test_an_unknown_line(pair: Pair) -> None:
    assert refused(pair.north, "watch", "--line", "nowhere") == (1, "unknown-name")
