"""Which entries need two persons, one who drafts and one who releases, by the rules of their line (spec/rules.md)."""

from __future__ import annotations

from typing import Final

from openline.errors import PeerError
from openline.terms import Precedence
from openline.wire import cbor
from openline.wire.entry import Header
from openline.wire.kinds import Kind
from openline.wire.rules import Rules

NEVER_WAIT: Final = frozenset(
    {
        Kind.SEEN,
        Kind.ACKNOWLEDGED,
        Kind.TAKEN,
        Kind.PASSED_ON,
        Kind.COUNTERSIGNED,
        Kind.GIVEN_UP,
        Kind.CALL_ANSWER,
        Kind.CALL_ATTEMPT,
        Kind.CALL_CERTIFICATE,
        Kind.CALL_RESPONSE,
        Kind.HOAX_ANSWER,
        Kind.CHECK,
        Kind.CHECK_ANSWER,
        Kind.CHECK_MISSED,
        Kind.OUTAGE,
        Kind.OUTAGE_OVER,
        Kind.NOTICE_ACKNOWLEDGED,
        Kind.NOTICE_REFUSED,
        Kind.NOTICE_ASKED,
        Kind.NOTICE_CONFIRMED,
        Kind.NOTICE_PASSED,
        Kind.NOTICE_TRIED,
        Kind.STOP,
        Kind.STOP_ADDED,
        Kind.STOP_READ_BACK,
        Kind.STOP_PASSED,
        Kind.STOP_WITHDRAWN,
        Kind.CLAIM_ANSWER,
        Kind.INQUIRY_ANSWER,
    }
)
"""STOP, answers, acknowledgements and passing on: whatever the rules name, one officer is enough for these."""

BY_THEMSELVES: Final = frozenset({Kind.JOINT_APPROVAL})
"""Kinds whose own exchange counts two persons, by an entry of each."""

ACCIDENT: Final = "accident"
"""The form of notices that never waits."""


def wanted(rules: Rules, header: Header, items: tuple[bytes | None, ...]) -> bool:
    """Whether two persons are to sign this; of a notice whose form is withheld nobody can say, so no."""
    return header.kind in rules.two_persons and _may_wait(header, items)


def lacking(rules: Rules, header: Header, items: tuple[bytes | None, ...]) -> bool:
    """Whether an entry counts for nothing because one person alone, or none, has signed it.

    A FLASH by one counts: it is released by one, and countersigned afterwards.
    """
    return header.kind in rules.two_persons and by_one(header, items)


def by_one(header: Header, items: tuple[bytes | None, ...]) -> bool:
    """The same, if the rules named its kind."""
    act = header.act
    if act is not None and (act.drafted is not None or header.precedence >= Precedence.FLASH):
        return False
    return _may_wait(header, items)


def _may_wait(header: Header, items: tuple[bytes | None, ...]) -> bool:
    kind = header.kind
    if kind < Kind.MESSAGE or kind in NEVER_WAIT or kind in BY_THEMSELVES:
        return False
    if kind == Kind.MESSAGE:
        return header.exchange is None
    return kind not in (Kind.NOTICE, Kind.NOTICE_AMENDED) or _form(items) not in (ACCIDENT, "")


def _form(items: tuple[bytes | None, ...]) -> str:
    """The name of the form in the first item of a notice; empty where it is withheld or cannot be read."""
    if not items or items[0] is None:
        return ""
    try:
        head = cbor.decode(items[0], len(items[0]))
    except PeerError:
        return ""
    form = head.get(1) if type(head) is dict else None
    name = form.get(1) if type(form) is dict else None
    return name if type(name) is str else ""
