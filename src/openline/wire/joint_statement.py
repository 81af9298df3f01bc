"""What the entries of a joint statement hold (spec/joint-statement.md). Words are items of their own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import CALLED_MAX, LANGUAGES_MAX, PHRASE_MAX_BYTES
from openline.terms import ID_BYTES, EntryId, Instant, PostId
from openline.wire import cbor, codec
from openline.wire.codec import Codec
from openline.wire.contact import WORDS, Words
from openline.wire.entry import Entry
from openline.wire.minute import each_once

VERSION_CONTEXT: Final = b"openline/joint-statement/1\x00"

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]|  "
)
"""Control characters, those that nobody sees, those that turn the order of others, and two spaces in a row.

The page shows what was signed, and shows nothing else: a text that looks the same and is another is refused here.
"""


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What is fixed from the start: who signs, in which languages, how many have to, and since when it may be out.

    `needed` is 0 for all, `not_before` 0 for at once. Two officers of a party approve for it, unless `one_person`.
    """

    parties: tuple[PostId, ...]
    languages: tuple[str, ...]
    needed: int = 0
    not_before: Instant = Instant(0)
    one_person: bool = False


class Change(IntEnum):
    """What is done to a line."""

    ADD = 1
    AMEND = 2
    STRIKE = 3


class Text(msgspec.Struct, frozen=True):
    """The text of a line in one language."""

    language: str
    text: str


class LineChange(msgspec.Struct, frozen=True):
    """A change of one line in one language or several, made on the text as it stood at `revision`."""

    change: Change
    revision: int = 0
    texts: tuple[Text, ...] = ()


class Stance(IntEnum):
    """A word on a change that another proposed."""

    ACCEPTS = 1
    REJECTS = 2


class Verdict(msgspec.Struct, frozen=True):
    """A word on a change that another proposed; its proposer's own *rejects* takes it back."""

    stance: Stance


class Approval(msgspec.Struct, frozen=True):
    """An officer approves exactly the version with this digest, or takes the approval of it back."""

    digest: bytes
    taken_back: bool = False


class Outcome(IntEnum):
    """What a statement came to."""

    RELEASED = 1
    WITHDRAWN = 2


class Closing(msgspec.Struct, frozen=True):
    """The drafter's last word; of a release, the digest of the version that is out."""

    outcome: Outcome
    digest: bytes = b""


OPENING: Final = Codec(
    Opening,
    "The joint statement",
    codec.identifiers(1, "parties", count=CALLED_MAX + 1),
    codec.texts(2, "languages", count=LANGUAGES_MAX),
    codec.number(3, "needed", least=2, most=CALLED_MAX),
    codec.instant(4, "not_before"),
    codec.flag(5, "one_person"),
)
TEXT: Final = Codec(Text, "The text of a line", codec.text(1, "language"), codec.text(2, "text", most=PHRASE_MAX_BYTES))
CHANGE: Final = Codec(
    LineChange,
    "The change",
    codec.choice(1, "change", Change),
    codec.number(2, "revision"),
    codec.inners(3, "texts", TEXT, count=LANGUAGES_MAX),
)
VERDICT: Final = Codec(Verdict, "The word on a change", codec.choice(1, "stance", Stance))
APPROVAL: Final = Codec(Approval, "The approval", codec.identifier(1, "digest"), codec.flag(2, "taken_back"))
CLOSING: Final = Codec(
    Closing, "The end of the statement", codec.choice(1, "outcome", Outcome), codec.identifier(2, "digest")
)


def opening_of(entry: Entry) -> tuple[Opening, Words | None]:
    """What opens a statement, and what it is about. Raises PeerError subclasses only."""
    opening, words = codec.first(entry, OPENING), codec.second(entry, WORDS)
    each_once(entry, opening.parties)
    _check_languages(opening.languages)
    if opening.needed >= len(opening.parties):
        raise BadField("Fewer than all are needed, or nothing is said of it.")
    if words is not None and not words.text.strip():
        raise BadField("A joint statement says what it is about.")
    return opening, words


def change_of(entry: Entry) -> tuple[LineChange, Words | None]:
    """A change of a line, and why."""
    change, words = codec.first(entry, CHANGE), codec.second(entry, WORDS)
    if (change.change == Change.STRIKE) == bool(change.texts):
        raise BadField("A line that is struck has no texts, and another change has some.")
    if change.texts:
        _check_languages(tuple(each.language for each in change.texts))
    for each in change.texts:
        check_text(each.text)
    return change, words


def verdict_of(entry: Entry) -> tuple[Verdict, Words | None]:
    """A word on a change, and why."""
    return codec.first(entry, VERDICT), codec.second(entry, WORDS)


def approval_of(entry: Entry) -> tuple[Approval, Words | None]:
    """An approval, or that it is taken back, and why."""
    return codec.first(entry, APPROVAL), codec.second(entry, WORDS)


def closing_of(entry: Entry) -> tuple[Closing, Words | None]:
    """The drafter's last word, and why."""
    closing, words = codec.first(entry, CLOSING), codec.second(entry, WORDS)
    if (closing.outcome == Outcome.RELEASED) != (len(closing.digest) == ID_BYTES):
        raise BadField("A release, and nothing else, names the version that is out.")
    return closing, words


def check_language(language: str) -> None:
    """Raise BadField unless it is a language tag (RFC 5646): `en`, `zh-Hant`."""
    if _LANGUAGE.fullmatch(language) is None:
        raise BadField(f"{language!r} is no language tag, as en, fr or zh-Hant.")


def _check_languages(languages: Sequence[str]) -> None:
    if not languages or len(set(languages)) != len(languages):
        raise BadField("Languages are one or more, each once.")
    for each in languages:
        check_language(each)


def check_text(text: str) -> None:
    """Raise BadField unless a text is one line of which a reader sees everything."""
    if not text or text != text.strip() or _UNSEEN.search(text) is not None:
        raise BadField(
            "A line has a text without line breaks, without spaces at its ends or two in a row, "
            "and without characters that nobody sees or that turn the order of others."
        )


def version_digest(
    statement: EntryId, revision: int, languages: Sequence[str], lines: Sequence[Sequence[str]]
) -> bytes:
    """What an approval binds: the statement, how often its text was changed, and every line in every language."""
    version = [statement, revision, list(languages), [list(line) for line in lines]]
    return hashlib.sha256(VERSION_CONTEXT + cbor.encode(version)).digest()
