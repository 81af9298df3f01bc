"""Tokens with which programs ask at the desk: each with a name, one role that signs nothing, and an end.

A token is `openline_`, its number in 8 hexadecimal digits, `_`, and 32 random bytes in base64url. It is told once; the
table `token` of the record, sealed, holds of it

    number (4 bytes)    [name, role, SHA-256 of the whole token, made, until, last used or 0]

No token has a role of an officer: what an entry says is said by a person (docs/decisions/0084).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec
import structlog

from openline.errors import LocalError, Misuse, NameTaken, PeerError, StoreDamaged, TooBusy, UnknownName
from openline.feeds.record import Drop, Put
from openline.limits import DESK_TOKENS_MAX
from openline.post.home.secrets import TOKEN_TABLE
from openline.post.loop import now
from openline.post.names import new_name
from openline.post.people.token_requests import DeskTokenAdd, DeskTokenList, DeskTokenRevoke
from openline.post.post import Post
from openline.proof.sentences import utc
from openline.terms import Instant
from openline.wire import cbor
from openline.wire.fields import as_list, octets, text, uint

if TYPE_CHECKING:
    from openline.post.speaker import Answerer, Speaker

MACHINE_ROLES: Final = ("viewer", "monitor")
"""What a program can be: one that reads all that a viewer does, or one that looks after the post and reads no words."""

USUAL_MS: Final = 90 * 24 * 3_600_000
"""How long a token is good where nothing else is said."""

LONGEST_MS: Final = 366 * 24 * 3_600_000
"""How long a token can be good at most."""

NOTED_EVERY_MS: Final = 3_600_000
"""A use is written down where the last one that was is older; the time shown is that of this run of the post."""

PREFIX: Final = "openline_"
_NUMBER_BYTES: Final = 4
_SECRET_BYTES: Final = 32
_VALUE_MAX_BYTES: Final = 1 << 10
log = structlog.get_logger()


class Token(msgspec.Struct, frozen=True):
    """What is kept of one token. `used` is 0 until it was."""

    name: str
    role: str
    digest: bytes
    made: Instant
    until: Instant
    used: Instant


class Machine(msgspec.Struct, frozen=True):
    """A program that has shown a token."""

    name: str
    roles: tuple[str, ...]


_NOBODY: Final = Token("", "", bytes(32), Instant(0), Instant(0), Instant(0))


class Tokens:
    """The tokens of one running post. `changed` are told when one was revoked."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._tokens: dict[bytes, Token] | None = None
        self._used: dict[bytes, Instant] = {}
        self.changed: list[Callable[[], None]] = []

    def add(self, request: DeskTokenAdd) -> dict[str, Any]:
        """A new token. Raises NameTaken, Misuse or TooBusy."""
        name, at = new_name(request.name, "a token"), now()
        until = at + USUAL_MS if request.until is None else request.until
        if request.role not in MACHINE_ROLES:
            raise Misuse(f"A program is {' or '.join(MACHINE_ROLES)}: what other roles do, officers do.")
        if not at < until <= at + LONGEST_MS:
            raise Misuse("A token is good until a time within the next 366 days.")
        held = self._in_force()
        if any(each.name == name for each in held.values()):
            raise NameTaken(f"There is a token called {name!r} already.")
        if len(held) >= DESK_TOKENS_MAX:
            raise TooBusy(f"A desk has at most {DESK_TOKENS_MAX} tokens: revoke one.")
        number = secrets.token_bytes(_NUMBER_BYTES)
        while number in held:
            number = secrets.token_bytes(_NUMBER_BYTES)
        said = f"{PREFIX}{number.hex()}_{secrets.token_urlsafe(_SECRET_BYTES)}"
        token = Token(name, request.role, _digest(said), at, Instant(until), Instant(0))
        self._post.keep([_put(number, token)])
        held[number] = token
        log.info("a token was made", name=name, role=request.role, until=utc(token.until))
        return {"name": name, "role": request.role, "until": utc(token.until), "token": said}

    def told(self) -> dict[str, Any]:
        """Those that are good, the oldest first."""
        held = sorted(self._in_force().items(), key=lambda each: each[1].made)
        return {"tokens": [self._value(number, token) for number, token in held]}

    def revoke(self, name: str) -> dict[str, Any]:
        """It is good no more, and whoever asks with it is out. Raises UnknownName."""
        held = self._in_force()
        number = next((number for number, each in held.items() if each.name == name), None)
        if number is None:
            known = ", ".join(each.name for each in held.values()) or "none"
            raise UnknownName(f"There is no token {name!r}; there are: {known}.")
        value = self._value(number, held[number])
        self._post.keep([Drop(TOKEN_TABLE, number)])
        del held[number]
        log.info("a token was revoked", name=name)
        for changed in self.changed:
            changed()
        return value

    def holder(self, said: str) -> Machine | None:
        """Who shows this token, used now; None where it is none of ours, was revoked or is over.

        The same work whatever is said, and the secret is compared in constant time.
        """
        number, at = _number(said), now()
        token = self._held().get(number, _NOBODY)
        if not hmac.compare_digest(token.digest, _digest(said)) or token.until <= at:
            return None
        self._note(number, token, at)
        return Machine(token.name, (token.role,))

    def _note(self, number: bytes, token: Token, at: Instant) -> None:
        self._used[number] = at
        if at - token.used < NOTED_EVERY_MS:
            return
        noted = msgspec.structs.replace(token, used=at)
        self._held()[number] = noted
        try:
            self._post.keep([_put(number, noted)])
        except LocalError as error:
            log.warning("the use of a token was not written down", code=error.code)

    def _value(self, number: bytes, token: Token) -> dict[str, Any]:
        used = self._used.get(number, token.used)
        return {
            "name": token.name,
            "role": token.role,
            "made": utc(token.made),
            "until": utc(token.until),
            "used": utc(used) if used else None,
        }

    def _in_force(self) -> dict[bytes, Token]:
        """What is held, without those that are over."""
        held, at = self._held(), now()
        over = [number for number, each in held.items() if each.until <= at]
        if over:
            self._post.keep([Drop(TOKEN_TABLE, number) for number in over])
        for number in over:
            del held[number]
        return held

    def _held(self) -> dict[bytes, Token]:
        if self._tokens is None:
            try:
                self._tokens = {key: _read(value) for key, value in self._post.record.objects(TOKEN_TABLE).items()}
            except PeerError as error:
                raise StoreDamaged(f"A token in the store is damaged: {error}") from None
        return self._tokens


