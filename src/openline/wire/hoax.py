"""What is asked, answered and reported of calls that may not have been what they seemed (spec/hoax.md)."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import PHRASE_MAX_BYTES
from openline.terms import Instant, PostId
from openline.wire import codec
from openline.wire.codec import Codec
from openline.wire.entry import Entry


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A call as it seemed: `post` is the one whose person the caller claimed to be, `at` when it came, the rest as it
    was claimed or shown. In a report `post` may be absent: nobody's of the line.
    """

    at: Instant
    channel: str
    post: PostId | None = None
    name: str = ""
    office: str = ""
    shown: str = ""
    text: str = ""


class Verdict(IntEnum):
    """Whether the call was theirs."""

    YES = 1
    NO = 2
    UNKNOWN = 3


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer of the post says that was asked."""

    verdict: Verdict
    text: str = ""


CLAIM: Final = Codec(
    Claim,
    "The call",
    codec.instant(1, "at"),
    codec.text(2, "channel"),
    codec.identifier(3, "post"),
    codec.text(4, "name"),
    codec.text(5, "office"),
    codec.text(6, "shown"),
    codec.text(7, "text", most=PHRASE_MAX_BYTES),
)

ANSWER: Final = Codec(
    Answer, "The answer", codec.choice(1, "verdict", Verdict), codec.text(2, "text", most=PHRASE_MAX_BYTES)
)


def question_of(entry: Entry) -> Claim:
    """The call that a question is about: it is asked of another post. Raises PeerError subclasses only."""
    claim = codec.only(entry, CLAIM)
    if claim.post is None or claim.post == entry.header.author:
        raise BadField("A question whether somebody called is put to another post.")
    return claim


def report_of(entry: Entry) -> Claim:
    """The call that a report is about. Raises PeerError subclasses only."""
    return codec.only(entry, CLAIM)


def answer_of(entry: Entry) -> Answer:
    """What an answer says. Raises PeerError subclasses only."""
    return codec.only(entry, ANSWER)
