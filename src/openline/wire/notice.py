"""What the entries of a notice hold: the notice and what becomes of it (spec/notice.md).

A notice and an amendment have four items, each of which may be withheld by itself but the first: by which form, when
and under which number; where; the particulars; and the text of another issuer from which it was read.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import (
    FORM_FIELDS_MAX,
    LINE_MEMBERS_MAX,
    NAME_MAX_BYTES,
    NOTICE_CONTACTS_MAX,
    NOTICE_DOUBTS_MAX,
    NOTICE_SOURCE_MAX_BYTES,
    NOTICE_WINDOWS_MAX,
    PHRASE_MAX_BYTES,
    TEXT_MAX_BYTES,
    WARNING_AREAS_MAX,
)
from openline.terms import Instant, PostId
from openline.wire import codec
from openline.wire.codec import Codec
from openline.wire.entry import Entry
from openline.wire.places import PLACE, SPAN, Place, Span, check_place, check_span
from openline.wire.rules import FORM_REF, FormRef

YEAR_MS: Final = 366 * 86_400_000
ITEMS: Final = 4


class How(IntEnum):
    """How a notice ends."""

    CANCELLED = 1
    COMPLETED = 2
    SUPERSEDED = 3
    LAPSED = 4


class Why(IntEnum):
    """Why a notice is refused."""

    FORM_NOT_AGREED = 1


class Duties(msgspec.Struct, frozen=True, kw_only=True):
    """What the form asks, as the sender's form has it, milliseconds: so a fold needs no form.

    `lead` is how long before the first window it is due, `obliged` whether at all. The receiver acknowledges within
    `acknowledge`, passes on within `pass_on` to `pass_to`, and both are reminded `reconfirm` before a window opens.
    """

    obliged: bool = False
    lead: int = 0
    acknowledge: int = 0
    pass_on: int = 0
    pass_to: tuple[str, ...] = ()
    reconfirm: int = 0


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """By which form, which number of its series in which year, when, and what is asked of the receiver.

    `number` 0 is filled in by the post that writes it. `issued` is when another issuer issued an imported one, and
    `shown_until` the later reading of its end; 0 where they say nothing. `source_id` is the other issuer's own number,
    `cancels` those that it cancels; `to` are the members whom it is for.
    """

    form: FormRef
    year: int
    number: int = 0
    windows: tuple[Span, ...] = ()
    alternates: tuple[Span, ...] = ()
    duties: Duties = Duties()
    issued: Instant = Instant(0)
    shown_until: Instant = Instant(0)
    source_id: str = ""
    cancels: tuple[str, ...] = ()
    to: tuple[PostId, ...] = ()


class Places(msgspec.Struct, frozen=True):
    """Where."""

    areas: tuple[Place, ...] = ()


class Filled(msgspec.Struct, frozen=True):
    """One field of the form by its code."""

    code: str
    text: str


class FieldContact(msgspec.Struct, frozen=True):
    """Whom to reach on the spot, and how."""

    name: str
    means: str


class Particulars(msgspec.Struct, frozen=True, kw_only=True):
    """The fields, the contacts in the field, and free text."""

    fields: tuple[Filled, ...] = ()
    contacts: tuple[FieldContact, ...] = ()
    text: str = ""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The text of another issuer, byte for byte, its format, and what the reader doubted and did not understand."""

    format: str = ""
    original: bytes = b""
    flags: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class Ended(msgspec.Struct, frozen=True):
    """How the notice ends, and when it does."""

    how: How
    at: Instant


class Postponed(msgspec.Struct, frozen=True):
    """The new windows."""

    windows: tuple[Span, ...]
    alternates: tuple[Span, ...] = ()


class Refusal(msgspec.Struct, frozen=True):
    """Why it is refused; the post that refuses says so by itself."""

    why: Why


class PassedOn(msgspec.Struct, frozen=True):
    """When it was passed on."""

    at: Instant


class To(msgspec.Struct, frozen=True):
    """To which unit; may be withheld, the fact may not."""

    unit: str


class Tried(msgspec.Struct, frozen=True):
    """An attempt to reach a contact in the field: which of them, from 0, when, and whether anybody answered."""

    contact: int
    at: Instant
    reached: bool = False


class Words(msgspec.Struct, frozen=True):
    """What was said about it."""

    text: str = ""


DUTIES: Final = Codec(
    Duties,
    "What the form asks",
    codec.flag(1, "obliged"),
    codec.number(2, "lead", most=YEAR_MS),
    codec.number(3, "acknowledge", most=YEAR_MS),
    codec.number(4, "pass_on", most=YEAR_MS),
    codec.texts(5, "pass_to", count=NOTICE_CONTACTS_MAX, most=PHRASE_MAX_BYTES),
    codec.number(6, "reconfirm", most=YEAR_MS),
)

HEAD: Final = Codec(
    Head,
    "The notice",
    codec.inner(1, "form", FORM_REF),
    codec.number(2, "year", least=1970, most=9_999),
    codec.number(3, "number"),
    codec.inners(4, "windows", SPAN, count=NOTICE_WINDOWS_MAX),
    codec.inners(5, "alternates", SPAN, count=NOTICE_WINDOWS_MAX),
    codec.inner(6, "duties", DUTIES),
    codec.instant(7, "issued"),
    codec.instant(8, "shown_until"),
    codec.text(9, "source_id", most=PHRASE_MAX_BYTES),
    codec.texts(10, "cancels", count=NOTICE_DOUBTS_MAX, most=PHRASE_MAX_BYTES),
    codec.identifiers(11, "to", count=LINE_MEMBERS_MAX),
)

