"""What the entries of a STOP hold: "you are hitting my people" (spec/stop.md)."""

from __future__ import annotations

from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import LINE_MEMBERS_MAX, PHRASE_MAX_BYTES, WARNING_AREAS_MAX
from openline.terms import ID_BYTES, Instant, PostId
from openline.wire import codec
from openline.wire.codec import Codec
from openline.wire.entry import Entry
from openline.wire.notice import TO
from openline.wire.places import PLACE, Place, check_place

ITEMS: Final = 3


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The members whom it is for, since when it happens, 0 where that is not known, and a notice that it is about."""

    to: tuple[PostId, ...] = ()
    since: Instant = Instant(0)
    notice: bytes = b""


class Spot(msgspec.Struct, frozen=True):
    """Where it happens, as far as it is known."""

    areas: tuple[Place, ...] = ()


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """Who or what is hit, where in words, and by what; all may be unknown."""

    what: str = ""
    where: str = ""
    by: str = ""


class ReadBack(msgspec.Struct, frozen=True, kw_only=True):
    """What the receiver read: `what` and `where` as they stand in the STOP, word for word."""

    what: str = ""
    where: str = ""
    text: str = ""


class Passed(msgspec.Struct, frozen=True):
    """When it was passed on to those who fire."""

    at: Instant


class Said(msgspec.Struct, frozen=True):
    """Why it is withdrawn."""

    text: str = ""


HEAD: Final = Codec(
    Head,
    "The STOP",
    codec.identifiers(1, "to", count=LINE_MEMBERS_MAX),
    codec.instant(2, "since"),
    codec.octets(3, "notice", most=ID_BYTES),
)

SPOT: Final = Codec(Spot, "The spot", codec.inners(1, "areas", PLACE, count=WARNING_AREAS_MAX))

HIT: Final = Codec(
    Hit,
    "The words of the STOP",
    codec.text(1, "what", most=PHRASE_MAX_BYTES),
    codec.text(2, "where", most=PHRASE_MAX_BYTES),
    codec.text(3, "by", most=PHRASE_MAX_BYTES),
)

READ_BACK: Final = Codec(
    ReadBack,
    "The read-back",
    codec.text(1, "what", most=PHRASE_MAX_BYTES),
    codec.text(2, "where", most=PHRASE_MAX_BYTES),
    codec.text(3, "text", most=PHRASE_MAX_BYTES),
)

PASSED: Final = Codec(Passed, "That it was passed on", codec.instant(1, "at"))
SAID: Final = Codec(Said, "The words", codec.text(1, "text", most=PHRASE_MAX_BYTES))


def items(head: Head, hit: Hit, spot: Spot) -> tuple[bytes, ...]:
    """The three items of a STOP or of what is added to it."""
    return HEAD.item(head), HIT.item(hit), SPOT.item(spot)


def head_of(entry: Entry) -> Head:
    """Whom it is for. Raises PeerError subclasses only."""
    return codec.shown(entry, 0, ITEMS, HEAD)


def hit_of(entry: Entry) -> Hit | None:
    """Who is hit and where, in words; None where they are withheld."""
    return codec.at(entry, 1, ITEMS, HIT)


def spot_of(entry: Entry) -> Spot | None:
    """The areas; None where they are withheld."""
    spot = codec.at(entry, 2, ITEMS, SPOT)
    for place in () if spot is None else spot.areas:
        check_place(place)
    return spot


def read_back_of(entry: Entry) -> ReadBack:
    """The read-back."""
    return codec.only(entry, READ_BACK)


def passed_of(entry: Entry) -> Passed:
    """When it was passed on."""
    return codec.shown(entry, 0, 2, PASSED)


def unit_of(entry: Entry) -> str | None:
    """To which unit; None where it is withheld."""
    to = codec.at(entry, 1, 2, TO)
    if to is not None and not to.unit.strip():
        raise BadField("It was passed on to somebody.")
    return None if to is None else to.unit


def said_of(entry: Entry) -> str | None:
    """Why it is withdrawn; None where that is withheld."""
    said = codec.at(entry, 0, 1, SAID)
    return None if said is None else said.text
