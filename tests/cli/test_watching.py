"""Watching: entries, receipts and alarms as they come, one document a line."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from openline.cli import clock
from openline.cli.watching import Desk, next_ring
from openline.post.client import Client
from tests.pair import WAIT_SECONDS, Pair, done, environment, make, refused, serving, until


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
        event = next(event for event in events(far) if event.get("id") == identifier)
        assert (event["what"], event["text"], event["author"], event["officer"]) == ("entry", "Now.", "North", "Berg")
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
    assert process.wait(WAIT_SECONDS) == 3
    end(process)


def test_a_running_post_is_needed(tmp_path: Path) -> None:
    home = make(tmp_path / "home", "North", "Berg")
    assert refused(home, "watch") == (3, "not-running")


def test_an_unknown_line(pair: Pair) -> None:
    assert refused(pair.north, "watch", "--line", "nowhere") == (1, "unknown-name")


def read(terminal: int) -> bytes:
    """What stands on a terminal; nothing once whoever wrote to it has ended."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


def on_a_terminal(
    home: Path, *words: str, told: Callable[[], object], expected: str, interrupt: bool = True
) -> tuple[str, int]:
    """All that `watch` writes on a terminal, with Ctrl-C once `expected` is there, and its status."""
    terminal, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "openline.cli", "watch", "--home", str(home), *words],
        env=environment(TERM="xterm", COLUMNS="100"),
        stdout=inner,
        stderr=inner,
        stdin=subprocess.DEVNULL,
    )
    os.close(inner)
    said = b""
    try:
        began = False
        end = time.monotonic() + WAIT_SECONDS
        ended = False
        while not ended and time.monotonic() < end:
            if b"Watching." in said and not began:
                began = True
                told()
            if interrupt and expected.encode() in said:
                process.send_signal(signal.SIGINT)
                interrupt = False
            if select.select([terminal], [], [], 0.1)[0]:
                piece = read(terminal)
                said, ended = said + piece, not piece
        return said.decode(), process.wait(WAIT_SECONDS)
    finally:
        process.kill()
        process.wait()
        os.close(terminal)


def test_on_a_terminal_the_bell_rings_and_says_what_to_do(pair: Pair) -> None:
    old = done(pair.north, "send", "strait", "Before you came.", "--precedence", "immediate")["id"]
    until(lambda: any(each["id"] == old for each in done(pair.south, "inbox")["entries"]))

    def told() -> None:
        done(pair.north, "send", "strait", "Quietly.")
        done(pair.north, "send", "strait", "\x1b]0;Now\x07", "--precedence", "flash", "--class", "drill")

    said, code = on_a_terminal(pair.south, told=told, expected="]0;Now")
    assert code == 0
    assert f"openline take {old[:12]}" in said
    assert "Before you came." in said.split("wait for somebody here")[0]
    assert said.count("\a") == 1
    assert "\x1b]0;" not in said
    assert "DRILL | \u241b]0;Now" in said


def test_our_own_message_does_not_ring_and_its_delivery_is_told(pair: Pair) -> None:
    def told() -> None:
        done(pair.north, "send", "strait", "Ours.", "--precedence", "flash")

    said, _ = on_a_terminal(pair.north, told=told, expected="South signed for it")
    assert "is delivered: South signed for it" in said
    assert "strait  North, Berg (this post)" in said
    assert "\a" not in said


def test_the_bell_rings_again_until_somebody_takes_it(pair: Pair, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    identifier = done(pair.north, "send", "strait", "Take this.", "--precedence", "flash")["id"]
    until(lambda: any(each["id"] == identifier for each in done(pair.south, "inbox")["entries"]))
    with Client(pair.south) as asking:
        desk = Desk(asking, "", json=True)
        desk.open()
        assert 0 < desk.rest() <= 60
        desk.ring()
        assert capfdbinary.readouterr().out == b""
        due = desk.waiting[identifier]
        desk.waiting.clear()
        desk.waiting[identifier] = due - timedelta(hours=1)
        assert desk.rest() == 0
        desk.ring()
        (event,) = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
        assert (event["what"], event["id"], event["waits_for"]) == ("waiting", identifier, "take")
        assert desk.waiting[identifier] >= due
        done(pair.south, "take", identifier)
        capfdbinary.readouterr()
        desk.waiting[identifier] = due - timedelta(hours=1)
        desk.ring()
        assert capfdbinary.readouterr().out == b""
        assert desk.waiting == {}
        desk.told({"what": "entry", "own": True, "kind": "taken", "refers": ["00" * 32], "id": "11" * 32, "line": "x"})


@pytest.mark.parametrize(
    ("precedence", "handle_by", "expected"),
    [
        ("flash", "2022-11-15T18:50:00Z", "2022-11-15T18:41:00Z"),
        ("immediate", "2022-11-15T18:00:00Z", "2022-11-15T18:45:00Z"),
        ("routine", "2022-11-15T18:50:00Z", "2022-11-15T18:50:00Z"),
        ("routine", "2022-11-15T18:30:00Z", None),
    ],
)
def test_when_the_bell_rings_again(precedence: str, handle_by: str, expected: str | None) -> None:
    at = clock.instant("2022-11-15T18:40:00Z")
    due = next_ring({"precedence": precedence, "handle_by": handle_by}, at)
    assert due == (datetime.max.replace(tzinfo=UTC) if expected is None else clock.instant(expected))


def test_the_end_of_a_watch_is_loud(tmp_path: Path) -> None:
    home = make(tmp_path / "home", "North", "Berg")
    with serving(home) as served:
        said, code = on_a_terminal(home, told=served.process.terminate, expected="openline serve", interrupt=False)
        assert code == 3
    assert "\a" in said
    assert "THE WATCH HAS ENDED: nothing rings here any more." in said
