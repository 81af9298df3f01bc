"""Two posts that are killed again and again while they talk: nothing accepted is lost or doubled."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from openline.errors import NotRunning, OpenlineError
from openline.post.client import Client
from openline.post.requests import Inbox, LineStatus, Send
from tests.pair import Served, done, introduce, lasting_ports, make, start, stop, until

MESSAGES = 1_000
KILLS = 20
MOST_SECONDS = 600
"""Until they are taken to hang: long, for the machine may be busy."""


class Side:
    """One post, whoever writes at it, and whoever kills it."""

    def __init__(self, home: Path, link: str, seed: int) -> None:
        self.home = home
        self.link = link
        self.chance = random.Random(seed)
        self.accepted: dict[str, str] = {}
        self.kills = 0
        self.served: Served = start(home, link)

    def write(self) -> None:
        """Send every message until it is known to be accepted: after a crash, by looking whether it was kept."""
        waiting = [f"{self.home.name} {number:04d}" for number in range(MESSAGES)]
        while waiting:
            with suppress(NotRunning), Client(self.home) as client:
                kept = self.kept(client, waiting[0])
                if kept is not None:
                    self.accepted[waiting.pop(0)] = kept
                while waiting:
                    self.accepted[waiting[0]] = client.ask(Send(line="strait", text=waiting[0]))["id"]
                    waiting.pop(0)
                    time.sleep(self.chance.uniform(0, 0.02))
            time.sleep(0.05)

    def kept(self, client: Client, text: str) -> str | None:
        """The id of our own message with this text, if it was kept before the answer was lost."""
        for entry in client.ask(Inbox(line="strait", most=50))["entries"]:
            if entry["own"] and entry["text"] == text:
                return str(entry["id"])
        return None

    def torment(self) -> None:
        """Kill the post at random moments and start it again at once."""
        while self.kills < KILLS:
            time.sleep(self.chance.uniform(0.05, 0.6))
            self.served.process.send_signal(signal.SIGKILL)
            self.served.process.wait()
            assert self.served.process.stdout
            self.served.process.stdout.close()
            self.kills += 1
            self.served = start(self.home, self.link)


def texts(home: Path) -> Counter[str]:
    """Every message text held, with how often it is held."""
    found: Counter[str] = Counter()
    before: int | None = None
    with Client(home) as client:
        while True:
            page = client.ask(Inbox(line="strait", before=before, most=500))["entries"]
            if not page:
                return found
            found.update(entry["text"] for entry in page)
            before = page[0]["sequence"]


def heads(home: Path) -> dict[str, int] | None:
    """Entries held of each feed, or None while the post cannot say."""
    with suppress(OpenlineError), Client(home) as client:
        return {member["name"]: member["entries"] for member in client.ask(LineStatus(line="strait"))["members"]}
    return None


def test_nothing_accepted_is_lost_or_doubled(tmp_path: Path) -> None:
    north, south = make(tmp_path / "north", "North", "Berg"), make(tmp_path / "south", "South", "Cole")
    introduce(north, south)
    links = {home: f"127.0.0.1:{port}" for home, port in zip((north, south), lasting_ports(2), strict=True)}
    done(north, "peer", "address", "South", f"wss://{links[south]}")
    done(south, "peer", "address", "North", f"wss://{links[north]}")
    done(north, "line", "open", "strait", "--with", "South")
    sides: list[Side] = []
    try:
        sides += [Side(north, links[north], 1)]
        sides += [Side(south, links[south], 2)]
        until(lambda: done(south, "line", "list")["lines"])
        done(south, "line", "accept", "strait")
        until(lambda: done(north, "line", "status", "strait")["members"][1]["accepted"])
        threads = [threading.Thread(target=side.write) for side in sides]
        threads += [threading.Thread(target=side.torment) for side in sides]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(MOST_SECONDS)
            assert not thread.is_alive()
        until(lambda: heads(north) is not None and heads(north) == heads(south))
        expected = Counter(text for side in sides for text in side.accepted)
        assert len(expected) == 2 * MESSAGES
        assert texts(north) == expected
        assert texts(south) == expected
        assert [side.kills for side in sides] == [KILLS, KILLS]
        bundles = [str(tmp_path / f"{home.name}.bundle") for home in (north, south)]
        for home, bundle in zip((north, south), bundles, strict=True):
            done(home, "export", "strait", "--out", bundle)
            assert done(home, "verify", bundle)["ok"]
        until(lambda: heads(north) == heads(south))
        for home, bundle in zip((north, south), bundles, strict=True):
            done(home, "export", "strait", "--out", bundle)
        assert done(north, "verify", bundles[0], "--against", bundles[1])["comparison"]["same"]
    finally:
        for side in sides:
            stop(side.served)
