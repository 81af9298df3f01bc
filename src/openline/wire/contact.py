"""What the entries of a contact hold: the call request, its answers, its outcomes and the attempts (spec/contact.md).

Each kind has two items: the first says who, when and what was decided; the second holds the words, and may be withheld.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import (
    CALL_TIMES_MAX,
    CALL_TOPICS_MAX,
    CALLED_MAX,
    NAME_MAX_BYTES,
    PHRASE_MAX_BYTES,
    TEXT_MAX_BYTES,
)
from openline.terms import Instant, PostId
from openline.wire import codec
from openline.wire.codec import Codec
from openline.wire.entry import Entry


class Reply(IntEnum):
    """What an answer to a call request says."""

    ACCEPTED = 1
    COUNTER_TIME = 2
    DELEGATED = 3
    DEFERRED = 4
    CONTENT_TAKEN = 5
    DECLINED = 6


class Outcome(IntEnum):
    """What a call request came to with one called party: exactly one of these, by the requester's word."""

    HELD = 1
    NOT_HELD = 2
    DECLINED = 3
    NO_ANSWER = 4
    WITHDRAWN = 5


class Reason(IntEnum):
    """Why a call is declined or deferred."""

    UNSTATED = 0
    NOT_AVAILABLE = 1
    NOT_AT_THIS_LEVEL = 2
    NOT_BY_THIS_MEANS = 3
    NOT_ON_THIS_TOPIC = 4
    INSTRUCTED_NOT_TO = 5
    OTHER = 6


class Layer(IntEnum):
    """How far an attempt got, lowest first (A6): each layer is proved or stated apart from the others."""

    NONE = 0
    BEARER = 1
    POST = 2
    DESK = 3
    OFFICER = 4
    PRINCIPAL = 5


class Called(msgspec.Struct, frozen=True):
    """One called party: its post, and the office that is to be reached there."""

    post: PostId
    office: str


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks to speak with whom, when, and until when an answer is asked for."""

    office: str
    called: tuple[Called, ...]
    reply_by: Instant
    times: tuple[Instant, ...] = ()
    languages: tuple[str, ...] = ()
    means: str = ""


class RequestWords(msgspec.Struct, frozen=True, kw_only=True):
    """About what, what follows if nobody answers, and content that whoever is on watch may take at once (B3)."""

    topics: tuple[str, ...] = ()
    consequence: str = ""
    content: str = ""
    matter: str = ""
    told: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A called party's answer: the time accepted or deferred to, times countered, or the office delegated to."""

    reply: Reply
    at: Instant = Instant(0)
    times: tuple[Instant, ...] = ()
    office: str = ""
    reason: Reason = Reason.UNSTATED


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """The requester's closing word on one called party; of a call that was held, its times and who took part."""

    post: PostId
    outcome: Outcome
    began: Instant = Instant(0)
    ended: Instant = Instant(0)
    present: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try to reach a called party, by which means and how far it got. `ended` is 0 for an instant's try."""

    post: PostId
    means: str
    began: Instant
    ended: Instant = Instant(0)
    layer: Layer = Layer.NONE


class Words(msgspec.Struct, frozen=True):
    """What was said about it; `who` answered, in an attempt."""

    text: str = ""
    who: str = ""


CALLED: Final = Codec(Called, "The called party", codec.identifier(1, "post"), codec.text(2, "office"))

REQUEST: Final = Codec(
    Request,
    "The call request",
    codec.text(1, "office"),
    codec.inners(2, "called", CALLED, count=CALLED_MAX),
    codec.instant(3, "reply_by"),
    codec.instants(4, "times", count=CALL_TIMES_MAX),
    codec.texts(5, "languages", count=CALL_TIMES_MAX),
    codec.text(6, "means", most=PHRASE_MAX_BYTES),
)

REQUEST_WORDS: Final = Codec(
    RequestWords,
    "The words of the call request",
    codec.texts(1, "topics", count=CALL_TOPICS_MAX, most=PHRASE_MAX_BYTES),
    codec.text(2, "consequence", most=PHRASE_MAX_BYTES),
    codec.text(3, "content", most=TEXT_MAX_BYTES // 2),
    codec.text(4, "matter", most=PHRASE_MAX_BYTES),
    codec.texts(5, "told", count=CALLED_MAX, most=PHRASE_MAX_BYTES),
)

ANSWER: Final = Codec(
    Answer,
    "The answer to the call request",
    codec.choice(1, "reply", Reply),
    codec.instant(2, "at"),
    codec.instants(3, "times", count=CALL_TIMES_MAX),
    codec.text(4, "office"),
    codec.choice(5, "reason", Reason),
)

CLOSING: Final = Codec(
    Closing,
    "The outcome of the call request",
    codec.identifier(1, "post"),
    codec.choice(2, "outcome", Outcome),
    codec.instant(3, "began"),
    codec.instant(4, "ended"),
    codec.texts(5, "present", count=CALLED_MAX, most=4 * NAME_MAX_BYTES),
    codec.texts(6, "interpreters", count=CALLED_MAX, most=4 * NAME_MAX_BYTES),
)

ATTEMPT: Final = Codec(
    Attempt,
    "The attempt",
    codec.identifier(1, "post"),
    codec.text(2, "means"),
    codec.instant(3, "began"),
    codec.instant(4, "ended"),
    codec.choice(5, "layer", Layer),
)

WORDS: Final = Codec(
    Words, "The words", codec.text(1, "text", most=TEXT_MAX_BYTES // 2), codec.text(2, "who", most=PHRASE_MAX_BYTES)
)


def request_of(entry: Entry) -> Request:
    """The call request that an entry carries. Raises PeerError subclasses only."""
    request = codec.first(entry, REQUEST)
    posts = [each.post for each in request.called]
    if not posts or len(set(posts)) != len(posts) or entry.header.author in posts:
        raise BadField("A call request names other posts, each once.")
    if request.reply_by <= entry.header.time:
        raise BadField("A call request asks for an answer by a time after its own.")
    return request


def answer_of(entry: Entry) -> Answer:
    """The answer that an entry carries."""
    answer = codec.first(entry, ANSWER)
    if (answer.reply == Reply.COUNTER_TIME) != bool(answer.times):
        raise BadField("A counter-time, and nothing else, proposes times.")
    if (answer.reply == Reply.DELEGATED) != bool(answer.office):
        raise BadField("A delegation, and nothing else, names an office.")
    if (answer.reply in (Reply.ACCEPTED, Reply.DEFERRED)) != bool(answer.at):
        raise BadField("Accepted and deferred name a time, and nothing else does.")
    return answer


def closing_of(entry: Entry) -> Closing:
    """The outcome that an entry carries."""
    closing = codec.first(entry, CLOSING)
    if (closing.outcome == Outcome.HELD) != bool(closing.began) or closing.ended < closing.began:
        raise BadField("A call that was held has a begin and an end after it, and no other outcome has.")
    return closing


def attempt_of(entry: Entry) -> Attempt:
    """The attempt that an entry carries."""
    attempt = codec.first(entry, ATTEMPT)
    if attempt.ended and attempt.ended < attempt.began:
        raise BadField("The attempt ends before it begins.")
    return attempt


def request_words(entry: Entry) -> RequestWords | None:
    """The words of a call request; None where they are withheld."""
    return codec.second(entry, REQUEST_WORDS)


def words_of(entry: Entry) -> Words | None:
    """The words of an answer, an outcome or an attempt; None where they are withheld."""
    return codec.second(entry, WORDS)
