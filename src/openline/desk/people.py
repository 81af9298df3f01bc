"""Signing in with a passkey or a one-time code, and taking up a new one: what passwords are for where these cannot be.

A passkey is looked for by the browser itself, so nobody who has not signed in learns whose passkeys there are.
Its RP id is the name by which the officer reached the desk; an address such as 127.0.0.1 is none (spec/acts.md).
"""

from __future__ import annotations

import structlog
from starlette.requests import Request
from starlette.responses import Response

from openline.desk.forms import Begun, New, Nothing, Proved, Said
from openline.desk.gate import Gate
from openline.desk.replies import address_of, answer, answering, form_of
from openline.errors import Misuse, NotAllowed, PeerError, WrongPassword
from openline.keys import totp
from openline.post.people import drafts
from openline.post.people.accounts import Person
from openline.post.people.draft_requests import DraftSign
from openline.post.people.drafts import bytes_of, text_of
from openline.post.people.means import uri_of
from openline.wire.assertion import rp_id

log = structlog.get_logger()


@answering
async def options(desk: Gate, request: Request) -> Response:
    """A challenge, for whoever wants to sign in with a passkey."""
    await form_of(request, Nothing)
    desk.by_address.spend(address_of(request))
    return answer({"challenge": text_of(desk.service.means.begin()), "rp": rp_of(request)})


@answering
async def sign_in(desk: Gate, request: Request) -> Response:
    """A passkey for a session."""
    form = await form_of(request, Begun)
    desk.by_address.spend(address_of(request))
    number = desk.service.means.signed_in(bytes_of(form.id), bytes_of(form.challenge), form)
    person = desk.service.accounts.person(number)
    if person is None:
        raise WrongPassword("No officer signs in here with that passkey.")
    desk.by_address.forgive(address_of(request))
    return desk.welcome(request, person)


@answering
async def prove(desk: Gate, request: Request) -> Response:
    """What a new passkey has to sign."""
    form = await form_of(request, New)
    person = _who(desk, request, form.token)
    return answer({"challenge": text_of(desk.service.means.prove(bytes_of(form.public))), "officer": person.name})


@answering
async def add(desk: Gate, request: Request) -> Response:
    """Take up a passkey; with a one-time link that uses it up, and ends every other session of that officer."""
    form = await form_of(request, Proved)
    person = _who(desk, request, form.token)
    certified = await desk.service.means.add(
        person.number, bytes_of(form.id), bytes_of(form.public), rp_of(request), form
    )
    log.info("a passkey was taken up at the desk", officer=person.name, certified=certified)
    if form.token:
        desk.service.accounts.use(form.token)
        desk.sessions.close_all(person.number)
        return desk.welcome(request, person)
    return answer(desk.about(person))


@answering
async def code_new(desk: Gate, request: Request) -> Response:
    """A secret for one-time codes, as text and as an address for an app."""
    await form_of(request, Nothing)
    person = desk.somebody(request)
    secret = desk.service.means.new_code(person.number)
    uri = uri_of(secret, person.name, desk.service.post.keyring.card.name)
    return answer({"secret": totp.text_of(secret), "uri": uri})


@answering
async def code_confirm(desk: Gate, request: Request) -> Response:
    """The first code: from here on one is asked for beside the password."""
    form = await form_of(request, Said)
    person = desk.somebody(request)
    desk.by_address.spend(address_of(request))
    desk.service.means.confirm(person.number, form.code)
    desk.by_address.forgive(address_of(request))
    log.info("one-time codes are asked for at the desk", officer=person.name)
    return answer(desk.about(person))


def check_signer(desk: Gate, person: Person, asked: DraftSign) -> None:
    """Raise NotAllowed unless it is this officer whose device was asked."""
    held = drafts.held(desk.service, asked.draft)
    if held.asked is None or held.asked.officer != person.number:
        raise NotAllowed("Another officer's device was asked to sign this.")


def rp_of(request: Request) -> str:
    """The name by which the desk was reached. Raises Misuse where it is an address."""
    host = request.headers.get("host", "").partition(":")[0].lower()
    try:
        return rp_id(host)
    except PeerError:
        raise Misuse("A passkey belongs to a name: open the desk as http://localhost, with the same port.") from None


def _who(desk: Gate, request: Request, token: str) -> Person:
    return desk.holder(request, token) if token else desk.somebody(request)
