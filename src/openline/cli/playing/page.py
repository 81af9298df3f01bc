"""The director's page: one page on this machine that sees all sides and asks what the director's commands ask.

It is served as the desk is, behind the same guard, by a thread of its own. Whoever has its link is the director.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from importlib import resources
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uvicorn import Config

from openline.cli.playing import director
from openline.desk.guard import Guard
from openline.desk.serving import Embedded, listen
from openline.desk.way import way
from openline.errors import BadRequest, NotSignedIn, OpenlineError, TooLarge
from openline.limits import DIRECTOR_REQUEST_MAX_BYTES
from openline.post.control import error_value

HOST: Final = "127.0.0.1"
KEY: Final = "x-director-key"
FILES: Final = {"/": ("director.html", "text/html"), "/director.js": ("director.js", "text/javascript"),
                "/director.css": ("director.css", "text/css")}  # fmt: skip
_TOKEN_BYTES: Final = 24


class Page:
    """Serves until `close`. `link` opens it; what stands behind # in it stays in the browser."""

    def __init__(self, queue: SimpleQueue[Any]) -> None:
        self._queue = queue
        self._over = False
        self._token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._listening = listen(HOST, 0)
        port = int(self._listening.getsockname()[1])
        self.link = f"http://{HOST}:{port}/#{self._token}"
        routes = [Route(path, self._file) for path in FILES]
        app = Starlette(routes=[*routes, Route("/ask", self._ask, methods=["POST"])])
        self._server = Embedded(
            Config(
                Guard(app, way(HOST, port).reach(port)),
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = Thread(target=self._run, name="director's page", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it; whoever waits is told that the exercise is over."""
        self._over = True
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()

    def _run(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._listening]))

    async def _file(self, request: Request) -> Response:
        name, kind = FILES[request.url.path]
        return Response(resources.files(__package__).joinpath(name).read_bytes(), media_type=kind)

    async def _ask(self, request: Request) -> Response:
        try:
            asked = await self._read(request)
        except OpenlineError as error:
            status = 401 if isinstance(error, NotSignedIn) else 400
            return _json({"error": error_value(error)}, status)
        return _json(await asyncio.to_thread(director.answered, self._queue, asked, lambda: self._over))

    async def _read(self, request: Request) -> director.Request:
        """What the page asks. Raises NotSignedIn, TooLarge or BadRequest."""
        if not hmac.compare_digest(request.headers.get(KEY, "").encode(), self._token.encode()):
            raise NotSignedIn("This page is the director's: open the link that the run has printed.")
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > DIRECTOR_REQUEST_MAX_BYTES:
                raise TooLarge(f"A request has at most {DIRECTOR_REQUEST_MAX_BYTES} bytes.")
        try:
            return msgspec.json.decode(body, type=director.Request)
        except msgspec.DecodeError as error:
            raise BadRequest(f"That is no request: {error}.") from None


def _json(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")
