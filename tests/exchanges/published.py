"""Made-up readouts of one contact and simultaneous exchanges, as a record would give them."""

from __future__ import annotations

import hashlib
from typing import Any

from openline.feeds.record import Kept
from openline.terms import Instant, PostId
from openline.wire import readout as wire
from openline.wire import together as joint
from openline.wire.kinds import Kind
from openline.wire.readout import Answer, Filing, Mark, Sort, Span, Text, Word
from openline.wire.together import Committed, Secret, Together
from tests.exchanges.talks import BOTH, opening, said, within
from tests.feeds.histories import ACT, ALPHA, kept

SPOKE = "We spoke of the exercise. Мы говорили."


def filing(text: str = SPOKE, **fields: Any) -> Filing:
    """What is said of a text."""
    data = text.encode()
    given = {
        "parties": BOTH,
        "published": Instant(50),
        "where": "The ministry",
        "language": "en",
        "digest": hashlib.sha256(data).digest(),
        "size": len(data),
        **fields,
    }
    return Filing(**given)


def readout(
    author: PostId = ALPHA,
    number: int = 1,
    text: str = SPOKE,
    *,
    parties: tuple[PostId, ...] = BOTH,
    of: PostId | None = None,
    **more: Any,
) -> Kept:
    """A readout is filed."""
    items = (wire.FILING.item(filing(text, parties=parties, of=of)), wire.TEXT.item(Text(text)))
    return opening(author, number, Kind.READOUT, *items, **more)


def mark(
    author: PostId,
    number: int,
    on: Kept,
    sort: Sort,
    *target: Kept,
    span: tuple[int, int] | None = None,
    other: tuple[int, int] = (0, 0),
    **more: Any,
) -> Kept:
    """A mark on a readout; by default it speaks of its first eight bytes, unless something is missing."""
    at = span or ((0, 0) if sort == Sort.MISSING else (0, 8))
    body = wire.MARK.item(Mark(sort, Span(*at), Span(*other)))
    return within(author, number, Kind.READOUT_MARK, on, body, said(""), names=target, **more)


def answer(author: PostId, number: int, on: Kept, to: Kept, word: Answer, **more: Any) -> Kept:
    """A word on a mark."""
    return within(author, number, Kind.READOUT_WORD, on, wire.WORD.item(Word(word)), said(""), names=(to,), **more)


def together(author: PostId = ALPHA, number: int = 1, *, parties: tuple[PostId, ...] = BOTH, **more: Any) -> Kept:
    """A simultaneous exchange: commit by 1000, reveal by 2000."""
    body = joint.TOGETHER.item(Together(parties, Instant(1_000), Instant(2_000)))
    return kept(author, number, Kind.TOGETHER, body, said("The list."), **{"act": ACT, **more})


def secret(author: PostId, text: bytes = b"One.") -> Secret:
    """What a party is bound to."""
    return Secret(hashlib.sha256(author + text).digest(), "list.txt", text)


def committed(author: PostId, number: int, to: Kept, text: bytes = b"One.", **more: Any) -> Kept:
    """A party is bound to its document."""
    bound = joint.digest(to.entry.id, author, secret(author, text))
    return within(author, number, Kind.TOGETHER_COMMITTED, to, joint.COMMITTED.item(Committed(bound)), **more)


def revealed(author: PostId, number: int, to: Kept, text: bytes = b"One.", **more: Any) -> Kept:
    """A party shows its document; no officer signs that."""
    items = joint.items_of(secret(author, text))
    return within(author, number, Kind.TOGETHER_REVEALED, to, *items, **{"act": None, **more})


def withdrawn(author: PostId, number: int, to: Kept, **more: Any) -> Kept:
    """A party takes no part any more."""
    return within(author, number, Kind.TOGETHER_WITHDRAWN, to, said("No."), **more)
