"""Notes about check digits: one encoding, nothing else is taken, digits that never repeat themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import PeerError
from openline.keys.sealing import OVERHEAD_BYTES
from openline.limits import VOICE_NOTE_MAX_BYTES, VOICE_SEALED_MAX_BYTES
from openline.terms import EntryId, PostId
from openline.wire import voice
from openline.wire.voice import Note, Step, decode_notes, encode_notes, note_of

NORTH, SOUTH, EAST = (PostId(bytes([at]) * 32) for at in (1, 2, 3))
COMMIT = Note(EntryId(b"C" * 32), NORTH, NORTH, SOUTH, Step.COMMIT, b"h" * 32)
REVEAL = msgspec.structs.replace(COMMIT, step=Step.REVEAL, value=b"v" * 32, answers=b"a" * 32)
SIGNED = b"s" * 64


def test_notes_come_back_as_they_were_and_fit() -> None:
    data = encode_notes([(COMMIT.payload(), SIGNED), (REVEAL.payload(), SIGNED)])
    assert decode_notes(data) == [(COMMIT, SIGNED), (REVEAL, SIGNED)]
    assert len(data) <= VOICE_NOTE_MAX_BYTES
    assert len(data) + OVERHEAD_BYTES <= VOICE_SEALED_MAX_BYTES


@pytest.mark.parametrize(
    "changes",
    [
        {"contact": b"C"},
        {"author": SOUTH},
        {"caller": EAST},
        {"value": b"v"},
        {"answers": b"a" * 32},
        {"step": 3},
        {"step": Step.REVEAL},
    ],
)
def test_a_note_that_is_none(changes: dict[str, object]) -> None:
    with pytest.raises(PeerError):
        note_of(msgspec.structs.replace(COMMIT, **changes).payload())


@pytest.mark.parametrize("pairs", [[], [(COMMIT.payload(), b"s")], [(b"", SIGNED)], [(COMMIT.payload(), SIGNED)] * 3])
def test_pairs_that_are_none(pairs: list[tuple[bytes, bytes]]) -> None:
    with pytest.raises(PeerError):
        decode_notes(encode_notes(pairs))


@given(st.binary(max_size=VOICE_NOTE_MAX_BYTES + 10))
def test_any_bytes(data: bytes) -> None:
    with pytest.raises(PeerError):
        decode_notes(data)


def test_each_thing_has_its_own_context() -> None:
    assert len({voice.NOTE_CONTEXT, voice.COMMIT_CONTEXT, voice.DIGITS_CONTEXT}) == 3
    assert COMMIT.to_be_signed().startswith(voice.NOTE_CONTEXT)
    assert voice.seal_info(NORTH, SOUTH) != voice.seal_info(SOUTH, NORTH)
    assert voice.commitment(COMMIT.contact, NORTH, SOUTH, b"v") != voice.commitment(COMMIT.contact, SOUTH, NORTH, b"v")


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_the_two_numbers_are_never_the_same(one: bytes, other: bytes) -> None:
    first, second = voice.digits(COMMIT.contact, NORTH, SOUTH, one, other)
    assert first != second
    assert len(first) == len(second) == voice.DIGITS
    assert (first + second).isdigit()


def test_the_digits_of_a_known_exchange() -> None:
    """Fixed for ever: another program must come to the same (vectors in spec/voice.md)."""
    assert voice.digits(COMMIT.contact, NORTH, SOUTH, bytes(32), b"\xff" * 32) == ("834770", "570481")


VECTORS = Path(__file__).resolve().parents[2] / "vectors/voice"


@pytest.mark.parametrize("case", json.loads((VECTORS / "notes.json").read_text()), ids=lambda case: str(case["name"]))
def test_vectors_of_notes(case: dict[str, Any]) -> None:
    data = bytes.fromhex(case["notes"])
    if case["expect"] == "ok":
        notes = decode_notes(data)
        assert encode_notes([(note.payload(), signature) for note, signature in notes]) == data
        return
    with pytest.raises(PeerError) as error:
        decode_notes(data)
    assert error.value.code == case["expect"]


def test_vectors_of_digits() -> None:
    held = json.loads((VECTORS / "digits.json").read_text())
    contact, caller, called = (bytes.fromhex(held[name]) for name in ("contact", "caller", "called"))
    first, second = (bytes.fromhex(each) for each in held["values"])
    bound = [
        voice.commitment(EntryId(contact), PostId(one), PostId(other), value).hex()
        for one, other, value in ((caller, called, first), (called, caller, second))
    ]
    assert bound == held["commitments"]
    assert list(voice.digits(EntryId(contact), PostId(caller), PostId(called), first, second)) == held["digits"]
