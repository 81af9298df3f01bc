"""What the entries of readouts hold: a published text, marks on its spans, words on marks (spec/readout.md)."""

from __future__ import annotations

import hashlib
from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import CALLED_MAX, NAME_MAX_BYTES, PHRASE_MAX_BYTES, READOUT_FILE_MAX_BYTES, READOUT_TEXT_MAX_BYTES
from openline.terms import Instant, PostId
from openline.wire import codec
from openline.wire.codec import Codec
from openline.wire.contact import WORDS, Words
from openline.wire.entry import Entry
from openline.wire.minute import each_once

CHARACTER_MAX_BYTES: Final = 4
"""Of one character in UTF-8: so much shorter a text may be than the most, where it is the beginning of a longer one."""


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """A published text is filed: of which party (none is its author), when and where it was published, its language.

    `digest` is the SHA-256 of the whole text as published, and `size` its bytes.
    """

    parties: tuple[PostId, ...]
    published: Instant
    where: str
    language: str
    digest: bytes
    size: int
    of: PostId | None = None

    @property
    def held(self) -> int:
        """How many bytes of it, from its beginning, can be in the entry: spans lie within them."""
        return min(self.size, READOUT_TEXT_MAX_BYTES)


class Text(msgspec.Struct, frozen=True):
    """The text as it was published, or the beginning of one that is too long."""

    text: str


class Sort(IntEnum):
    """What a mark says of a readout against its target: a point of the minute, or a span of another readout."""

    COVERS = 1
    MISSING = 2
    ADDED = 3
    DIFFERS = 4


class Span(msgspec.Struct, frozen=True):
    """Bytes `start` to before `end` of a text in UTF-8; both 0 is no span."""

    start: int = 0
    end: int = 0

    def __bool__(self) -> bool:
        return self.end > 0


class Mark(msgspec.Struct, frozen=True):
    """A mark: its sort, the span of the readout that it speaks of, and that of the other readout, if it is one."""

    sort: Sort
    span: Span = Span()
    other: Span = Span()


class Answer(IntEnum):
    """A word on a mark: agreed or disputed by another party, withdrawn by who made it."""

    AGREED = 1
    DISPUTED = 2
    WITHDRAWN = 3


class Word(msgspec.Struct, frozen=True):
    """A word on a mark."""

    answer: Answer


FILING: Final = Codec(
    Filing,
    "The readout",
    codec.identifiers(1, "parties", count=CALLED_MAX + 1),
    codec.instant(2, "published"),
    codec.text(3, "where", most=PHRASE_MAX_BYTES),
    codec.text(4, "language", most=NAME_MAX_BYTES),
    codec.identifier(5, "digest"),
    codec.number(6, "size", least=1, most=READOUT_FILE_MAX_BYTES),
    codec.identifier(7, "of"),
)
TEXT: Final = Codec(Text, "The text", codec.text(1, "text", most=READOUT_TEXT_MAX_BYTES))
SPAN: Final = Codec(
    Span,
    "The span",
    codec.number(1, "start", most=READOUT_TEXT_MAX_BYTES),
    codec.number(2, "end", most=READOUT_TEXT_MAX_BYTES),
)
MARK: Final = Codec(
    Mark,
    "The mark",
    codec.choice(1, "sort", Sort),
    codec.inner(2, "span", SPAN),
    codec.inner(3, "other", SPAN),
)
WORD: Final = Codec(Word, "The word on a mark", codec.choice(1, "answer", Answer))


def filing_of(entry: Entry) -> tuple[Filing, str | None]:
    """A readout and its text; None where that is withheld. Raises PeerError subclasses only."""
    filing, held = codec.first(entry, FILING), codec.second(entry, TEXT)
    parties = each_once(entry, filing.parties)
    if filing.of is not None and (filing.of not in parties or filing.of == entry.header.author):
        raise BadField("A readout is its author's, or names another party whose it is.")
    if not filing.where.strip() or not filing.language.strip():
        raise BadField("A readout says where it was published, and in which language.")
    if held is not None:
        _check(filing, held.text)
    return filing, None if held is None else held.text


def _check(filing: Filing, text: str) -> None:
    data = text.encode()
    if filing.size > READOUT_TEXT_MAX_BYTES:
        if len(data) <= READOUT_TEXT_MAX_BYTES - CHARACTER_MAX_BYTES:
            raise BadField("Of a text that is too long, as much of its beginning is held as fits.")
    elif len(data) != filing.size or hashlib.sha256(data).digest() != filing.digest:
        raise BadField("The text is not the one of this size and digest.")


def mark_of(entry: Entry) -> tuple[Mark, Words | None]:
    """A mark and its words. Raises PeerError subclasses only."""
    mark, words = codec.first(entry, MARK), codec.second(entry, WORDS)
    for span in (mark.span, mark.other):
        if span != Span() and span.start >= span.end:
            raise BadField("A span ends after it starts.")
    if bool(mark.span) == (mark.sort == Sort.MISSING):
        raise BadField("What is missing has no span in the readout; every other mark has one.")
    if mark.sort == Sort.ADDED and mark.other:
        raise BadField("What is added has no span in another readout.")
    return mark, words


def word_of(entry: Entry) -> tuple[Word, Words | None]:
    """A word on a mark. Raises PeerError subclasses only."""
    return codec.first(entry, WORD), codec.second(entry, WORDS)
