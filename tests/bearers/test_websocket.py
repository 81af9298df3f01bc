"""The WebSocket bearer: the contract, who gets in, and what strangers and slow paths do to it."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from openline.bearers import websocket
from openline.bearers.connection import Connection
from openline.bearers.tls import POST_QUANTUM_GROUP
from openline.bearers.websocket import Server, dial, read_address, serve
from openline.errors import (
    BadAddress,
    BadLink,
    CannotListen,
    LinkClosed,
    NotKnownToPeer,
    NotReachable,
    OpenlineError,
    PortInUse,
    StrangerRefused,
    TooLarge,
)
from openline.limits import CONNECTIONS_PER_PEER_MAX, HANDSHAKE_MAX_BYTES, LINK_FRAME_MAX_BYTES
from tests.bearers.contract import BearerContract, Pair
from tests.bearers.posts import KEY, TLS, knows, until
from tests.proxy import slow_path

PEERS = knows("calling", "third")


class Called:
    """A post that is called: `taken` in order, `refusals` with their reasons."""

    def __init__(self) -> None:
        self.taken: asyncio.Queue[Connection] = asyncio.Queue()
        self.refusals: list[OpenlineError] = []
        self.server: Server

    @property
    def address(self) -> str:
        return f"wss://127.0.0.1:{self.server.port}"

    def refuse(self, connection: Connection, error: OpenlineError) -> None:
        assert connection.host.startswith("127.0.0.")
        self.refusals.append(error)

    async def link(self, role: str = "calling", address: str = "") -> tuple[Connection, Connection]:
        """Both ends of a new connection, the caller's first."""
        near = await dial(address or self.address, TLS[role], knows("called"))
        return near, await self.taken.get()


@asynccontextmanager
async def called_post(
    accepts: Callable[[bytes], bool] = PEERS, handshake_seconds: float = 90.0
) -> AsyncIterator[Called]:
    called = Called()
    called.server = await serve(
        "127.0.0.1",
        0,
        TLS["called"],
        accepts,
        called.taken.put_nowait,
        on_refused=called.refuse,
        handshake_seconds=handshake_seconds,
    )
    try:
        yield called
    finally:
        await called.server.close()


class TestWebsocketContract(BearerContract):
    @pytest.fixture
    async def pair(self) -> AsyncIterator[Pair]:
        async with called_post() as called:
            near, far = await called.link()

            def spoil() -> None:
                assert near._transport is not None
                near._transport.write(b"garbage")

            yield Pair(near, far, LINK_FRAME_MAX_BYTES, unread_max_bytes=16 << 20, spoil=spoil)
            near.abort()


async def test_both_ends_know_each_other() -> None:
    async with called_post() as called:
        near, far = await called.link()
        assert (near.peer_key, far.peer_key) == (KEY["called"], KEY["calling"])
        assert (near.dialled, far.dialled) == (True, False)
        assert near.group == far.group == POST_QUANTUM_GROUP
        assert (near.host, near.port, far.host) == ("127.0.0.1", called.server.port, "127.0.0.1")
        near.close()


async def test_the_called_end_may_close_and_the_caller_is_told() -> None:
    async with called_post() as called:
        near, far = await called.link()
        await far.send(b"last")
        far.close()
        assert await near.receive() == b"last"
        with pytest.raises(LinkClosed, match="other side closed"):
            await near.receive()
        await near.wait_closed()
        await until(lambda: called.server.links == 0)


async def test_a_caller_whom_they_do_not_know_is_told_so() -> None:
    async with called_post(accepts=knows("third")) as called:
        with pytest.raises(NotKnownToPeer, match="add our card"):
            await dial(called.address, TLS["calling"], knows("called"))
        await until(lambda: bool(called.refusals))
        assert isinstance(called.refusals[0], StrangerRefused)
        assert (called.server.refused, called.server.shaking, called.taken.qsize()) == (1, 0, 0)


async def test_a_post_that_is_not_the_one_we_call_is_refused() -> None:
    async with called_post() as called:
        with pytest.raises(StrangerRefused, match="compare the fingerprint"):
            await dial(called.address, TLS["calling"], knows("third"))
        await until(lambda: called.server.shaking == 0)
        assert called.taken.qsize() == 0


async def test_an_address_where_nobody_listens_is_a_sentence() -> None:
    with pytest.raises(NotReachable, match="Connection refused"):
        await dial("wss://127.0.0.1:1", TLS["calling"], knows("called"))


