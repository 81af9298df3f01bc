"""A post with a desk as a process of its own, its peer as another, and an officer who says something of each sort."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from tests.pair import done, environment, introduce, make, serving, until

PASSWORD = "correct horse battery"
HOUR_MS = 3_600_000
ROLES = ("watch officer", "releaser", "administrator")


@dataclass
class Api:
    """Where the API of a running post is, and who may ask it."""

    home: Path
    address: str
    officer: httpx2.Client
    token: str

    @property
    def session(self) -> str:
        """The officer's session, as the cookie holds it."""
        return next(iter(self.officer.cookies.values()))

    def act(self, name: str, **fields: Any) -> Any:
        """What an act is answered with, which must succeed."""
        answer = self.officer.post(f"/api/v1/{name}", json=fields)
        assert answer.status_code == 200, (name, answer.text)
        return answer.json()


@contextmanager
def api(folder: Path) -> Iterator[Api]:
    """North serves its desk, with the line `strait` to South, which runs too."""
    north = make(folder / "north", "North", "Berg")
    south = make(folder / "south", "South", "Cole")
    introduce(north, south)
    done(north, "line", "open", "strait", "--with", "South")
    with serving(south) as served:
        done(north, "peer", "address", "South", f"wss://{served.link}")
        with desk(north, folder / "north.log") as said:
            until(lambda: done(south, "line", "list")["lines"])
            done(south, "line", "accept", "strait")
            until(lambda: done(north, "line", "status", "strait")["members"][1]["accepted"])
            token = done(north, "desk", "token", "add", "tests")["token"]
            roles = [word for role in ROLES for word in ("--role", role)]
            link = done(north, "desk", "link", "Berg", *roles)["token"]
            with httpx2.Client(base_url=said["desk"], headers={"origin": said["desk"]}, trust_env=False) as client:
                signed_in = client.post("/api/v1/link", json={"token": link, "password": PASSWORD})
                assert signed_in.status_code == 200, signed_in.text
                yield Api(north, said["desk"], client, token)


@contextmanager
def desk(home: Path, log: Path) -> Iterator[dict[str, str]]:
    """A post that serves with a desk, and what it says when it is ready."""
    command = [sys.executable, "-m", "openline.cli", "serve", "--home", str(home), "--desk", "127.0.0.1:0", "--json"]
    with log.open("w") as stderr:
        served = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=stderr, text=True)
    try:
        assert served.stdout is not None
        yield json.loads(served.stdout.readline())
        served.terminate()
        assert served.wait(30) == 0
    finally:
        served.kill()
        served.communicate()


def fill(at: Api) -> dict[str, str]:
    """Say one thing of each sort; the ids of all that can be shown, by the names of the fields that ask for them."""
    now = time.time_ns() // 1_000_000
    later = now + HOUR_MS
    line = {"line": "strait"}
    message = at.act("send", **line, text="Boat 17 is in your area.", precedence="flash")["id"]
    at.act("reply", entry=message, text="It is grey.")
    at.act("correct", entry=message, text="Boat 18 is in your area.")
    at.act("translation-attach", entry=message, to="fr", text="Le bateau 17.", by="Berg")
    office = "Duty officer"
    contact = at.act("call-ask", **line, office=office, called=[["South", office]], reply_by=later, topics=["17"])["id"]
    at.act("call-try", contact=contact, means="telephone", text="nobody")
    at.act("minute-draft", contact=contact, text="Both looked at boat 17.")
    at.act("commit-make", contact=contact, text="Look again.", due=later)
    proposal = {"do": "disclose-propose", "contact": contact, "level": "closed"}
    at.act("draft", request=proposal, release=True)
    at.act("readout-file", contact=contact, text="We spoke.", published=now, where="gazette", language="en")
    incident = at.act("incident-open", **line, title="Missile", place="Przewodow")["id"]
    at.act("incident-assess", incident=incident, what="A missile fell.", sources=[])
    claim = at.act("claim-put", text="They plan it.", to=[["strait", ["South"]]])["id"]
    inquiry = at.act("inquiry-ask", **line, peer="South", what="Vehicles near the river.")["id"]
    statement = at.act("statement-draft", **line, about="Boat 17", languages=["en"])["id"]
    at.act("statement-line", statement=statement, texts=[["en", "Boat 17 is home."]])
    stop = at.act("stop-send", **line, what="our convoy", where="the bridge")["id"]
    together = at.act(
        "together-open", **line, peers=["South"], text="A list.", commit_by=later, reveal_by=later + HOUR_MS
    )["id"]
    account = at.act("account-add", text="They spoke on 27 November.", publisher="Gazette", published="2024-12-05")
    at.act("account-mark", account=account["id"], words="27 November", what="when", days="2024-11-27")
    at.act("hoax-ask", **line, peer="South", at=now - HOUR_MS, channel="telephone")
    at.act("check-send", **line)
    at.act("outage-announce", **line, begins=later, ends=later + HOUR_MS)
    at.act("log-note", text="Quiet.")
    return {
        "line": "strait",
        "entry": message,
        "contact": contact,
        "incident": incident,
        "claim": claim,
        "inquiry": inquiry,
        "statement": statement,
        "stop": stop,
        "exchange": together,
        "account": account["id"],
    }
