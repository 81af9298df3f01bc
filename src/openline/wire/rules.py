"""The rules that members agree on beside who they are: link checks, forms, disclosure, two persons (spec/rules.md).

Rules stand in the terms of the line as a byte string, so both verifiers check terms without knowing them.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import (
    CHECK_SLOTS_MAX,
    CHECK_TEXTS_MAX,
    FORMS_MAX,
    HOLIDAYS_MAX,
    LANGUAGES_MAX,
    LINE_MEMBERS_MAX,
    PHRASE_MAX_BYTES,
    RULES_MAX_BYTES,
)
from openline.terms import PostId
from openline.wire import codec
from openline.wire.codec import Codec
from openline.wire.kinds import Kind

EVERY_DAY: Final = 127
"""All seven bits: Monday is bit 0, Sunday bit 6."""

GRACE_MS: Final = 600_000
"""How late a check may be before both ends are alarmed, unless the rules say otherwise."""


class Disclosure(IntEnum):
    """What may be said in public of a contact, or of one of its items."""

    CLOSED = 0
    CONFIRM_IF_ASKED = 1
    AGREED_TEXT = 2
    OPEN = 3


class Slots(msgspec.Struct, frozen=True, kw_only=True):
    """When one member originates its link checks: minutes of the UTC day, on these days of the week, not on holidays.

    `machine` slots are answered by the posts, `human` ones by an officer. `holidays` are days since 1970-01-01.
    """

    member: PostId
    machine: tuple[int, ...] = ()
    human: tuple[int, ...] = ()
    days: int = EVERY_DAY
    holidays: tuple[int, ...] = ()


class FormRef(msgspec.Struct, frozen=True):
    """A form of notices that all have signed: its name, its version, and SHA-256 of its file."""

    name: str
    version: int
    digest: bytes


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """All rules of a line. `texts` are the bland texts of checks; `told` lets members say who else was told."""

    slots: tuple[Slots, ...] = ()
    texts: tuple[str, ...] = ()
    grace_ms: int = GRACE_MS
    forms: tuple[FormRef, ...] = ()
    languages: tuple[str, ...] = ()
    disclosure: Disclosure = Disclosure.CLOSED
    told: bool = False
    two_persons: tuple[int, ...] = ()


_MINUTE_LAST: Final = 24 * 60 - 1
_DAY_LAST: Final = 100_000

_minute = codec.number(0, "minute", most=_MINUTE_LAST).read
_day = codec.number(0, "day", most=_DAY_LAST).read
_kind = codec.number(0, "kind", least=Kind.MESSAGE, most=65_535).read

SLOTS: Final = Codec(
    Slots,
    "The slots of a member",
    codec.identifier(1, "member"),
    codec.many(2, "machine", _minute, count=CHECK_SLOTS_MAX),
    codec.many(3, "human", _minute, count=CHECK_SLOTS_MAX),
    codec.number(4, "days", least=1, most=EVERY_DAY),
    codec.many(5, "holidays", _day, count=HOLIDAYS_MAX),
)

FORM_REF: Final = Codec(
    FormRef,
    "The form",
    codec.text(1, "name"),
    codec.number(2, "version", least=1, most=65_535),
    codec.identifier(3, "digest"),
)

RULES: Final = Codec(
    Rules,
    "The rules of the line",
    codec.inners(1, "slots", SLOTS, count=LINE_MEMBERS_MAX),
    codec.texts(2, "texts", count=CHECK_TEXTS_MAX, most=PHRASE_MAX_BYTES),
    codec.number(3, "grace_ms", least=1_000, most=86_400_000),
    codec.inners(4, "forms", FORM_REF, count=FORMS_MAX),
    codec.texts(5, "languages", count=LANGUAGES_MAX),
    codec.choice(6, "disclosure", Disclosure),
    codec.flag(7, "told"),
    codec.many(8, "two_persons", _kind, int, count=FORMS_MAX),
)


def encode_rules(rules: Rules) -> bytes:
    """The byte string that stands in the terms; empty where there is nothing to say."""
    return b"" if rules == Rules() else RULES.item(rules)


def decode_rules(data: bytes) -> Rules:
    """The rules in the terms of a line. Raises PeerError subclasses only."""
    if not data:
        return Rules()
    rules = RULES.decode(data, RULES_MAX_BYTES)
    if rules == Rules():
        raise BadField("Rules that say nothing are left out of the terms.")
    members = [each.member for each in rules.slots]
    if len(set(members)) != len(members) or any(_unsorted(each) for each in rules.slots):
        raise BadField("The slots of the rules name a member twice, or are not in rising order.")
    if rules.slots and not rules.texts:
        raise BadField("Checks need texts to draw from.")
    names = [(each.name, each.version) for each in rules.forms]
    if names != sorted(set(names)):
        raise BadField("The forms of the rules are not in rising order, each once.")
    return rules


def _unsorted(slots: Slots) -> bool:
    return any(list(each) != sorted(set(each)) for each in (slots.machine, slots.human, slots.holidays))
