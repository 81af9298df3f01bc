"""Checkpoints as signed notes: C2SP signed-note and tlog-checkpoint, narrowed to one form (spec/checkpoint.md).

A note is text that a person can read and any tool for transparency logs can check.
Every value made here is well formed.
Any bytes decode to a `Note` that encodes to the same bytes, or raise BadEncoding, TooLarge or BadField.
Whether a signature holds is the business of `openline.wire.note_signing`.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from openline.errors import BadEncoding, BadField, TooLarge
from openline.limits import NOTE_MAX_BYTES
from openline.terms import LineId, PostId

ROOT_BYTES: Final = 32
KEY_ID_BYTES: Final = 4
SIZE_MAX: Final = (1 << 63) - 1
KEY_NAME_MAX_BYTES: Final = 255
NOTE_SIGNATURES_MAX: Final = 128

TEXT_LINES: Final = 3
SIGNATURE_START: Final = "\N{EM DASH} "

_KEY_NAME: Final = re.compile(r"[!-*,-~]+")
_SIZE: Final = re.compile(r"0|[1-9][0-9]*")


def origin(line: LineId, author: PostId) -> str:
    """The name of one author's feed on one line; also the key name of the author's own signature."""
    return f"openline/{line.hex()}/{author.hex()}"


def cosigner_name(post: PostId) -> str:
    """The key name of a post's cosignatures, whichever feed they are on."""
    return f"openline/{post.hex()}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: the feed's origin, the number of leaves, and the root, 32 bytes (C2SP tlog-checkpoint).

    BadField unless the origin is a key name and the size is from 0 to 2^63 - 1.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        _check_key_name(self.origin, "The origin of a checkpoint")
        if not 0 <= self.size <= SIZE_MAX:
            raise BadField("The size of a checkpoint is not from 0 to 2^63 - 1.")
        if len(self.root) != ROOT_BYTES:
            raise BadField(f"The root of a checkpoint is {len(self.root)} bytes instead of {ROOT_BYTES}.")

    def text(self) -> bytes:
        """The three lines that are signed, each with its newline."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n".encode()


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: key name, key id (4 bytes) and the signature as its type lays it out (C2SP signed-note).

    BadField if the name is not a key name, the key id is not 4 bytes, or the signature is empty.
    """

    name: str
    key_id: bytes
    signature: bytes

    def __post_init__(self) -> None:
        _check_key_name(self.name, "The key name of a note's signature")
        if len(self.key_id) != KEY_ID_BYTES or not self.signature:
            raise BadField("A note's signature is not a key id of 4 bytes with a signature after it.")

    def line(self) -> str:
        """The signature line, without its newline."""
        return f"{SIGNATURE_START}{self.name} {_base64(self.key_id + self.signature)}"

    @staticmethod
    def from_line(line: str) -> NoteSignature:
        """The signature whose `line` this is.  BadEncoding or BadField otherwise."""
        name, space, encoded = line.removeprefix(SIGNATURE_START).partition(" ")
        if not line.startswith(SIGNATURE_START) or not space:
            raise BadEncoding("A note's signature line is not em dash, space, key name, space, base64.")
        blob = _from_base64(encoded, "A note's signature")
        return NoteSignature(name, blob[:KEY_ID_BYTES], blob[KEY_ID_BYTES:])


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint with its signatures, in the order of the note.

    BadField without a signature or with two under one key name and key id; TooLarge with more than 128.
    """

    checkpoint: Checkpoint
    signatures: tuple[NoteSignature, ...]

    def __post_init__(self) -> None:
        if not self.signatures:
            raise BadField("A note has no signature.")
        _check_count(len(self.signatures))
        if len({(each.name, each.key_id) for each in self.signatures}) != len(self.signatures):
            raise BadField("A note has two signatures under one key name and key id.")

    def find(self, name: str, key_id: bytes) -> NoteSignature | None:
        """The signature under this key name and key id, if there is one."""
        for each in self.signatures:
            if (each.name, each.key_id) == (name, key_id):
                return each
        return None


def encode(checkpoint: Checkpoint, signatures: Iterable[NoteSignature]) -> bytes:
    """The note as bytes; the errors are those of `Note`, and TooLarge above `NOTE_MAX_BYTES`."""
    note = Note(checkpoint, tuple(signatures))
    lines = "".join(f"{each.line()}\n" for each in note.signatures)
    encoded = checkpoint.text() + b"\n" + lines.encode()
    _check_length(encoded)
    return encoded


def decode(data: bytes) -> Note:
    """The note in these bytes, its signatures not verified.  BadEncoding, TooLarge or BadField otherwise."""
    _check_length(data)
    _check_count(data.count(b"\n") - TEXT_LINES - 1)
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise BadEncoding("A note is not UTF-8.") from None
    if len(lines) < TEXT_LINES + 2 or lines[TEXT_LINES] or lines.pop():
        raise BadEncoding("A note is not three lines, an empty line and signature lines, each ended by a newline.")
    named, size, root = lines[:TEXT_LINES]
    if not _SIZE.fullmatch(size):
        raise BadEncoding("The size of a checkpoint is not a decimal number without leading zeros.")
    if len(size) > len(str(SIZE_MAX)):
        raise BadField("The size of a checkpoint is not from 0 to 2^63 - 1.")
    checkpoint = Checkpoint(named, int(size), _from_base64(root, "The root of a checkpoint"))
    return Note(checkpoint, tuple(NoteSignature.from_line(line) for line in lines[TEXT_LINES + 1 :]))


def _check_key_name(name: str, what: str) -> None:
    if not _KEY_NAME.fullmatch(name) or len(name) > KEY_NAME_MAX_BYTES:
        raise BadField(f"{what} is not 1 to {KEY_NAME_MAX_BYTES} characters of printable ASCII without space or plus.")


def _check_count(signatures: int) -> None:
    if signatures > NOTE_SIGNATURES_MAX:
        raise TooLarge(f"A note has {signatures} signatures, more than {NOTE_SIGNATURES_MAX}.")


def _check_length(data: bytes) -> None:
    if len(data) > NOTE_MAX_BYTES:
        raise TooLarge(f"A note is {len(data)} bytes, more than {NOTE_MAX_BYTES}.")


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _from_base64(encoded: str, what: str) -> bytes:
    """RFC 4648 section 4 with padding, and only in the one form that encoding gives."""
    try:
        data = b64decode(encoded.encode(), validate=True)
    except ValueError:
        data = None
    if data is None or _base64(data) != encoded:
        raise BadEncoding(f"{what} is not base64 in its one form.")
    return data
