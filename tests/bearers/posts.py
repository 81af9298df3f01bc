"""Link identities by role, one raw peer that keeps no rules, and what a test waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Self, cast

from openline.bearers.tls import Session, Tls
from openline.keys.ed25519 import SigningKey
from openline.keys.linkcert import certificate
from openline.terms import Instant

_SEEDS = {"calling": b"\x01" * 32, "called": b"\x02" * 32, "third": b"\x03" * 32, "stranger": b"\x04" * 32}
PEM = {role: certificate(seed, role, Instant(1_700_000_000_000), 1) for role, seed in _SEEDS.items()}
TLS = {role: Tls(*pem) for role, pem in PEM.items()}
KEY = {role: SigningKey.from_seed(seed).public for role, seed in _SEEDS.items()}


def knows(*roles: str) -> Callable[[bytes], bool]:
    """An answer to `accepts`: these and nobody else."""
    keys = [KEY[role] for role in roles]
    return lambda key: key in keys


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait for something that no future tells."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while not condition():
        assert loop.time() < deadline, "waited too long"
        await asyncio.sleep(0.005)


class RawPeer:
    """A known post whose program says whatever the test wants, inside TLS."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, session: Session) -> None:
        self.reader = reader
        self.writer = writer
        self.session = session

    @classmethod
    async def call(cls, port: int, role: str = "calling") -> Self:
        """Dial and shake hands as far as TLS."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        peer = cls(reader, writer, TLS[role].session(dialling=True, accepts=lambda key: True))
        writer.write(peer.session.outgoing())
        while not peer.session.is_open:
            peer.session.receive(await reader.read(65_536))
        writer.write(peer.session.outgoing())
        return peer

    def say(self, plaintext: bytes) -> None:
        self.session.send(plaintext)
        self.writer.write(self.session.outgoing())

    async def hear(self) -> bytes:
        """The next plaintext, or nothing when the other side has hung up."""
        heard = b""
        with suppress(ConnectionResetError):
            while not heard and (arrived := await self.reader.read(65_536)):
                heard = self.session.receive(arrived)
        return heard

    async def upgrade(self) -> None:
        """Become a link, politely."""
        self.say(UPGRADE)
        assert (await self.hear()).startswith(b"HTTP/1.1 101 ")

    def stop_reading(self) -> None:
        cast(asyncio.Transport, self.writer.transport).pause_reading()

    def hang_up(self) -> None:
        self.writer.transport.abort()


UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: post\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Protocol: openline.link.1\r\n\r\n"
)