async def test_a_silent_path_is_given_up_after_the_time_for_tcp() -> None:
    async with called_post() as called, slow_path(called.server.port) as path:
        path.cut()
        began = asyncio.get_running_loop().time()
        with pytest.raises(NotReachable, match="No answer .* within 0.3 seconds"):
            await dial(f"wss://127.0.0.1:{path.port}", TLS["calling"], knows("called"), connect_seconds=0.3)
        assert asyncio.get_running_loop().time() - began < 1
        path.heal()
        near, _ = await called.link(address=f"wss://127.0.0.1:{path.port}")
        near.close()


async def test_someone_who_takes_the_call_and_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"wss://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(NotReachable, match="did not finish"):
            await dial(address, TLS["calling"], knows("called"), handshake_seconds=0.2)


@pytest.mark.parametrize(
    ("answer", "error"),
    [(b"", NotReachable), (b"HTTP/1.1 400 Bad Request\r\n\r\n", BadLink), (b"\x16\x03\x03\xff\xff" * 9_000, BadLink)],
)
async def test_something_else_that_listens_there_is_a_sentence(answer: bytes, error: type[OpenlineError]) -> None:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(say, "127.0.0.1", 0) as other:
        address = f"wss://127.0.0.1:{other.sockets[0].getsockname()[1]}"
        with pytest.raises(error):
            await dial(address, TLS["calling"], knows("called"))


async def test_a_cancelled_dial_leaves_nothing_behind() -> None:
    async with called_post() as called, slow_path(called.server.port, delay_seconds=0.2) as path:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(dial(f"wss://127.0.0.1:{path.port}", TLS["calling"], knows("called")), 0.3)
        await until(lambda: called.server.shaking == 0)


async def test_a_dial_cancelled_at_the_moment_of_success_leaves_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = websocket._Call.opened

    def open_and_cancel(call: websocket._Call, connection: Connection) -> None:
        opened(call, connection)
        dialling.cancel()

    monkeypatch.setattr(websocket._Call, "opened", open_and_cancel)
    async with called_post() as called:
        async with asyncio.TaskGroup() as tasks:
            dialling = tasks.create_task(dial(called.address, TLS["calling"], knows("called")))
            far = await called.taken.get()
        assert dialling.cancelled()
        with pytest.raises(LinkClosed):
            await asyncio.wait_for(far.receive(), 2)


async def test_a_link_comes_up_over_a_slow_path_and_its_bytes_are_few() -> None:
    async with called_post() as called, slow_path(called.server.port, rate_bits_per_second=40_000) as path:
        near, far = await called.link(address=f"wss://127.0.0.1:{path.port}")
        await near.send(bytes(300))
        assert await far.receive() == bytes(300)
        assert path.bytes_up + path.bytes_down < 5_200
        near.close()


@pytest.mark.parametrize(
    "address",
    ["", "127.0.0.1:1", "ws://host:1", "https://host:1", "wss://", "wss://host:99999", "wss://host:1/path",
     "wss://host:1/?query", "wss://user:pass@host:1", "wss://[::1:1"],
)  # fmt: skip
def test_what_is_not_an_address_is_a_sentence(address: str) -> None:
    with pytest.raises(BadAddress, match="wss://HOST:PORT"):
        read_address(address)


@pytest.mark.parametrize(
    ("address", "host", "port"), [("wss://post.example:7443", "post.example", 7443), ("wss://[::1]:1/", "::1", 1)]
)
def test_an_address_is_read(address: str, host: str, port: int) -> None:
    assert (read_address(address).host, read_address(address).port) == (host, port)


async def test_a_port_in_use_is_a_sentence() -> None:
    async with called_post() as called:
        with pytest.raises(PortInUse, match="Choose another port"):
            await serve("127.0.0.1", called.server.port, TLS["called"], knows("calling"), called.taken.put_nowait)


async def test_a_host_that_is_not_ours_is_a_sentence() -> None:
    with pytest.raises(CannotListen, match="Check the host name"):
        await serve("192.0.2.1", 0, TLS["called"], knows("calling"), lambda connection: None)


async def test_of_too_many_connections_of_one_peer_the_oldest_goes() -> None:
    async with called_post() as called:
        other, _ = await called.link("third")
        links = [await called.link() for _ in range(CONNECTIONS_PER_PEER_MAX + 1)]
        with pytest.raises(LinkClosed):
            await links[0][0].receive()
        assert called.server.links == CONNECTIONS_PER_PEER_MAX + 1
        await links[1][0].send(b"still here")
        assert await links[1][1].receive() == b"still here"
        for connection in [other, *(near for near, _ in links)]:
            connection.close()


# Strangers


