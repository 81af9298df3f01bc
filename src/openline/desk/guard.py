"""What stands before every route: whose page asks, under which name, and what browsers may do with an answer.

A request that changes something, and every WebSocket, must say that a page of this desk made it (Origin, RFC 6454);
every request must name the desk as it is reached (Host), so that a foreign name that is bent to this address gets
nothing. A program that shows a token instead of a cookie names no page, for no page can make it act.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Final

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from openline.desk.way import Reach
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

STRICT: Final = (b"strict-transport-security", b"max-age=31536000")
"""Under a name of its own: this name speaks TLS only, for a year (RFC 6797)."""

SAFE: Final = frozenset({"GET", "HEAD"})


class Guard:
    """Lets through what may pass, by the names under which the desk is reached.

    Behind a proxy, who asks is whom the proxy names last in X-Forwarded-For; what stands before it is the asker's word.
    """

    def __init__(self, app: ASGIApp, reach: Reach) -> None:
        self._app = app
        self._reach = reach
        self._origins = frozenset(f"{reach.scheme}://{host}" for host in reach.hosts)
        self._headers = (*HEADERS, STRICT) if reach.secure else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI has it."""
        if scope["type"] not in ("http", "websocket"):
            return

        async def guarded(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                message["headers"] = [*message.get("headers", ()), *self._headers]
            await send(message)

        if _head_bytes(scope) > DESK_HEAD_MAX_BYTES:
            error = TooLarge(f"The head of a request has at most {DESK_HEAD_MAX_BYTES} bytes.")
            await _refuse(scope, guarded, error, 413)
        elif self._passes(scope, headers := _headers(scope)):
            asker = _asker(headers) if self._reach.proxied else None
            await self._app(scope if asker is None else {**scope, "client": (asker, 0)}, receive, guarded)
        else:
            await _refuse(scope, guarded, ForeignOrigin("This request does not come from this desk."), 403)

    def _passes(self, scope: Scope, headers: Mapping[str, list[str]]) -> bool:
        if len(hosts := headers.get("host", [])) != 1 or hosts[0] not in self._reach.hosts:
            return False
        origins = headers.get("origin", [])
        if not origins and ("authorization" in headers or (scope["type"] == "http" and scope["method"] in SAFE)):
            return True
        return len(origins) == 1 and origins[0] in self._origins


def _headers(scope: Scope) -> Mapping[str, list[str]]:
    headers: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1").lower())
    return headers


def _head_bytes(scope: Scope) -> int:
    """Of a head; the server bounds what it holds of one that is not whole yet, and no other."""
    headers = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
    return len(scope["raw_path"]) + len(scope["query_string"]) + headers


def _asker(headers: Mapping[str, list[str]]) -> str | None:
    """The address that the proxy saw, None where it names none."""
    said = ",".join(headers.get("x-forwarded-for", [])).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(said))
    except ValueError:
        return None


async def _refuse(scope: Scope, send: Send, error: OpenlineError, status: int) -> None:
    body = msgspec.json.encode({"error": error_value(error)})
    kind = "http.response" if scope["type"] == "http" else "websocket.http.response"
    await send({"type": f"{kind}.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": f"{kind}.body", "body": body})
