"""The one WebSocket of a page: what the post tells, and every three quarters of a second that it still does.

A page takes the post for dead when nothing has come for two seconds; a beat also says what time it is here. Nothing
is said on the socket by the page: whoever does is hung up on, and so is a page that does not read. The first thing told
is which alarms nobody has noted. A program with a token is told the same.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import nullcontext
from typing import Any, Final

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from openline.desk.gate import Gate
from openline.desk.routes import READERS
from openline.errors import OpenlineError, TooBusy
from openline.limits import DESK_UNREAD_MAX_EVENTS, DESK_WATCHERS_MAX
from openline.post import requests as asks
from openline.post.loop import now
from openline.post.people.tokens import Machine

BEAT_SECONDS: Final = 0.75

NOT_SIGNED_IN: Final = 4401
"""Close code: sign in again."""

TOO_SLOW: Final = 1013
SAID_SOMETHING: Final = 1008


class Unread:
    """What one page has still to be told."""

    def __init__(self) -> None:
        self._events: deque[dict[str, Any]] = deque()
        self._stirred = asyncio.Event()
        self.overflowed = False

    def add(self, event: dict[str, Any]) -> None:
        """Something came; beyond DESK_UNREAD_MAX_EVENTS nothing more is held."""
        if len(self._events) < DESK_UNREAD_MAX_EVENTS:
            self._events.append(event)
        else:
            self.overflowed = True
        self._stirred.set()

    def stir(self) -> None:
        """Something else is to be looked at now."""
        self._stirred.set()

    async def next(self, seconds: float) -> dict[str, Any] | None:
        """The next one, or None when none came in time."""
        if not self._events:
            self._stirred.clear()
            try:
                await asyncio.wait_for(self._stirred.wait(), seconds)
            except TimeoutError:
                return None
        return self._events.popleft() if self._events else None


async def tell(desk: Gate, socket: WebSocket) -> None:
    """Tell one page until it goes, its officer signs out, or the desk closes."""
    try:
        who = desk.asker(socket)
        with desk.machines.watching(who) if isinstance(who, Machine) else nullcontext():
            if not READERS.intersection(who.roles) or desk.watching >= DESK_WATCHERS_MAX:
                raise TooBusy("This is told to those who read, and to so many at a time.")
            await _told(desk, socket)
    except OpenlineError:
        await socket.close()


async def _told(desk: Gate, socket: WebSocket) -> None:
    await socket.accept()
    unread = Unread()
    unread.add(desk.alarms.held())
    stops = [
        desk.service.watch(asks.Watch(), lambda event: None if event["what"] == "alarm" else unread.add(event)),
        desk.alarms.watch(unread.add),
    ]
    ends = (desk.service.accounts.changed, desk.service.tokens.changed)
    for changed in ends:
        changed.append(unread.stir)
    desk.watching += 1
    try:
        async with asyncio.TaskGroup() as group:
            telling = group.create_task(_tell(desk, socket, unread))
            await _until_gone(socket)
            telling.cancel()
    except* WebSocketDisconnect:
        pass
    finally:
        desk.watching -= 1
        for stop in stops:
            stop()
        for changed in ends:
            changed.remove(unread.stir)


async def _tell(desk: Gate, socket: WebSocket, unread: Unread) -> None:
    beat_at = 0.0
    clock = asyncio.get_running_loop().time
    event: dict[str, Any] | None = None
    while True:
        who = desk.still(socket)
        if who is None or not READERS.intersection(who.roles):
            await socket.close(NOT_SIGNED_IN)
            return
        if event is not None:
            await _say(socket, event)
        if clock() >= beat_at:
            await _say(socket, {"what": "beat", "now": now()})
            beat_at = clock() + BEAT_SECONDS
        event = await unread.next(max(0.0, beat_at - clock()))
        if unread.overflowed:
            await socket.close(TOO_SLOW)
            return


async def _until_gone(socket: WebSocket) -> None:
    if (await socket.receive())["type"] != "websocket.disconnect":
        await socket.close(SAID_SOMETHING)


async def _say(socket: WebSocket, event: dict[str, Any]) -> None:
    await socket.send_text(msgspec.json.encode(event, enc_hook=str).decode())
