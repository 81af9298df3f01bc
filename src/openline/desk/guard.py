"""What stands before every route: whose page asks, under which name, and what browsers may do with an answer.

A request that changes something, and every WebSocket, must say that a page of this desk made it (Origin, RFC 6454);
every request must name the desk as it is reached (Host), so that a foreign name that is bent to this address gets
nothing. A program that shows a token instead of a cookie names no page, for no page can make it act.
"""

from __future__ import annotations

from typing import Final

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from openline.errors import ForeignOrigin, OpenlineError, TooLarge
from openline.limits import DESK_HEAD_MAX_BYTES
from openline.post.control import error_value

POLICY: Final = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self'; "
    "connect-src 'self'; "
    "worker-src 'self'; "
    "base-uri 'none'; "
    "form-action 'none'; "
    "frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; "
    "trusted-types lit-html openline"
)
"""Content Security Policy, with Trusted Types: nothing from elsewhere, no script but ours."""

HEADERS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)

SAFE: Final = frozenset({"GET", "HEAD"})


class Guard:
    """Lets through what may pass; `hosts` are the names under which this desk is reached, with their ports."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts
        self._origins = frozenset(f"http://{host}" for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI has it."""
        if scope["type"] not in ("http", "websocket"):
            return

        async def guarded(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        if _head_bytes(scope) > DESK_HEAD_MAX_BYTES:
            error = TooLarge(f"The head of a request has at most {DESK_HEAD_MAX_BYTES} bytes.")
            await _refuse(scope, guarded, error, 413)
        elif self._passes(scope):
            await self._app(scope, receive, guarded)
        else:
            await _refuse(scope, guarded, ForeignOrigin("This request does not come from this desk."), 403)

    def _passes(self, scope: Scope) -> bool:
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1").lower())
        if len(hosts := headers.get("host", [])) != 1 or hosts[0] not in self._hosts:
            return False
        origins = headers.get("origin", [])
        if not origins and ("authorization" in headers or (scope["type"] == "http" and scope["method"] in SAFE)):
            return True
        return len(origins) == 1 and origins[0] in self._origins


def _head_bytes(scope: Scope) -> int:
    """Of a head; the server bounds what it holds of one that is not whole yet, and no other."""
    headers = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
    return len(scope["raw_path"]) + len(scope["query_string"]) + headers


async def _refuse(scope: Scope, send: Send, error: OpenlineError, status: int) -> None:
    body = msgspec.json.encode({"error": error_value(error)})
    kind = "http.response" if scope["type"] == "http" else "websocket.http.response"
    await send({"type": f"{kind}.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": f"{kind}.body", "body": body})
