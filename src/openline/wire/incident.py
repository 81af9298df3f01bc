"""What the entries of an incident hold (spec/incident.md). Words and sources are items of their own.

The form has no field for a cause: what somebody holds to be the origin stands in an assessment of its author.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import INCIDENT_SOURCES_MAX, INCIDENT_TITLE_MAX_BYTES, LINE_MEMBERS_MAX, PHRASE_MAX_BYTES
from openline.terms import Instant, PostId
from openline.wire import codec
from openline.wire.codec import Codec
from openline.wire.contact import WORDS, Words
from openline.wire.entry import Entry
from openline.wire.places import PLACE, Place, check_place


class When(msgspec.Struct, frozen=True):
    """When it happened; `until` is 0 where it is one moment, or nobody knows yet."""

    at: Instant
    until: Instant = Instant(0)


class Description(msgspec.Struct, frozen=True):
    """A neutral title, the place in words, and where it is known the place on the map."""

    title: str
    place: str
    area: Place | None = None


class Source(msgspec.Struct, frozen=True):
    """Who says or shows it, where that is found, and when it was said; `at` 0 is not known."""

    text: str
    where: str = ""
    at: Instant = Instant(0)


class Sources(msgspec.Struct, frozen=True):
    """Sources in the order in which their author names them."""

    sources: tuple[Source, ...] = ()


class Confidence(IntEnum):
    """How sure the author of an assessment is of it."""

    NOT_STATED = 0
    POSSIBLE = 1
    LIKELY = 2
    ALMOST_CERTAIN = 3


class Judgement(msgspec.Struct, frozen=True):
    """How sure, and whether it is confirmed; what is not is preliminary."""

    confidence: Confidence = Confidence.NOT_STATED
    confirmed: bool = False


class Finding(msgspec.Struct, frozen=True):
    """What happened, and from where it came; an empty `origin` says that the origin is not known."""

    what: str
    origin: str = ""


class Stance(IntEnum):
    """What a party says of another's assessment."""

    CONCURS = 1
    NO_CONTRADICTION = 2
    DISPUTES = 3
    NO_POSITION = 4


class Stood(msgspec.Struct, frozen=True):
    """A stance on the version that the entry refers to."""

    stance: Stance


class Joint(msgspec.Struct, frozen=True):
    """The posts that are asked to investigate together with the author; nobody where it does so alone."""

    partners: tuple[PostId, ...] = ()


class Quiet(msgspec.Struct, frozen=True):
    """The posts that are asked not to comment before `until`."""

    until: Instant
    asked: tuple[PostId, ...]


class Word(IntEnum):
    """A short word on the incident, or on an entry of it."""

    ACCEPTED = 1
    DECLINED = 2
    WITHDRAWN = 3
    FINISHED = 4
    CLOSED = 5
    REOPENED = 6
    SAME = 7


class Said(msgspec.Struct, frozen=True):
    """Such a word."""

    word: Word


_SOURCE: Final = Codec(
    Source,
    "The source",
    codec.text(1, "text", most=PHRASE_MAX_BYTES),
    codec.text(2, "where", most=PHRASE_MAX_BYTES),
    codec.instant(3, "at"),
)

WHEN: Final = Codec(When, "The incident", codec.instant(1, "at"), codec.instant(2, "until"))
DESCRIPTION: Final = Codec(
    Description,
    "The description",
    codec.text(1, "title", most=INCIDENT_TITLE_MAX_BYTES),
    codec.text(2, "place", most=INCIDENT_TITLE_MAX_BYTES),
    codec.inner(3, "area", PLACE),
)
SOURCES: Final = Codec(Sources, "The sources", codec.inners(1, "sources", _SOURCE, count=INCIDENT_SOURCES_MAX))
JUDGEMENT: Final = Codec(
    Judgement, "The assessment", codec.choice(1, "confidence", Confidence), codec.flag(2, "confirmed")
)
FINDING: Final = Codec(
    Finding,
    "The finding",
    codec.text(1, "what", most=PHRASE_MAX_BYTES),
    codec.text(2, "origin", most=PHRASE_MAX_BYTES),
)
STOOD: Final = Codec(Stood, "The stance", codec.choice(1, "stance", Stance))
JOINT: Final = Codec(Joint, "The investigation", codec.identifiers(1, "partners", count=LINE_MEMBERS_MAX))
QUIET: Final = Codec(
    Quiet,
    "The request not to comment",
    codec.instant(1, "until"),
    codec.identifiers(2, "asked", count=LINE_MEMBERS_MAX),
)
SAID: Final = Codec(Said, "The word", codec.choice(1, "word", Word))


def opened_of(entry: Entry) -> tuple[When, Description | None, Sources | None]:
    """When, what and where, and the first sources. Raises PeerError subclasses only."""
    when, description = codec.shown(entry, 0, 3, WHEN), codec.at(entry, 1, 3, DESCRIPTION)
    return _checked(when), _described(description), _each(codec.at(entry, 2, 3, SOURCES))


def correction_of(entry: Entry) -> tuple[When, Description | None]:
    """When, what and where it should say."""
    return _checked(codec.first(entry, WHEN)), _described(codec.second(entry, DESCRIPTION))


def sources_of(entry: Entry) -> Sources:
    """More sources."""
    sources = codec.only(entry, SOURCES)
    if not sources.sources:
        raise BadField("No source is named.")
    _each(sources)
    return sources


def assessed_of(entry: Entry) -> tuple[Judgement, Finding | None, Sources | None]:
    """An assessment."""
    finding = codec.at(entry, 1, 3, FINDING)
    if finding is not None and not finding.what.strip():
        raise BadField("An assessment says what happened.")
    if finding is not None and finding.origin and not finding.origin.strip():
        raise BadField("An origin is not white space.")
    return codec.shown(entry, 0, 3, JUDGEMENT), finding, _each(codec.at(entry, 2, 3, SOURCES))


def stance_of(entry: Entry) -> tuple[Stance, Words | None]:
    """A stance, and why."""
    return codec.first(entry, STOOD).stance, codec.second(entry, WORDS)


def joint_of(entry: Entry) -> tuple[tuple[PostId, ...], Words | None]:
    """With whom its author investigates, and what."""
    return _others(entry, codec.first(entry, JOINT).partners), codec.second(entry, WORDS)


def quiet_of(entry: Entry) -> tuple[Quiet, Words | None]:
    """Until when who is asked not to comment, and why."""
    quiet = codec.first(entry, QUIET)
    if not _others(entry, quiet.asked):
        raise BadField("Nobody is asked not to comment.")
    return quiet, codec.second(entry, WORDS)


def word_of(entry: Entry) -> tuple[Word, Words | None]:
    """A word, and why."""
    return codec.first(entry, SAID).word, codec.second(entry, WORDS)


def _checked(when: When) -> When:
    if when.until and when.until < when.at:
        raise BadField("The incident ends before it begins.")
    return when


def _described(description: Description | None) -> Description | None:
    if description is None:
        return None
    if not description.title.strip() or not description.place.strip():
        raise BadField("An incident has a title and a place.")
    if description.area is not None:
        check_place(description.area)
    return description


def _each(sources: Sources | None) -> Sources | None:
    if sources is not None and any(not each.text.strip() for each in sources.sources):
        raise BadField("A source says who or what it is.")
    return sources


def _others(entry: Entry, posts: tuple[PostId, ...]) -> tuple[PostId, ...]:
    if len(set(posts)) != len(posts) or entry.header.author in posts:
        raise BadField("The posts are each named once, and the author is not among them.")
    return posts