async def stranger(port: int, says: bytes) -> bytes:
    """All that a stranger hears who says this and waits until the other side hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(says)
    try:
        return await asyncio.wait_for(reader.read(), 3)
    except ConnectionResetError:
        return b""
    finally:
        writer.transport.abort()


HELLO = TLS["stranger"].session(dialling=True, accepts=lambda key: True).outgoing()


@pytest.mark.parametrize(
    ("says", "error"),
    [
        (b"GET / HTTP/1.1\r\nHost: post\r\n\r\n", BadLink),
        (b"\x00" * 100, BadLink),
        (b"\xff" * 100_000, BadLink),
        (b"SSH-2.0-OpenSSH\r\n", BadLink),
        (HELLO[:400] + b"\xff" * 2_000, BadLink),
    ],
    ids=["http", "zeros", "ones", "ssh", "half a hello"],
)
async def test_garbage_hears_at_most_an_alert_and_honest_posts_get_in(says: bytes, error: type[OpenlineError]) -> None:
    async with called_post() as called:
        heard = await stranger(called.server.port, says)
        assert len(heard) <= 7
        assert isinstance(called.refusals[0], error)
        near, _ = await called.link()
        near.close()


async def test_a_stranger_whose_hello_does_not_end_is_cut_off_by_bytes() -> None:
    async with called_post() as called:
        _, writer = await asyncio.open_connection("127.0.0.1", called.server.port)
        # A ClientHello that claims 65,535 bytes, in handshake records of 1,000 (RFC 8446 sections 4 and 5.1).
        writer.write(b"\x16\x03\x01\x00\x04" + b"\x01\x00\xff\xff")
        for _ in range(HANDSHAKE_MAX_BYTES // 1_000 + 2):
            writer.write(b"\x16\x03\x01\x03\xe8" + bytes(1_000))
            await asyncio.sleep(0.01)
        await until(lambda: called.server.refused == 1)
        assert isinstance(called.refusals[0], TooLarge)
        writer.transport.abort()


@pytest.mark.parametrize(
    "says", [b"", b"\x16", HELLO[:700], HELLO], ids=["nothing", "one byte", "half a hello", "a hello"]
)
async def test_a_stranger_who_stops_half_way_is_cut_off_by_time(says: bytes) -> None:
    async with called_post(handshake_seconds=0.2) as called:
        heard = await stranger(called.server.port, says)
        assert len(heard) < 2_500
        assert called.server.shaking == 0
        assert "took too long" in str(called.refusals[0])


async def test_a_stranger_with_tls_and_no_certificate_gets_no_banner() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    async with called_post() as called:
        reader, writer = await asyncio.open_connection("127.0.0.1", called.server.port, ssl=context)
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        with pytest.raises((ssl.SSLError, ConnectionResetError)):
            await reader.readexactly(1)
        await until(lambda: bool(called.refusals))
        assert isinstance(called.refusals[0], StrangerRefused)
        writer.transport.abort()


async def test_a_flood_of_callers_who_say_nothing_does_not_shut_out_a_post(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "HANDSHAKES_MAX", 8)
    async with called_post() as called:
        flood = [await asyncio.open_connection("127.0.0.1", called.server.port) for _ in range(30)]
        await until(lambda: called.server.refused >= 22)
        assert called.server.shaking == 8
        near, far = await called.link()
        await near.send(b"through")
        assert await far.receive() == b"through"
        assert "Too many handshakes" in str(called.refusals[0])
        near.close()
        for _, writer in flood:
            writer.transport.abort()


async def test_the_address_that_floods_pays_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "HANDSHAKES_MAX", 4)
    async with called_post() as called:
        slow = await asyncio.open_connection("127.0.0.1", called.server.port, local_addr=("127.0.0.2", 0))
        await until(lambda: called.server.shaking == 1)
        flood = [await asyncio.open_connection("127.0.0.1", called.server.port) for _ in range(20)]
        await until(lambda: called.server.refused >= 17)
        assert called.server.shaking == 4
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(slow[0].read(1), 0.05)
        for _, writer in [slow, *flood]:
            writer.transport.abort()


async def test_strangers_leave_no_trace_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async with called_post() as called:
        for says in (b"GET / HTTP/1.1\r\n\r\n", bytes(50_000)):
            await stranger(called.server.port, says)
        with pytest.raises(NotKnownToPeer):
            await dial(called.address, TLS["stranger"], knows("called"))
    assert [record for record in caplog.records if record.levelno > logging.DEBUG] == []


async def test_a_closed_server_is_gone_and_tells_its_peers() -> None:
    async with called_post() as called:
        near, _ = await called.link()
        reader, writer = await asyncio.open_connection("127.0.0.1", called.server.port)
        await called.server.close()
        with pytest.raises(LinkClosed):
            await near.receive()
        assert await reader.read() == b""
        writer.close()
        with pytest.raises(NotReachable):
            await called.link()
