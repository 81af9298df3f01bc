"""One message of 280 characters at a time: from the request to the far desk, and until its signed receipt is back."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import floors
from bench.posts import LINE, TEXT, Served, pair
from bench.rows import Floor, Row, quantile, row
from openline.post import requests
from openline.post.notice import requests as notice_requests

WARM_UP = 50
STOP = "aid convoy"


def measure(folder: Path, quick: bool, say: Callable[[str], None]) -> list[Row]:
    """Rows of the first goal of DESIGN section 6."""
    count = 300 if quick else 2_000
    sync_before, echo = floors.fdatasync_ms(folder), floors.echo_ms()
    with pair(folder / "latency") as (near, far):
        say(f"{count} messages one by one")
        arrivals, receipts = timed(near, far, count)
        say(f"{count // 10} STOP beside as many FLASH messages")
        flashes, stops = stopped(near, far, count // 10)
    sync = statistics.mean((sync_before, floors.fdatasync_ms(folder)))
    one_way = Floor("two fdatasyncs of 4 kB and half an echo over the same TLS", 2 * sync + echo / 2)
    both_ways = Floor("three fdatasyncs of 4 kB and an echo over the same TLS", 3 * sync + echo)
    note = f"one fdatasync takes {sync:.3f} ms and an echo {echo:.3f} ms here; each message carries an officer's act"
    return [
        row(
            "message-p50", "request on the control socket to event at the far desk", statistics.median(arrivals), "ms",
            goal=2 + 2 * sync, floor=one_way, samples=arrivals, note=note,
        ),
        row(
            "message-p99", "the same, slowest of a hundred", quantile(arrivals, 0.99), "ms",
            goal=10 + 2 * sync, floor=one_way, samples=arrivals,
        ),
        row(
            "receipt-p50", "request to the far post's signed receipt, kept and told here", statistics.median(receipts),
            "ms", goal=4.0, floor=both_ways, samples=receipts,
        ),
        row("receipt-p99", "the same, slowest of a hundred", quantile(receipts, 0.99), "ms", samples=receipts),
        row(
            "stop-beyond-flash", "STOP to alarm at the far desk, beyond a FLASH message to its event there",
            statistics.median(stops) - statistics.median(flashes), "ms", goal=3.0, samples=stops,
            floor=Floor("the FLASH message itself, sent in turn with the STOP", statistics.median(flashes)),
        ),
    ]  # fmt: skip


def timed(near: Served, far: Served, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds to the far desk, and to the receipt, of each message."""
    arrivals: list[float] = []
    receipts: list[float] = []
    with near.client() as asking, near.client() as watching_near, far.client() as watching_far:
        watching_near.ask(requests.Watch())
        watching_far.ask(requests.Watch())
        told_near, told_far = watching_near.events(), watching_far.events()
        for each in range(WARM_UP + count):
            began = time.perf_counter()
            asking.send(requests.Send(id=each, line=LINE, text=TEXT))
            number = _next(told_far, lambda event: event["what"] == "entry" and event["author"] == near.name)["number"]
            arrived = time.perf_counter()
            _next(told_near, lambda event: event["what"] == "delivered" and event["number"] >= number)  # noqa: B023
            done = time.perf_counter()
            asking.result()
            if each >= WARM_UP:
                arrivals.append(1000 * (arrived - began))
                receipts.append(1000 * (done - began))
    return arrivals, receipts


def stopped(near: Served, far: Served, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds to the far desk of FLASH messages, and to its alarm of STOP, in turn."""
    flashes: list[float] = []
    stops: list[float] = []
    with near.client() as asking, far.client() as watching:
        watching.ask(requests.Watch())
        told = watching.events()
        for each in range(count):
            began = time.perf_counter()
            asking.send(requests.Send(id=2 * each, line=LINE, text=STOP, precedence="flash"))
            _next(told, lambda event: event["what"] == "entry" and event["kind"] == "message")
            flashes.append(1000 * (time.perf_counter() - began))
            asking.result()
            began = time.perf_counter()
            asking.send(notice_requests.StopSend(id=2 * each + 1, line=LINE, what=STOP, where="coast road, km 12"))
            _next(told, lambda event: event["what"] == "alarm" and event["code"] == "stop")
            stops.append(1000 * (time.perf_counter() - began))
            asking.result()
    return flashes, stops


def _next(told: Iterator[dict[str, Any]], wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    return next(event for event in told if wanted(event))
