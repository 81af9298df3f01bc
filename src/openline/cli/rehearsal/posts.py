"""A post that plays a party: a home, an `openline serve` in a process of its own, and its control socket."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any, Protocol

from openline.cli.rehearsal.evening import Message
from openline.cli.rehearsal.processes import Child, Processes, openline
from openline.errors import NotRunning
from openline.identity.card import Card
from openline.post import requests
from openline.post.call import requests as call_requests
from openline.post.client import Client

ANY_PORT = "127.0.0.1:0"
"""Any free port: nothing can be busy."""


class Party(Protocol):
    """Whose post it is: its name, and the officer on watch."""

    @property
    def name(self) -> str: ...

    @property
    def officer(self) -> str: ...


class Post:
    """One party's post. `spoken` are its sixty digits as its side reads them out; `link` is where it takes calls.

    With `has_desk` it serves a desk, too, at `desk`; `first` is the link with which its officer signs in there. With
    `guide` that desk shows newcomers their first steps.
    """

    def __init__(
        self,
        party: Party,
        homes: Path,
        cards: Path,
        processes: Processes,
        *,
        has_desk: bool = False,
        guide: bool = False,
    ) -> None:
        self.name = party.name
        self.officer = party.officer
        self.home = homes / file_name(party.name)
        self.card = cards / f"{file_name(party.name)}.card"
        self.spoken = ""
        self.link = ""
        self.desk = ""
        self.first = ""
        self._desk_words = ("--desk", ANY_PORT, *(("--guide",) if guide else ())) if has_desk else ()
        self.line = ""
        self._processes = processes
        self._served: Child | None = None

    @property
    def pid(self) -> int:
        """The process that serves it."""
        return self.served.process.pid

    @property
    def served(self) -> Child:
        """The process that serves it. Raises what `Processes` raises when there is none yet."""
        if self._served is None:
            raise self._processes.failed(f"{self.name} does not serve.")
        return self._served

    @property
    def port(self) -> int:
        """Where it takes calls."""
        return int(self.link.rpartition(":")[2])

    def found(self) -> Child:
        """Start `openline init`."""
        words = openline("init", "--name", self.name, "--officer", self.officer, "--home", self.home, "--json")
        return self._processes.start(f"init {self.name}", words)

    def write_card(self) -> Child:
        """Start `openline card`."""
        return self._processes.start(
            f"card {self.name}", openline("card", "--out", self.card, "--home", self.home, "--json")
        )

    def trusts(self, other: Post) -> None:
        """Compare the digits of a card with those that the other side read out, and add it."""
        data = other.card.read_bytes()
        if Card.admit(data).fingerprint != other.spoken:
            raise self._processes.failed(
                f"The card of {other.name} has other digits than those that {other.name} read out."
            )
        self.ask(requests.PeerAdd(card=base64.b64encode(data).decode(), fingerprint=other.spoken))

    def start(self) -> None:
        """Start `openline serve`; `ready` waits for it."""
        words = openline("serve", "--home", self.home, "--link", ANY_PORT, *self._desk_words, "--json")
        self._served = self._processes.start(f"serve {self.name}", words)
        self._served.must_run = True

    def ready(self) -> None:
        """Wait until it serves."""
        self._processes.until(lambda: self.served.output.endswith("\n"), f"{self.name} serves")
        said = json.loads(self.served.output)
        self.link, self.desk, self.first = said["link"], said["desk"], said["first"]

    def kill(self) -> None:
        """SIGKILL, as a loss of power."""
        self._processes.kill(self.served)

    def ask(self, request: requests.AnyRequest) -> Any:
        """The answer to one request. Raises as `Processes` when the post is gone, or the error that it gave."""
        try:
            with Client(self.home) as client:
                return client.ask(request)
        except NotRunning as error:
            self._processes.until(lambda: self.served.process.poll() is not None, f"{self.name} answers", 2.0)
            self._processes.check()
            raise self._processes.failed(f"{self.name} does not answer: {error}") from error

    def is_asked(self) -> bool:
        """Whether a line is proposed to it."""
        return bool(self.ask(requests.LineList())["lines"])

    def is_complete(self) -> bool:
        """Whether it can write on the line, and has heard and reaches everybody."""
        status = self.ask(requests.LineStatus(line=self.line))
        heard = all(each["accepted"] and each["link"] != "down" for each in status["members"])
        return bool(status["writes"]) and heard

    def say(self, message: Message, answers: str = "") -> str:
        """Write a message of the evening, or an answer to an entry, as exercise; its id, once it is kept."""
        if answers:
            request: requests.AnyRequest = requests.Reply(
                entry=answers, text=message.text, precedence=message.precedence, officer=self.officer
            )
        else:
            request = requests.Send(
                line=self.line,
                text=message.text,
                precedence=message.precedence,
                traffic="exercise",
                officer=self.officer,
            )
        return str(self.ask(request)["id"])

    def mark(self, entry: str, what: str, to: str = "") -> None:
        """Sign that the officer on watch has seen, taken or passed on an entry."""
        self.ask(requests.Mark(entry=entry, what=what, to=to, officer=self.officer))

    def inbox(self) -> list[dict[str, Any]]:
        """The messages here."""
        return list(self.ask(requests.Inbox(line=self.line))["entries"])

    def has(self, entry: str) -> bool:
        """Whether a message is here."""
        return any(each["id"] == entry for each in self.inbox())

    def knows(self, contact: str) -> bool:
        """Whether a contact is here."""
        return any(each["id"] == contact for each in self.ask(call_requests.CallList(line=self.line))["contacts"])

    def number(self, entry: str) -> int:
        """The number of a message in its author's feed."""
        return int(self.ask(requests.Show(entry=entry))["number"])

    def rungs(self, entry: str) -> list[dict[str, Any]]:
        """The ladder of a message."""
        return list(self.ask(requests.Receipts(entry=entry))["rungs"])

    def reached(self, entry: str, rung: str, by: str) -> bool:
        """Whether a post has brought a message to this rung."""
        return any((each["rung"], each["by"]) == (rung, by) for each in self.rungs(entry))

    def sizes(self) -> dict[str, int]:
        """How many entries of each member's feed are here."""
        return {each["name"]: each["entries"] for each in self._members()}

    def linked(self, other: str) -> bool:
        """Whether a link to another post is up here."""
        return any((each["name"], each["link"]) == (other, "up") for each in self._members())

    def _members(self) -> list[dict[str, Any]]:
        return list(self.ask(requests.LineStatus(line=self.line))["members"])


def file_name(name: str) -> str:
    """How a party goes in the names of files."""
    return name.lower().replace(" ", "-")
