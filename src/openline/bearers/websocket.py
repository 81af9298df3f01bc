"""The WebSocket bearer: `dial` a post, `serve` those who dial us. Each gives a `Connection` with both ends known.

The port answers strangers with one bounded handshake: TLS refuses them before a byte of HTTP is read, so there is no
banner, no header and no error page. How many may be shaking hands at a time, for how long and with how many bytes, is
limited; when all places are taken, the oldest handshake of the address that holds most of them gives way. So a flood
from one address costs that address, and honest peers, who need milliseconds on a fast path, still get in.
"""

from __future__ import annotations

import asyncio
import errno
import os
from collections import Counter
from collections.abc import Callable
from typing import Final

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidURI
from websockets.server import ServerProtocol
from websockets.uri import WebSocketURI, parse_uri

from openline.bearers.connection import PATH, SEND_BUFFER_BYTES, SILENT, SUBPROTOCOL, Connection
from openline.bearers.tls import Accepts, Tls
from openline.errors import BadAddress, CannotListen, LinkClosed, NotReachable, OpenlineError, PortInUse
from openline.limits import CONNECTIONS_PER_PEER_MAX, HANDSHAKES_MAX, LINK_FRAME_MAX_BYTES

CONNECT_SECONDS: Final = 1.5
"""To wait for TCP: it is tried again at once, and probing beats TCP's own doubling waits."""

HANDSHAKE_SECONDS: Final = 90.0
"""To wait for TLS and WebSocket: at 2,400 bit/s they need half a minute."""

_NEXT_ADDRESS_SECONDS = 0.25


def read_address(address: str) -> WebSocketURI:
    """The parts of ``wss://HOST:PORT``, the only form a post's address has. Raises `BadAddress`."""
    try:
        uri = parse_uri(address)
    except (InvalidURI, ValueError) as error:
        raise BadAddress(f"{address!r} is not the address of a post.") from error
    if not uri.secure or uri.path not in ("", PATH) or uri.query or uri.username:
        raise BadAddress(f"{address!r} is not the address of a post.")
    return uri


async def dial(
    address: str,
    tls: Tls,
    accepts: Accepts,
    *,
    connect_seconds: float = CONNECT_SECONDS,
    handshake_seconds: float = HANDSHAKE_SECONDS,
    send_buffer_bytes: int = SEND_BUFFER_BYTES,
) -> Connection:
    """Connect to the post at ``wss://HOST:PORT``, if `accepts` takes its raw link key.

    Raises `BadAddress`, `NotReachable`, `NotKnownToPeer` (they do not accept us), `StrangerRefused` (we do not accept
    them), or `BadLink` (something else answers there). Safe to cancel.
    """
    uri = read_address(address)
    call = _Call()
    connection = Connection(
        ClientProtocol(uri, subprotocols=[SUBPROTOCOL], max_size=LINK_FRAME_MAX_BYTES, logger=SILENT),
        tls.session(dialling=True, accepts=accepts),
        call,
        send_buffer_bytes,
    )
    await _connect(connection, uri, connect_seconds)
    is_ours = False
    try:
        async with asyncio.timeout(handshake_seconds):
            await call.answered
        is_ours = True
    except TimeoutError:
        raise NotReachable(f"{address} took the call and did not finish the handshake.") from None
    except LinkClosed as error:
        raise NotReachable(f"{address} hung up during the handshake.") from error
    finally:
        if not is_ours:
            connection.abort()
    return connection


class _Call:
    """The owner of a dialled connection, until it is open or has failed."""

    def __init__(self) -> None:
        self.answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def made(self, connection: Connection) -> None:
        pass

    def opened(self, connection: Connection) -> None:
        if not self.answered.done():
            self.answered.set_result(None)

    def ended(self, connection: Connection, error: OpenlineError) -> None:
        if not self.answered.done():
            self.answered.set_exception(error)


async def _connect(connection: Connection, uri: WebSocketURI, connect_seconds: float) -> None:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(connect_seconds):
            await loop.create_connection(
                lambda: connection, uri.host, uri.port, happy_eyeballs_delay=_NEXT_ADDRESS_SECONDS
            )
    except TimeoutError:
        raise NotReachable(f"No answer from {uri.host}:{uri.port} within {connect_seconds} seconds.") from None
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror or error
        raise NotReachable(f"{uri.host}:{uri.port} cannot be reached: {why}.") from error


