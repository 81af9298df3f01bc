"""A post that has nothing to do: its memory, and how long it takes to start."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.posts import PASSPHRASE, pair
from bench.rows import Floor, Row, row
from openline.post.home import homes

LIBRARIES = "import asyncio, sqlite3, cbor2, msgspec, structlog, cyclopts, websockets.server, OpenSSL.SSL"
REPORT = "print([said.split()[1] for said in open('/proc/self/status') if said.startswith('VmRSS')][0])"


def measure(folder: Path, quick: bool, say: Callable[[str], None]) -> list[Row]:
    """Memory of a post with one line and one open link; seconds from the command to ready."""
    say("start and memory")
    starts, resident, shared = [], [], []
    with pair(folder / "idle") as (near, _):
        began = time.perf_counter()
        homes.find(near.home).unlock(PASSPHRASE.encode())
        unlock = time.perf_counter() - began
        for _ in range(3 if quick else 7):
            near.stop()
            starts.append(near.start())
            time.sleep(3)
            rss, pss = near.memory_mb()
            resident.append(rss)
            shared.append(pss)
    bare = [_bare() for _ in range(3)]
    seconds = statistics.median(took for took, _ in bare)
    memory = statistics.median(held for _, held in bare)
    return [
        row("idle-memory", "resident memory of a post with one line and an open link",
            statistics.median(resident), "MB", goal=90, samples=resident,
            floor=Floor("Python with the libraries loaded, nothing else", memory)),
        row("idle-memory-pss", "the same, what processes share divided among them", statistics.median(shared), "MB",
            samples=shared),
        row("start", "command to ready", statistics.median(starts), "s", goal=1, samples=starts,
            floor=Floor("Python loading the libraries, and unlocking the keys", seconds + unlock),
            note=f"unlocking the keys takes {unlock:.2f} s of it, on purpose: each guess of a thief costs as much"),
    ]  # fmt: skip


def _bare() -> tuple[float, float]:
    """Seconds and megabytes of a Python process with the libraries that a post needs."""
    began = time.perf_counter()
    said = subprocess.run([sys.executable, "-c", f"{LIBRARIES}; {REPORT}"], check=True, stdout=subprocess.PIPE).stdout
    return time.perf_counter() - began, int(said) / 1024
