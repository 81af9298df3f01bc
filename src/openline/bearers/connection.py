"""One WebSocket connection between two posts: TLS 1.3 inside TCP, WebSocket (RFC 6455) inside TLS, one frame a
message.

Both protocol cores are pure (`bearers.tls.Session` and websockets' own); this file joins them to an asyncio
transport:

    socket ── buffer_updated ──> Session.receive ──> websocket.receive_data ──> frames waiting for `receive`
    `send` ──> websocket.send_binary ──> Session.send ──> Session.outgoing ──> transport.write

asyncio's own TLS layer is not used: it buffers 64 KiB and more behind the back of `send`, so that a FLASH would wait
behind them, and it closes a refused connection before the alert that says why has left
(docs/decisions/0010-tls-in-the-bearer.md). Here `send` returns when this machine's kernel has taken the frame, and
the kernel's own buffer is small.

What the other end can cost is bounded: bytes before the link is open, frames waiting to be read, answers that it does
not read. What it may say is small, too: whole binary messages of 1 to `LINK_FRAME_MAX_BYTES`; no text, no fragments,
no compression.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import socket
import struct
import termios
from collections import deque
from typing import Final, Protocol, cast

from websockets.client import ClientProtocol
from websockets.exceptions import PayloadTooBig
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import Event, State
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

from openline.bearers.tls import Session
from openline.errors import BadLink, FrameSize, LinkClosed, OpenlineError, TooLarge
from openline.limits import HANDSHAKE_MAX_BYTES, LINK_FRAME_MAX_BYTES

SUBPROTOCOL: Final = Subprotocol("openline.link.1")
PATH: Final = "/"

SEND_BUFFER_BYTES: Final = 32 << 10
"""What the kernel may hold of what we sent: precedence is lost in there."""

_READ_BYTES = 64 << 10
_WAITING_MAX_BYTES = 2 * LINK_FRAME_MAX_BYTES
_FRAME_COST_BYTES = 100
_UNREAD_ANSWERS_MAX_BYTES = 2 * LINK_FRAME_MAX_BYTES
_GOODBYE_SECONDS = 5.0

# The library's own log would show frames at level DEBUG; what matters comes out as an error here.
SILENT: Final = logging.getLogger("openline.bearers.websocket")
SILENT.setLevel(logging.ERROR)


class Owner(Protocol):
    """Who made a connection, and is told how it fares."""

    def made(self, connection: Connection) -> None:
        """The socket is there; the other end is anyone."""

    def opened(self, connection: Connection) -> None:
        """The other end is known and frames may flow."""

    def ended(self, connection: Connection, error: OpenlineError) -> None:
        """Opened or not, it is over, and why."""


class Connection(asyncio.BufferedProtocol):
    """A link's connection, as `dial` returns it and `serve` hands it over: open, and the other end known.

    `peer_key`: raw Ed25519 link key of the other end. `dialled`: we called them. `host` and `port`: where the other end
    of the socket is. `group`: the key exchange of the handshake.
    """

    def __init__(
        self,
        websocket: ClientProtocol | ServerProtocol,
        session: Session,
        owner: Owner,
        send_buffer_bytes: int,
    ) -> None:
        self.dialled: Final = isinstance(websocket, ClientProtocol)
        self.is_open = False
        self.host = ""
        self.port = 0
        self._websocket = websocket
        self._session = session
        self._owner = owner
        self._send_buffer_bytes = send_buffer_bytes
        self._transport: asyncio.Transport | None = None
        self._read_buffer = bytearray(_READ_BYTES)
        self._opening_bytes = 0
        self._frames: deque[bytes] = deque()
        self._waiting_bytes = 0
        self._reading_paused = False
        self._arrived = asyncio.Event()
        self._writable = asyncio.Event()
        self._gone = asyncio.Event()
        self._ended: OpenlineError | None = None

    @property
    def peer_key(self) -> bytes:
        return self._session.peer_key

    @property
    def group(self) -> str:
        return self._session.group

    # For the link above

    async def send(self, frame: bytes) -> None:
        """Send one frame of 1 to `LINK_FRAME_MAX_BYTES`; return when this machine's kernel has taken it.

        Raises `FrameSize`, or `LinkClosed` (or what ended the connection): then nothing says whether it arrived.
        """
        if not 1 <= len(frame) <= LINK_FRAME_MAX_BYTES:
            raise FrameSize(f"A frame has 1 to {LINK_FRAME_MAX_BYTES} bytes, not {len(frame)}.")
        while not self._writable.is_set():
            await self._writable.wait()
        self._raise_if_ended()
        self._websocket.send_binary(frame)
        self._flush()
        while not self._writable.is_set():
            await self._writable.wait()
        self._raise_if_ended()

    async def receive(self) -> bytes:
        """The next frame; for one reader at a time. Frames that came before the end are still handed out.

        Raises `LinkClosed`, or the `PeerError` for which the connection was ended. Safe to cancel.
        """
        while not self._frames:
            self._raise_if_ended()
            self._arrived.clear()
            await self._arrived.wait()
        frame = self._frames.popleft()
        self._waiting_bytes -= len(frame) + _FRAME_COST_BYTES
        if self._reading_paused and self._transport and self._waiting_bytes <= _WAITING_MAX_BYTES // 2:
            self._reading_paused = False
            self._transport.resume_reading()
        return frame

    def buffered(self) -> int:
        """Bytes sent, TLS included, that the other machine's kernel has not acknowledged; 0 once the socket is gone."""
        transport = self._transport
        if transport is None or self._gone.is_set():
            return 0
        outside = cast(socket.socket, transport.get_extra_info("socket"))
        if outside.fileno() < 0:
            return 0
        # TIOCOUTQ: bytes in the send queue, sent and unsent (Linux tcp(7), SIOCOUTQ).
        (queued,) = struct.unpack("i", fcntl.ioctl(outside, termios.TIOCOUTQ, bytes(4)))
        return transport.get_write_buffer_size() + int(queued)

    def close(self) -> None:
        """End the connection and tell the other end. What `send` took is sent first, for some seconds at most."""
        self._end(LinkClosed("The connection was closed here."))

    def abort(self, reason: str = "The connection was given up here.") -> None:
        """End the connection at once and wait for nothing: for a path that is silent."""
        self._end(LinkClosed(reason))
        if self._transport:
            self._transport.abort()

    async def wait_closed(self) -> None:
        """Return when the socket is gone."""
        await self._gone.wait()

    # For asyncio

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.host, self.port = (transport.get_extra_info("peername") or ("", 0))[:2]
        outside = cast(socket.socket, transport.get_extra_info("socket"))
        # Linux doubles what it is given (socket(7), SO_SNDBUF).
        outside.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self._send_buffer_bytes // 2)
        # Zero: `send` waits until the kernel has all. asyncio itself sets TCP_NODELAY.
        self._transport.set_write_buffer_limits(high=0)
        self._writable.set()
        self._owner.made(self)
        self._write_outgoing()

    def get_buffer(self, sizehint: int) -> bytearray:
        return self._read_buffer

    def buffer_updated(self, count: int) -> None:
        if self._ended:
            return
        try:
            self._take(memoryview(self._read_buffer)[:count])
        except OpenlineError as error:
            self._end(error)

    def eof_received(self) -> None:
        self._end(LinkClosed("The other side hung up without a word."))

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def connection_lost(self, error: Exception | None) -> None:
        self._gone.set()
        self._end(LinkClosed("The connection was cut."))

    # Inside

    def _take(self, ciphertext: memoryview) -> None:
        if not self.is_open:
            if self._opening_bytes > HANDSHAKE_MAX_BYTES:
                raise TooLarge(f"More than {HANDSHAKE_MAX_BYTES} bytes before the link was open.")
            self._opening_bytes += len(ciphertext)
        knew_peer = self._session.is_open
        plaintext = self._session.receive(ciphertext)
        if self._session.is_open and not knew_peer and isinstance(self._websocket, ClientProtocol):
            self._websocket.send_request(self._websocket.connect())
        if plaintext:
            self._websocket.receive_data(plaintext)
            for event in self._websocket.events_received():
                self._notice(event)
            self._raise_if_garbage()
        self._flush()
        if self._session.is_ended:
            raise LinkClosed("The other side closed the connection.")
        if self._transport and self._transport.get_write_buffer_size() > _UNREAD_ANSWERS_MAX_BYTES:
            raise BadLink("The other side asks for answers and does not read them.")

    def _notice(self, event: Event) -> None:
        if isinstance(event, Frame):
            self._notice_frame(event)
        elif isinstance(event, Request):
            self._answer(event)
        elif self._websocket.state is State.OPEN and self._websocket.subprotocol == SUBPROTOCOL:
            self._opened()

    def _notice_frame(self, frame: Frame) -> None:
        if frame.opcode is Opcode.BINARY and frame.fin and frame.data:
            self._frames.append(bytes(frame.data))
            self._waiting_bytes += len(frame.data) + _FRAME_COST_BYTES
            self._arrived.set()
            if self._waiting_bytes > _WAITING_MAX_BYTES and not self._reading_paused and self._transport:
                self._reading_paused = True
                self._transport.pause_reading()
        elif frame.opcode is Opcode.CLOSE:
            raise LinkClosed("The other side closed the connection.")
        elif frame.opcode not in (Opcode.PING, Opcode.PONG):
            raise BadLink("The other side sent something else than whole binary messages.")

    def _answer(self, request: Request) -> None:
        websocket = cast(ServerProtocol, self._websocket)
        response = websocket.accept(request)
        if request.path != PATH or response.status_code != 101:
            raise BadLink("The other side asked for something else than a link.")
        del response.headers["Date"]
        websocket.send_response(response)
        self._opened()

    def _opened(self) -> None:
        self.is_open = True
        self._owner.opened(self)

    def _raise_if_garbage(self) -> None:
        if self._websocket.handshake_exc:
            raise BadLink("The other side does not speak the link's WebSocket.")
        if isinstance(self._websocket.parser_exc, PayloadTooBig):
            raise TooLarge(f"The other side sent a frame of more than {LINK_FRAME_MAX_BYTES} bytes.")
        if self._websocket.parser_exc:
            raise BadLink(f"The other side broke the WebSocket protocol: {self._websocket.parser_exc}.")

    def _flush(self) -> None:
        for data in self._websocket.data_to_send():
            if data:
                self._session.send(data)
        self._write_outgoing()

    def _write_outgoing(self) -> None:
        data = self._session.outgoing()
        if data and self._transport and not self._transport.is_closing():
            self._transport.write(data)

    def _end(self, error: OpenlineError) -> None:
        if self._ended:
            return
        self._ended = error
        self._arrived.set()
        self._writable.set()
        if self._transport and not self._transport.is_closing():
            self._say_goodbye(self._transport)
        self._owner.ended(self, error)

    def _say_goodbye(self, transport: asyncio.Transport) -> None:
        if self._websocket.state is State.OPEN:
            self._websocket.send_close(1000)
        try:
            if self.is_open:
                self._flush()
            self._session.close()
        except LinkClosed:
            pass
        self._write_outgoing()
        transport.close()
        if not self._gone.is_set():
            asyncio.get_running_loop().call_later(_GOODBYE_SECONDS, transport.abort)

    def _raise_if_ended(self) -> None:
        if self._ended:
            raise self._ended.with_traceback(None)
