"""What requests at the desk have in common: bodies that are read within bounds, answers, and refusals with a status."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, Protocol, TypeVar

import msgspec
import structlog
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response

from openline import errors
from openline.errors import BadRequest, InternalError, OpenlineError, TooLarge, UnknownName, WrongMethod
from openline.limits import DESK_STRANGER_BODY_MAX_BYTES
from openline.post.control import error_value

BODY_SECONDS: Final = 20.0
"""How long a body may take to come."""

STATUS: Final[Mapping[type[OpenlineError], int]] = {
    errors.BadRequest: 400,
    errors.Misuse: 400,
    errors.TooManyWords: 400,
    errors.NotSignedIn: 401,
    errors.BadToken: 401,
    errors.WrongPassword: 401,
    errors.LinkSpent: 401,
    errors.RoleNeeded: 403,
    errors.NotAllowed: 403,
    errors.UnknownName: 404,
    errors.WrongMethod: 405,
    errors.TooLarge: 413,
    errors.TooManyTries: 429,
    errors.InternalError: 500,
    errors.TooBusy: 503,
    errors.NotReady: 503,
}
"""What HTTP calls an error; 409 where nothing is said here."""

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
"""Which methods are answered in words, right or wrong; any other leads nowhere."""

At = TypeVar("At")
Form = TypeVar("Form", bound=msgspec.Struct)
log = structlog.get_logger()


def answering(handler: Callable[[At, Request], Awaitable[Response]]) -> Callable[[At, Request], Awaitable[Response]]:
    """Whatever goes wrong is answered as an error with its code."""

    @wraps(handler)
    async def handled(desk: At, request: Request) -> Response:
        try:
            return await handler(desk, request)
        except OpenlineError as error:
            return refusal(error)
        except Exception:
            log.exception("a request at the desk failed", path=request.url.path)
            return refusal(InternalError("The desk met an error of its own while it did this."))

    return handled


class Asked(Protocol):
    """What stands at an address."""

    @property
    def method(self) -> str:
        """The one method with which it is asked."""


def check_method(request: Request, asked: Asked | None) -> None:
    """Raise WrongMethod unless this is how it is asked; HEAD asks as GET does."""
    if asked is not None and request.method.replace("HEAD", "GET") != asked.method:
        raise WrongMethod(f"This is asked with {asked.method}.", asked.method)


def answer(value: Any, status: int = 200) -> Response:
    """A value as JSON."""
    return Response(msgspec.json.encode(value, enc_hook=str), status, media_type="application/json")


def refusal(error: OpenlineError) -> Response:
    """An error as JSON, with its status."""
    response = answer({"error": error_value(error)}, STATUS.get(type(error), HTTPStatus.CONFLICT))
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["www-authenticate"] = "Bearer"  # RFC 9110, section 11.6.1
    if isinstance(error, WrongMethod):
        response.headers["allow"] = error.allow
    return response


async def form_of(request: Request, form: type[Form]) -> Form:
    """The small body that whoever has not signed in may send. Raises TooLarge or BadRequest."""
    body = await body_of(request, DESK_STRANGER_BODY_MAX_BYTES)
    try:
        return msgspec.json.decode(body, type=form)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadRequest("This is not what this address takes.") from None


async def body_of(request: Request, most_bytes: int) -> bytes:
    """The body, no longer than it may be and no slower. Raises TooLarge or BadRequest."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadRequest("What is asked here is asked in application/json.")
    held = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                held += chunk
                if len(held) > most_bytes:
                    raise TooLarge(f"A request has at most {most_bytes} bytes.")
    except (TimeoutError, ClientDisconnect):
        raise BadRequest("The rest of the request did not come.") from None
    return bytes(held)


def address_of(request: HTTPConnection) -> str:
    """From where somebody asks, for counting tries."""
    return "address " + (request.client.host if request.client else "")


async def nowhere(request: Request, error: Exception | None) -> Response:
    """The same whether something is there that a stranger may not have, or nothing."""
    return refusal(UnknownName("There is nothing at this address."))


async def wrong_method(request: Request, error: Exception | None) -> Response:
    """Something is there for anybody, and is asked in another way."""
    return refusal(WrongMethod("This is asked with GET."))