def _number(said: str) -> bytes:
    """The number that something said to be a token begins with; empty where none can be read."""
    digits = said.removeprefix(PREFIX)[: 2 * _NUMBER_BYTES]
    return bytes.fromhex(digits) if set(digits) <= set("0123456789abcdef") and len(digits) % 2 == 0 else b""


def _digest(said: str) -> bytes:
    return hashlib.sha256(said.encode(errors="replace")).digest()


def _put(number: bytes, token: Token) -> Put:
    value = [token.name, token.role, token.digest, token.made, token.until, token.used]
    return Put(TOKEN_TABLE, number, cbor.encode(value))


def _read(data: bytes) -> Token:
    name, role, digest, made, until, used = as_list(cbor.decode(data, _VALUE_MAX_BYTES), "token", most=6, exactly=6)
    times = [Instant(uint(each, "time")) for each in (made, until, used)]
    return Token(text(name, "name"), text(role, "role"), octets(digest, "digest"), *times)


async def _add(service: Speaker, request: DeskTokenAdd) -> Any:
    return service.tokens.add(request)


async def _list(service: Speaker, request: DeskTokenList) -> Any:
    return service.tokens.told()


async def _revoke(service: Speaker, request: DeskTokenRevoke) -> Any:
    return service.tokens.revoke(request.name)


ANSWERS: Final[Mapping[type, Answerer]] = {DeskTokenAdd: _add, DeskTokenList: _list, DeskTokenRevoke: _revoke}
"""By the type of the request."""
