"""Addresses of the desk that are no requests of the control socket, and what each takes: signing in, and oneself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

import msgspec


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """An empty object."""


class SignIn(msgspec.Struct, forbid_unknown_fields=True):
    """Name and password, and a one-time code where the officer has them."""

    officer: str
    password: str
    code: str = ""


class Link(msgspec.Struct, forbid_unknown_fields=True):
    """A one-time link; with a password, to set it."""

    token: str
    password: str = ""


class Begun(msgspec.Struct, forbid_unknown_fields=True):
    """A sign-in with a passkey, begun here: its id, the challenge, and what the browser made; all in base64url."""

    id: str
    challenge: str
    authenticator: str
    client: str
    signature: str


class New(msgspec.Struct, forbid_unknown_fields=True):
    """The public key (SubjectPublicKeyInfo) of a new passkey; with a one-time link, or of whoever has signed in."""

    public: str
    token: str = ""


class Proved(msgspec.Struct, forbid_unknown_fields=True):
    """The same, with its id and the signature that proves it."""

    id: str
    public: str
    authenticator: str
    client: str
    signature: str
    token: str = ""


class Said(msgspec.Struct, forbid_unknown_fields=True):
    """A one-time code."""

    code: str


class Note(msgspec.Struct, forbid_unknown_fields=True):
    """Which alarm was noted."""

    number: int


class Door(NamedTuple):
    """One address under /api/v1: what it is for, what it takes, and who may ask."""

    summary: str
    form: type[msgspec.Struct] | None
    who: Literal["anybody", "officer", "asker"]

    @property
    def method(self) -> str:
        """What takes a form is an act."""
        return "GET" if self.form is None else "POST"


DOORS: Final[Mapping[str, Door]] = {
    "sign-in": Door("A new session, by name and password.", SignIn, "anybody"),
    "sign-out": Door("The session ends.", Nothing, "anybody"),
    "link-holder": Door("Whose a one-time link is.", Link, "anybody"),
    "link": Door("A new password by a one-time link, and a new session.", Link, "anybody"),
    "passkey-options": Door("A challenge for a sign-in by passkey.", Nothing, "anybody"),
    "passkey-sign-in": Door("A new session, by passkey.", Begun, "anybody"),
    "passkey-prove": Door("What a new passkey has to sign.", New, "anybody"),
    "passkey-add": Door("A new passkey is taken up; by a one-time link it also signs in.", Proved, "anybody"),
    "code-new": Door("A secret of one-time codes.", Nothing, "officer"),
    "code-confirm": Door("From here on a one-time code is asked for beside the password.", Said, "officer"),
    "note": Door("An officer on watch has read an alarm.", Note, "officer"),
    "me": Door("Who asks, and what they may ask.", None, "asker"),
    "openapi.json": Door("This document.", None, "asker"),
}
"""What stands at /api/v1/NAME beside the routes; `officer` is whoever has signed in, `asker` also who shows a token."""
