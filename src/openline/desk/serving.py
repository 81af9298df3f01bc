"""The desk inside a running post: uvicorn in the post's own loop, which keeps its signal handlers.

It listens on this machine, for browsers on it, a tunnel or a proxy; anywhere else with a certificate only (way.py).
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

from uvicorn import Config, Server

from openline.desk import pages
from openline.desk.app import Desk
from openline.desk.connections import Connection
from openline.desk.way import way
from openline.errors import CannotListen, PortInUse
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


def desk_at(
    place: tuple[str, int],
    *,
    name: str = "",
    certificate: Path | None = None,
    key: Path | None = None,
    guide: bool = False,
) -> DeskOf:
    """What opens the desk of a post at host and port, under a name or none; `guide` as for `Desk`.

    Raises Misuse or DeskNotBuilt before anything else is opened.
    """
    host, port = place
    way_in = way(host, port, name, certificate, key)
    files = pages.load()

    @asynccontextmanager
    async def opened(service: Service) -> AsyncIterator[Opened]:
        listening = listen(host, port)
        reach = way_in.reach(int(listening.getsockname()[1]))
        desk = Desk(service, files, reach, guide=guide)
        stop_watching = service.watch(asks.Watch(), desk.alarms.told)
        server = Embedded(_config(desk, way_in.tls))
        service.accounts.address = reach.address
        await desk.passwords.ready()
        running = service.post.group.create_task(server.serve(sockets=[listening]))
        try:
            await server.taking.wait()
            yield Opened(reach.address, first_link(service))
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


def _config(desk: Desk, tls: ssl.SSLContext | None) -> Config:
    config = Config(
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
    config.load()
    config.ssl = tls
    return config
