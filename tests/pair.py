"""Two posts that distrust each other, as real processes on loopback, with a line between them.

with serving(home) as served:                       one `openline serve`
    code, value = command(home, "inbox")            any command in this process, with --json
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

PASSPHRASE = "correct horse"
LASTING_PORTS = range(20_000, 32_000)
"""Below 32768, where those begin that Linux gives away by itself (ip(7), ip_local_port_range)."""

WAIT_SECONDS = 90.0
"""What is expected comes within this, also on a machine that does other work."""


class Served(NamedTuple):
    """A running post: its home, its process, and where peers call it."""

    home: Path
    process: subprocess.Popen[str]
    link: str


class Pair(NamedTuple):
    """Two homes whose posts run, and the line that both have accepted."""

    north: Path
    south: Path
    line: str


def environment(**more: str) -> dict[str, str]:
    """What a command gets from its shell here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENLINE_")}
    return {**kept, "OPENLINE_PASSPHRASE": PASSPHRASE, **more}


def command(home: Path, *words: str, passphrase: str = PASSPHRASE) -> tuple[int, Any]:
    """Run a command in this process with --json: its exit status and the one document that it printed."""
    from openline.cli.main import status

    before = os.environ.get("OPENLINE_PASSPHRASE")
    os.environ["OPENLINE_PASSPHRASE"] = passphrase
    printed = BytesIO()
    stdout = TextIOWrapper(printed, write_through=True)
    try:
        with redirect_stdout(stdout):
            code = status([*words, "--home", str(home), "--json"])
    finally:
        if before is None:
            del os.environ["OPENLINE_PASSPHRASE"]
        else:
            os.environ["OPENLINE_PASSPHRASE"] = before
    return code, json.loads(printed.getvalue()) if printed.getvalue() else None


def done(home: Path, *words: str) -> Any:
    """What a command answers that must succeed."""
    code, value = command(home, *words)
    assert code == 0, (words, value)
    return value


def refused(home: Path, *words: str, passphrase: str = PASSPHRASE) -> tuple[int, str]:
    """Exit status and code of a command that must not succeed."""
    code, value = command(home, *words, passphrase=passphrase)
    assert code != 0, (words, value)
    assert set(value) == {"error"}
    assert set(value["error"]) == {"code", "message", "advice"}
    assert value["error"]["message"]
    return code, value["error"]["code"]


def program(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "openline.cli", *words],
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=WAIT_SECONDS,
    )


def start(home: Path, link: str = "127.0.0.1:0") -> Served:
    """Start `serve` and wait until it is ready; its log is in HOME.log."""
    with open(f"{home}.log", "a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "openline.cli", "serve", "--home", str(home), "--link", link, "--json"],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=log,
            stdin=subprocess.DEVNULL,
            text=True,
        )
    assert process.stdout is not None
    said = process.stdout.readline()
    if not said.strip().startswith('{"ready"'):
        process.kill()
        process.wait()
        raise AssertionError(f"serve did not become ready: {said!r}")
    return Served(home, process, json.loads(said)["link"])


def stop(served: Served) -> int:
    """Stop a post cleanly; its exit status."""
    served.process.terminate()
    try:
        return served.process.wait(WAIT_SECONDS)
    finally:
        served.process.kill()
        served.process.wait()
        if served.process.stdout:
            served.process.stdout.close()


@contextmanager
def serving(home: Path, link: str = "127.0.0.1:0") -> Iterator[Served]:
    """A post that runs inside the block."""
    served = start(home, link)
    try:
        yield served
    finally:
        stop(served)


def lasting_ports(count: int) -> list[int]:
    """Free ports below those that Linux gives away by itself, so that they are free again after a post was killed."""
    ports: set[int] = set()
    while len(ports) < count:
        port = secrets.choice(LASTING_PORTS)
        with suppress(OSError), socket.socket() as tried:
            tried.bind(("127.0.0.1", port))
            ports.add(port)
    return list(ports)


def until(test: Callable[[], Any], seconds: float = WAIT_SECONDS) -> Any:
    """The first true value of `test`, asked again and again; AssertionError when none comes in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = test()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("It did not come true in time.")


def make(home: Path, name: str, officer: str) -> Path:
    """A new post; returns its home."""
    done(home, "init", "--name", name, "--officer", officer)
    return home


def introduce(one: Path, other: Path) -> None:
    """Each trusts the other's card."""
    for here, there in ((one, other), (other, one)):
        file = there.with_suffix(".card")
        fingerprint = done(there, "card", "--out", str(file))["fingerprint"]
        done(here, "peer", "add", str(file), "--fingerprint", fingerprint)


def one_officer(folder: Path) -> tuple[str, str]:
    """Words with which a line is opened on which one officer of each post is enough for everything."""
    file = folder / "one-officer.toml"
    file.write_text("two-persons = []\n")
    return "--rules", str(file)


@contextmanager
def running_pair(folder: Path) -> Iterator[Pair]:
    """Two posts with an officer each that run, know each other and share the line `strait`."""
    north = make(folder / "north", "North", "Berg")
    south = make(folder / "south", "South", "Cole")
    introduce(north, south)
    done(north, "line", "open", "strait", "--with", "South", *one_officer(folder))
    with serving(south) as served:
        done(north, "peer", "address", "South", f"wss://{served.link}")
        with serving(north):
            until(lambda: done(south, "line", "list")["lines"])
            done(south, "line", "accept", "strait")
            until(lambda: done(north, "line", "status", "strait")["members"][1]["accepted"])
            yield Pair(north, south, "strait")
