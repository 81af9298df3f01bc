"""The parties of an exercise as posts: made, introduced, on their lines, with a path between each two that can fail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from openline.cli.rehearsal.cable import HOST, Cable
from openline.cli.rehearsal.posts import Post
from openline.cli.rehearsal.processes import Processes
from openline.exercises.incident import Exercise, Fault, Line, Office, Party
from openline.keys.keystore import Cost
from openline.post import requests
from openline.post.call import office_requests
from openline.post.home import keyring
from openline.post.home.homes import write_file
from openline.post.loop import now
from openline.post.notice import requests as notice_requests

PASSPHRASE: Final = "exercise"
"""Of all posts of an exercise, which live as long as it lasts."""

COST: Final = Cost(memory_kib=64, passes=1, lanes=1)
"""A guess of a passphrase that everybody knows need not cost anything."""

CLASSES: Final = ("exercise",)
"""What the terms of every line of an exercise allow."""

Say = Callable[[str], None]


class Cast:
    """All posts, by the names of their parties; those `played` have desks. `down` are those that a fault has killed."""

    def __init__(
        self, exercise: Exercise, played: Iterable[str], folder: Path, processes: Processes, *, guide: bool = False
    ) -> None:
        self.exercise = exercise
        self.processes = processes
        desks = frozenset(played)
        homes, cards = folder / "homes", folder / "cards"
        self.posts = {
            party.name: Post(party, homes, cards, processes, has_desk=party.name in desks, guide=guide)
            for party in exercise.party
        }
        self.down: set[str] = set()
        self._cables: dict[frozenset[str], Cable] = {}

    def open(self, say: Say) -> None:
        """From nothing to lines on which all can write."""
        posts = list(self.posts.values())
        say("Each party makes its keys and its card.")
        for post in posts:
            ring = keyring.found(post.home, post.name, post.officer, PASSPHRASE.encode(), now(), COST)
            write_file(post.card, ring.card.encode())
            post.spoken = ring.card.fingerprint
        say("Each starts its post.")
        for post in posts:
            post.start()
        for post in posts:
            post.ready()
        self._introduce()
        for line in self.exercise.line:
            say(f"The line {line.name} is opened, for exercise traffic alone.")
            self._open_line(line)
        self._publish()

    def close(self) -> None:
        """Take the paths away; the processes end by themselves."""
        for cable in self._cables.values():
            cable.close()

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Each two parties that share a line, in the order of the file: the first calls the second."""
        for pair in combinations(self.posts, 2):
            if any(set(pair) <= set(line.members) for line in self.exercise.line):
                yield pair

    def _introduce(self) -> None:
        for one, other in combinations(self.posts.values(), 2):
            one.trusts(other)
            other.trusts(one)
        for here, there in self._pairs():
            cable = self._cables[frozenset((here, there))] = Cable(self.posts[there].port)
            address = f"wss://{HOST}:{cable.port}"
            self.posts[here].ask(requests.PeerAddress(peer=there, addresses=(address,)))

    def _open_line(self, line: Line) -> None:
        until = self.processes.until
        first, *others = (self.posts[name] for name in line.members)
        peers = tuple(post.name for post in others)
        first.ask(requests.LineOpen(line=line.name, peers=peers, classes=CLASSES, text=line.rules))
        for post in others:
            until(partial(_is_proposed, post, line.name), f"the line {line.name} proposed to {post.name}")
            post.ask(requests.LineAccept(line=line.name))
        for post in (first, *others):
            until(partial(_is_complete, post, line.name), f"{post.name} on the line {line.name}")
        if line.forms:
            first.ask(notice_requests.NoticeAgree(line=line.name))
            self._agree(line, others)
            for post in (first, *others):
                until(partial(_has_forms, post, line.name), f"forms at {post.name}")

    def _agree(self, line: Line, others: list[Post]) -> None:
        for post in others:
            self.processes.until(partial(_terms_wait, post, line.name), f"new terms of {line.name} at {post.name}")
            post.ask(requests.LineAccept(line=line.name))
        for name in line.members:
            self.processes.until(
                partial(_terms_hold, self.posts[name], line.name), f"the terms of {line.name} in force at {name}"
            )

    def _publish(self) -> None:
        for party in self.exercise.party:
            for line in self.exercise.line:
                if party.office and party.name in line.members:
                    request = office_requests.RosterPublish(line=line.name, text=roster(party))
                    self.posts[party.name].ask(request)

    def breaks(self, fault: Fault) -> str:
        """Let a fault begin; what it is, in words."""
        if fault.down:
            post = self.posts[fault.down]
            if fault.down not in self.down:
                self.down.add(fault.down)
                post.kill()
            return f"The post of {fault.down} is down."
        cable = self._cables[frozenset(fault.cut or fault.slow)]
        if fault.cut:
            cable.cut()
            return f"The path between {' and '.join(fault.cut)} is cut."
        cable.bits_per_second = fault.bits_per_second
        return f"The path between {' and '.join(fault.slow)} carries {fault.bits_per_second} bits a second."

    def mends(self, fault: Fault) -> str:
        """Let a fault end; what is again, in words."""
        if fault.down:
            if fault.down in self.down:
                self._restart(fault.down)
            return f"The post of {fault.down} runs again."
        cable = self._cables[frozenset(fault.cut or fault.slow)]
        if fault.cut:
            cable.mend()
        else:
            cable.bits_per_second = 0
        return f"The path between {' and '.join(fault.cut or fault.slow)} is whole again."

    def _restart(self, name: str) -> None:
        post = self.posts[name]
        post.start()
        post.ready()
        self.down.discard(name)
        for here, there in self._pairs():
            if there == name:
                self._cables[frozenset((here, there))].leads_to = post.port


def roster(party: Party) -> str:
    """The offices of a party as the file that `office publish` takes."""
    return "\n".join(_office(office) for office in party.office)


def _office(office: Office) -> str:
    lines = ["[[office]]", f"name = {_text(office.name)}"]
    if office.deputies:
        lines.append(f"deputies = [{', '.join(map(_text, office.deputies))}]")
    if office.holders:
        holders = []
        for each in office.holders:
            until = f", until = {each.until}" if each.until else ""
            holders.append(f"{{name = {_text(each.name)}, from = {each.from_}{until}}}")
        lines.append(f"holders = [{', '.join(holders)}]")
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """A text as TOML holds it: a basic string, which for these texts is as JSON's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _status(post: Post, line: str) -> Any:
    return post.ask(requests.LineStatus(line=line))


def _is_proposed(post: Post, line: str) -> bool:
    return any(each["line"] == line for each in post.ask(requests.LineList())["lines"])


def _is_complete(post: Post, line: str) -> bool:
    status = _status(post, line)
    return bool(status["writes"]) and all(each["accepted"] and each["link"] != "down" for each in status["members"])


def _terms_wait(post: Post, line: str) -> bool:
    return bool(_status(post, line)["proposed terms"])


def _terms_hold(post: Post, line: str) -> bool:
    return not _status(post, line)["proposed terms"]


def _has_forms(post: Post, line: str) -> bool:
    return all(each["agreed"] for each in post.ask(notice_requests.NoticeForms(line=line))["forms"])
