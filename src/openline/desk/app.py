"""The routes of the desk as one ASGI application: pages, signing in and out, requests to the post, events."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from http import HTTPStatus

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as Path
from starlette.routing import WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from openline.desk import downloads, events, openapi, people, routes
from openline.desk.connections import EVENTS
from openline.desk.forms import DOORS, Link, Note, Nothing, SignIn
from openline.desk.gate import Gate
from openline.desk.guard import Guard
from openline.desk.pages import CONSOLE, FOR_STRANGERS, LOGIN, Page
from openline.desk.passwords import check
from openline.desk.replies import (
    METHODS,
    address_of,
    answer,
    answering,
    body_of,
    check_method,
    form_of,
    nowhere,
    wrong_method,
)
from openline.desk.way import Reach
from openline.errors import (
    RoleNeeded,
    UnknownName,
    WrongPassword,
)
from openline.limits import DESK_BODY_MAX_BYTES
from openline.post.people.accounts import Person
from openline.post.people.draft_requests import DraftMake, DraftSign
from openline.post.people.tokens import Machine
from openline.post.requests import AnyRequest
from openline.post.service import Service

log = structlog.get_logger()


class Desk(Gate):
    """The desk of one running post: what stands at which address."""

    def __init__(self, service: Service, pages: Mapping[str, Page], reach: Reach, *, guide: bool = False) -> None:
        super().__init__(service, reach, guide=guide)
        self._pages = pages
        self.app: ASGIApp = Guard(self._routed(), reach)

    def _routed(self) -> Starlette:
        doors: dict[str, Callable[[Request], Awaitable[Response]]] = {
            "sign-in": self.sign_in,
            "sign-out": self.sign_out,
            "link-holder": self.link_holder,
            "link": self.link,
            "passkey-options": partial(people.options, self),
            "passkey-sign-in": partial(people.sign_in, self),
            "passkey-prove": partial(people.prove, self),
            "passkey-add": partial(people.add, self),
            "code-new": partial(people.code_new, self),
            "code-confirm": partial(people.code_confirm, self),
            "note": self.note,
            "me": self.me,
            "openapi.json": self.openapi,
        }
        paths = [
            Path("/", self.page, methods=["GET"]),
            Path("/static/{name}", self.static, methods=["GET"]),
            Path("/healthz", self.health, methods=["GET"]),
            *(Path(f"/api/v1/{name}", doors[name], methods=[door.method]) for name, door in DOORS.items()),
            Path("/api/v1/download/{name}", partial(downloads.download, self), methods=METHODS),
            Path("/api/v1/{name}", self.ask, methods=METHODS),
        ]
        socket = WebSocketRoute(EVENTS, self.events)
        routed = Starlette(routes=[*paths, socket], exception_handlers={404: nowhere, 405: wrong_method})
        routed.router.redirect_slashes = False  # what is nowhere is nowhere, however it is written
        return routed

    # Pages

    async def page(self, request: Request) -> Response:
        """The console for whoever has signed in, else the login page."""
        return self._sent(request, LOGIN if self.signed_in(request) is None else CONSOLE)

    async def static(self, request: Request) -> Response:
        """A file of the page."""
        name = request.path_params["name"]
        if name not in self._pages or (name not in FOR_STRANGERS and self.signed_in(request) is None):
            return await nowhere(request, None)
        return self._sent(request, name)

    def _sent(self, request: Request, name: str) -> Response:
        page = self._pages[name]
        if "gzip" in request.headers.get("accept-encoding", ""):
            zipped = {"content-encoding": "gzip", "vary": "accept-encoding"}
            return Response(page.zipped, headers={**zipped, "content-type": page.kind})
        return Response(page.plain, headers={"content-type": page.kind})

    async def health(self, request: Request) -> Response:
        """Whether the post does its work: for machines that look after it, and for anybody; nothing else is told."""
        well = all((await self.service.pulse.serves()).values())
        return answer({"ok": well}, HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)

    # Signing in and out

    @answering
    async def sign_in(self, request: Request) -> Response:
        """Name and password for a session; the same work for a name that nobody has."""
        form = await form_of(request, SignIn)
        who = f"name {form.officer.strip().casefold()[:256]}"
        self.by_address.spend(address_of(request))
        self.by_name.spend(who)
        person = self.service.accounts.named(form.officer)
        matched = await self.passwords.match("" if person is None else person.password, form.password)
        known = person is not None and matched and self.service.accounts.person(person.number) == person
        if person is None or not known or not self.service.means.code_fits(person.number, form.code):
            log.warning("somebody did not sign in", officer="unknown" if person is None else person.name)
            raise WrongPassword("No officer of that name, password and one-time code, if any, signs in here.")
        self.by_name.forgive(who)
        self.by_address.forgive(address_of(request))
        return self.welcome(request, person)

    @answering
    async def link_holder(self, request: Request) -> Response:
        """Whose one-time link it is."""
        form = await form_of(request, Link)
        person = self.holder(request, form.token)
        return answer({"officer": person.name, "roles": person.roles})

    @answering
    async def link(self, request: Request) -> Response:
        """A one-time link and a new password for a session; every other session of that officer ends."""
        form = await form_of(request, Link)
        check(form.password, self.holder(request, form.token).name)
        hashed = await self.passwords.hashed(form.password)
        person = self.service.accounts.set_password(form.token, hashed)
        self.service.means.end_code(person.number)
        self.sessions.close_all(person.number)
        log.info("a password was set at the desk", officer=person.name)
        return self.welcome(request, person)

    @answering
    async def sign_out(self, request: Request) -> Response:
        """End this session."""
        await form_of(request, Nothing)
        self.sessions.close(request.cookies.get(self.reach.cookie, ""))
        response = answer({})
        secure = self.reach.secure
        response.delete_cookie(self.reach.cookie, httponly=True, samesite="strict", path="/", secure=secure)
        return response

    @answering
    async def me(self, request: Request) -> Response:
        """Who has signed in, and what they may ask."""
        who = self.asker(request)
        return answer({"machine": who.name, **self.rights(who)} if isinstance(who, Machine) else self.about(who))

    # What is asked of the post

    @answering
    async def openapi(self, request: Request) -> Response:
        """The API, told for programs."""
        self.asker(request)
        return answer(openapi.document(self.reach.cookie))

    @answering
    async def ask(self, request: Request) -> Response:
        """One of the requests in `openline.desk.routes`."""
        who, name = self.asker(request), request.path_params["name"]
        route = routes.ROUTES.get(name)
        check_method(request, DOORS.get(name) or route)
        if route is None:
            raise UnknownName("There is nothing at this address.")
        routes.check(name, who.roles)
        with self.turn(who):
            return answer(await self.answered(await self._asked(route, request, who)))

    async def _asked(self, route: routes.Route, request: Request, who: Person | Machine) -> AnyRequest:
        """What is asked in a request, made ready for whoever asks."""
        if route.method == "GET":
            return routes.from_query(route, request.query_params.multi_items())
        asked = routes.from_body(route, await body_of(request, DESK_BODY_MAX_BYTES), who.name)
        if isinstance(asked, DraftMake):
            return routes.drafted(asked, who.roles, who.name)
        if isinstance(asked, DraftSign) and isinstance(who, Person):
            people.check_signer(self, who, asked)
        return asked

    @answering
    async def note(self, request: Request) -> Response:
        """An officer on watch has read an alarm."""
        person = self.somebody(request)
        if not routes.ON_WATCH.intersection(person.roles):
            raise RoleNeeded(f"To note an alarm takes one of these roles: {', '.join(sorted(routes.ON_WATCH))}.")
        return answer(self.alarms.note((await form_of(request, Note)).number, person.name))

    async def events(self, socket: WebSocket) -> None:
        """What the post tells, to a page of whoever may read."""
        await events.tell(self, socket)
