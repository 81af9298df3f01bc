"""The watch log: whatever was changed, left out or moved shows, and a relief has two signatures under one list."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import NotAllowed
from openline.identity import signing, watchlog
from openline.identity.card import Card
from openline.identity.own import Own
from openline.identity.watchlog import What, Word
from openline.terms import Instant

NIGHT = ("FLASH 4f0c56b1 on strait: boat 17",)


def people() -> tuple[Own, Card]:
    """A post with Berg, officer 1, and Aas, officer 2."""
    own, card = signing.found("North", bytes(range(256)) + bytes(signing.FOUND_SEED_BYTES - 256), Instant(1), "Berg")
    own, statement = signing.add_officer(own, card, "Aas", bytes([9]) * 32, (), Instant(2))
    return own, card.extended(statement)


OWN, CARD = people()


def say(words: list[Word], officer: int, what: What = What.NOTE, **fields: Any) -> list[Word]:
    """The log with one more word."""
    key = OWN.officer(officer)
    assert key is not None
    word = Word(number=0, previous=b"", at=Instant(5), officer=officer, what=what, **fields)
    return [*words, watchlog.written(CARD.post, words, word, key)]


def night() -> list[Word]:
    """Berg takes the watch, notes something, and is relieved by Aas."""
    words = say([], 1, What.TAKEN_OVER)
    words = say(words, 1, text="Radar 3 is down.")
    words = say(words, 1, What.HANDED_OVER, to=2, items=NIGHT)
    offer = watchlog.word_id(CARD.post, words[-1])
    return say(say(words, 1, text="Coffee is out."), 2, What.TAKEN_OVER, items=NIGHT, offer=offer)


def test_a_relief_is_signed_by_both() -> None:
    words = night()
    assert watchlog.faults(CARD, words) == []
    taken = watchlog.on_watch(words)
    assert taken is not None
    assert (taken.officer, taken.items, watchlog.offered(words)) == (2, NIGHT, None)
    before = watchlog.on_watch(words[:-1])
    assert before is not None
    assert before.officer == 1, "until it is taken over, the watch stays where it was"
    assert watchlog.offered(words[:-1]) == words[2]
    assert watchlog.faults(CARD, words[2:]) == [], "the oldest words may be forgotten"


def test_what_does_not_fit_is_refused() -> None:
    words = night()[:4]
    offer = watchlog.word_id(CARD.post, words[2])
    for officer, fields in (
        (1, {"items": NIGHT, "offer": offer}),
        (2, {"items": (), "offer": offer}),
        (2, {"items": NIGHT, "offer": bytes(32)}),
        (2, {"items": NIGHT}),
    ):
        with pytest.raises(NotAllowed):
            say(words, officer, What.TAKEN_OVER, **fields)
    with pytest.raises(NotAllowed):
        say(words, 1, What.HANDED_OVER, to=1)
    with pytest.raises(NotAllowed):
        say([], 2, What.TAKEN_OVER, offer=offer)


@given(st.integers(0, 4), st.sampled_from(["text", "officer", "at", "number", "to", "items", "offer", "signature"]))
def test_a_changed_word_shows(at: int, field: str) -> None:
    words = night()
    other: dict[str, Any] = {"items": ("x",), "offer": b"x", "signature": bytes(64), "text": "x"}
    value = other.get(field, getattr(words[at], field) if field in other else 2)
    if getattr(words[at], field) == value:
        value = 7
    words[at] = msgspec.structs.replace(words[at], **{field: value})
    assert watchlog.faults(CARD, words)


@given(st.integers(0, 3), st.integers(0, 3))
def test_a_word_left_out_or_moved_shows(gone: int, to: int) -> None:
    words = night()
    moved = words.pop(gone)
    assert gone == 0 or watchlog.faults(CARD, words)
    if to != gone:
        words.insert(to, moved)
        assert watchlog.faults(CARD, words)
