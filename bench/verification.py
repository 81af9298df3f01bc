"""How fast a record is verified, beside the machine's bare rate of Ed25519 verification."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from bench import floors, throughput
from bench.posts import LINE, OPENLINE, Served, pair
from bench.rows import Floor, Row, row
from openline.identity.card import Card
from openline.post import requests
from openline.post.home import homes
from openline.proof.finding import Finding
from openline.proof.verify import verify_bundle

SHARE = 0.8


def measure(folder: Path, quick: bool, say: Callable[[str], None]) -> list[Row]:
    """A record of real messages, acts, receipts and checkpoints is exported and verified."""
    count, rounds = (4_000, 2) if quick else (30_000, 3)
    bundle = folder / "line.bundle"
    with pair(folder / "verification") as (near, far):
        say(f"a record of {count} messages")
        throughput.sent(near, count)
        near.ask(requests.Export(line=LINE, file=str(bundle)))
    say("verifying it")
    cores = os.cpu_count() or 1
    bare_one, bare_all = floors.verify_per_second(), floors.verify_per_second_all_cores()
    one = [_on_one_core(bundle, (near, far)) for _ in range(rounds)]
    every = [_by_command(bundle, near) for _ in range(rounds)]
    return [
        row("verify-core", "signatures of a bundle checked per second of one core", statistics.median(one), "1/s",
            goal=SHARE * bare_one, more_is_better=True, floor=Floor("bare Ed25519 verification, one core", bare_one),
            samples=one),
        row("verify-all", f"the same by `openline verify`, start included, {cores} cores",
            statistics.median(every), "1/s", goal=SHARE * bare_all, more_is_better=True, samples=every,
            floor=Floor(f"bare Ed25519 verification, {cores} cores at once", bare_all)),
    ]  # fmt: skip


def _signatures(entries: int, acts: int) -> int:
    """One for each entry, and one for each officer's act; those of checkpoints are not counted."""
    return entries + acts


def _on_one_core(bundle: Path, posts: tuple[Served, ...]) -> float:
    cards = [Card.admit(homes.find(post.home).card()) for post in posts]
    began = time.process_time()
    with bundle.open("rb") as reader:
        finding: Finding = verify_bundle(reader, {card.post: card for card in cards})
    took = time.process_time() - began
    if not finding.ok:
        raise RuntimeError(f"The bundle does not verify: {finding.faults}")
    return _signatures(sum(feed.entries for feed in finding.feeds), sum(each.count for each in finding.acts)) / took


def _by_command(bundle: Path, post: Served) -> float:
    began = time.perf_counter()
    said = subprocess.run(
        [OPENLINE, "verify", bundle, "--home", post.home, "--json"], check=True, stdout=subprocess.PIPE
    ).stdout
    took = time.perf_counter() - began
    finding = json.loads(said)
    acts = sum(each["count"] for each in finding["acts"])
    return _signatures(sum(feed["entries"] for feed in finding["feeds"]), acts) / took
