"""The bundle: a whole record in one file, to be read as a stream (spec/bundle.md).

A bundle is a CBOR sequence (RFC 8742) of pieces `[kind, content]`, where `content` is a byte string. So a reader
finds the end of every piece from at most seven bytes, without decoding what it holds, and a changed length is never
read past its maximum. The pieces are: one heading, the cards, the entries in full form, one seal, and nothing else.
This file knows their shapes and places; what they prove is found in `openline.proof`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import IntEnum
from typing import Final, Protocol

import msgspec

from openline.errors import BadEncoding, BadField, CutBundle, TooLarge, UnknownVersion
from openline.limits import BUNDLE_MAX_BYTES, CARD_MAX_BYTES, ENTRY_MAX_BYTES
from openline.terms import ID_BYTES, Instant, LineId, PostId
from openline.wire import cbor
from openline.wire.entry import SIGNATURE_BYTES, to_be_signed
from openline.wire.fields import as_list, octets, text, uint

FORMAT: Final = "openline/bundle/1"
SEAL_CONTEXT: Final = b"openline/bundle/1"
RULE_MAX_BYTES: Final = 512
HEADING_MAX_BYTES: Final = 1_024
"""The heading of a bundle; that of a certificate may have as much as a HEADING piece (spec/certificate.md)."""
READ_BYTES: Final = 1 << 18


class Part(IntEnum):
    """The kinds of pieces, in the order in which they stand."""

    HEADING = 0
    CARD = 1
    ENTRY = 2
    SEAL = 9


MOST_BYTES: Final = {Part.HEADING: 8_192, Part.CARD: CARD_MAX_BYTES, Part.ENTRY: ENTRY_MAX_BYTES, Part.SEAL: 128}
"""The maximum of each piece's content."""

_PARTS: Final = {bytes([0x82, part]): part for part in Part}
"""The first two bytes of each piece: an array of two, and its kind."""

_HEAD_BYTES: Final = {23: 0, 24: 1, 25: 2, 26: 4}
"""What follows the first byte of a byte string, by its low five bits (RFC 8949 section 3)."""


class Heading(msgspec.Struct, frozen=True):
    """What a bundle says of itself: `rule` is what was withheld, in the exporter's words, empty if nothing."""

    line: LineId
    exporter: PostId
    at: Instant
    rule: str


class Seal(msgspec.Struct, frozen=True):
    """The last piece: SHA-256 of all bytes before it, and the exporter's signature over that."""

    digest: bytes
    signature: bytes


class Piece(msgspec.Struct, frozen=True):
    """One piece as read. `digest` is SHA-256 of all bytes before a SEAL, and empty for the others."""

    part: Part
    content: bytes
    digest: bytes = b""


class Reader(Protocol):
    """Where bytes come from: an open binary file."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, fewer where there are fewer; none at the end."""


def encode_piece(part: Part, content: bytes) -> bytes:
    """One piece."""
    return cbor.encode([int(part), content])


def encode_heading(heading: Heading) -> bytes:
    """The content of the first piece."""
    return cbor.encode([FORMAT, heading.line, heading.exporter, heading.at, heading.rule])


def decode_heading(content: bytes) -> Heading:
    """The heading in these bytes. Raises BadEncoding, BadField, TooLarge or UnknownVersion."""
    value = cbor.decode(content, HEADING_MAX_BYTES)
    if type(value) is not list or not value or type(value[0]) is not str:
        raise BadField("This is not the heading of a bundle.")
    if value[0] != FORMAT:
        raise UnknownVersion(f"This has the format {value[0][:40]!r}; this program knows {FORMAT!r}.")
    _, line, exporter, at, rule = as_list(value, "heading", most=5, exactly=5)
    return Heading(
        LineId(octets(line, "line", exactly=ID_BYTES)),
        PostId(octets(exporter, "exporter", exactly=ID_BYTES)),
        Instant(uint(at, "exported at")),
        text(rule, "what is withheld", most=RULE_MAX_BYTES),
    )


def seal_to_be_signed(digest: bytes, context: bytes = SEAL_CONTEXT) -> bytes:
    """What the exporter signs with its feed key; a certificate has a context of its own."""
    return to_be_signed(context, digest)


def encode_seal(seal: Seal) -> bytes:
    """The content of the last piece."""
    return cbor.encode([seal.digest, seal.signature])


