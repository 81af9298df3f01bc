"""What the entries of a minute and of commitments hold (spec/minute.md). Words are items of their own."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import CALLED_MAX
from openline.terms import Instant, PostId
from openline.wire import codec
from openline.wire.codec import Codec
from openline.wire.contact import WORDS, Words
from openline.wire.entry import Entry


class Parties(msgspec.Struct, frozen=True):
    """The posts that took part in the contact, each once; they alone have a say."""

    parties: tuple[PostId, ...]


class Stance(IntEnum):
    """A party's word on another's point."""

    AGREED = 1
    SAYS = 2


class Word(msgspec.Struct, frozen=True):
    """Agreed to a point as drafted, or one's own version of it in the words."""

    stance: Stance


class Signing(msgspec.Struct, frozen=True):
    """A party signs the minute as it stands for it, by the digest of its points, or refuses to."""

    digest: bytes
    refused: bool = False


class Commitment(msgspec.Struct, frozen=True):
    """Who owes what is in the words, until when, and the parties that it concerns."""

    owner: PostId
    due: Instant
    parties: tuple[PostId, ...]


class Progress(IntEnum):
    """A word on a commitment: accepted or done by its owner, closed or released by another, disputed by either."""

    ACCEPTED = 1
    DONE = 2
    DISPUTED = 3
    CLOSED = 4
    RELEASED = 5


class Report(msgspec.Struct, frozen=True):
    """A word on a commitment."""

    progress: Progress


class Nothing(msgspec.Struct, frozen=True):
    """A point says nothing beside its words."""


PARTIES: Final = Codec(Parties, "The minute", codec.identifiers(1, "parties", count=CALLED_MAX + 1))
POINT: Final = Codec(Nothing, "The point")
WORD: Final = Codec(Word, "The word on a point", codec.choice(1, "stance", Stance))
SIGNING: Final = Codec(Signing, "The signature", codec.identifier(1, "digest"), codec.flag(2, "refused"))
COMMITMENT: Final = Codec(
    Commitment,
    "The commitment",
    codec.identifier(1, "owner"),
    codec.instant(2, "due"),
    codec.identifiers(3, "parties", count=CALLED_MAX + 1),
)
REPORT: Final = Codec(Report, "The word on a commitment", codec.choice(1, "progress", Progress))


def parties_of(entry: Entry) -> tuple[PostId, ...]:
    """The parties of a minute. Raises PeerError subclasses only."""
    return each_once(entry, codec.only(entry, PARTIES).parties)


def point_of(entry: Entry) -> Words | None:
    """The words of a point; None where they are withheld."""
    codec.first(entry, POINT)
    return _said(entry, "A point")


def word_of(entry: Entry) -> tuple[Word, Words | None]:
    """A party's word on a point."""
    word, words = codec.first(entry, WORD), codec.second(entry, WORDS)
    if words is not None and (word.stance == Stance.SAYS) != bool(words.text.strip()):
        raise BadField("A version of one's own has a text, and an agreement has none.")
    return word, words


def signing_of(entry: Entry) -> tuple[Signing, Words | None]:
    """A signature on the minute, or its refusal with the reason."""
    return codec.first(entry, SIGNING), codec.second(entry, WORDS)


def commitment_of(entry: Entry) -> tuple[Commitment, Words | None]:
    """A commitment and its words."""
    commitment = codec.first(entry, COMMITMENT)
    if commitment.owner not in each_once(entry, commitment.parties):
        raise BadField("The owner of a commitment is one of its parties.")
    return commitment, _said(entry, "A commitment")


def report_of(entry: Entry) -> tuple[Report, Words | None]:
    """A word on a commitment."""
    return codec.first(entry, REPORT), codec.second(entry, WORDS)


def _said(entry: Entry, what: str) -> Words | None:
    words = codec.second(entry, WORDS)
    if words is not None and not words.text.strip():
        raise BadField(f"{what} has a text.")
    return words


def each_once(entry: Entry, parties: tuple[PostId, ...]) -> tuple[PostId, ...]:
    """Parties as they must be: two or more, each once, the author among them. Raises BadField."""
    if len(set(parties)) != len(parties) or len(parties) < 2 or entry.header.author not in parties:
        raise BadField("The parties are two posts or more, each once, the author among them.")
    return parties