class Server:
    """The link port of one post. `port`: what it listens on. `refused`: callers so far that did not become links."""

    def __init__(
        self,
        tls: Tls,
        accepts: Accepts,
        on_connection: Callable[[Connection], None],
        on_refused: Callable[[Connection, OpenlineError], None] | None,
        handshake_seconds: float,
        send_buffer_bytes: int,
    ) -> None:
        self.port = 0
        self.refused = 0
        self._tls = tls
        self._accepts = accepts
        self._on_connection = on_connection
        self._on_refused = on_refused
        self._handshake_seconds = handshake_seconds
        self._send_buffer_bytes = send_buffer_bytes
        self._shaking: dict[Connection, asyncio.TimerHandle] = {}
        self._links: dict[Connection, None] = {}
        self._listener: asyncio.Server | None = None

    async def listen(self, host: str, port: int) -> None:
        """Raises `PortInUse` or `CannotListen`."""
        loop = asyncio.get_running_loop()
        try:
            self._listener = await loop.create_server(self._welcome, host, port)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortInUse(f"Port {port} on {host} is already in use.") from error
            raise CannotListen(f"Cannot listen on {host}:{port}: {error.strerror or error}.") from error
        self.port = self._listener.sockets[0].getsockname()[1]

    @property
    def shaking(self) -> int:
        """Handshakes in progress."""
        return len(self._shaking)

    @property
    def links(self) -> int:
        """Open connections."""
        return len(self._links)

    async def close(self) -> None:
        """Stop listening, close every connection, return when their sockets are gone."""
        if self._listener:
            self._listener.close()
        connections = [*self._shaking, *self._links]
        for connection in connections:
            connection.close()
        for connection in connections:
            await connection.wait_closed()

    def _welcome(self) -> Connection:
        return Connection(
            ServerProtocol(subprotocols=[SUBPROTOCOL], max_size=LINK_FRAME_MAX_BYTES, logger=SILENT),
            self._tls.session(dialling=False, accepts=self._accepts),
            self,
            self._send_buffer_bytes,
        )

    # As the owner of its connections

    def made(self, connection: Connection) -> None:
        """A handshake begins: it gets a place, and a time until which it must be done."""
        late = "The handshake took too long."
        clock = asyncio.get_running_loop().call_later(self._handshake_seconds, connection.abort, late)
        self._shaking[connection] = clock
        if len(self._shaking) > HANDSHAKES_MAX:
            held = Counter(other.host for other in self._shaking)
            most = max(held.values())
            oldest = next(other for other in self._shaking if held[other.host] == most)
            oldest.abort("Too many handshakes at once.")

    def opened(self, connection: Connection) -> None:
        """A peer is there; of too many connections of one peer the oldest goes."""
        self._shaking.pop(connection).cancel()
        self._links[connection] = None
        same_peer = [other for other in self._links if other.peer_key == connection.peer_key]
        if len(same_peer) > CONNECTIONS_PER_PEER_MAX:
            same_peer[0].abort("The same peer opened newer connections.")
        self._on_connection(connection)

    def ended(self, connection: Connection, error: OpenlineError) -> None:
        """A link is over, or a stranger was refused."""
        self._links.pop(connection, None)
        clock = self._shaking.pop(connection, None)
        if clock:
            clock.cancel()
            self.refused += 1
            if self._on_refused:
                self._on_refused(connection, error)


async def serve(
    host: str,
    port: int,
    tls: Tls,
    accepts: Accepts,
    on_connection: Callable[[Connection], None],
    *,
    on_refused: Callable[[Connection, OpenlineError], None] | None = None,
    handshake_seconds: float = HANDSHAKE_SECONDS,
    send_buffer_bytes: int = SEND_BUFFER_BYTES,
) -> Server:
    """Listen on `host` and `port` (0: any free one) and hand over each connection whose raw link key `accepts` takes.

    `on_connection` and `on_refused` are called from the loop and must return at once; for the latter only `host` and
    `port` of the connection, and the error, mean anything.
    Raises `PortInUse` or `CannotListen`.
    """
    server = Server(tls, accepts, on_connection, on_refused, handshake_seconds, send_buffer_bytes)
    await server.listen(host, port)
    return server
