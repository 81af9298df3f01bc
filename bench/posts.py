"""Posts as people run them: `openline init` and `openline serve` in processes of their own, spoken to by the control
socket.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from openline.errors import NotRunning
from openline.post import requests
from openline.post.client import Client
from openline.post.home import homes

LINE = "hot line"
TEXT = ("Two objects crossed the border at 14:47Z near the village; we did not fire. " * 4)[:280]
assert len(TEXT.encode()) == 280
PASSPHRASE = "not a secret: this post is thrown away"
OPENLINE = str(Path(sys.executable).with_name("openline"))
_PATIENCE_SECONDS = 60.0
_TICKS = os.sysconf("SC_CLK_TCK")


class Served:
    """One post. `inside` is put before the command, to run it in a namespace; `log` is what it said on stderr."""

    def __init__(self, folder: Path, name: str, inside: Sequence[str] = ()) -> None:
        self.name = name
        self.home = folder / name
        self.log = folder / f"{name}.log"
        self.link = ""
        self._inside = inside
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {**os.environ, "OPENLINE_PASSPHRASE": PASSPHRASE}
        made = subprocess.run(
            [OPENLINE, "init", "--name", name, "--officer", f"Officer of {name}", "--home", self.home, "--json"],
            env=self._environment,
            check=True,
            stdout=subprocess.PIPE,
        )
        self.fingerprint: str = json.loads(made.stdout)["fingerprint"]

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._process is not None
        return self._process.pid

    def start(self, link: str = "127.0.0.1:0") -> float:
        """Serve; returns the seconds until the post says that it is ready. A post that listened keeps its port."""
        began = time.perf_counter()
        place = self.link or link
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self._inside, OPENLINE, "serve", "--home", self.home, "--link", place, "--json"],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        took = time.perf_counter() - began
        if not said:
            raise RuntimeError(f"{self.name} did not start: {self.log.read_text()[-2000:]}")
        self.link = json.loads(said)["link"]
        return took

    @property
    def port(self) -> int:
        """Where it takes calls."""
        return int(self.link.rpartition(":")[2])

    def kill(self) -> None:
        """End it as a loss of power would, but for the machine's own memory."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it politely."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process = None

    def client(self) -> Client:
        """A connection to its control socket."""
        return Client(self.home)

    def ask(self, request: requests.AnyRequest) -> Any:
        """The answer to one request."""
        with self.client() as client:
            return client.ask(request)

    def send(self, text: str = TEXT, precedence: str = "routine") -> str:
        """Send one message; its id."""
        sent: str = self.ask(requests.Send(line=LINE, text=text, precedence=precedence))["id"]
        return sent

    def cpu_seconds(self) -> float:
        """Processor time that it has taken so far, all threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory_mb(self) -> tuple[float, float]:
        """Resident memory: all of it, and with what is shared by several processes divided among them."""
        figures = {}
        for said in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines():
            name, _, rest = said.partition(":")
            if name in ("Rss", "Pss"):
                figures[name] = int(rest.split()[0]) / 1024
        return figures["Rss"], figures["Pss"]


def until(condition: Any, what: str, seconds: float = _PATIENCE_SECONDS, every: float = 0.02) -> None:
    """Wait for something that nobody tells."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Waited {seconds:g} s for {what}.")
        time.sleep(every)


def is_delivered(post: Served, entry: str) -> bool:
    """Whether the other side's signature shows that it holds this entry."""
    return any(rung["rung"] == "delivered" for rung in post.ask(requests.Receipts(entry=entry))["rungs"])


def met(one: Served, other: Served) -> None:
    """Both serve, trust each other's cards, and share a line on which both have written; the first one dials."""
    for post, peer in ((one, other), (other, one)):
        card = base64.b64encode(homes.find(peer.home).card()).decode()
        post.ask(requests.PeerAdd(card=card, fingerprint=peer.fingerprint))
    reach(one, other)
    one.ask(requests.LineOpen(line=LINE, peers=(other.name,)))
    until(lambda: other.ask(requests.LineList())["lines"], "the proposed line")
    other.ask(requests.LineAccept(line=LINE))
    for post, peer in ((one, other), (other, one)):
        until(lambda post=post: _can_send(post), "the line to be open")
        entry = peer.send("A first word.")
        until(lambda peer=peer, entry=entry: is_delivered(peer, entry), "the first receipt")


def _can_send(post: Served) -> bool:
    return bool(post.ask(requests.LineStatus(line=LINE))["writes"])


def reach(one: Served, other: Served, port: int | None = None) -> None:
    """Let `one` dial `other`, directly or by the port of a path."""
    one.ask(requests.PeerAddress(peer=other.name, addresses=(f"wss://127.0.0.1:{port or other.port}",)))


def stays(figure: Callable[[], float], seconds: float) -> None:
    """Wait until a figure has not changed for so long."""
    value, since = figure(), time.monotonic()
    while time.monotonic() - since < seconds:
        time.sleep(0.02)
        if figure() != value:
            value, since = figure(), time.monotonic()


class Watching:
    """What a post tells one who watches it: `arrived` holds the ids of others' entries, with the time of each."""

    def __init__(self, post: Served) -> None:
        self.arrived: dict[str, float] = {}
        self._name = post.name
        self._client = post.client()
        self._client.ask(requests.Watch())
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._client.__exit__()

    def _read(self) -> None:
        with contextlib.suppress(NotRunning):
            for event in self._client.events():
                if event["what"] == "entry" and event["author"] != self._name:
                    self.arrived.setdefault(event["id"], time.monotonic())

    def arrival(self, entry: str, seconds: float = _PATIENCE_SECONDS) -> float:
        """The time (`time.monotonic`) at which the entry was told here."""
        until(lambda: entry in self.arrived, "an entry to arrive", seconds, every=0.002)
        return self.arrived[entry]


@contextlib.contextmanager
def pair(folder: Path, inside: Sequence[str] = ()) -> Iterator[tuple[Served, Served]]:
    """Two posts that serve and share a line."""
    folder.mkdir(parents=True)
    posts = [Served(folder, name, inside) for name in ("north", "south")]
    try:
        for post in posts:
            post.start()
        met(*posts)
        yield posts[0], posts[1]
    finally:
        for post in posts:
            post.stop()


@contextlib.contextmanager
def namespace() -> Iterator[tuple[list[str], int] | None]:
    """A network of its own: what to put before a command to run it there, and the process whose /proc/PID/net tells of
    it. None where the machine does not allow it.
    """
    setup = "ip link set lo mtu 1500 gso_max_segs 1 up && echo up && exec sleep 3600"
    try:
        holder = subprocess.Popen(
            ["unshare", "--net", "sh", "-c", setup], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        yield None
        return
    assert holder.stdout is not None
    try:
        is_up = holder.stdout.readline() == b"up\n"
        yield (["nsenter", f"--net=/proc/{holder.pid}/ns/net"], holder.pid) if is_up else None
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


def ip_bytes(holder: int) -> int:
    """Bytes that crossed the loopback of a namespace so far, IP headers included, both ways."""
    for said in Path(f"/proc/{holder}/net/dev").read_text().splitlines():
        name, _, figures = said.partition(":")
        if name.strip() == "lo":
            return int(figures.split()[0])
    raise LookupError("The namespace has no loopback.")
