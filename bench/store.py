"""Figures of the store: one commit, commits of 64, start-up and queries on a large record, each beside its floor.

.venv/bin/python bench/store.py [--entries 1000000]      prints one JSON document
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from openline.feeds.merkle import Frontier, leaf_hash
from openline.feeds.record import Head, Keep, KeepEntry, KeepHead
from openline.store.backup import backup
from openline.store.sqlite import SqliteRecord
from openline.terms import EntryId, Instant, LineId, PostId, Precedence
from openline.wire.entry import Entry, Have, Header, commitment, encode_header, entry_id, entry_to_be_signed
from openline.wire.kinds import Kind

TEXT = b"t" * 280
BATCH = 64


class Dialogue:
    """Two posts: each message of one is followed by the other's signed receipt; signatures are not real."""

    def __init__(self, line: LineId) -> None:
        self.line = line
        self.posts = [PostId(sha256(line + bytes([which])).digest()) for which in range(2)]
        self.last: list[Entry | None] = [None, None]
        self.trees = [Frontier.empty(), Frontier.empty()]
        self.written = 0

    def keeps(self, count: int) -> list[Keep]:
        """The next entries, and the heads after them."""
        keeps: list[Keep] = []
        for _ in range(count):
            which = self.written % 2
            entry = self._next(which)
            self.written += 1
            self.last[which] = entry
            self.trees[which] = self.trees[which].append(leaf_hash(entry_to_be_signed(entry.payload)))
            keeps.append(KeepEntry(entry, entry.header.time))
        for post, last, tree in zip(self.posts, self.last, self.trees, strict=True):
            if last:
                keeps.append(KeepHead(Head(self.line, post, last.header.number, last.id, tree.to_bytes())))
        return keeps

    def _next(self, which: int) -> Entry:
        last, other = self.last[which], self.last[1 - which]
        number = last.header.number + 1 if last else 1
        salt, items = bytes(16), () if which else (TEXT,)
        header = Header(
            line=self.line,
            author=self.posts[which],
            number=number,
            previous=last.id if last else None,
            time=Instant(1_798_718_400_000 + self.written),
            terms=1,
            epoch=1,
            kind=Kind.ACK if which else Kind.MESSAGE,
            exchange=other.id if which and other and number % 8 == 0 else None,
            precedence=Precedence(number % 32 == 0),
            have=(Have(other.header.author, other.header.number, other.id),) if which and other else (),
            commitments=tuple(commitment(salt, item) for item in items),
        )
        payload = encode_header(header)
        return Entry(
            id=EntryId(entry_id(payload)), header=header, payload=payload, signature=bytes(64), items=items,
            salts=(salt,) * len(items),
        )  # fmt: skip


def timed(action: Callable[[], Any], times: int) -> dict[str, float]:
    """Microseconds of `action`."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        taken.append((time.perf_counter() - began) * 1e6)
    taken.sort()
    return {"p50_us": round(statistics.median(taken), 1), "p99_us": round(taken[int(len(taken) * 0.99)], 1)}


def fdatasync(folder: Path) -> dict[str, float]:
    """The floor: 4 kB written and synced."""
    handle = os.open(folder / "floor", os.O_RDWR | os.O_CREAT, 0o600)
    os.write(handle, bytes(1 << 20))
    os.fsync(handle)
    places: Iterator[int] = iter(range(1000))

    def once() -> None:
        os.pwrite(handle, os.urandom(4096), 4096 * (next(places) % 256))
        os.fdatasync(handle)

    figures = timed(once, 300)
    os.close(handle)
    return figures


def commits(record: SqliteRecord, dialogue: Dialogue, size: int, times: int) -> dict[str, float]:
    """Commits of `size` entries with their heads."""
    batches = iter([dialogue.keeps(size) for _ in range(times)])
    began, cpu = time.perf_counter(), time.process_time()
    figures = timed(lambda: record.commit(next(batches)), times)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    entries = size * times
    return {
        **figures,
        "cpu_us_per_entry": round(cpu / entries * 1e6, 1),
        "entries_per_s": round(entries / wall),
    }


def resident_mb() -> float:
    """Memory of this process."""
    for row in Path("/proc/self/status").read_text().splitlines():
        if row.startswith("VmRSS"):
            return int(row.split()[1]) / 1024
    raise AssertionError("no VmRSS in /proc/self/status")


def measure(folder: Path, entries: int) -> dict[str, Any]:
    """All figures; the record is filled to `entries` first."""
    path, line = folder / "record.db", LineId(sha256(b"bench").digest())
    record, dialogue = SqliteRecord.open(path), Dialogue(line)
    figures: dict[str, Any] = {"fdatasync_4k": fdatasync(folder)}
    figures["commit_1_empty"] = commits(record, dialogue, 1, 500)
    figures["commit_64_empty"] = commits(record, dialogue, BATCH, 200)
    while dialogue.written < entries:
        record.commit(dialogue.keeps(min(2000, entries - dialogue.written)))
    record.close()
    figures["entries"], figures["file_mb"] = entries, round(path.stat().st_size / 1e6)
    before = resident_mb()
    began = time.perf_counter()
    record = SqliteRecord.open(path)
    figures["open_ms"] = round((time.perf_counter() - began) * 1e3, 2)
    alpha, bravo = dialogue.posts
    opening = dialogue.last[0]
    assert opening is not None
    middle = entries // 4
    figures["heads"] = timed(lambda: record.heads(line), 20)
    figures["ids_both_feeds"] = timed(lambda: [record.ids(line, post) for post in (alpha, bravo)], 3)
    figures["claims"] = timed(lambda: record.claims(line), 20)
    figures["inbox_50"] = timed(lambda: record.openings(None, [Kind.MESSAGE], None, 50), 50)
    figures["inbox_50_further"] = timed(lambda: record.openings(line, [Kind.MESSAGE], middle, 50), 50)
    figures["entry"] = timed(lambda: record.entry(line, opening.id), 200)
    figures["exchange"] = timed(lambda: record.exchange(line, opening.id), 200)
    figures["deliveries"] = timed(lambda: record.deliveries(line, alpha, middle), 200)
    figures["span_512"] = timed(lambda: record.span(line, alpha, middle, middle + 511, 1 << 22), 20)
    figures["urgent_64_of_all"] = timed(lambda: record.urgent(line, alpha, [(1, entries)], 64, 1 << 22), 20)
    figures["count"] = timed(lambda: record.count(line), 50)
    figures["memory_mb"] = round(resident_mb() - before, 1)
    figures["commit_1_large"] = commits(record, dialogue, 1, 500)
    figures["commit_64_large"] = commits(record, dialogue, BATCH, 200)
    began = time.perf_counter()
    backup(path, folder / "copy.db")
    figures["backup_s"] = round(time.perf_counter() - began, 2)
    record.close()
    return figures


def main() -> None:
    """Measure in a folder beside this one's disk and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where to write, on the disk to be measured")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        print(json.dumps(measure(Path(folder), asked.entries), indent=2))


if __name__ == "__main__":
    main()
