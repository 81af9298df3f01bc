"""Notes: our good and bad ones, the examples of the C2SP pages, and any bytes at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from openline.errors import BadEncoding, BadField, TooLarge
from openline.limits import NOTE_MAX_BYTES
from openline.terms import LineId, PostId
from openline.wire.note import Checkpoint, Note, NoteSignature, cosigner_name, decode, encode, origin

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
CASES = json.loads((VECTORS / "checkpoint/notes.json").read_text())["cases"]
C2SP = json.loads((VECTORS / "standard/tlog/c2sp-notes.json").read_text())

CHECKPOINT = Checkpoint("openline/line/author", 1000, bytes(range(32)))
SIGNATURE = NoteSignature("openline/author", b"\x00\x01\x02\x03", b"signature")


def given_bytes(case: dict[str, Any]) -> bytes:
    return case["note"].encode() if "note" in case else bytes.fromhex(case["note_hex"])


def outcome(data: bytes) -> str:
    """ "accept", or the code of the error; what is accepted has to be the one encoding of what it says."""
    try:
        note = decode(data)
    except (BadEncoding, TooLarge, BadField) as error:
        return error.code
    assert encode(note.checkpoint, note.signatures) == data
    return "accept"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_our_vectors(case: dict[str, Any]) -> None:
    assert outcome(given_bytes(case)) == case["expect"]


@pytest.mark.parametrize("which", ["checkpoint", "cosigned_checkpoint"])
def test_c2sp_examples(which: str) -> None:
    note = decode(C2SP[which].encode())
    assert note.checkpoint.origin == "example.com/behind-the-sofa"
    assert note.checkpoint.size == 20852163
    assert note.signatures[0].name == note.checkpoint.origin
    assert encode(note.checkpoint, note.signatures) == C2SP[which].encode()


def test_the_text_of_a_checkpoint() -> None:
    note = decode(C2SP["checkpoint"].encode())
    assert note.checkpoint.text().decode() == C2SP["checkpoint"].partition("\n\n")[0] + "\n"


def test_names() -> None:
    line, post = LineId(b"\x01" * 32), PostId(b"\xab" * 32)
    assert origin(line, post) == "openline/" + "01" * 32 + "/" + "ab" * 32
    assert cosigner_name(post) == "openline/" + "ab" * 32


def test_find_takes_key_name_and_key_id_together() -> None:
    same_id = NoteSignature("example.com/other", SIGNATURE.key_id, b"other")
    same_name = NoteSignature(SIGNATURE.name, b"\x00\x00\x00\x00", b"other")
    note = Note(CHECKPOINT, (same_id, same_name, SIGNATURE))
    assert note.find(SIGNATURE.name, SIGNATURE.key_id) == SIGNATURE
    assert note.find("example.com/other", same_name.key_id) is None


def test_the_largest_note_and_one_byte_more() -> None:
    room = NOTE_MAX_BYTES - len(encode(CHECKPOINT, [NoteSignature("k", SIGNATURE.key_id, b"12")])) + 8
    blob = room // 4 * 3 - 4
    largest = encode(CHECKPOINT, [NoteSignature("k" * (1 + room % 4), SIGNATURE.key_id, b"s" * blob)])
    assert len(largest) == NOTE_MAX_BYTES
    assert decode(largest).checkpoint == CHECKPOINT
    with pytest.raises(TooLarge):
        decode(largest + b"\n")
    with pytest.raises(TooLarge):
        encode(CHECKPOINT, [NoteSignature("k" * (2 + room % 4), SIGNATURE.key_id, b"s" * blob)])


def test_too_many_lines_are_refused_before_they_are_read() -> None:
    assert outcome(CHECKPOINT.text() + b"\n" * 130) == "too-large"
    assert outcome(CHECKPOINT.text() + b"\n" * 129) == "bad-encoding"


@pytest.mark.parametrize("size", [-1, 1 << 63])
def test_a_size_out_of_range_cannot_be_made(size: int) -> None:
    with pytest.raises(BadField, match="size"):
        Checkpoint("openline/line/author", size, bytes(32))


def test_a_signature_with_a_key_id_of_another_length_cannot_be_made() -> None:
    with pytest.raises(BadField, match="key id of 4 bytes"):
        NoteSignature("openline/author", b"\x00\x01\x02", b"signature")


KEY_NAMES = st.text("abz019./-_,!*~@", min_size=1, max_size=255)
SIGNATURES = st.builds(NoteSignature, KEY_NAMES, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=90))
CHECKPOINTS = st.builds(Checkpoint, KEY_NAMES, st.integers(0, (1 << 63) - 1), st.binary(min_size=32, max_size=32))
SIGNED = st.lists(SIGNATURES, min_size=1, max_size=5, unique_by=lambda each: (each.name, each.key_id))


@given(CHECKPOINTS, SIGNED)
def test_what_is_encoded_decodes_to_the_same(checkpoint: Checkpoint, signatures: list[NoteSignature]) -> None:
    assert decode(encode(checkpoint, signatures)) == Note(checkpoint, tuple(signatures))


@given(st.binary(max_size=300))
@example(b"\xe2\x80\x94 \n" * 5)
def test_any_bytes_parse_or_raise_a_documented_error(data: bytes) -> None:
    outcome(data)


@given(st.data())
def test_a_good_note_with_a_few_bytes_changed_parses_or_raises_a_documented_error(data: st.DataObject) -> None:
    good = given_bytes(CASES[data.draw(st.sampled_from([2, 3, 5]))])
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 8)))
    put = data.draw(st.binary(max_size=8) | st.text("\n\r =+/\u2014\u00a001", max_size=4).map(str.encode))
    outcome(good[:start] + put + good[end:])


@given(st.text(max_size=60) | st.text("\u2014 kA=/\n", max_size=30) | SIGNATURES.map(NoteSignature.line))
@example("\u2014 name \ud800")
def test_any_text_is_a_signature_line_or_raises_a_documented_error(line: str) -> None:
    try:
        signature = NoteSignature.from_line(line)
    except (BadEncoding, BadField):
        return
    assert signature.line() == line
