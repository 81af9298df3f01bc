"""The routes of the desk as one ASGI application: pages, signing in and out, requests to the post, events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, Final, TypeVar

import msgspec
import structlog
from starlette.applications import Starlette
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route as Path
from starlette.routing import WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from openline import errors
from openline.desk import events, openapi, routes
from openline.desk.alarms import Alarms
from openline.desk.guard import Guard
from openline.desk.pages import CONSOLE, FOR_STRANGERS, LOGIN, Page
from openline.desk.passwords import Passwords, check
from openline.desk.sessions import Sessions
from openline.desk.tries import AT_ONCE_FROM_ONE_ADDRESS, SECONDS_EACH_FROM_ONE_ADDRESS, Tries
from openline.errors import (
    BadRequest,
    InternalError,
    NotSignedIn,
    OpenlineError,
    RoleNeeded,
    TooLarge,
    UnknownName,
    WrongPassword,
)
from openline.limits import DESK_BODY_MAX_BYTES, DESK_STRANGER_BODY_MAX_BYTES
from openline.post.accounts import Person
from openline.post.control import error_value
from openline.post.requests import AnyRequest
from openline.post.service import Service

BODY_SECONDS: Final = 20.0
"""How long a body may take to come."""

STATUS: Final[Mapping[type[OpenlineError], int]] = {
    errors.BadRequest: 400,
    errors.Misuse: 400,
    errors.TooManyWords: 400,
    errors.NotSignedIn: 401,
    errors.WrongPassword: 401,
    errors.LinkSpent: 401,
    errors.RoleNeeded: 403,
    errors.NotAllowed: 403,
    errors.UnknownName: 404,
    errors.TooLarge: 413,
    errors.TooManyTries: 429,
    errors.InternalError: 500,
    errors.TooBusy: 503,
    errors.NotReady: 503,
}
"""What HTTP calls an error; 409 where nothing is said here."""

Handler = Callable[["Desk", Request], Awaitable[Response]]
Form = TypeVar("Form", bound=msgspec.Struct)
log = structlog.get_logger()


class SignIn(msgspec.Struct, forbid_unknown_fields=True):
    """Name and password."""

    officer: str
    password: str


class Link(msgspec.Struct, forbid_unknown_fields=True):
    """A one-time link; with a password, to set it."""

    token: str
    password: str = ""


class Note(msgspec.Struct, forbid_unknown_fields=True):
    """Which alarm was noted."""

    number: int


def answering(handler: Handler) -> Handler:
    """Whatever goes wrong is answered as an error with its code."""

    @wraps(handler)
    async def handled(desk: Desk, request: Request) -> Response:
        try:
            return await handler(desk, request)
        except OpenlineError as error:
            return refusal(error)
        except Exception:
            log.exception("a request at the desk failed", path=request.url.path)
            return refusal(InternalError("The desk met an error of its own while it did this."))

    return handled


def answer(value: Any, status: int = 200) -> Response:
    """A value as JSON."""
    return Response(msgspec.json.encode(value, enc_hook=str), status, media_type="application/json")


def refusal(error: OpenlineError) -> Response:
    """An error as JSON, with its status."""
    return answer({"error": error_value(error)}, STATUS.get(type(error), HTTPStatus.CONFLICT))


class Desk:
    """The desk of one running post, reached under `hosts`."""

    def __init__(self, service: Service, pages: Mapping[str, Page], hosts: frozenset[str], port: int) -> None:
        self.service = service
        self.sessions = Sessions(time.monotonic)
        self.passwords = Passwords()
        self.alarms = Alarms()
        self._pages = pages
        self._by_name = Tries(time.monotonic)
        self._by_address = Tries(time.monotonic, AT_ONCE_FROM_ONE_ADDRESS, SECONDS_EACH_FROM_ONE_ADDRESS)
        self._cookie = f"openline-{port}"  # cookies are not told apart by port
        self.watching = 0
        self.app: ASGIApp = Guard(self._routed(), hosts)

    def _routed(self) -> Starlette:
        table: dict[str, tuple[str, Callable[[Request], Awaitable[Response]]]] = {
            "/": ("GET", self.page),
            "/static/{name}": ("GET", self.static),
            "/healthz": ("GET", self.health),
            "/api/v1/sign-in": ("POST", self.sign_in),
            "/api/v1/sign-out": ("POST", self.sign_out),
            "/api/v1/link-holder": ("POST", self.link_holder),
            "/api/v1/link": ("POST", self.link),
            "/api/v1/me": ("GET", self.me),
            "/api/v1/note": ("POST", self.note),
            "/api/v1/openapi.json": ("GET", self.openapi),
        }
        paths = [Path(path, handler, methods=[method]) for path, (method, handler) in table.items()]
        paths.append(Path("/api/v1/{name}", self.ask, methods=["GET", "POST"]))
        socket = WebSocketRoute("/api/v1/events", self.events)
        return Starlette(routes=[*paths, socket], exception_handlers={404: _nowhere, 405: _nowhere})

    # Pages

    async def page(self, request: Request) -> Response:
        """The console for whoever has signed in, else the login page."""
        return self._sent(request, LOGIN if self.signed_in(request) is None else CONSOLE)

    async def static(self, request: Request) -> Response:
        """A file of the page."""
        name = request.path_params["name"]
        if name not in self._pages or (name not in FOR_STRANGERS and self.signed_in(request) is None):
            return await _nowhere(request, None)
        return self._sent(request, name)

    def _sent(self, request: Request, name: str) -> Response:
        page = self._pages[name]
        if "gzip" in request.headers.get("accept-encoding", ""):
            zipped = {"content-encoding": "gzip", "vary": "accept-encoding"}
            return Response(page.zipped, headers={**zipped, "content-type": page.kind})
        return Response(page.plain, headers={"content-type": page.kind})

    async def health(self, request: Request) -> Response:
        """Whether the post does its work: for machines that look after it, and for anybody."""
        well = self.service.post.loop.broken is None
        return answer({"ok": well}, HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)

    # Signing in and out

    def signed_in(self, request: HTTPConnection) -> Person | None:
        """Who asks, if that officer has signed in and still may."""
        session = self.sessions.find(request.cookies.get(self._cookie, ""))
        return None if session is None else self.service.accounts.person(session.number)

    def _somebody(self, request: HTTPConnection) -> Person:
        person = self.signed_in(request)
        if person is None:
            raise NotSignedIn("Nobody has signed in here, or not lately.")
        return person

    @answering
    async def sign_in(self, request: Request) -> Response:
        """Name and password for a session; the same work for a name that nobody has."""
        form = await _form(request, SignIn)
        who = f"name {form.officer.strip().casefold()[:256]}"
        self._by_address.spend(_address(request))
        self._by_name.spend(who)
        person = self.service.accounts.named(form.officer)
        matched = await self.passwords.match("" if person is None else person.password, form.password)
        if person is None or not matched or self.service.accounts.person(person.number) != person:
            log.warning("somebody did not sign in", officer="unknown" if person is None else person.name)
            raise WrongPassword("No officer of that name and password signs in here.")
        self._by_name.forgive(who)
        self._by_address.forgive(_address(request))
        return self._welcome(request, person)

    @answering
    async def link_holder(self, request: Request) -> Response:
        """Whose one-time link it is."""
        form = await _form(request, Link)
        self._by_address.spend(_address(request))
        person = self.service.accounts.holder(form.token)
        return answer({"officer": person.name, "roles": person.roles})

    @answering
    async def link(self, request: Request) -> Response:
        """A one-time link and a new password for a session; every other session of that officer ends."""
        form = await _form(request, Link)
        self._by_address.spend(_address(request))
        check(form.password, self.service.accounts.holder(form.token).name)
        hashed = await self.passwords.hashed(form.password)
        person = self.service.accounts.set_password(form.token, hashed)
        self.sessions.close_all(person.number)
        log.info("a password was set at the desk", officer=person.name)
        return self._welcome(request, person)

    def _welcome(self, request: Request, person: Person) -> Response:
        self.sessions.close(request.cookies.get(self._cookie, ""))
        response = answer(self._about(person))
        secret = self.sessions.open(person.number)
        response.set_cookie(self._cookie, secret, httponly=True, samesite="strict", path="/")
        log.info("signed in at the desk", officer=person.name)
        return response

    @answering
    async def sign_out(self, request: Request) -> Response:
        """End this session."""
        self.sessions.close(request.cookies.get(self._cookie, ""))
        response = answer({})
        response.delete_cookie(self._cookie, httponly=True, samesite="strict", path="/")
        return response

    def _about(self, person: Person) -> dict[str, Any]:
        return {
            "officer": person.name,
            "roles": person.roles,
            "may": routes.may(person.roles),
            "post": self.service.post.keyring.card.name,
            "version": version("openline"),
        }

    @answering
    async def me(self, request: Request) -> Response:
        """Who has signed in, and what they may ask."""
        return answer(self._about(self._somebody(request)))

    # What is asked of the post

    @answering
    async def openapi(self, request: Request) -> Response:
        """The API, told for programs."""
        self._somebody(request)
        return answer(openapi.document())

    @answering
    async def ask(self, request: Request) -> Response:
        """One of the requests in `openline.desk.routes`."""
        person, name = self._somebody(request), request.path_params["name"]
        route = routes.ROUTES.get(name)
        if route is None or route.method != request.method.replace("HEAD", "GET"):
            raise UnknownName(f"Nothing is asked with {request.method} at this address.")
        routes.check(name, person.roles)
        if route.method == "GET":
            asked = routes.from_query(route, request.query_params.multi_items())
        else:
            asked = routes.from_body(route, await _body(request, DESK_BODY_MAX_BYTES), person.name)
        return answer(await self._answered(asked))

    @answering
    async def note(self, request: Request) -> Response:
        """An officer on watch has read an alarm."""
        person = self._somebody(request)
        if not routes.ON_WATCH.intersection(person.roles):
            raise RoleNeeded(f"To note an alarm takes one of these roles: {', '.join(sorted(routes.ON_WATCH))}.")
        return answer(self.alarms.note((await _form(request, Note)).number, person.name))

    async def _answered(self, asked: AnyRequest) -> Any:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.service.answer(asked, lambda value: None if future.done() else future.set_result(value))
        value = await future
        if isinstance(value, OpenlineError):
            raise value
        return value

    async def events(self, socket: WebSocket) -> None:
        """What the post tells, to a page of whoever may read."""
        await events.tell(self, socket)


async def _form(request: Request, form: type[Form]) -> Form:
    body = await _body(request, DESK_STRANGER_BODY_MAX_BYTES)
    try:
        return msgspec.json.decode(body, type=form)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadRequest("This is not what this address takes.") from None


async def _body(request: Request, most_bytes: int) -> bytes:
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
    except TimeoutError:
        raise BadRequest("The rest of the request did not come.") from None
    return bytes(held)


def _address(request: Request) -> str:
    return "address " + (request.client.host if request.client else "")


async def _nowhere(request: Request, error: Exception | None) -> Response:
    """The same whether something is there that a stranger may not have, or nothing."""
    return refusal(UnknownName("There is nothing at this address."))
