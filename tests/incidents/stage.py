"""Posts that play an incident: each a real process with a home of its own, and commands as an officer types them."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from openline.post.loop import now
from openline.proof.sentences import utc
from openline.terms import Instant
from tests.pair import Served, command, done, introduce, lasting_ports, make, one_officer, start, stop, until
from tests.proof.bundles import ROOT

TOOL = ROOT / "tools/verify_certificate.py"


class Stage:
    """See the top of this file. Posts go by their names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.homes: dict[str, Path] = {}
        self.served: dict[str, Served] = {}

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with ExitStack() as stack:
            for served in self.served.values():
                stack.callback(stop, served)

    def found(self, officers: dict[str, str], *known: str) -> None:
        """Make these posts, introduce them to each other and to posts that are there, and start them."""
        for name, officer in officers.items():
            self.homes[name] = make(self.folder / name.lower().replace(" ", "-"), name, officer)
        met = [self.homes[name] for name in known]
        for name in officers:
            for other in met:
                introduce(self.homes[name], other)
            met.append(self.homes[name])
        with ThreadPoolExecutor() as together:
            list(together.map(self.start, officers))

    def start(self, name: str) -> None:
        """Start a post, where it was before if it ran before."""
        link = self.served[name].link if name in self.served else f"127.0.0.1:{lasting_ports(1)[0]}"
        self.served[name] = start(self.homes[name], link)

    def stop(self, name: str) -> None:
        """Stop a post; nobody is told."""
        stop(self.served[name])

    def line(self, line: str, first: str, *others: str) -> None:
        """A line that `first` proposes and all accept; each calls those named after it."""
        self.calls(first, *others)
        for at, name in enumerate(others):
            self.calls(name, *others[at + 1 :])
        done(self.homes[first], "line", "open", line, "--with", *others, *one_officer(self.folder))
        for name in others:
            home = self.homes[name]
            until(partial(_is_proposed, home, line))
            done(home, "line", "accept", line)
        until(lambda: all(each["accepted"] for each in done(self.homes[first], "line", "status", line)["members"]))

    def rules(self, line: str, first: str, text: str, *others: str) -> None:
        """`first` proposes these rules, and all accept them."""
        file = self.folder / f"rules of {line}.toml"
        file.write_text(text)
        self.do(first, "line", "rules", line, "--propose", str(file))
        for name in others:
            until(partial(self._offered, name, line))
            self.do(name, "line", "accept", line)
        for name in (first, *others):
            until(lambda name=name: not self._offered(name, line))  # type: ignore[misc]

    def calls(self, name: str, *others: str) -> None:
        """A post knows where others are reached."""
        for other in others:
            done(self.homes[name], "peer", "address", other, f"wss://{self.served[other].link}")

    def agrees(self, line: str, first: str, *others: str) -> None:
        """All members agree on the shipped forms of notices."""
        self.do(first, "notice", "forms", line, "--agree")
        for name in others:
            until(partial(self._offered, name, line))
            self.do(name, "line", "accept", line)
        until(lambda: all(each["agreed"] for each in self.do(first, "notice", "forms", line)["forms"]))

    def _offered(self, name: str, line: str) -> bool:
        return bool(self.do(name, "line", "status", line)["proposed terms"])

    def do(self, name: str, *words: str) -> Any:
        """What a command at a post answers; it must succeed."""
        return done(self.homes[name], *words)

    def asks(self, name: str, line: str, office: str, *to: str, within: float = 1_200, **options: Any) -> str:
        """Ask for a call, as an exercise; the id of the contact."""
        reply_by = utc(Instant(now() + int(within * 1000) + 999))
        more = [word for option, text in options.items() for word in (f"--{option.replace('_', '-')}", text)]
        words = ("--from", office, "--to", *to, "--reply-by", reply_by, "--class", "exercise", *more)
        return str(self.do(name, "call", "ask", line, *words)["id"])

    def hears(self, name: str, contact: str) -> None:
        """Wait until a contact is at a post."""
        until(lambda: command(self.homes[name], "call", "show", contact)[0] == 0)

    def party(self, name: str, contact: str, post: str) -> Any:
        """What a post shows of a contact with one called party."""
        parties = self.do(name, "call", "show", contact)["parties"]
        return next(each for each in parties if each["post"] == post)

    def stated(self, name: str, contact: str, post: str) -> list[tuple[str, str]]:
        """What the post states by itself of its attempts: the words, without the reason, and the layer."""
        tried = [each for each in self.party(name, contact, post)["attempts"] if each["officer"] is None]
        return [(each["text"].split(":")[0].split(" (")[0], each["layer"]) for each in tried]

    def certified(self, name: str, contact: str, file: str, *options: str) -> Certificate:
        """The certificate of a contact, verified by both verifiers, which have to agree."""
        path = self.folder / file
        self.do(name, "call", "certificate", contact, "--out", str(path), *options)
        return self.verified(path)

    def verified(self, path: Path) -> Certificate:
        """What both verifiers say of a certificate."""
        cards = [word for home in self.homes.values() for word in ("--card", str(home.with_suffix(".card")))]
        code, first = command(self.folder / "nobody", "verify", str(path), *cards)
        ran = subprocess.run(
            [sys.executable, str(TOOL), str(path), *cards, "--json"], capture_output=True, text=True, check=False
        )
        second = json.loads(ran.stdout)
        assert (code, ran.returncode) == (0, 0), (first["sentences"], second["faults"])
        told = [[each["code"], each["label"], each["proofs"]] for each in first["certificate"]["sentences"]]
        assert told == [[each["code"], each["label"], each["proofs"]] for each in second["certificate"]["sentences"]]
        return Certificate(path, first["certificate"]["sentences"])


def _is_proposed(home: Path, line: str) -> bool:
    return any(each["line"] == line for each in done(home, "line", "list")["lines"])


class Certificate:
    """A certificate that both verifiers proved."""

    def __init__(self, path: Path, sentences: list[Any]) -> None:
        self.path = path
        self.sentences = sentences

    @property
    def codes(self) -> set[str]:
        """Which sentences it has."""
        return {each["code"] for each in self.sentences}

    def texts(self, code: str) -> list[str]:
        """The sentences with this code."""
        return [each["text"] for each in self.sentences if each["code"] == code]
