"""The links of a post: connections to peers, theirs and ours, as numbers that the machine can speak of.

Who may connect is decided by the link keys on the cards of the peers, read anew at each handshake. Dialling is probing:
the machine asks for it about once a second while it has something to deliver. So there is no waiting longer and longer
here; an attempt that got no further for some seconds is left to itself, and another one starts beside it, for after a
cut the new one gets through long before the old one is heard of again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from itertools import count
from typing import Final

import msgspec
import structlog

from openline.bearers.connection import Connection
from openline.bearers.tls import Tls
from openline.bearers.websocket import Server, dial, serve
from openline.engine.effects import Dial, Hang, Transmit
from openline.engine.events import DialFailed, Event, FrameIn, LinkDown, LinkUp
from openline.errors import NotReachable, OpenlineError
from openline.limits import DIALS_PER_PEER_MAX
from openline.post.loop import Loop, now
from openline.terms import Instant, PostId

PATIENCE_SECONDS: Final = 30.0
"""An attempt younger than this may be a handshake that makes progress on a slow link: nothing is started beside it.

At 2,400 bit/s one takes 20 s, and two that share the link take twice as long each. A cut does not wait for this:
where nobody answers, TCP itself is given up after `bearers.websocket.CONNECT_SECONDS`."""

log = structlog.get_logger()


class _Link:
    def __init__(self, number: int, peer: PostId, connection: Connection) -> None:
        self.number = number
        self.peer = peer
        self.connection = connection
        self.waiting: deque[bytes] = deque()
        self.stirred = asyncio.Event()


class _Attempt(msgspec.Struct, eq=False):
    begun: float
    task: asyncio.Task[None] | None = None


class Links:
    """All links of one post, with their tasks in `group`. `know` says who the peers are and where."""

    def __init__(self, tls: Tls, loop: Loop, group: asyncio.TaskGroup) -> None:
        self._tls = tls
        self._loop = loop
        self._put: Callable[[Event], None] = loop.put
        self._posts: dict[bytes, PostId] = {}
        self._addresses: dict[PostId, tuple[str, ...]] = {}
        self._numbers = count(1)
        self._links: dict[int, _Link] = {}
        self._attempts: dict[PostId, list[_Attempt]] = {}
        self._server: Server | None = None
        self._place = ("", 0)
        self._group = group
        self._closed = False
        self._began = now()
        self._turned: dict[PostId, Instant] = {}

    def know(self, posts: Mapping[bytes, PostId], addresses: Mapping[PostId, tuple[str, ...]]) -> None:
        """The raw link keys of all peers, and where each can be dialled. Links under other keys are hung up."""
        self._posts = dict(posts)
        self._addresses = dict(addresses)
        for link in list(self._links.values()):
            if self._posts.get(link.connection.peer_key) != link.peer:
                link.connection.abort("The link key of the other side is not in force any more.")

    async def wear(self, tls: Tls) -> None:
        """Show another link key from now on; who called us is hung up on and calls again. Raises as `listen`."""
        self._tls = tls
        if self._server:
            await self._server.close()
            self._server = await serve(*self._place, tls, self._accepts, self._opened, on_refused=self._refused)

    def since(self, peer: PostId) -> Instant:
        """When the first of a peer's links came up, or the last went down; else when this post began to serve."""
        return self._turned.get(peer, self._began)

    def peers(self) -> dict[PostId, list[str]]:
        """For each peer with an open link, where the other ends are."""
        found: dict[PostId, list[str]] = {}
        for link in self._links.values():
            found.setdefault(link.peer, []).append(f"{link.connection.host}:{link.connection.port}")
        return found

    async def listen(self, host: str, port: int) -> int:
        """Take calls; returns the port. Raises PortInUse or CannotListen."""
        self._server = await serve(host, port, self._tls, self._accepts, self._opened, on_refused=self._refused)
        self._place = (host, self._server.port)
        return self._server.port

    async def close(self) -> None:
        """Stop calling and listening, and hang up on everyone."""
        self._closed = True
        self._cancel_attempts()
        links = list(self._links.values())
        for link in links:
            link.connection.close()
        if self._server:
            await self._server.close()
        for link in links:
            await link.connection.wait_closed()

    def _cancel_attempts(self) -> None:
        for attempts in self._attempts.values():
            for attempt in attempts:
                if attempt.task:
                    attempt.task.cancel()

    # Effects

    def transmit(self, effect: Transmit) -> None:
        """Queue a frame; a link that is gone has said so already."""
        link = self._links.get(effect.link)
        if link:
            link.waiting.append(effect.frame)
            link.stirred.set()

    def hang(self, effect: Hang) -> None:
        """Close a link."""
        link = self._links.get(effect.link)
        if link:
            log.info("hanging up", peer=link.peer.hex()[:8], why=effect.why)
            link.connection.close()

    def dial(self, effect: Dial) -> None:
        """Start an attempt to reach a peer, unless one is young or too many are under way."""
        peer = effect.peer
        if not self._addresses.get(peer):
            self._put(DialFailed(peer, "No address of this peer is known."))
            return
        attempts = self._attempts.setdefault(peer, [])
        clock = asyncio.get_running_loop().time()
        if attempts and (len(attempts) >= DIALS_PER_PEER_MAX or clock - attempts[-1].begun < PATIENCE_SECONDS):
            return
        if not self._closed:
            attempt = _Attempt(clock)
            attempts.append(attempt)
            attempt.task = self._group.create_task(self._try(peer, attempt))
            attempt.task.add_done_callback(lambda task: attempts.remove(attempt))

    def drop_all(self) -> None:
        """Forget every link at once, without a word to the machine: it is a new one."""
        links, self._links = self._links, {}
        self._turned |= {link.peer: now() for link in links.values()}
        for link in links.values():
            link.connection.abort("The post starts again from its record.")
        self._cancel_attempts()

    # Connections

    def _accepts(self, key: bytes) -> bool:
        return key in self._posts

    async def _try(self, peer: PostId, attempt: _Attempt) -> None:
        def is_peer(key: bytes) -> bool:
            return self._posts.get(key) == peer

        failure: OpenlineError = NotReachable("No address of this peer is known.")
        for address in self._addresses.get(peer, ()):
            try:
                self._opened(await dial(address, self._tls, is_peer))
            except OpenlineError as error:
                failure = error
            else:
                self._cancel_others(peer, attempt)
                return
        self._put(DialFailed(peer, str(failure)))

    def _cancel_others(self, peer: PostId, attempt: _Attempt) -> None:
        for other in self._attempts[peer]:
            if other is not attempt and other.task:
                other.task.cancel()

    def _opened(self, connection: Connection) -> None:
        peer = self._posts.get(connection.peer_key)
        if peer is None or self._closed:
            connection.abort("Nobody is here for this link any more.")
            return
        link = _Link(next(self._numbers), peer, connection)
        self._turn(peer)
        self._links[link.number] = link
        log.info("link up", peer=peer.hex()[:8], link=link.number, group=connection.group)
        self._put(LinkUp(link.number, peer))
        self._group.create_task(self._carry(link))

    def _turn(self, peer: PostId) -> None:
        """Note the time at which a peer without links gets one, or is left without any."""
        if all(link.peer != peer for link in self._links.values()):
            self._turned[peer] = now()

    def _refused(self, connection: Connection, error: OpenlineError) -> None:
        log.info("refused a call", host=connection.host, code=error.code, why=str(error))

    async def _carry(self, link: _Link) -> None:
        writer = asyncio.TaskGroup()
        try:
            async with writer:
                sending = writer.create_task(self._send(link))
                try:
                    await self._receive(link)
                finally:
                    sending.cancel()
        finally:
            link.connection.close()

    async def _send(self, link: _Link) -> None:
        try:
            while True:
                await link.stirred.wait()
                link.stirred.clear()
                while link.waiting:
                    await link.connection.send(link.waiting.popleft())
        except OpenlineError:
            return  # the receiving half hears of it, too, and says so

    async def _receive(self, link: _Link) -> None:
        receive, put, number = link.connection.receive, self._put, link.number
        try:
            while True:
                frame = await receive()
                if number not in self._links:
                    return
                put(FrameIn(number, frame))
                if not self._loop.has_room():
                    await self._loop.room()
        except OpenlineError as error:
            if self._links.pop(number, None):
                self._turn(link.peer)
                log.info("link down", peer=link.peer.hex()[:8], link=number, why=str(error))
                put(LinkDown(number))
