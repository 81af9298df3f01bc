"""One connection against a known post whose program does not keep the rules."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.frames import Close, Frame, Opcode

from openline.bearers.connection import SEND_BUFFER_BYTES, Connection
from openline.bearers.websocket import Server, serve
from openline.errors import BadLink, LinkClosed, OpenlineError, PeerError, TooLarge
from openline.limits import HANDSHAKE_MAX_BYTES, LINK_FRAME_MAX_BYTES
from tests.bearers.posts import TLS, UPGRADE, RawPeer, knows, until


class Called:
    """A post that is called, what it got, and whom it refused."""

    def __init__(self) -> None:
        self.connections: list[Connection] = []
        self.refusals: list[OpenlineError] = []
        self.server: Server

    def refuse(self, connection: Connection, error: OpenlineError) -> None:
        self.refusals.append(error)

    async def peer(self) -> RawPeer:
        """A linked peer; its connection at this end is the last of `connections`."""
        peer = await RawPeer.call(self.server.port)
        await peer.upgrade()
        await until(lambda: bool(self.connections))
        return peer


@asynccontextmanager
async def called_post() -> AsyncIterator[Called]:
    called = Called()
    called.server = await serve(
        "127.0.0.1", 0, TLS["called"], knows("calling"), called.connections.append, on_refused=called.refuse
    )
    try:
        yield called
    finally:
        await called.server.close()


def masked(frame: Frame) -> bytes:
    return frame.serialize(mask=True)


BINARY = masked(Frame(Opcode.BINARY, b"good"))


@pytest.mark.parametrize(
    ("said", "error", "sentence"),
    [
        (masked(Frame(Opcode.TEXT, b"text")), BadLink, "whole binary messages"),
        (masked(Frame(Opcode.BINARY, b"")), BadLink, "whole binary messages"),
        (masked(Frame(Opcode.BINARY, b"part", fin=False)), BadLink, "whole binary messages"),
        (masked(Frame(Opcode.CONT, b"part")), BadLink, "unexpected continuation"),
        (Frame(Opcode.BINARY, b"bare").serialize(mask=False), BadLink, "incorrect masking"),
        (b"\xff" * 20, BadLink, "opcode|reserved"),
        (b"\x82\xff" + (LINK_FRAME_MAX_BYTES + 1).to_bytes(8, "big") + bytes(4), TooLarge, "more than 65536"),
        (b"\x82\xff" + b"\xff" * 8 + bytes(4), TooLarge, "more than 65536"),
        (masked(Frame(Opcode.CLOSE, Close(1000, "").serialize())), LinkClosed, "closed the connection"),
        (masked(Frame(Opcode.CLOSE, b"\x00")), BadLink, "WebSocket protocol"),
    ],
    ids=["text", "empty", "part", "later part", "bare", "ones", "too large", "far too large", "close", "bad close"],
)
async def test_what_is_not_a_frame_of_ours_ends_the_link(
    said: bytes, error: type[OpenlineError], sentence: str
) -> None:
    async with called_post() as called:
        peer = await called.peer()
        peer.say(BINARY + said)
        assert await called.connections[0].receive() == b"good"
        with pytest.raises(error, match=sentence):
            await called.connections[0].receive()
        await called.connections[0].wait_closed()
        peer.hang_up()


async def receive_to_the_end(connection: Connection) -> None:
    while True:
        assert 1 <= len(await connection.receive()) <= LINK_FRAME_MAX_BYTES


@settings(max_examples=30, suppress_health_check=[HealthCheck.differing_executors])
@given(said=st.binary(min_size=1, max_size=200))
def test_any_bytes_inside_tls_end_in_frames_or_a_documented_error(said: bytes) -> None:
    async def play() -> None:
        async with called_post() as called:
            peer = await called.peer()
            peer.say(said)
            peer.session.close()
            peer.writer.write(peer.session.outgoing())
            with pytest.raises((LinkClosed, PeerError)):
                await receive_to_the_end(called.connections[0])
            peer.hang_up()

    asyncio.run(play())


@pytest.mark.parametrize(
    "said",
    [
        UPGRADE.replace(b"GET / ", b"GET /other "),
        UPGRADE.replace(b"GET ", b"POST "),
        UPGRADE.replace(b"openline.link.1", b"openline.link.9"),
        UPGRADE.replace(b"Upgrade: websocket\r\n", b""),
        UPGRADE.replace(b"Sec-WebSocket-Key", b"X-Key"),
        b"GET / HTTP/1.1\r\n" + b"X: " + bytes(9_000) + b"\r\n\r\n",
        b"garbage\r\n\r\n",
        bytes(HANDSHAKE_MAX_BYTES + 70_000),
    ],
    ids=["path", "method", "subprotocol", "no upgrade", "no key", "long header", "no http", "zeros"],
)
async def test_a_known_post_that_asks_for_something_else_gets_no_answer(said: bytes) -> None:
    async with called_post() as called:
        peer = await RawPeer.call(called.server.port)
        peer.say(said)
        assert await peer.hear() == b""
        await until(lambda: bool(called.refusals))
        assert isinstance(called.refusals[0], BadLink | TooLarge)
        assert called.connections == []
        peer.hang_up()


async def test_the_answer_to_a_link_names_no_program_and_no_time() -> None:
    async with called_post() as called:
        peer = await RawPeer.call(called.server.port)
        peer.say(UPGRADE)
        head = (await peer.hear()).lower()
        assert b"openline.link.1" in head
        assert b"server:" not in head
        assert b"date:" not in head
        assert len(head) < 200
        peer.hang_up()


async def test_pings_are_answered() -> None:
    async with called_post() as called:
        peer = await called.peer()
        peer.say(masked(Frame(Opcode.PING, b"there?")))
        assert await peer.hear() == Frame(Opcode.PONG, b"there?").serialize(mask=False)
        peer.hang_up()


async def test_a_peer_that_pings_and_does_not_read_is_dropped() -> None:
    async with called_post() as called:
        peer = await called.peer()
        peer.stop_reading()
        pings = masked(Frame(Opcode.PING, bytes(125))) * 200
        for _ in range(3_000):
            peer.say(pings)
            await asyncio.sleep(0)
            if called.server.links == 0:
                break
        with pytest.raises(BadLink, match="does not read them"):
            await called.connections[0].receive()
        peer.hang_up()


async def test_frames_that_nobody_takes_hold_the_peer_back() -> None:
    async with called_post() as called:
        peer = await called.peer()
        for _ in range(300):
            peer.say(masked(Frame(Opcode.BINARY, bytes(LINK_FRAME_MAX_BYTES))))
        await asyncio.sleep(0.2)
        assert called.connections[0]._waiting_bytes <= 4 * LINK_FRAME_MAX_BYTES
        for _ in range(300):
            assert len(await called.connections[0].receive()) == LINK_FRAME_MAX_BYTES
        peer.hang_up()


async def test_a_cut_is_told_from_a_close() -> None:
    async with called_post() as called:
        peer = await called.peer()
        peer.hang_up()
        with pytest.raises(LinkClosed, match="without a word|was cut"):
            await called.connections[0].receive()
        with pytest.raises(LinkClosed):
            await called.connections[0].send(b"x")


async def test_receive_can_be_cancelled_without_loss() -> None:
    async with called_post() as called:
        peer = await called.peer()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(called.connections[0].receive(), 0.02)
        peer.say(BINARY)
        assert await called.connections[0].receive() == b"good"
        peer.hang_up()


async def pour(connection: Connection) -> None:
    while True:
        await connection.send(bytes(60_000))


async def fill(connection: Connection) -> None:
    """Send until the kernel takes no more."""
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(pour(connection), 0.5)


async def test_send_waits_for_the_kernel_and_buffered_tells_what_is_on_the_way() -> None:
    async with called_post() as called:
        peer = await called.peer()
        connection = called.connections[0]
        await until(lambda: connection.buffered() == 0)
        peer.stop_reading()
        await fill(connection)
        assert 20_000 < connection.buffered() < 120_000
        connection.abort()
        with pytest.raises(LinkClosed):
            await connection.send(b"x")
        await connection.wait_closed()
        assert connection.buffered() == 0
        peer.hang_up()


async def test_a_blocked_send_is_told_of_the_end() -> None:
    async with called_post() as called:
        peer = await called.peer()
        connection = called.connections[0]
        peer.stop_reading()
        await fill(connection)
        asyncio.get_running_loop().call_later(0.1, connection.abort)
        with pytest.raises(LinkClosed):
            await asyncio.wait_for(connection.send(b"x"), 2)
        peer.hang_up()


async def test_the_socket_is_small_and_does_not_wait_for_more() -> None:
    async with called_post() as called:
        peer = await called.peer()
        assert called.connections[0]._transport is not None
        outside: socket.socket = called.connections[0]._transport.get_extra_info("socket")
        assert outside.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
        assert outside.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) <= SEND_BUFFER_BYTES
        peer.hang_up()


async def test_a_close_does_not_wait_for_a_peer_that_does_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openline.bearers.connection._GOODBYE_SECONDS", 0.1)
    async with called_post() as called:
        peer = await called.peer()
        peer.stop_reading()
        connection = called.connections[0]
        await fill(connection)
        connection.close()
        await asyncio.wait_for(connection.wait_closed(), 2)
        peer.hang_up()


async def test_hostile_peers_leave_no_trace_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with called_post() as called:
        peer = await called.peer()
        peer.say(BINARY + b"\xff" * 20)
        assert await called.connections[0].receive() == b"good"
        await called.connections[0].wait_closed()
        peer.hang_up()
    assert [record for record in caplog.records if record.name != "asyncio"] == []
    assert [record for record in caplog.records if record.levelno > logging.DEBUG] == []
