"""A post's roster on a line: its offices, who holds them from when to when, their deputies, and fallback contacts.

The newest roster of a post is the one that counts; earlier holders stay in it, so an office keeps its history.
Item 0 holds the offices, item 1 the fallback contacts, which may be withheld (spec/roster.md).
"""

from __future__ import annotations

from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import (
    FALLBACKS_MAX,
    HOLDERS_MAX,
    LANGUAGES_MAX,
    NAME_MAX_BYTES,
    OFFICES_MAX,
    PHRASE_MAX_BYTES,
)
from openline.terms import Instant
from openline.wire import codec
from openline.wire.codec import Codec
from openline.wire.entry import Entry


class Holder(msgspec.Struct, frozen=True):
    """Who holds an office from `begins` on, until `ends`; 0 is from before the record, and until now."""

    name: str
    begins: Instant = Instant(0)
    ends: Instant = Instant(0)


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A position: its name on this line, its holders in order of time, and who stands in for them, first to last."""

    name: str
    holders: tuple[Holder, ...] = ()
    deputies: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hours: str = ""

    def holder_at(self, at: Instant) -> Holder | None:
        """Who holds the office at this time."""
        return next((each for each in reversed(self.holders) if each.begins <= at < (each.ends or at + 1)), None)


class Offices(msgspec.Struct, frozen=True):
    """All offices of a post that others may ask for on this line."""

    offices: tuple[Office, ...] = ()


class Fallback(msgspec.Struct, frozen=True):
    """How to reach the duty officer when the line is dead: telephone, satellite, duty e-mail."""

    means: str
    address: str
    note: str = ""


class Fallbacks(msgspec.Struct, frozen=True):
    """Fallback contacts, best first."""

    contacts: tuple[Fallback, ...] = ()


HOLDER: Final = Codec(Holder, "The holder", codec.text(1, "name"), codec.instant(2, "begins"), codec.instant(3, "ends"))

OFFICE: Final = Codec(
    Office,
    "The office",
    codec.text(1, "name"),
    codec.inners(2, "holders", HOLDER, count=HOLDERS_MAX),
    codec.texts(3, "deputies", count=HOLDERS_MAX, most=2 * NAME_MAX_BYTES),
    codec.texts(4, "languages", count=LANGUAGES_MAX),
    codec.text(5, "hours", most=PHRASE_MAX_BYTES),
)

OFFICES: Final = Codec(Offices, "The offices", codec.inners(1, "offices", OFFICE, count=OFFICES_MAX))

FALLBACK: Final = Codec(
    Fallback,
    "The fallback contact",
    codec.text(1, "means"),
    codec.text(2, "address", most=4 * NAME_MAX_BYTES),
    codec.text(3, "note", most=PHRASE_MAX_BYTES),
)

FALLBACKS: Final = Codec(Fallbacks, "The fallback contacts", codec.inners(1, "contacts", FALLBACK, count=FALLBACKS_MAX))


def offices_of(entry: Entry) -> Offices:
    """The offices that an entry publishes. Raises PeerError subclasses only."""
    held = codec.first(entry, OFFICES)
    names = [each.name for each in held.offices]
    if len(set(names)) != len(names) or not all(names):
        raise BadField("A roster names each office once.")
    for office in held.offices:
        _check_holders(office)
    return held


def _check_holders(office: Office) -> None:
    at = Instant(0)
    for each in office.holders[:-1]:
        if not each.ends:
            raise BadField("Only the last holder of an office holds it still.")
    for each in office.holders:
        if each.begins < at or (each.ends and each.ends < each.begins):
            raise BadField("The holders of an office are not in order of time, one after the other.")
        at = each.ends


def fallbacks_of(entry: Entry) -> Fallbacks | None:
    """The fallback contacts that an entry publishes; None where they are withheld."""
    return codec.second(entry, FALLBACKS)
