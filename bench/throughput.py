"""Messages per second between two posts on this machine, 64 under way on one control connection, receipts included."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bench import floors
from bench.posts import LINE, TEXT, Served, Watching, is_delivered, pair, until
from bench.rows import Floor, Row, row
from openline.post import requests
from openline.post.client import Client

OUTSTANDING = 64
CORES = 2


def measure(folder: Path, quick: bool, say: Callable[[str], None]) -> list[Row]:
    """The rate, and the processor time of both ends for each message."""
    count, rounds = (3_000, 2) if quick else (15_000, 3)
    core = floors.bare_pipeline_per_second(folder)
    rates, near_cpu, far_cpu = [], [], []
    with pair(folder / "throughput") as (near, far):
        sent(near, 500)
        for each in range(rounds):
            say(f"round {each + 1} of {rounds}: {count} messages, {OUTSTANDING} outstanding")
            before = near.cpu_seconds(), far.cpu_seconds()
            rates.append(count / sent(near, count))
            near_cpu.append(1e6 * (near.cpu_seconds() - before[0]) / count)
            far_cpu.append(1e6 * (far.cpu_seconds() - before[1]) / count)
        say("FLASH under that load")
        flashes = overtaking(near, far, count)
    bare = Floor("bare cryptography and SQLite of both ends, two cores without anything else", CORES * core)
    both = Floor("the same, processor time of both ends together", 1e6 / core)
    return [
        row(
            "throughput", f"messages receipted, {OUTSTANDING} outstanding, checkpoints of every 1,000 entries included",
            statistics.median(rates), "1/s", goal=2_500, more_is_better=True, floor=bare, samples=rates,
            note="the asking program takes its share of the two cores",
        ),
        row("sender-cpu", "processor time of the sending post for each message", statistics.median(near_cpu), "us",
            floor=both, samples=near_cpu),
        row("receiver-cpu", "processor time of the receiving post for each message", statistics.median(far_cpu), "us",
            floor=both, samples=far_cpu),
        row("flash-under-load", "FLASH to the far desk while the far post is as far behind as that load leaves it",
            statistics.median(flashes), "ms", samples=flashes),
    ]  # fmt: skip


def sent(post: Served, count: int) -> float:
    """Send so many messages, 64 under way at any time; seconds until the receipt of the last one is here."""
    orders = [requests.Send(id=each, line=LINE, text=TEXT) for each in range(count)]
    with post.client() as client:
        began = time.perf_counter()
        last = _pipelined(client, orders)
    until(lambda: is_delivered(post, last), "the last receipt", every=0.005)
    return time.perf_counter() - began


def overtaking(near: Served, far: Served, count: int) -> list[float]:
    """Milliseconds that each FLASH needs while so many messages are sent as fast as the near post takes them."""
    taken = []
    load = threading.Thread(target=sent, args=(near, count))
    with Watching(far) as told:
        load.start()
        while load.is_alive():
            began = time.monotonic()
            taken.append(1000 * (told.arrival(near.send(precedence="flash")) - began))
            time.sleep(0.1)
    load.join()
    return taken


def _pipelined(client: Client, orders: list[requests.Send]) -> str:
    last = ""
    for order in orders[:OUTSTANDING]:
        client.send(order)
    for at in range(len(orders)):
        number, value = client.result()
        if at + OUTSTANDING < len(orders):
            client.send(orders[at + OUTSTANDING])
        if number == len(orders) - 1:
            last = value["id"]
    return last
