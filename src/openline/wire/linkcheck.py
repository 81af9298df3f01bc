"""What link checks hold: the check of a slot, its answers, a check that did not come, and announced outages."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import LINE_MEMBERS_MAX, PHRASE_MAX_BYTES
from openline.terms import EntryId, Instant, PostId
from openline.wire import codec
from openline.wire.codec import Codec
from openline.wire.entry import Entry


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A check of the line. `human` is answered by an officer, else by the posts in `asked`; until `answer_by`."""

    slot: Instant
    answer_by: Instant
    asked: tuple[PostId, ...]
    text: str
    human: bool = False


class Missed(msgspec.Struct, frozen=True, kw_only=True):
    """A member's check did not come in time; the newest entry of its feed that is held is `number`, with this id."""

    member: PostId
    slot: Instant
    number: int
    last: EntryId


class Silence(IntEnum):
    """Why a post will not be heard of."""

    OUTAGE = 1
    RADIO_SILENCE = 2
    MOVE = 3


class Outage(msgspec.Struct, frozen=True, kw_only=True):
    """A post announces that it will not be heard of from one instant to another, so that its silence is explained."""

    begins: Instant
    ends: Instant
    why: Silence
    text: str = ""


CHECK: Final = Codec(
    Check,
    "The check",
    codec.instant(1, "slot"),
    codec.instant(2, "answer_by"),
    codec.identifiers(3, "asked", count=LINE_MEMBERS_MAX),
    codec.text(4, "text", most=PHRASE_MAX_BYTES),
    codec.flag(5, "human"),
)

MISSED: Final = Codec(
    Missed,
    "The missed check",
    codec.identifier(1, "member"),
    codec.instant(2, "slot"),
    codec.number(3, "number"),
    codec.identifier(4, "last"),
)

OUTAGE: Final = Codec(
    Outage,
    "The outage",
    codec.instant(1, "begins"),
    codec.instant(2, "ends"),
    codec.choice(3, "why", Silence),
    codec.text(4, "text", most=PHRASE_MAX_BYTES),
)


def check_of(entry: Entry) -> Check:
    """The check that an entry carries. Raises PeerError subclasses only."""
    check = codec.only(entry, CHECK)
    if entry.header.author in check.asked or len(set(check.asked)) != len(check.asked) or not check.asked:
        raise BadField("A check asks other posts, each once.")
    return check


def missed_of(entry: Entry) -> Missed:
    """The missed check that an entry tells of."""
    return codec.only(entry, MISSED)


def outage_of(entry: Entry) -> Outage:
    """The outage that an entry announces."""
    outage = codec.only(entry, OUTAGE)
    if outage.ends <= outage.begins:
        raise BadField("The outage ends before it begins.")
    return outage
