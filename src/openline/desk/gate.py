"""Who stands at the desk: officers by sessions, programs by tokens, and what each of them is told and answered."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractContextManager, nullcontext
from importlib.metadata import version
from typing import Any

import structlog
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from openline.desk import machines, routes
from openline.desk.alarms import Alarms
from openline.desk.machines import Machines
from openline.desk.passwords import Passwords
from openline.desk.replies import address_of, answer
from openline.desk.sessions import Sessions
from openline.desk.tries import AT_ONCE_FROM_ONE_ADDRESS, SECONDS_EACH_FROM_ONE_ADDRESS, Tries
from openline.desk.way import Reach
from openline.errors import LinkSpent, NotSignedIn, OpenlineError, RoleNeeded
from openline.post.people.accounts import Person
from openline.post.people.drafts import text_of
from openline.post.people.tokens import Machine
from openline.post.requests import AnyRequest
from openline.post.service import Service

log = structlog.get_logger()


class Gate:
    """Whoever is let in to the desk of one running post; with `guide` newcomers are shown their first steps."""

    def __init__(self, service: Service, reach: Reach, *, guide: bool = False) -> None:
        self.service = service
        self.reach = reach
        self.guide = guide
        self.sessions = Sessions(time.monotonic)
        self.passwords = Passwords()
        self.alarms = Alarms()
        self.machines = Machines(service.tokens)
        self.by_name = Tries(time.monotonic)
        self.by_address = Tries(time.monotonic, AT_ONCE_FROM_ONE_ADDRESS, SECONDS_EACH_FROM_ONE_ADDRESS)
        self.watching = 0
        self.downloading = False

    # Who asks

    def signed_in(self, request: HTTPConnection) -> Person | None:
        """Who asks, if that officer has signed in and still may; nobody where a token is shown."""
        if machines.shown(request):
            return None
        session = self.sessions.find(request.cookies.get(self.reach.cookie, ""))
        return None if session is None else self.service.accounts.person(session.number)

    def somebody(self, request: HTTPConnection) -> Person:
        """Which officer asks. Raises NotSignedIn, or RoleNeeded for a program."""
        who = self.asker(request)
        if isinstance(who, Machine):
            raise RoleNeeded("Only an officer who has signed in asks this.")
        return who

    def asker(self, request: HTTPConnection) -> Person | Machine:
        """Who asks: the program whose token is shown, else the officer who has signed in.

        Raises NotSignedIn, BadToken or TooManyTries.
        """
        if machines.shown(request):
            return self.machines.known(request)
        person = self.signed_in(request)
        if person is None:
            raise NotSignedIn("Nobody has signed in here, or not lately.")
        return person

    def still(self, request: HTTPConnection) -> Person | Machine | None:
        """Who asks, if they still may."""
        return self.machines.find(request) if machines.shown(request) else self.signed_in(request)

    def turn(self, who: Person | Machine) -> AbstractContextManager[None]:
        """While somebody is answered. Raises TooBusy for a program that asks too much at a time."""
        return self.machines.asking(who) if isinstance(who, Machine) else nullcontext()

    # Whoever is let in

    def holder(self, request: Request, token: str) -> Person:
        """Whose one-time link it is. Only a wrong one is a try: no flood of guesses keeps out who has a right one."""
        try:
            return self.service.accounts.holder(token)
        except LinkSpent:
            self.by_address.spend(address_of(request))
            raise

    def welcome(self, request: Request, person: Person) -> Response:
        """A new session for this officer, in place of the one that the cookie named."""
        self.sessions.close(request.cookies.get(self.reach.cookie, ""))
        response = answer(self.about(person))
        secret = self.sessions.open(person.number)
        secure = self.reach.secure
        response.set_cookie(self.reach.cookie, secret, httponly=True, samesite="strict", path="/", secure=secure)
        self.service.accounts.signed_in(person.number)
        log.info("signed in at the desk", officer=person.name)
        return response

    def about(self, person: Person) -> dict[str, Any]:
        """Who has signed in, what they may ask, which of it they sign, and with what they sign in."""
        return {
            "officer": person.name,
            "signs": routes.drafts(person.roles),
            **self._means(person.number),
            **self.rights(person),
            "guide": self.guide,
        }

    def rights(self, who: Person | Machine) -> dict[str, Any]:
        name = self.service.post.keyring.card.name
        return {"roles": who.roles, "may": routes.may(who.roles), "post": name, "version": version("openline")}

    def _means(self, number: int) -> dict[str, Any]:
        officer = self.service.post.keyring.card.officer(number)
        certified = {each.public for each in officer.passkeys if not each.revoked} if officer is not None else set()
        held = self.service.means.passkeys(number)
        return {
            "passkeys": [{"id": text_of(each.id), "rp": each.rp, "signs": each.public in certified} for each in held],
            "code": self.service.means.asks_code(number),
        }

    async def answered(self, asked: AnyRequest) -> Any:
        """What the post answers. Raises the OpenlineError that came instead."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.service.answer(asked, lambda value: None if future.done() else future.set_result(value))
        value = await future
        if isinstance(value, OpenlineError):
            raise value
        return value
