"""Commits are all or nothing: through kill -9, torn files, full disks and other writers."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from openline.errors import DiskFailed, DiskFull, StoreBusy, StoreReadOnly
from openline.feeds.record import KeepHead, Put
from openline.store.sqlite import SqliteRecord
from tests.make import author, feed_of, head_of, heads, kept
from tests.store.child import AT_ONCE, LINE, next_commit

CHILD = Path(__file__).with_name("child.py")
ROOT = CHILD.parents[2]
PYTHON = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
KILLS = 10


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SqliteRecord]:
    opened = SqliteRecord.open(tmp_path / "record.db")
    yield opened
    opened.close()


def held(path: Path) -> int:
    """How many entries a store holds, once it is shown that it holds whole commits only."""
    record = SqliteRecord.open(path)
    post = author(LINE, "alpha").post
    entries = record.span(LINE, post, 1, 1 << 40, 1 << 40)
    count = len(entries)
    assert [entry.header.number for entry in entries] == list(range(1, count + 1))
    assert record.heads(LINE) == ([head_of(entries)] if entries else [])
    assert record.ids(LINE, post) == b"".join(entry.id for entry in entries)
    assert record.objects("count") == ({b"": str(count).encode()} if entries else {})
    assert record.count(LINE) == count
    assert count % AT_ONCE == 0
    assert record._writing.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    record.close()
    return count


def test_what_was_reported_as_kept_survives_kill_9(tmp_path: Path) -> None:
    path, chance = tmp_path / "record.db", random.Random(9)
    reported = 0
    for _ in range(KILLS):
        child = subprocess.Popen([sys.executable, CHILD, "commit", path], stdout=subprocess.PIPE, text=True, env=PYTHON)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.1))
        child.send_signal(signal.SIGKILL)
        words = child.stdout.read().split("\n")[:-1]
        child.stdout.close()
        child.wait()
        reported = int(words[-1]) if words else reported
        found = held(path)
        assert found - reported in (0, AT_ONCE)
        reported = found
    assert reported > 0


def test_a_torn_log_holds_whole_commits(tmp_path: Path) -> None:
    path, chance = tmp_path / "record.db", random.Random(4)
    record, alpha = SqliteRecord.open(path), author(LINE, "alpha")
    for _ in range(6):
        record.commit(next_commit(alpha))
    log = tmp_path / "record.db-wal"
    whole = log.read_bytes()
    counts = set()
    for size in [0, *sorted(chance.randrange(len(whole)) for _ in range(40)), len(whole)]:
        torn = tmp_path / f"torn-{size}"
        torn.mkdir()
        shutil.copy(path, torn / "record.db")
        (torn / "record.db-wal").write_bytes(whole[:size] + chance.randbytes(min(512, len(whole) - size)))
        counts.add(held(torn / "record.db"))
    record.close()
    assert counts == {0, *range(AT_ONCE, 6 * AT_ONCE + 1, AT_ONCE)}


def test_a_full_disk_keeps_nothing_of_the_commit_and_room_heals_it(record: SqliteRecord) -> None:
    alpha, bravo = author(LINE, "alpha"), feed_of(LINE, "bravo", 2)
    record.commit(next_commit(alpha))
    (pages,) = record._writing.execute("PRAGMA page_count").fetchone()
    record._writing.execute(f"PRAGMA max_page_count = {pages + 4}")
    large = next_commit(alpha)
    with pytest.raises(DiskFull, match="Make room"):
        record.commit([*large, *kept(*bravo.entries), Put("card", b"a", bytes(100_000))])
    assert (record.count(LINE), record.objects("card")) == (AT_ONCE, {})
    assert [head.number for head in record.heads(LINE)] == [AT_ONCE]
    record._writing.execute("PRAGMA max_page_count = 100000")
    record.commit([*large, *kept(*bravo.entries), *heads(bravo)])
    assert record.count(LINE) == 2 * AT_ONCE + 2
    assert record.span(LINE, alpha.post, 1, 99, 1 << 30) == alpha.entries


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    script = f"mount -t tmpfs -o size=1m none {tmp_path} && head -c 262144 /dev/zero > {tmp_path}/filler && exec "
    script += f"{sys.executable} {CHILD} fill {tmp_path}/record.db {tmp_path}/filler"
    probe = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("a file system of its own cannot be mounted on this machine")
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, env=PYTHON, check=False, timeout=60
    )
    assert done.stdout.split() == ["ready", "disk-full", "True", "True"], done.stderr


def test_a_disk_that_refuses(tmp_path: Path) -> None:
    (tmp_path / "filler").touch()
    limited = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 600_000)); "
    limited += "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", limited, CHILD, "fill", tmp_path / "record.db", tmp_path / "filler"],
        capture_output=True, text=True, env=PYTHON, check=False, timeout=60,
    )  # fmt: skip
    assert done.stdout.split()[:3] == ["ready", DiskFailed.code, "True"], done.stderr
    assert held(tmp_path / "record.db") > 0


def test_another_process_that_writes_is_noticed(tmp_path: Path, record: SqliteRecord) -> None:
    alpha = feed_of(LINE, "alpha", 5)
    one, two, three, four, five = alpha.entries
    other = SqliteRecord.open(tmp_path / "record.db")
    record.commit([*kept(one), alpha.head(1)])
    other.commit([*kept(two, three), alpha.head(3)])
    record.commit([*kept(three, four), alpha.head(4)])
    other.commit([*kept(one, four, five), alpha.head(5)])
    other.close()
    assert record.count(LINE) == 5
    assert record.span(LINE, alpha.post, 1, 9, 1 << 30) == alpha.entries


def test_another_process_that_keeps_writing_is_named(tmp_path: Path, record: SqliteRecord) -> None:
    record._writing.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(tmp_path / "record.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match="one process"):
        record.commit([Put("card", b"a", b"1")])
    other.execute("ROLLBACK")
    other.close()
    record.commit([Put("card", b"a", b"1")])
    assert record.objects("card") == {b"a": b"1"}


def test_a_store_that_may_only_be_read_is_named(record: SqliteRecord) -> None:
    record._writing.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreReadOnly, match="mounted read-only"):
        record.commit([Put("card", b"a", b"1")])


def test_a_commit_that_fails_in_the_middle_leaves_no_memory_of_itself(record: SqliteRecord) -> None:
    alpha = feed_of(LINE, "alpha", 3)
    broken = Put("card", b"a", object())  # type: ignore[arg-type]
    with pytest.raises(sqlite3.Error, match="not supported"):
        record.commit([*kept(*alpha.entries), alpha.head(), broken])
    assert (record.count(LINE), record.heads(LINE)) == (0, [])
    record.commit([*kept(alpha.entries[2], alpha.entries[0]), alpha.head(1)])
    assert record.beyond(LINE, alpha.post) == [alpha.entries[2]]
    record.commit([*kept(alpha.entries[1]), KeepHead(head_of(alpha.entries))])
    assert record.ids(LINE, alpha.post) == b"".join(entry.id for entry in alpha.entries)
