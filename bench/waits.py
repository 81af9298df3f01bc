"""Slow, lossy and silent paths, and posts that are killed: rows that wait more than they work, so they run together.

The path is tests/proxy.py: rate, delay and loss of TCP payload between two real posts, and cuts in which not even a
SYN is answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bench.floors import echo_ms
from bench.posts import LINE, TEXT, Served, Watching, ip_bytes, is_delivered, namespace, pair, reach, until
from bench.rows import Floor, Incomplete, Row, row
from openline.post import requests
from tests.proxy import Proxy, slow_path

RADIO_BITS = 2_400
RADIO_LOSS = 0.1
MODEM_BITS = 64_000
ENTRY_BYTES = 520
"""A message of 280 characters as it crosses the link with WebSocket and TLS around it."""

LINK_SECONDS = 150.0
ACCEPTED = 20
Result = TypeVar("Result")


def measure(folder: Path, quick: bool, say: Callable[[str], None]) -> list[Row]:
    """All rows, at the same time."""
    say(f"paths and cuts, about {2 if quick else 4} minutes, all at once")
    return asyncio.run(_all(folder / "waits", quick, echo_ms(100)))


async def _all(folder: Path, quick: bool, echo: float) -> list[Row]:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(32))
    parts = {
        "flash-radio": _radio(folder / "radio", quick),
        "flash-10mb": _modem(folder / "modem", quick),
        "cut": _silent(folder / "silent", quick, echo),
        "down": _down(folder / "down", quick, echo),
        "slow": _slow(folder / "slow", quick),
        "idle-bytes": _idle(folder / "idle", quick),
        "killed-accepted": _killed(folder / "killed", quick),
    }
    results = await asyncio.gather(*parts.values(), return_exceptions=True)
    rows: list[Row] = []
    failed: dict[str, str] = {}
    for name, result in zip(parts, results, strict=True):
        if isinstance(result, BaseException):
            failed[name] = f"{type(result).__name__}: {result}"
        else:
            rows += result
    if failed:
        raise Incomplete(rows, failed)
    return rows


async def _do(work: Callable[..., Result], *arguments: object) -> Result:
    return await asyncio.get_running_loop().run_in_executor(None, work, *arguments)


@contextlib.asynccontextmanager
async def _pair(folder: Path, inside: Sequence[str] = ()) -> AsyncIterator[tuple[Served, Served]]:
    """Two posts, started and stopped beside the loop in which the paths run."""
    posts = pair(folder, inside)
    made = await _do(posts.__enter__)
    try:
        yield made
    finally:
        await _do(posts.__exit__, None, None, None)


@contextlib.asynccontextmanager
async def _over(
    folder: Path,
    rate_bits_per_second: float | None = None,
    delay_seconds: float = 0.0,
    loss: float = 0.0,
    seed: int = 0,
) -> AsyncIterator[tuple[Served, Served, Watching, Proxy]]:
    """Two posts, one who watches the far one, and a path to it that is not in use yet."""
    async with (
        _pair(folder) as (near, far),
        slow_path(
            far.port, rate_bits_per_second=rate_bits_per_second, delay_seconds=delay_seconds, loss=loss, seed=seed
        ) as path,
    ):
        with Watching(far) as told:
            yield near, far, told, path


async def _flash(near: Served, told: Watching) -> float:
    """Seconds from sending a FLASH to the far desk."""
    began = time.monotonic()
    return await _do(told.arrival, await _do(near.send, TEXT, "flash"), LINK_SECONDS) - began


async def _through(near: Served, far: Served, port: int) -> None:
    """Let the link go through a path, and wait until it does."""
    await _do(reach, near, far, port)
    await _do(near.stop)
    await _do(near.start)
    entry = await _do(near.send, "Radio check.")
    await _do(until, lambda: is_delivered(near, entry), "the link over the path", LINK_SECONDS, 0.2)


async def _backlog(near: Served, count: int, size: int) -> None:
    with near.client() as client:
        for each in range(count):
            client.send(requests.Send(id=each, line=LINE, text="r" * size))
            await _do(client.result)


async def _radio(folder: Path, quick: bool) -> list[Row]:
    """FLASH past a full backlog at 2,400 bit/s with loss."""
    async with _over(folder, rate_bits_per_second=RADIO_BITS, loss=RADIO_LOSS, seed=1) as (near, far, told, path):
        await _through(near, far, path.port)
        await _backlog(near, 100, 2_000)
        samples = []
        for _ in range(2 if quick else 5):
            await asyncio.sleep(12)
            samples.append(await _flash(near, told))
    return [
        row("flash-radio", "FLASH past a full ROUTINE backlog, 2,400 bit/s, 10 % loss", max(samples), "s", goal=10,
            floor=_at(RADIO_BITS), samples=samples, note="the value is the slowest")
    ]  # fmt: skip


def _at(bits: float) -> Floor:
    return Floor("its bytes at the rate of the path", ENTRY_BYTES * 8 / bits)


async def _modem(folder: Path, quick: bool) -> list[Row]:
    """FLASH behind 10 MB at 64 kbit/s."""
    async with _over(folder, rate_bits_per_second=MODEM_BITS) as (near, far, told, path):
        await _through(near, far, path.port)
        await _backlog(near, 50, 200_000)
        samples = []
        for _ in range(4 if quick else 10):
            await asyncio.sleep(3)
            samples.append(await _flash(near, told))
    return [
        row("flash-10mb", "FLASH behind 10 MB of ROUTINE, 64 kbit/s", max(samples), "s", goal=2, floor=_at(MODEM_BITS),
            samples=samples, note="the value is the slowest")
    ]  # fmt: skip


async def _silent(folder: Path, quick: bool, echo: float) -> list[Row]:
    """The first entry after a cut in which nothing says that anything is wrong."""
    seconds = 20 if quick else 60
    async with _over(folder) as (near, far, told, path):
        await _through(near, far, path.port)
        samples = []
        for _ in range(1 if quick else 2):
            path.cut()
            await asyncio.sleep(1)
            entry = await _do(near.send)
            await asyncio.sleep(seconds - 1)
            healed = time.monotonic()
            path.heal()
            samples.append(await _do(told.arrival, entry) - healed)
    return [
        row(f"cut-{seconds}s", f"a silent cut of {seconds} s ends: until the entry sent in it arrives",
            max(samples), "s", goal=2, floor=_new_link(echo), samples=samples,
            note="the value is the slowest")
    ]  # fmt: skip


async def _down(folder: Path, quick: bool, echo: float) -> list[Row]:
    """The first entry after the far post was down."""
    seconds = 20 if quick else 180
    async with _pair(folder) as (near, far):
        await _do(far.kill)
        entry = await _do(near.send)
        await asyncio.sleep(seconds)
        await _do(far.start)
        ready = time.monotonic()
        await _do(until, lambda: is_delivered(near, entry), "the receipt", 60.0, 0.005)
        took = time.monotonic() - ready
    return [
        row(f"down-{seconds}s",
            f"the far post was killed and is ready after {seconds} s: until its receipt is here", took, "s", goal=2,
            floor=_new_link(echo))
    ]  # fmt: skip


def _new_link(echo: float) -> Floor:
    return Floor("five round trips on this machine: TCP, TLS, WebSocket, what is held, the entry", 5 * echo / 1000)


async def _slow(folder: Path, quick: bool) -> list[Row]:
    """The same slow link cold and warm."""
    delay = 0.3
    async with _over(folder, rate_bits_per_second=RADIO_BITS, delay_seconds=delay, loss=RADIO_LOSS, seed=2) as (
        near,
        far,
        told,
        path,
    ):
        await _do(reach, near, far, path.port)
        await _do(near.stop)
        await _do(near.start)
        cold = await _flash(near, told)
        floor = max(path.bytes_up, path.bytes_down) * 8 / RADIO_BITS + 5 * 2 * delay
        samples = []
        for _ in range(2 if quick else 5):
            await asyncio.sleep(15)
            samples.append(await _flash(near, told))
    words = "2,400 bit/s, 300 ms each way, 10 % loss, one FLASH"
    return [
        row("slow-cold", f"{words}, with nothing open", cold, "s", goal=30,
            floor=Floor("the bytes of the busier direction at the rate of the path, and five round trips", floor)),
        row("slow-warm", f"{words}, on an open link", statistics.median(samples), "s", goal=3, samples=samples,
            floor=Floor("its bytes at the rate of the path, and the way", ENTRY_BYTES * 8 / RADIO_BITS + delay)),
    ]  # fmt: skip


async def _idle(folder: Path, quick: bool) -> list[Row]:
    """What an idle link costs."""
    seconds = 40 if quick else 70
    with namespace() as found:
        if found is None:
            raise RuntimeError("not run: this machine makes no network namespace for us")
        inside, holder = found
        async with _pair(folder, inside):
            await asyncio.sleep(12)
            before = ip_bytes(holder)
            await asyncio.sleep(seconds)
            count = ip_bytes(holder) - before
    return [
        row("idle-bytes", f"traffic of an idle link, measured for {seconds} s", count * 60 / seconds, "bytes/min",
            goal=500, floor=Floor("nothing has to be said", 0))
    ]  # fmt: skip


async def _killed(folder: Path, quick: bool) -> list[Row]:
    """Our own post is killed after it accepted messages in a cut."""
    rounds, orders, losses = 1 if quick else 3, [], 0
    async with _over(folder) as (near, far, told, path):
        await _through(near, far, path.port)
        for _ in range(rounds):
            path.cut()
            await asyncio.sleep(0.5)
            accepted = [await _do(near.send, f"Number {each}.") for each in range(ACCEPTED)]
            await _do(near.kill)
            await _do(near.start)
            path.heal()
            await _do(told.arrival, accepted[-1])
            await asyncio.sleep(1)
            inbox = await _do(far.ask, requests.Inbox(line=LINE, most=1_000))
            held = [entry["id"] for entry in inbox["entries"] if entry["id"] in accepted]
            orders.append(held == accepted and [each for each in told.arrived if each in accepted] == accepted)
            losses += len(set(accepted) - set(held))
    return [
        row("killed-accepted", f"of {ACCEPTED} accepted in a cut before kill -9, arrived in order and once",
            ACCEPTED - losses / rounds if all(orders) else 0.0, "messages", goal=ACCEPTED, more_is_better=True,
            floor=Floor("all", ACCEPTED), samples=[float(each) * ACCEPTED for each in orders])
    ]  # fmt: skip
