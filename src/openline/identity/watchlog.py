"""The watch log: an organisation's own chain of words, each signed by an officer; nothing of it leaves the home.

A relief is two words: one officer hands the watch over with what is open, another takes it over with the same list, so
both have signed what was left to whom (docs/guides/watch.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import NotAllowed
from openline.identity.card import Card
from openline.keys import ed25519
from openline.keys.ed25519 import SigningKey
from openline.terms import Instant, PostId
from openline.wire import cbor

CONTEXT: Final = "openline/watch/1"
BEGINNING: Final = bytes(32)
"""What the first word has in place of the id of the one before."""


class What(IntEnum):
    """What a word does."""

    NOTE = 1
    HANDED_OVER = 2
    TAKEN_OVER = 3


class Word(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One word of the log. `to` is the officer who is to take the watch, `items` what is open, one line each.

    `offer` is the id of the word that handed over, in the one that takes over; empty where nobody had handed over.
    """

    number: int
    previous: bytes
    at: Instant
    officer: int
    what: What
    text: str = ""
    to: int = 0
    items: tuple[str, ...] = ()
    offer: bytes = b""
    signature: bytes = b""


def to_be_signed(post: PostId, word: Word) -> bytes:
    """The bytes under the officer's signature."""
    said = [word.number, word.previous, word.at, word.officer, int(word.what)]
    return cbor.encode([CONTEXT, post, *said, word.text, word.to, list(word.items), word.offer])


def word_id(post: PostId, word: Word) -> bytes:
    """What the next word names as the one before it."""
    return hashlib.sha256(to_be_signed(post, word)).digest()


def written(post: PostId, words: Sequence[Word], word: Word, key: SigningKey) -> Word:
    """The word as the next of the log, signed. Raises NotAllowed where a relief does not fit."""
    last = words[-1] if words else None
    word = msgspec.structs.replace(
        word,
        number=1 if last is None else last.number + 1,
        previous=BEGINNING if last is None else word_id(post, last),
    )
    why = _objection(post, words, word)
    if why:
        raise NotAllowed(why)
    return msgspec.structs.replace(word, signature=key.sign(to_be_signed(post, word)))


def on_watch(words: Sequence[Word]) -> Word | None:
    """The word by which the officer on watch took it over."""
    return next((each for each in reversed(words) if each.what is What.TAKEN_OVER), None)


def offered(words: Sequence[Word]) -> Word | None:
    """The word that handed the watch over, while nobody has taken it."""
    last = next((each for each in reversed(words) if each.what is not What.NOTE), None)
    return last if last is not None and last.what is What.HANDED_OVER else None


def faults(card: Card, words: Sequence[Word]) -> list[tuple[int, str]]:
    """Words that do not hold, by number, and why: a signature, a place in the chain, or a relief that does not fit."""
    found = []
    for at, word in enumerate(words):
        officer = card.officer(word.officer)
        signed = to_be_signed(card.post, word)
        if officer is None or not ed25519.verify(officer.public, word.signature, signed):
            found.append((word.number, "its officer did not sign it"))
        before = words[at - 1] if at else None
        if before is not None and (word.number, word.previous) != (before.number + 1, word_id(card.post, before)):
            found.append((word.number, "it does not follow the one before it"))
        why = _objection(card.post, words[:at], word) if at or word.number == 1 else ""
        if why:
            found.append((word.number, why))
    return found


def _objection(post: PostId, words: Sequence[Word], word: Word) -> str:
    """Why a word does not fit what the log holds; "" where it does."""
    match word.what:
        case What.NOTE:
            return ""
        case What.HANDED_OVER:
            return "One hands the watch over to somebody else." if word.to == word.officer else ""
        case What.TAKEN_OVER:
            offer = offered(words)
            if offer is None:
                return "" if not word.offer else "Nobody has handed the watch over."
            if word.offer != word_id(post, offer):
                return "It answers another offer than the newest."
            if word.officer != offer.to:
                return "The watch was handed over to another officer."
            return "" if word.items == offer.items else "Both officers sign one list of what is open."
