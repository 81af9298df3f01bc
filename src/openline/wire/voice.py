"""Check digits for voice: what two posts tell each other before people speak, sealed and signed (spec/voice.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import IntEnum

import msgspec

from openline.errors import BadField
from openline.keys import aead
from openline.limits import VOICE_NOTE_MAX_BYTES
from openline.terms import ID_BYTES, EntryId, PostId
from openline.wire import cbor
from openline.wire.fields import as_list, octets, uint

NOTE_CONTEXT = b"openline/voice/1\x00"
COMMIT_CONTEXT = b"openline/voice-commit/1\x00"
DIGITS_CONTEXT = b"openline/voice-digits/1\x00"
VALUE_BYTES = 32
SIGNATURE_BYTES = 64
DIGITS = 6


class Step(IntEnum):
    """First each side binds itself to a value, then it shows the value."""

    COMMIT = 1
    REVEAL = 2


class Note(msgspec.Struct, frozen=True):
    """One word of `author` to `reader` about a contact that `caller` asked for.

    `value` is the commitment, or the value itself; `answers` is the reader's commitment that a reveal answers.
    """

    contact: EntryId
    caller: PostId
    author: PostId
    reader: PostId
    step: Step
    value: bytes
    answers: bytes = b""

    def payload(self) -> bytes:
        """What is signed, behind `NOTE_CONTEXT`."""
        fields = [self.contact, self.caller, self.author, self.reader, int(self.step), self.value, self.answers]
        return cbor.encode(fields)

    def to_be_signed(self) -> bytes:
        """The bytes that the author's feed key signs."""
        return NOTE_CONTEXT + self.payload()


def note_of(data: bytes) -> Note:
    """The note that a payload holds. Raises PeerError subclasses only."""
    fields = as_list(cbor.decode(data, VOICE_NOTE_MAX_BYTES), "note", most=7, exactly=7)
    contact, caller, author, reader, step, value, answers = fields
    kind = Step(uint(step, "step", least=1, most=2))
    note = Note(
        EntryId(octets(contact, "contact", exactly=ID_BYTES)),
        PostId(octets(caller, "caller", exactly=ID_BYTES)),
        PostId(octets(author, "author", exactly=ID_BYTES)),
        PostId(octets(reader, "reader", exactly=ID_BYTES)),
        kind,
        octets(value, "value", exactly=VALUE_BYTES),
        octets(answers, "answers", exactly=VALUE_BYTES if kind == Step.REVEAL else 0),
    )
    if note.author == note.reader or note.caller not in (note.author, note.reader):
        raise BadField("A note about a call is between its two posts.")
    return note


def encode_notes(signed: Sequence[tuple[bytes, bytes]]) -> bytes:
    """What is sealed: one or two payloads, each with its signature."""
    return cbor.encode([[payload, signature] for payload, signature in signed])


def decode_notes(data: bytes) -> list[tuple[Note, bytes]]:
    """The notes in opened bytes, each with its signature, which nobody has checked yet. Raises PeerError only."""
    found = []
    for pair in as_list(cbor.decode(data, VOICE_NOTE_MAX_BYTES), "notes", most=2):
        payload, signature = as_list(pair, "signed note", most=2, exactly=2)
        note = note_of(octets(payload, "note", most=VOICE_NOTE_MAX_BYTES))
        found.append((note, octets(signature, "signature", exactly=SIGNATURE_BYTES)))
    if not found:
        raise BadField("A piece without a note.")
    return found


def seal_info(author: PostId, reader: PostId) -> bytes:
    """HPKE info: sealed by one post for another, for this use alone."""
    return cbor.encode(["openline/voice-seal/1", author, reader])


def commitment(contact: EntryId, author: PostId, reader: PostId, value: bytes) -> bytes:
    """What binds a post to its value, in this contact and to this reader alone."""
    return hashlib.sha256(COMMIT_CONTEXT + contact + author + reader + value).digest()


def digits(contact: EntryId, caller: PostId, called: PostId, callers: bytes, calleds: bytes) -> tuple[str, str]:
    """What the caller reads aloud and what the called answers, six digits each, never the same."""
    info = DIGITS_CONTEXT + caller + called + contact
    drawn = aead.hkdf(callers + calleds, info)
    first, second = (int.from_bytes(half) % 10**DIGITS for half in (drawn[:16], drawn[16:]))
    if second == first:
        second = (second + 1) % 10**DIGITS
    return f"{first:0{DIGITS}d}", f"{second:0{DIGITS}d}"
