"""Bytes on the wire, IP headers included, both ways: counted on the loopback of a network namespace made for it, with
packets of at most 1,500 bytes as on Ethernet.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from bench import floors, latency, throughput
from bench.posts import TEXT, Served, Watching, ip_bytes, namespace, pair, stays
from bench.rows import Floor, Row, row

SIGNATURE_BYTES = 64
TAG_BYTES = 16
PAUSE_SECONDS = 0.6
HOW = "counted on the loopback of a network namespace, packets of at most 1,500 bytes"


def measure(folder: Path, quick: bool, say: Callable[[str], None]) -> list[Row]:
    """Bytes for a message with its receipt, and for a connection until its first entry."""
    with namespace() as found:
        if found is None:
            raise RuntimeError("not run: this machine makes no network namespace for us")
        inside, holder = found
        with pair(folder / "wire", inside) as (near, far):
            latency.timed(near, far, 20)
            say("bytes of messages")
            close = [_close(near, far, holder, 100) for _ in range(2 if quick else 5)]
            apart = [_apart(near, far, holder) for _ in range(5 if quick else 20)]
            dense = [_dense(near, holder, 1_500 if quick else 5_000) for _ in range(2 if quick else 3)]
            say("bytes of cold connections")
            cold = [_cold(near, far, holder) for _ in range(2 if quick else 5)]
    bare = Floor(
        "text, the signatures of entry and receipt, a tag for each; the officer's signature is another 64",
        len(TEXT.encode()) + 2 * SIGNATURE_BYTES + 2 * TAG_BYTES,
    )
    return [
        row("bytes-sequential", "a message and its receipt, the next one after it", statistics.median(close), "bytes",
            goal=700, floor=bare, samples=close, note=HOW),
        row("bytes-apart", f"a message and its receipt, {PAUSE_SECONDS:g} s before the next one",
            statistics.median(apart), "bytes", floor=bare, samples=apart),
        row("bytes-pipelined", f"the same, {throughput.OUTSTANDING} outstanding, checkpoints of every 1,000 included",
            statistics.median(dense), "bytes", goal=450, floor=bare, samples=dense),
        row("bytes-cold", "from nothing to the first entry over the post-quantum link, that entry included",
            statistics.median(cold), "bytes", goal=6_000, samples=cold,
            floor=Floor("the TLS handshake alone, without TCP and IP", floors.handshake_bytes())),
    ]  # fmt: skip


def _close(near: Served, far: Served, holder: int, count: int) -> float:
    before = ip_bytes(holder)
    latency.timed(near, far, count)
    return (ip_bytes(holder) - before) / (latency.WARM_UP + count)


def _apart(near: Served, far: Served, holder: int) -> float:
    time.sleep(PAUSE_SECONDS)
    before = ip_bytes(holder)
    with Watching(far) as told:
        told.arrival(near.send())
    time.sleep(PAUSE_SECONDS)
    return ip_bytes(holder) - before


def _dense(near: Served, holder: int, count: int) -> float:
    before = ip_bytes(holder)
    throughput.sent(near, count)
    stays(lambda: ip_bytes(holder), 1.0)
    return (ip_bytes(holder) - before) / count


def _cold(near: Served, far: Served, holder: int) -> float:
    near.stop()
    stays(lambda: ip_bytes(holder), 1.0)
    before = ip_bytes(holder)
    with Watching(far) as told:
        near.start()
        told.arrival(near.send())
        return ip_bytes(holder) - before
