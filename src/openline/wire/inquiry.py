"""What the entries of an inquiry hold: the question about an activity, the answers, what the asker makes of them.

Its law is spec/inquiry.md. Each kind has two items; the second holds the words, and may be withheld.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import PHRASE_MAX_BYTES, TEXT_MAX_BYTES
from openline.terms import EntryId, Instant, PostId
from openline.wire import codec
from openline.wire.codec import Codec
from openline.wire.contact import WORDS, Words
from openline.wire.disclosure import NO_ENTRY
from openline.wire.entry import Entry


class Inquiry(msgspec.Struct, frozen=True):
    """Whom it asks, until when it asks for an answer, and when the activity began and ends; 0 is not known."""

    post: PostId
    reply_by: Instant
    begins: Instant = Instant(0)
    ends: Instant = Instant(0)


class InquiryWords(msgspec.Struct, frozen=True, kw_only=True):
    """What activity, where, what is asked about it, and what follows if nobody answers in time."""

    what: str
    where: str = ""
    question: str = ""
    next_step: str = ""


class Reply(IntEnum):
    """What an answer is: the answer itself, or a reference to where it is."""

    ANSWERED = 1
    ELSEWHERE = 2


class Answer(msgspec.Struct, frozen=True):
    """An answer; one given elsewhere names an entry, as that of a notice, or a channel outside Openline, or both."""

    reply: Reply
    entry: EntryId = NO_ENTRY
    channel: str = ""


class Verdict(IntEnum):
    """What the asker says of an answer, or of the silence."""

    SATISFIED = 1
    UNSATISFACTORY = 2
    NOT_ANSWERED = 3
    WITHDRAWN = 4


class Judgement(msgspec.Struct, frozen=True):
    """The asker's word; one that finds an answer unsatisfactory may set the clock anew."""

    verdict: Verdict
    reply_by: Instant = Instant(0)


INQUIRY: Final = Codec(
    Inquiry,
    "The inquiry",
    codec.identifier(1, "post"),
    codec.instant(2, "reply_by"),
    codec.instant(3, "begins"),
    codec.instant(4, "ends"),
)
INQUIRY_WORDS: Final = Codec(
    InquiryWords,
    "The words of the inquiry",
    codec.text(1, "what", most=PHRASE_MAX_BYTES),
    codec.text(2, "where", most=PHRASE_MAX_BYTES),
    codec.text(3, "question", most=TEXT_MAX_BYTES // 2),
    codec.text(4, "next_step", most=PHRASE_MAX_BYTES),
)
ANSWER: Final = Codec(
    Answer,
    "The answer to the inquiry",
    codec.choice(1, "reply", Reply),
    codec.identifier(2, "entry"),
    codec.text(3, "channel", most=PHRASE_MAX_BYTES),
)
JUDGEMENT: Final = Codec(Judgement, "The judgement", codec.choice(1, "verdict", Verdict), codec.instant(2, "reply_by"))


def inquiry_of(entry: Entry) -> tuple[Inquiry, InquiryWords | None]:
    """An inquiry and its words, None where they are withheld. Raises PeerError subclasses only."""
    inquiry, words = codec.first(entry, INQUIRY), codec.second(entry, INQUIRY_WORDS)
    if inquiry.post == entry.header.author:
        raise BadField("An inquiry is put to another post.")
    if not inquiry.reply_by:
        raise BadField("An inquiry has a time until which an answer is asked for.")
    if inquiry.ends and inquiry.ends < inquiry.begins:
        raise BadField("The activity ends before it begins.")
    if words is not None and not words.what.strip():
        raise BadField("An inquiry says about what activity it asks.")
    return inquiry, words


def answer_of(entry: Entry) -> tuple[Answer, Words | None]:
    """An answer and its words."""
    answer, words = codec.first(entry, ANSWER), codec.second(entry, WORDS)
    elsewhere = answer.entry != NO_ENTRY or bool(answer.channel.strip())
    if elsewhere != (answer.reply == Reply.ELSEWHERE):
        raise BadField("An answer given elsewhere, and no other, says where.")
    if answer.reply == Reply.ANSWERED and words is not None and not words.text.strip():
        raise BadField("An answer has a text.")
    return answer, words


def judgement_of(entry: Entry) -> tuple[Judgement, Words | None]:
    """What the asker says, and the words for it: the reason, where an answer is unsatisfactory."""
    judgement, words = codec.first(entry, JUDGEMENT), codec.second(entry, WORDS)
    bad = judgement.verdict == Verdict.UNSATISFACTORY
    if judgement.reply_by and not bad:
        raise BadField("Only who finds an answer unsatisfactory sets the clock anew.")
    if bad and words is not None and not words.text.strip():
        raise BadField("Who finds an answer unsatisfactory says why.")
    return judgement, words
