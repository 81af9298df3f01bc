"""Files that the post writes, given to the browser that asks: a bundle, a certificate of no contact, a public page.

The post writes each into its home, as it does for a command; it has lost its name there before it is sent, so that
nothing of it stays. One is made and sent at a time.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from openline.desk import routes
from openline.desk.gate import Gate
from openline.desk.replies import answering, body_of, check_method
from openline.desk.routes import ON_WATCH, READERS, Route
from openline.errors import TooBusy, TooLarge, UnknownName
from openline.limits import DESK_BODY_MAX_BYTES
from openline.post import requests as asks
from openline.post.call.requests import CallCertificate
from openline.post.statement.requests import StatementPage

PREFIX: Final = ".download-"
LARGEST_BYTES: Final = 256 << 20
"""A larger file is written from the command line."""

SECONDS: Final = 600.0
"""How long a browser may take to read a file."""

_CHUNK_BYTES: Final = 256 << 10


class Download(NamedTuple):
    """What is asked of the post, and as what the browser keeps it."""

    route: Route
    name: str
    kind: str


DOWNLOADS: Final[Mapping[str, Download]] = {
    "export": Download(Route(asks.Export, READERS, "POST"), "record.bundle", "application/octet-stream"),
    "call-certificate": Download(
        Route(CallCertificate, ON_WATCH, "POST", signs=True), "no-contact.certificate", "application/octet-stream"
    ),
    "statement-page": Download(Route(StatementPage, READERS, "POST"), "statement.html", "text/html; charset=utf-8"),
}
"""What stands at /api/v1/download/NAME: by POST, for each writes a checkpoint or signs an entry, or may."""


@answering
async def download(desk: Gate, request: Request) -> Response:
    """Make one file and send it."""
    who, name = desk.asker(request), request.path_params["name"]
    wanted = DOWNLOADS.get(name)
    if wanted is None:
        raise UnknownName("There is nothing at this address.")
    check_method(request, wanted.route)
    routes.check_roles(name, wanted.route, who.roles)
    body = await body_of(request, DESK_BODY_MAX_BYTES)
    if desk.downloading:
        raise TooBusy("Another file is being made for a browser.")
    desk.downloading = True
    try:
        data = await _made(desk, wanted, body, who.name)
    except BaseException:
        desk.downloading = False
        raise
    return _Sending(desk, wanted, data)


async def _made(desk: Gate, wanted: Download, body: bytes, officer: str) -> BinaryIO:
    """The file, open, and without a name already. Raises what the post answers, or TooLarge."""
    home = desk.service.post.keyring.home.path
    for old in home.glob(f"{PREFIX}*"):
        rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=home) as folder:
        file = Path(folder) / wanted.name
        await desk.answered(routes.from_body(wanted.route, body, officer, file=str(file)))
        size = file.stat().st_size
        if size > LARGEST_BYTES:
            raise TooLarge(f"The file has {size} bytes; the desk gives at most {LARGEST_BYTES}.")
        return file.open("rb")


class _Sending(StreamingResponse):
    """Sends a file, and is rid of it however that ends; a reader that takes too long is left."""

    def __init__(self, desk: Gate, wanted: Download, data: BinaryIO) -> None:
        self._desk, self._data = desk, data
        self._left = data.seek(0, os.SEEK_END)
        headers = {
            "content-disposition": f'attachment; filename="{wanted.name}"',
            "content-length": str(self._left),
            "content-type": wanted.kind,
        }
        data.seek(0)
        super().__init__(self._chunks(), headers=headers)

    async def _chunks(self) -> AsyncIterator[bytes]:
        while chunk := self._data.read(_CHUNK_BYTES):
            self._left -= len(chunk)
            if not self._left:
                self._over()
                yield chunk
                return
            yield chunk

    def _over(self) -> None:
        self._data.close()
        self._desk.downloading = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One answer, as ASGI has it."""
        try:
            async with asyncio.timeout(SECONDS):
                await super().__call__(scope, receive, send)
        finally:
            if not self._data.closed:
                self._over()
