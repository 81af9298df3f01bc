"""What this machine needs for the bare work: a sync of the disk, an echo over the same TLS, the cryptography alone."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import sqlite3
import statistics
import time
from collections.abc import Callable
from functools import lru_cache
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from bench.posts import TEXT
from openline.bearers.connection import Connection
from openline.bearers.tls import Tls
from openline.bearers.websocket import dial, serve
from openline.errors import OpenlineError
from openline.keys.linkcert import certificate
from openline.terms import Instant

BATCH = 64
_HEADER = bytes(200)
_SPAWN = multiprocessing.get_context("spawn")


def _seconds(action: Callable[[], object], times: int) -> float:
    """The median of `times` runs."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def fdatasync_ms(folder: Path, times: int = 300) -> float:
    """To write 4 kB and sync them."""
    handle = os.open(folder / "floor.bin", os.O_RDWR | os.O_CREAT, 0o600)
    os.write(handle, bytes(1 << 20))
    os.fsync(handle)
    places = iter(range(times))

    def once() -> None:
        os.pwrite(handle, os.urandom(4096), 4096 * (next(places) % 256))
        os.fdatasync(handle)

    try:
        return 1000 * _seconds(once, times)
    finally:
        os.close(handle)
        (folder / "floor.bin").unlink()


def _tls(seed: bytes) -> Tls:
    return Tls(*certificate(seed, "bench", Instant(1_700_000_000_000), 1))


def _echo(pipe: Pipe) -> None:
    asyncio.run(_echo_until(pipe))


async def _echo_until(pipe: Pipe) -> None:
    async with asyncio.TaskGroup() as tasks:

        async def answer(connection: Connection) -> None:
            with contextlib.suppress(OpenlineError):
                while True:
                    await connection.send(await connection.receive())

        def opened(connection: Connection) -> None:
            tasks.create_task(answer(connection))

        server = await serve("127.0.0.1", 0, _tls(b"\x02" * 32), lambda key: True, opened)
        pipe.send(server.port)
        await asyncio.Event().wait()


def echo_ms(times: int = 500) -> float:
    """To send 400 bytes to another process and have them back, over the WebSocket and the TLS of a link."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_echo, args=(theirs,), daemon=True)
    process.start()
    try:
        port: int = ours.recv()
        return asyncio.run(_echoed(port, times))
    finally:
        process.kill()
        process.join()


async def _echoed(port: int, times: int) -> float:
    connection = await dial(f"wss://127.0.0.1:{port}", _tls(b"\x01" * 32), lambda key: True)
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        await connection.send(bytes(400))
        await connection.receive()
        taken.append(time.perf_counter() - began)
    connection.abort()
    return 1000 * statistics.median(taken)


def handshake_bytes() -> int:
    """What both ends of a link say in TLS before the first word inside it, without TCP and IP."""
    near = _tls(b"\x01" * 32).session(dialling=True, accepts=lambda key: True)
    far = _tls(b"\x02" * 32).session(dialling=False, accepts=lambda key: True)
    said = 0
    for _ in range(2):
        hello = near.outgoing()
        far.receive(hello)
        answer = far.outgoing()
        near.receive(answer)
        said += len(hello) + len(answer)
    return said


@lru_cache(maxsize=1)
def bare_pipeline_per_second(folder: Path, batches: int = 40) -> float:
    """Messages per second of one core that does nothing but the bare work of both posts for each message: an act and an
    entry signed, sealed, opened, both verified, kept in two SQLite files by commits of 64, and one receipt for each 64.
    """
    key, cipher = Ed25519PrivateKey.generate(), AESGCMSIV(bytes(32))
    public = key.public_key()
    files = [folder / f"floor-{end}.db" for end in ("near", "far")]
    stores = [_store(file) for file in files]
    plain = _HEADER + TEXT.encode()
    began = time.process_time()
    for batch in range(batches):
        kept = []
        for at in range(BATCH):
            nonce = (batch * BATCH + at).to_bytes(12, "big")
            act = key.sign(_HEADER)
            signature = key.sign(plain)
            sealed = cipher.encrypt(nonce, plain + signature + act, _HEADER)
            opened = cipher.decrypt(nonce, sealed, _HEADER)
            public.verify(opened[len(plain) : len(plain) + 64], plain)
            public.verify(opened[len(plain) + 64 :], _HEADER)
            kept.append((nonce, opened))
        receipt = key.sign(_HEADER)
        public.verify(receipt, _HEADER)
        for store in stores:
            with store:
                store.executemany("INSERT INTO entry VALUES (?, ?)", kept)
    taken = time.process_time() - began
    for store, file in zip(stores, files, strict=True):
        store.close()
        file.unlink()
    return batches * BATCH / taken


def _store(file: Path) -> sqlite3.Connection:
    store = sqlite3.connect(file)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("PRAGMA synchronous = FULL")
    store.execute("CREATE TABLE entry (id BLOB PRIMARY KEY, content BLOB)")
    return store


def verify_per_second(seconds: float = 1.0) -> float:
    """Bare Ed25519 verifications per second of one core."""
    key = Ed25519PrivateKey.generate()
    message = bytes(300)
    public, signature = key.public_key(), key.sign(message)
    done, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        for _ in range(200):
            public.verify(signature, message)
        done += 200
    return done / (time.process_time() - began)


def _verify_in_pipe(pipe: Pipe) -> None:
    pipe.send("ready")
    pipe.recv()
    began = time.perf_counter()
    count = verify_per_second() * 1.0
    pipe.send(count / max(1.0, time.perf_counter() - began))


def verify_per_second_all_cores() -> float:
    """The same of all cores at once, by the clock on the wall."""
    pipes = []
    processes = []
    for _ in range(os.cpu_count() or 1):
        ours, theirs = _SPAWN.Pipe()
        processes.append(_SPAWN.Process(target=_verify_in_pipe, args=(theirs,), daemon=True))
        pipes.append(ours)
    for process in processes:
        process.start()
    for pipe in pipes:
        pipe.recv()
    for pipe in pipes:
        pipe.send("go")
    total = sum(float(pipe.recv()) for pipe in pipes)
    for process in processes:
        process.join()
    return total


def read_ms(file: Path, size: int) -> float:
    """To read so many bytes from a file that the machine has in its memory."""
    file.write_bytes(bytes(size))
    try:
        return 1000 * _seconds(file.read_bytes, 5)
    finally:
        file.unlink()
