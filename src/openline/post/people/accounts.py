"""Who may sign in at the desk: officers of this post, each with roles and the hash of a password.

They are kept in the table `desk` of the record, sealed like its secrets, and go with a backup:

    "account" + number    [roles, hash of the password, "" until one is set]
    "link" + SHA-256      [number, until]: a one-time link that sets the password of that account

Roles on the officer's card count beside those of the account. Nothing is signed by an account: what an officer does at
the desk is signed with the officer's key, as from the command line.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Any, Final

import msgspec

from openline.errors import LinkSpent, Misuse, PeerError, StoreDamaged, TooBusy, UnknownName
from openline.feeds.record import Drop, Put
from openline.identity.chain import Officer
from openline.limits import DESK_ACCOUNTS_MAX, PASSWORD_MAX_BYTES, ROLES_MAX
from openline.post import requests as asks
from openline.post.home.secrets import DESK_TABLE
from openline.post.loop import now
from openline.post.post import Post
from openline.proof.sentences import utc
from openline.terms import Instant
from openline.wire import cbor
from openline.wire.fields import as_list, text, uint

ROLES: Final = ("viewer", "watch officer", "releaser", "principal", "administrator")
"""What an officer can be at the desk; which role may ask what is told in docs/guides/desk.md."""

FIRST_ROLES: Final = ("watch officer", "administrator")
"""Of the first account of a desk; every later one is a watch officer where nothing else is said."""

LINK_MS: Final = 24 * 3_600_000
"""How long a one-time link is good."""

_TOKEN_BYTES: Final = 32
_ACCOUNT: Final = b"account"
_LINK: Final = b"link"
_VALUE_MAX_BYTES: Final = 16 << 10


class Account(msgspec.Struct, frozen=True):
    """What is kept of one officer: roles given here, and the hash of the password, empty until one is set."""

    number: int
    roles: tuple[str, ...]
    password: str


class Person(msgspec.Struct, frozen=True):
    """An officer in force who may sign in, with all roles: those of the account and those on the card."""

    number: int
    name: str
    roles: tuple[str, ...]
    password: str


class Accounts:
    """The accounts of one running post. `address` is where its desk is served, empty where it is not.

    When somebody signed in last is known as long as the post runs, and kept nowhere.
    """

    def __init__(self, post: Post) -> None:
        self._post = post
        self._accounts: dict[int, Account] | None = None
        self._links: dict[bytes, tuple[int, Instant]] = {}
        self.changed: list[Callable[[], None]] = []
        self.address = ""
        self._signed_in: dict[int, tuple[Instant, int]] = {}

    def people(self) -> list[Person]:
        """Everybody who may sign in, and whoever has only a link so far."""
        return [person for number in self._held() if (person := self.person(number)) is not None]

    def person(self, number: int) -> Person | None:
        """Who has this number, if that officer is in force, can sign here and has an account."""
        held, officer = self._held().get(number), self._post.keyring.card.officer(number)
        if held is None or officer is None or not self._signs(officer):
            return None
        roles = tuple(role for role in ROLES if role in held.roles or role in officer.roles)
        return Person(number, officer.name, roles, held.password)

    def named(self, name: str) -> Person | None:
        """Who has this name, in whatever case it is written."""
        wanted = name.strip().casefold()
        return next((each for each in self.people() if each.name.casefold() == wanted), None)

    # Requests

    def link(self, request: asks.DeskLink) -> dict[str, Any]:
        """A one-time link that lets an officer set a password; earlier ones of that officer are good no more.

        Raises UnknownName, Misuse or TooBusy.
        """
        officer, accounts = self._officer(request.officer), self._held()
        if len(accounts) >= DESK_ACCOUNTS_MAX and officer.number not in accounts:
            raise TooBusy(f"A desk has at most {DESK_ACCOUNTS_MAX} accounts.")
        before = accounts.get(officer.number)
        roles = _known(request.roles) or (before.roles if before else _usual(officer, first=not accounts))
        account = Account(officer.number, roles, before.password if before else "")
        token, until = secrets.token_urlsafe(_TOKEN_BYTES), Instant(now() + LINK_MS)
        key = hashlib.sha256(token.encode()).digest()
        spent = [each for each, (number, _) in self._links.items() if number == officer.number]
        self._post.keep(
            [
                *(Drop(DESK_TABLE, _LINK + each) for each in spent),
                _account_put(account),
                Put(DESK_TABLE, _LINK + key, cbor.encode([officer.number, until])),
            ]
        )
        accounts[officer.number] = account
        for each in spent:
            del self._links[each]
        self._links[key] = (officer.number, until)
        self._tell()
        url = f"{self.address}/#link={token}" if self.address else None
        return {"officer": officer.name, "roles": list(roles), "token": token, "until": utc(until), "url": url}

    def told(self) -> dict[str, Any]:
        """Everybody who may sign in."""
        return {"accounts": [self._told(each) for each in self.people()], "url": self.address or None}

    def _told(self, person: Person) -> dict[str, Any]:
        last, times = self._signed_in.get(person.number, (None, 0))
        return {
            "officer": person.name,
            "number": person.number,
            "roles": list(person.roles),
            "password": bool(person.password),
            "signed_in": None if last is None else utc(last),
            "times": times,
        }

    def end(self, name: str) -> dict[str, Any]:
        """Nobody signs in under that name any more. Raises UnknownName."""
        person = self.named(name)
        if person is None:
            known = ", ".join(each.name for each in self.people()) or "none"
            raise UnknownName(f"Nobody called {name!r} signs in at this desk; there are: {known}.")
        spent = [each for each, (number, _) in self._links.items() if number == person.number]
        self._post.keep(
            [Drop(DESK_TABLE, _account_key(person.number)), *(Drop(DESK_TABLE, _LINK + each) for each in spent)]
        )
        del self._held()[person.number]
        for each in spent:
            del self._links[each]
        self._tell()
        return {"officer": person.name, "number": person.number}

    # For the desk

    def signed_in(self, number: int) -> None:
        """An officer has signed in, now."""
        _, times = self._signed_in.get(number, (None, 0))
        self._signed_in[number] = Instant(now()), times + 1

    def holder(self, token: str) -> Person:
        """Whose link this is. Raises LinkSpent."""
        self._held()
        number, until = self._links.get(_digest(token), (0, Instant(0)))
        person = self.person(number)
        if person is None or until < now():
            raise LinkSpent("This link is good no more.")
        return person

    def set_password(self, token: str, hashed: str) -> Person:
        """Use a link up, for the hash of a new password. Raises LinkSpent, or as the store."""
        person = self.holder(token)
        account = msgspec.structs.replace(self._held()[person.number], password=hashed)
        self._post.keep([Drop(DESK_TABLE, _LINK + _digest(token)), _account_put(account)])
        self._held()[person.number] = account
        del self._links[_digest(token)]
        self._tell()
        return msgspec.structs.replace(person, password=hashed)

    def use(self, token: str) -> Person:
        """Use a link up without a password: the officer has proved a passkey. Raises LinkSpent."""
        person = self.holder(token)
        self._post.keep([Drop(DESK_TABLE, _LINK + _digest(token))])
        del self._links[_digest(token)]
        self._tell()
        return person

    def _tell(self) -> None:
        for changed in self.changed:
            changed()

    def _officer(self, name: str) -> Officer:
        signing = [each for each in self._post.keyring.card.officers if self._signs(each)]
        wanted = name.strip().casefold()
        found = next((each for each in signing if not wanted or each.name.casefold() == wanted), None)
        if found is None:
            known = ", ".join(each.name for each in signing) or "none"
            raise UnknownName(f"No officer {name!r} can sign here; there are: {known}.")
        return found

    def _signs(self, officer: Officer) -> bool:
        return officer.in_force and self._post.keyring.own.officer(officer.number) is not None

    def _held(self) -> dict[int, Account]:
        if self._accounts is None:
            self._accounts, self._links = _read(self._post.record.objects(DESK_TABLE))
        return self._accounts


def _usual(officer: Officer, *, first: bool) -> tuple[str, ...]:
    if first:
        return FIRST_ROLES
    return () if any(role in ROLES for role in officer.roles) else ("watch officer",)


def _known(roles: tuple[str, ...]) -> tuple[str, ...]:
    for role in roles:
        if role not in ROLES:
            raise Misuse(f"{role!r} is no role of the desk: say {', '.join(ROLES)}.")
    return tuple(role for role in ROLES if role in roles)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()


def _account_key(number: int) -> bytes:
    return _ACCOUNT + number.to_bytes(4, "big")


def _account_put(account: Account) -> Put:
    return Put(DESK_TABLE, _account_key(account.number), cbor.encode([list(account.roles), account.password]))


def _read(objects: dict[bytes, bytes]) -> tuple[dict[int, Account], dict[bytes, tuple[int, Instant]]]:
    accounts: dict[int, Account] = {}
    links: dict[bytes, tuple[int, Instant]] = {}
    try:
        for key, value in objects.items():
            one, two = as_list(cbor.decode(value, _VALUE_MAX_BYTES), "desk", most=2, exactly=2)
            if key.startswith(_ACCOUNT):
                number = int.from_bytes(key.removeprefix(_ACCOUNT), "big")
                roles = tuple(text(each, "role") for each in as_list(one, "roles", most=ROLES_MAX))
                accounts[number] = Account(number, roles, text(two, "password", most=PASSWORD_MAX_BYTES))
            else:
                links[key.removeprefix(_LINK)] = (uint(one, "officer"), Instant(uint(two, "until")))
    except PeerError as error:
        raise StoreDamaged(f"An account of the desk in the store is damaged: {error}") from None
    return accounts, links