def decode_seal(content: bytes) -> Seal:
    """The seal in these bytes, not verified. Raises BadEncoding, BadField or TooLarge."""
    digest, signature = as_list(cbor.decode(content, MOST_BYTES[Part.SEAL]), "seal", most=2, exactly=2)
    return Seal(octets(digest, "digest", exactly=32), octets(signature, "signature", exactly=SIGNATURE_BYTES))


def read_pieces(reader: Reader) -> Iterator[Piece]:
    """The pieces of a bundle, one after the other, each in its place; no more than one is held in memory.

    Raises CutBundle where the bytes end too soon, BadEncoding for other bytes than an encoder would write,
    BadField for a piece out of its place or after the last, TooLarge above a maximum.
    """
    source = _Source(reader)
    before: Part | None = None
    while True:
        part = _read_part(source)
        if part is None:
            if before is not Part.SEAL:
                raise CutBundle("The bundle ends before its seal.")
            return
        _check_place(part, before)
        digest = source.digest() if part is Part.SEAL else b""
        yield Piece(part, _read_content(source, part), digest)
        before = part


def _check_place(part: Part, before: Part | None) -> None:
    if before is Part.SEAL:
        raise BadField("Something stands after the end of the bundle.")
    if (part is Part.HEADING) != (before is None):
        raise BadField("A bundle begins with one heading.")
    if before is not None and part < before:
        raise BadField("The pieces of the bundle are not in order: heading, cards, entries, seal.")


def _read_part(source: _Source) -> Part | None:
    head = source.take(2)
    if not head:
        return None
    if len(head) < 2:
        raise CutBundle("The bundle ends in the middle of a piece.")
    part = _PARTS.get(head)
    if part is None:
        raise BadEncoding("Something in the bundle is not a piece of the known kinds.")
    return part


def _read_content(source: _Source, part: Part) -> bytes:
    length = _read_length(source)
    if length > MOST_BYTES[part]:
        raise TooLarge(f"A piece of the bundle has {length} bytes, at most {MOST_BYTES[part]} are allowed here.")
    content = source.take(length)
    if len(content) != length:
        raise CutBundle("The bundle ends in the middle of a piece.")
    return content


def _read_length(source: _Source) -> int:
    first = source.take(1)
    if not first:
        raise CutBundle("The bundle ends in the middle of a piece.")
    low = first[0] & 0x1F
    size = _HEAD_BYTES.get(max(low, 23))
    if first[0] >> 5 != 2 or size is None:
        raise BadEncoding("The content of a piece is not a byte string.")
    if size == 0:
        return low
    more = source.take(size)
    if len(more) != size:
        raise CutBundle("The bundle ends in the middle of a piece.")
    length = int.from_bytes(more)
    if length < (24 if size == 1 else 1 << 4 * size):
        raise BadEncoding("The length of a piece is not in its shortest form.")
    return length


class _Source:
    """Reads ahead in large steps, and hashes what was taken; the last two bytes taken wait to be hashed, so that
    `digest` tells of all bytes before them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._held = b""
        self._hashed = 0
        self._at = 0
        self._hash = hashlib.sha256()
        self._taken = 0

    def digest(self) -> bytes:
        """SHA-256 of all that was taken, but for the first two bytes of the piece that is being read."""
        self._hash.update(memoryview(self._held)[self._hashed : self._at - 2])
        self._hashed = self._at - 2
        return self._hash.digest()

    def take(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end."""
        if len(self._held) - self._at < size:
            self._fill(size)
        taken = self._held[self._at : self._at + size]
        self._at += len(taken)
        self._taken += len(taken)
        if self._taken > BUNDLE_MAX_BYTES:
            raise TooLarge(f"The bundle is longer than {BUNDLE_MAX_BYTES} bytes.")
        return taken

    def _fill(self, size: int) -> None:
        keep = max(self._at - 2, self._hashed)
        self._hash.update(memoryview(self._held)[self._hashed : keep])
        parts = [self._held[keep:]]
        lacking = size - (len(self._held) - self._at)
        while lacking > 0:
            read = self._reader.read(max(READ_BYTES, lacking))
            if not read:
                break
            parts.append(read)
            lacking -= len(read)
        self._held, self._at, self._hashed = b"".join(parts), self._at - keep, 0
