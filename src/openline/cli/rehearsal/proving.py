"""The last act: the record leaves the posts, two verifiers that share no code judge it, and one byte is changed."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from openline.cli.rehearsal.play import Play
from openline.cli.rehearsal.posts import Post
from openline.cli.rehearsal.processes import Child, openline
from openline.errors import DemoFailed
from openline.post import requests
from openline.terms import TrafficClass
from openline.wire.bundle import Part, read_pieces
from openline.wire.full import decode_full
from openline.wire.kinds import Kind

QUIET_SECONDS = 0.7
TRUE_HOUR, FALSE_HOUR = b"14:40Z", b"14:41Z"
"""What the FLASH says, and what it says with one byte changed."""

OURS = "openline verify"
SAME = ("ok", "proved", "known", "line", "name", "terms", "exporter", "exported_at", "rule")
"""What both verifiers say of a bundle in the same words."""

FAULTS_SHOWN = 2

Finding = dict[str, Any]


class Proving:
    """The two verifiers and what came of them. `second` is the file of the independent one."""

    def __init__(self, play: Play, second: Path) -> None:
        self.play = play
        self.second = second
        self.bundles: list[Path] = []
        self.certificates: list[Path] = []
        self.counts: dict[str, int] = {}
        self.refusals: dict[str, list[str]] = {}
        self._cards: list[str | Path] = [word for post in play.posts for word in ("--card", post.card)]
        self._nobody = play.proof / "nobody"

    def perform(self, play: Play) -> None:
        """Export, verify, compare, tamper."""
        stage, west, east, second = play.stage, play.west, play.east, self.second.name
        stage.begin("proof", "10. What was said is proved to people who trust neither side")
        with stage.step("Each signs its whole feed (openline line checkpoint), and they tell each other everything"):
            for post in play.posts:
                post.ask(requests.LineCheckpoint(line=post.line))
            play.processes.until(self._settled, "three equal records")
        for post in (west, east):
            self._export(post)
        for bundle in list(self.bundles):
            with stage.step(f"{bundle.name}: {OURS} and {second} both say PROVED", f"{bundle.name} verified") as more:
                more.append(self.prove(bundle))
        with stage.step(f"{west.name} and {east.name} hold the identical record ({OURS} --against)") as more:
            play.processes.until(self._settled, "three equal records")
            more.append(self.compare())
        with stage.step("One byte changed, 14:40Z into 14:41Z in the FLASH: both refuse it, for the same reasons"):
            self.tamper(self.bundles[0])
        for name, sentences in self.refusals.items():
            stage.note(f"{name}: {' '.join(sentences)}")
        with stage.step("Everything that anybody said is signed as exercise"):
            self.counts = count(self.bundles[0])

    def _settled(self) -> bool:
        """Whether every post holds as much of every feed as every other, and goes on doing so for a while."""
        held = self._held()
        if any(each != held[0] for each in held):
            return False
        time.sleep(QUIET_SECONDS)
        return self._held() == held

    def _held(self) -> list[dict[str, int]]:
        return [post.sizes() for post in self.play.posts]

    def _export(self, post: Post) -> None:
        file = self.play.proof / f"{post.name.lower()}.bundle"
        with self.play.stage.step(f"{post.name} exports the line (openline export)") as more:
            child = self._start("export", openline("export", post.line, "--out", file, "--home", post.home, "--json"))
            if self.play.processes.finish(child) != 0:
                raise DemoFailed(f"{post.name} did not export. {child.output} {child.last_words}")
            more.append(f"{json.loads(child.output)['bytes']} bytes")
        self.bundles.append(file)

    def _start(self, what: str, words: list[str | Path]) -> Child:
        return self.play.processes.start(what, words)

    def _verify(self, bundle: Path) -> tuple[Finding, Finding]:
        """What the two verifiers say of one bundle, both at work at the same time."""
        ours = openline("verify", bundle, *self._cards, "--home", self._nobody, "--json")
        theirs: list[str | Path] = [sys.executable, self.second, bundle, *self._cards, "--json"]
        both = self._start(OURS, ours), self._start(self.second.name, theirs)
        return self._finding(both[0]), self._finding(both[1])

    def _finding(self, child: Child) -> Finding:
        """What a verifier said in JSON, if it is what its exit status says."""
        status = self.play.processes.finish(child)
        try:
            said = json.loads(child.output)
        except ValueError:
            said = None
        if not isinstance(said, dict) or "ok" not in said or status != (0 if said["ok"] else 1):
            why = child.last_words or child.output[:200] or "It said nothing."
            raise DemoFailed(f"“{child.what}” came to no finding, exit {status}. {why}")
        return said

    def prove(self, bundle: Path) -> str:
        """What both verifiers found in a bundle. Raises DemoFailed unless both prove it, and say the same."""
        first, second = self._verify(bundle)
        for who, said in ((OURS, first), (self.second.name, second)):
            if not said["ok"]:
                why = " ".join(_sentences(said)) or "Its keys are not known."
                raise DemoFailed(f"“{who}” does not prove {bundle.name}. {why}")
        if _summary(first) != _summary(second):
            raise DemoFailed(f"The two verifiers do not say the same of {bundle.name}.")
        return f"{sum(feed['entries'] for feed in first['feeds'])} entries of {len(first['owners'])} known posts"

    def certified(self, file: Path) -> list[dict[str, Any]]:
        """The sentences of a certificate. Raises DemoFailed unless both verifiers prove it, and say the same."""
        certifier = certifier_beside(self.second)
        ours = openline("verify", file, *self._cards, "--home", self._nobody, "--json")
        theirs: list[str | Path] = [sys.executable, certifier, file, *self._cards, "--json"]
        both = self._start(OURS, ours), self._start(certifier.name, theirs)
        first, second = self._finding(both[0]), self._finding(both[1])
        for who, said in ((OURS, first), (certifier.name, second)):
            if not said["ok"]:
                raise DemoFailed(f"“{who}” does not prove {file.name}. {' '.join(_sentences(said))}")
        if _told(first) != _told(second):
            raise DemoFailed(f"The two verifiers do not say the same of {file.name}.")
        self.certificates.append(file)
        return list(first["certificate"]["sentences"])

    def prove_page(self, page: Path) -> None:
        """Raises DemoFailed unless both verifiers prove the page of a statement, and name the same who approved."""
        first, second = self._judge_page(page)
        if not first["ok"] or not second["ok"]:
            raise DemoFailed(f"{page.name} is not proved. {' '.join([*_sentences(first), *_sentences(second)])}")
        if first["statement"]["approved"] != second["approved"]:
            raise DemoFailed(f"The two verifiers do not say the same of {page.name}.")

    def refuse_page(self, page: Path, old: str, new: str) -> list[str]:
        """What both verifiers say of a copy with another letter. Raises DemoFailed unless both refuse it for that."""
        data = page.read_bytes()
        if data.count(old.encode()) != 1:
            raise DemoFailed("The word is not where it should be in the page.")
        changed = page.with_name("changed.html")
        changed.write_bytes(data.replace(old.encode(), new.encode()))
        first, second = self._judge_page(changed)
        changed.unlink()
        for said in (first, second):
            if said["proved"] or "changed-text" not in [fault["code"] for fault in said["faults"]]:
                raise DemoFailed("A changed letter was not noticed.")
        return [_sentences(first)[0], _sentences(second)[0]]

    def _judge_page(self, page: Path) -> tuple[Finding, Finding]:
        second = pager_beside(self.second)
        ours = openline("verify", page, *self._cards, "--home", self._nobody, "--json")
        theirs: list[str | Path] = [sys.executable, second, page, *self._cards, "--json"]
        both = self._start(OURS, ours), self._start(second.name, theirs)
        return self._finding(both[0]), self._finding(both[1])

    def compare(self) -> str:
        """Hold the record on one side's disk against that on the other's. Raises DemoFailed when they differ."""
        west, east = self.play.west, self.play.east
        words = ("verify", west.home, "--against", east.home, "--line", west.line, "--home", self._nobody, "--json")
        said = self._finding(self._start(f"{OURS} --against", openline(*words, *self._cards)))
        if not said["ok"]:
            raise DemoFailed(f"The two records differ: {said['comparison']}")
        return f"{sum(feed['entries'] for feed in said['first']['feeds'])} entries each"

    def tamper(self, bundle: Path) -> None:
        """Change one byte of what was said. Raises DemoFailed unless both refuse it, for the same reasons."""
        data = bundle.read_bytes()
        if data.count(TRUE_HOUR) != 1:
            raise DemoFailed("The hour is not where it should be in the bundle.")
        changed = bundle.with_name("changed.bundle")
        changed.write_bytes(data.replace(TRUE_HOUR, FALSE_HOUR))
        self.bundles.append(changed)
        first, second = self._verify(changed)
        if first["proved"] or second["proved"]:
            raise DemoFailed("A changed byte was not noticed.")
        if _codes(first) != _codes(second):
            raise DemoFailed("The two verifiers refuse the changed bundle for different reasons.")
        self.refusals = {OURS: _sentences(first), self.second.name: _sentences(second)}


def _summary(finding: Finding) -> Any:
    """What two verifiers must agree on, whatever the order in which they tell it."""
    feeds = [[feed[name] for name in ("post", "entries", "last", "shown", "withheld")] for feed in finding["feeds"]]
    owners = [[owner[name] for name in ("post", "name", "digits", "known")] for owner in finding["owners"]]
    return [finding.get(name) for name in SAME], sorted(feeds), sorted(owners)


def _told(finding: Finding) -> list[Any]:
    """The sentences of a certificate by code, label and proofs."""
    certificate = finding["certificate"] or {"sentences": []}
    return [[each["code"], each["label"], each["proofs"]] for each in certificate["sentences"]]


def certifier_beside(verifier: Path) -> Path:
    """The second verifier of certificates, which lies beside that of bundles."""
    return verifier.with_name("verify_certificate.py")


def pager_beside(verifier: Path) -> Path:
    """The second verifier of public pages, which lies beside that of bundles."""
    return verifier.with_name("verify_statement.py")


def _codes(finding: Finding) -> Counter[Any]:
    return Counter((fault["code"], fault["feed"], fault["number"]) for fault in finding["faults"])


def _sentences(finding: Finding) -> list[str]:
    """The first faults of a finding, in the verifier's words."""
    said = [fault.get("sentence") or f"{fault['code']}: {fault['said']}." for fault in finding["faults"]]
    return [str(each) for each in said[:FAULTS_SHOWN]]


def count(bundle: Path) -> dict[str, int]:
    """What a proved bundle holds. Raises DemoFailed if people said something in it that is not signed as exercise."""
    kinds: Counter[int] = Counter()
    acts = 0
    with bundle.open("rb") as file:
        for piece in read_pieces(file):
            if piece.part is Part.ENTRY:
                header = decode_full(piece.content).header
                kinds[header.kind] += 1
                acts += header.act is not None
                if header.kind >= Kind.MESSAGE and header.traffic != TrafficClass.EXERCISE:
                    raise DemoFailed(f"Entry {header.number} of a feed is signed as {header.traffic.name}.")
    checkpoints, cosignatures = kinds[Kind.CHECKPOINT], kinds[Kind.COSIGN]
    return {
        "entries": kinds.total(),
        "messages": kinds[Kind.MESSAGE],
        "acts": acts,
        "checkpoints": checkpoints,
        "cosignatures": cosignatures,
        "signatures": kinds.total() + acts + 2 * checkpoints + cosignatures + 1,
    }