PLACES: Final = Codec(Places, "The places", codec.inners(1, "areas", PLACE, count=WARNING_AREAS_MAX))

FILLED: Final = Codec(Filled, "The field", codec.text(1, "code"), codec.text(2, "text", most=PHRASE_MAX_BYTES))

FIELD_CONTACT: Final = Codec(
    FieldContact,
    "The contact",
    codec.text(1, "name", most=PHRASE_MAX_BYTES),
    codec.text(2, "means", most=PHRASE_MAX_BYTES),
)

PARTICULARS: Final = Codec(
    Particulars,
    "The particulars",
    codec.inners(1, "fields", FILLED, count=FORM_FIELDS_MAX),
    codec.inners(2, "contacts", FIELD_CONTACT, count=NOTICE_CONTACTS_MAX),
    codec.text(3, "text", most=TEXT_MAX_BYTES // 2),
)

SOURCE: Final = Codec(
    Source,
    "The source",
    codec.text(1, "format"),
    codec.octets(2, "original", most=NOTICE_SOURCE_MAX_BYTES),
    codec.texts(3, "flags", count=NOTICE_DOUBTS_MAX, most=4 * NAME_MAX_BYTES),
    codec.texts(4, "refused", count=NOTICE_DOUBTS_MAX, most=4 * NAME_MAX_BYTES),
)

ENDED: Final = Codec(Ended, "The end", codec.choice(1, "how", How), codec.instant(2, "at"))

POSTPONED: Final = Codec(
    Postponed,
    "The postponement",
    codec.inners(1, "windows", SPAN, count=NOTICE_WINDOWS_MAX),
    codec.inners(2, "alternates", SPAN, count=NOTICE_WINDOWS_MAX),
)

REFUSAL: Final = Codec(Refusal, "The refusal", codec.choice(1, "why", Why))
PASSED_ON: Final = Codec(PassedOn, "That it was passed on", codec.instant(1, "at"))
TO: Final = Codec(To, "The unit", codec.text(1, "unit", most=PHRASE_MAX_BYTES))

TRIED: Final = Codec(
    Tried,
    "The attempt",
    codec.number(1, "contact", most=NOTICE_CONTACTS_MAX - 1),
    codec.instant(2, "at"),
    codec.flag(3, "reached"),
)

WORDS: Final = Codec(Words, "The words", codec.text(1, "text", most=TEXT_MAX_BYTES // 2))


def items(head: Head, places: Places, particulars: Particulars, source: Source) -> tuple[bytes, ...]:
    """The four items of a notice or an amendment."""
    return HEAD.item(head), PLACES.item(places), PARTICULARS.item(particulars), SOURCE.item(source)


def head_of(entry: Entry) -> Head:
    """What a notice or an amendment says first. Raises PeerError subclasses only."""
    head = codec.shown(entry, 0, ITEMS, HEAD)
    for span in (*head.windows, *head.alternates):
        check_span(span)
    return head


def places_of(entry: Entry) -> Places | None:
    """Where; None where it is withheld."""
    places = codec.at(entry, 1, ITEMS, PLACES)
    for place in () if places is None else places.areas:
        check_place(place)
    return places


def particulars_of(entry: Entry) -> Particulars | None:
    """The particulars; None where they are withheld."""
    particulars = codec.at(entry, 2, ITEMS, PARTICULARS)
    if particulars is not None:
        codes = [each.code for each in particulars.fields]
        if len(set(codes)) != len(codes):
            raise BadField("A field is filled in twice.")
    return particulars


def source_of(entry: Entry) -> Source | None:
    """The text of another issuer; None where it is withheld."""
    return codec.at(entry, 3, ITEMS, SOURCE)


def ended_of(entry: Entry) -> Ended:
    """How it ends."""
    return codec.shown(entry, 0, 2, ENDED)


def postponed_of(entry: Entry) -> Postponed:
    """The new windows."""
    postponed = codec.shown(entry, 0, 2, POSTPONED)
    if not postponed.windows:
        raise BadField("A postponement names the new windows.")
    for span in (*postponed.windows, *postponed.alternates):
        check_span(span)
    return postponed


def refusal_of(entry: Entry) -> Refusal:
    """Why it is refused."""
    return codec.shown(entry, 0, 2, REFUSAL)


def passed_of(entry: Entry) -> PassedOn:
    """When it was passed on."""
    return codec.shown(entry, 0, 2, PASSED_ON)


def unit_of(entry: Entry) -> str | None:
    """To which unit; None where it is withheld."""
    to = codec.at(entry, 1, 2, TO)
    return None if to is None else to.unit


def tried_of(entry: Entry) -> Tried:
    """An attempt to reach a contact."""
    return codec.shown(entry, 0, 2, TRIED)


def words_of(entry: Entry) -> str | None:
    """What was said beside it, in the second item; None where it is withheld."""
    words = codec.at(entry, 1, 2, WORDS)
    return None if words is None else words.text


def said_of(entry: Entry) -> str | None:
    """What was said, where it is the one item; None where it is withheld."""
    words = codec.at(entry, 0, 1, WORDS)
    return None if words is None else words.text
