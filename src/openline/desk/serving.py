"""The desk inside a running post: uvicorn in the post's own loop, which keeps its signal handlers.

It speaks plain HTTP, so it listens on this machine only; from elsewhere it is reached through a tunnel.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

from uvicorn import Config, Server

from openline.desk import pages
from openline.desk.app import Desk
from openline.desk.connections import Connection
from openline.errors import CannotListen, Misuse, PortInUse
from openline.limits import DESK_CONNECTIONS_MAX, DESK_HEAD_MAX_BYTES
from openline.post import requests as asks
from openline.post.service import Service
from openline.post.serving import DeskOf, Opened

CLOSING_SECONDS: Final = 1
_SOCKET_MESSAGE_MAX_BYTES: Final = 4_096
_PING_SECONDS: Final = 20.0


class Embedded(Server):
    """A server whose signals are the post's; `taking` is set once it takes connections."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.taking = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self.taking.set()


def desk_at(place: tuple[str, int]) -> DeskOf:
    """What opens the desk of a post at host and port. Raises Misuse or DeskNotBuilt before anything else is opened."""
    host, port = place
    if not _is_local(host):
        raise Misuse(
            f"The desk speaks plain HTTP, so it listens on this machine only: say --desk 127.0.0.1:{port or 8080}, and "
            "reach it from elsewhere through a tunnel (docs/guides/desk.md)."
        )
    files = pages.load()

    @asynccontextmanager
    async def opened(service: Service) -> AsyncIterator[Opened]:
        listening = listen(host, port)
        taken = int(listening.getsockname()[1])
        desk = Desk(service, files, names(host, taken), taken)
        stop_watching = service.watch(asks.Watch(), desk.alarms.told)
        server = Embedded(_config(desk))
        service.accounts.address = address = f"http://{_bracketed(host)}:{taken}"
        await desk.passwords.ready()
        running = service.post.group.create_task(server.serve(sockets=[listening]))
        try:
            await server.taking.wait()
            yield Opened(address, first_link(service))
        finally:
            server.should_exit = True
            await running
            desk.passwords.close()
            listening.close()
            stop_watching()

    return opened


def first_link(service: Service) -> str:
    """The link with which the first officer signs in, while nobody can yet; else empty."""
    if any(each.password or service.means.passkeys(each.number) for each in service.accounts.people()):
        return ""
    return str(service.accounts.link(asks.DeskLink())["url"])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises PortInUse or CannotListen."""
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio then sets TCP_NODELAY
    except OSError as error:
        raise CannotListen(f"The desk cannot listen at {host}:{port}: {error.strerror}.") from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
        listening.listen(DESK_CONNECTIONS_MAX)
    except OSError as error:
        listening.close()
        if isinstance(error, PermissionError):
            raise CannotListen(f"The desk cannot listen at {host}:{port}: {error.strerror}.") from error
        raise PortInUse(f"The desk cannot listen at {host}:{port}: {error.strerror}.") from error
    return listening


def names(host: str, port: int) -> frozenset[str]:
    """Under which names a desk on this machine is reached, as a browser writes them in Host."""
    known = {_bracketed(host).lower(), "127.0.0.1", "localhost", "[::1]"}
    return frozenset(f"{name}:{port}" for name in known) | (known if port == 80 else frozenset())


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _config(desk: Desk) -> Config:
    return Config(
        desk.app,
        http=Connection,
        ws="websockets-sansio",
        ws_max_size=_SOCKET_MESSAGE_MAX_BYTES,
        ws_ping_interval=_PING_SECONDS,
        ws_ping_timeout=_PING_SECONDS,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        log_level="error",  # not a line for each piece of junk that a stranger sends
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=DESK_CONNECTIONS_MAX + 1,
        timeout_graceful_shutdown=CLOSING_SECONDS,
        h11_max_incomplete_event_size=DESK_HEAD_MAX_BYTES,
    )
