"""Connections to the desk that wait for their client: no longer than they may, and never in the way of a new one.

Whoever connects and says nothing, says it slowly or does not read the answer takes a place. Where all places are taken,
the one that has waited longest gives its place up; whoever is being answered keeps it.

A WebSocket is asked for at one address and as RFC 6455, section 4.2.1 has it, or it is a request like any other: what
takes the connection over waits for ever for the rest of a handshake that it cannot read.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any, Final

from h11 import Request
from uvicorn.protocols.http.h11_impl import H11Protocol

from openline.limits import DESK_CONNECTIONS_MAX

HEAD_SECONDS: Final = 10.0
"""How long a request line and its headers may take to come, the first ones and each that follow."""

EVENTS: Final = "/api/v1/events"
"""The address of the one WebSocket."""

_KEY: Final = re.compile(rb"[A-Za-z0-9+/]{22}==")
_HEADERS_MAX: Final = 64
_HEADER_MAX_BYTES: Final = 4 << 10


class Connection(H11Protocol):
    """One connection; those that were handed over to a WebSocket are no more of these."""

    since: float = 0.0
    """When it began to wait for what it waits for."""

    _ends: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """It takes a place, that of another one if need be."""
        super().connection_made(transport)
        self._awaits_a_head()
        if len(self.connections) > DESK_CONNECTIONS_MAX:
            waiting = [each for each in self.connections if isinstance(each, Connection) and each.waits]
            min(waiting, key=lambda each: each.since, default=self).give_up()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        self._ended()
        super().connection_lost(exc)

    def _should_upgrade(self) -> bool:
        return self._asks_for_a_socket() and super()._should_upgrade()

    def _asks_for_a_socket(self) -> bool:
        """Whether this is a handshake that whoever takes the connection over will answer."""
        said: dict[bytes, list[bytes]] = {}
        for name, value in self.headers:
            said.setdefault(name, []).append(value)
        keys, versions = said.get(b"sec-websocket-key", []), said.get(b"sec-websocket-version", [])
        return (
            (self.scope["method"], self.scope["path"], versions) == ("GET", EVENTS, [b"13"])
            and len(keys) == 1
            and _KEY.fullmatch(keys[0]) is not None
            and len(self.headers) <= _HEADERS_MAX
            and all(len(name) + len(value) <= _HEADER_MAX_BYTES for name, value in self.headers)
        )

    def handle_websocket_upgrade(self, event: Request) -> None:
        """It is a WebSocket from here on."""
        self._ended()
        super().handle_websocket_upgrade(event)

    def on_response_complete(self) -> None:
        """One request is answered; another may follow."""
        super().on_response_complete()
        self._awaits_a_head()

    @property
    def waits(self) -> bool:
        """Whether its client has to do something: send the rest of a request, or read the answer."""
        return self._awaits_next or self.cycle.more_body or self.flow.write_paused

    @property
    def _awaits_next(self) -> bool:
        cycle: Any = self.cycle  # None before the first request
        return cycle is None or bool(cycle.response_complete)

    def give_up(self) -> None:
        """Its place is free at once."""
        self.connections.discard(self)
        self.transport.abort()

    def _awaits_a_head(self) -> None:
        self._ended()
        self.since = self.loop.time()
        self._ends = self.loop.call_later(HEAD_SECONDS, self._took_too_long)

    def _took_too_long(self) -> None:
        if self._awaits_next:
            self.give_up()

    def _ended(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None
