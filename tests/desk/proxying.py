"""A reverse proxy that terminates TLS on loopback, as an organisation has one before the desk; and certificates for it.

It adds to each request whom it saw (X-Forwarded-For), leaves Host as it is, and hands everything else over as it comes.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from openline.post.loop import now

NAME = "desk.north.example"


class Certified(NamedTuple):
    """A certificate and its key, both in PEM files, and the hash by which a browser can be told to take it."""

    certificate: Path
    key: Path
    pin: str


def certified(folder: Path, name: str = NAME) -> Certified:
    """A certificate that signs itself, good for a day."""
    private = ec.generate_private_key(ec.SECP256R1())
    subject, at = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), datetime.fromtimestamp(now() / 1000, UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(hours=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(private, hashes.SHA256())
    )
    made = Certified(folder / "desk.pem", folder / "desk.key", _pin(private.public_key()))
    made.certificate.write_bytes(signed.public_bytes(Encoding.PEM))
    made.key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for each in (made.certificate, made.key):
        each.chmod(0o600)
    return made


def _pin(public: ec.EllipticCurvePublicKey) -> str:
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(sha256(spki).digest()).decode()


class Proxy:
    """Where it listens; `upstream` is the port of the desk behind it."""

    def __init__(self) -> None:
        self.port = 0
        self.upstream = 0

    async def serve(self, held: Certified, ready: threading.Event, over: asyncio.Event) -> None:
        """Until it is over."""
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(held.certificate, held.key)
        server = await asyncio.start_server(self._take, "127.0.0.1", 0, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await over.wait()
        server.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request on each connection, so that each can be added to."""
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            there, back = await asyncio.open_connection("127.0.0.1", self.upstream)
            last = b"" if b"\r\nupgrade:" in head.lower() else b"Connection: close\r\n"
            lines = [
                line for line in head[:-2].split(b"\r\n") if not last or not line.lower().startswith(b"connection:")
            ]
            seen = str(writer.get_extra_info("peername")[0]).encode()
            back.write(b"\r\n".join(lines) + b"X-Forwarded-For: " + seen + b"\r\n" + last + b"\r\n")
            async with asyncio.TaskGroup() as group:
                ahead = group.create_task(_pipe(reader, back))
                await _pipe(there, writer)
                ahead.cancel()
            back.close()
        writer.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()


@contextmanager
def proxying(held: Certified) -> Iterator[Proxy]:
    """A proxy in a thread and a loop of its own."""
    proxy, ready, loop = Proxy(), threading.Event(), asyncio.new_event_loop()
    over = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(proxy.serve(held, ready, over),), daemon=True)
    thread.start()
    try:
        assert ready.wait(20)
        yield proxy
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(20)
        loop.close()
