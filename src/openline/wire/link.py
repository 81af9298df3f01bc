"""What crosses a link (spec/link.md): a frame is a CBOR array of pieces, each an array that starts with a code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from openline.errors import BadField
from openline.limits import (
    BEYOND_MAX,
    CARD_MAX_BYTES,
    ENTRY_MAX_BYTES,
    LINE_MEMBERS_MAX,
    LINK_FRAME_MAX_BYTES,
    LINK_PIECE_MAX_BYTES,
    VOICE_SEALED_MAX_BYTES,
)
from openline.terms import ID_BYTES, LineId, PostId
from openline.wire import cbor
from openline.wire.fields import as_list, octets, uint

LINK_VERSION = 1
CLEAR, SHORT, FULL = 0, 1, 2
"""Forms of an entry on a link: full form unsealed, short form sealed, full form sealed."""

PIECE_MAX_BYTES = ENTRY_MAX_BYTES + LINE_MEMBERS_MAX * CARD_MAX_BYTES // 8 + 4_096
ALIAS_MAX = 1 << 16


class Hello(msgspec.Struct, frozen=True):
    """First on every link: the version, and the sequence of the newest key statement of each side that is held."""

    version: int
    mine: int
    yours: int


class Held(msgspec.Struct, frozen=True):
    """What the sender holds of one feed: 1 to `number`, and the inclusive ranges beyond.

    `wanted` asks for the rest: an author's own feed always is, another's only where its author cannot be reached.
    """

    member: int
    number: int
    wanted: bool
    beyond: tuple[tuple[int, int], ...] = ()


class Summary(msgspec.Struct, frozen=True):
    """What the sender holds of a line; `alias` is its short name for the line on this link."""

    alias: int
    line: LineId
    terms: int
    held: tuple[Held, ...]


class EntryPiece(msgspec.Struct, frozen=True):
    """One entry; `body` is clear or sealed as `form` says."""

    alias: int
    member: int
    number: int
    epoch: int
    form: int
    body: bytes


class Part(msgspec.Struct, frozen=True):
    """A stretch of a piece too large to go at once; parts of one stream come in order."""

    stream: int
    total: int
    offset: int
    data: bytes


class Got(msgspec.Struct, frozen=True):
    """Bytes of all frames taken on this link so far."""

    taken: int


class Want(msgspec.Struct, frozen=True):
    """Send this entry again in full form: its short form did not rebuild."""

    alias: int
    member: int
    number: int


class WrapPiece(msgspec.Struct, frozen=True):
    """The sender's secret of an epoch, sealed for the receiver alone."""

    alias: int
    epoch: int
    sealed: bytes


class WantWrap(msgspec.Struct, frozen=True):
    """Send the secret of this epoch of yours."""

    alias: int
    epoch: int


class CardPiece(msgspec.Struct, frozen=True):
    """The card of a post, whole."""

    card: bytes


class Proposal(msgspec.Struct, frozen=True):
    """A line that the sender proposes: its terms with who signed them (spec/terms.md), and the members' cards."""

    signed: bytes
    cards: tuple[bytes, ...]


class VoicePiece(msgspec.Struct, frozen=True):
    """Notes about check digits, sealed for the receiver alone (spec/voice.md)."""

    sealed: bytes


class Ask(msgspec.Struct, frozen=True):
    """Answer with Got at once."""


Rare = CardPiece | Proposal | VoicePiece | Ask
Piece = Hello | Summary | EntryPiece | Part | Got | Want | WrapPiece | WantWrap | Rare


def value_of(piece: Piece) -> list[Any]:
    """A piece as a list to be encoded."""
    match piece:
        case EntryPiece(alias, member, number, epoch, form, body):
            return [2, alias, member, number, epoch, form, body]
        case Got(taken):
            return [4, taken]
        case Hello(version, mine, yours):
            return [0, version, mine, yours]
        case Summary(alias, line, terms, held):
            return [1, alias, line, terms, [_held_value(h) for h in held]]
        case Part(stream, total, offset, data):
            return [3, stream, total, offset, data]
        case Want(alias, member, number):
            return [5, alias, member, number]
        case WrapPiece(alias, epoch, sealed):
            return [6, alias, epoch, sealed]
        case WantWrap(alias, epoch):
            return [7, alias, epoch]
        case CardPiece() | Proposal() | VoicePiece() | Ask():
            return _rare_value(piece)


def _rare_value(piece: Rare) -> list[Any]:
    match piece:
        case CardPiece(card):
            return [8, card]
        case Proposal(signed, cards):
            return [9, signed, list(cards)]
        case Ask():
            return [10]
        case VoicePiece(sealed):
            return [11, sealed]


def _held_value(held: Held) -> list[Any]:
    return [held.member, held.number, held.wanted, [list(stretch) for stretch in held.beyond]]


def encode_piece(piece: Piece) -> bytes:
    """One piece alone, as it stands in a frame."""
    return cbor.encode_ordered(value_of(piece))


def join(pieces: Sequence[bytes]) -> bytes:
    """A frame of encoded pieces."""
    count = len(pieces)
    head = bytes([0x80 + count]) if count < 24 else b"\x98" + bytes([count])
    return head + b"".join(pieces)


PIECES_MAX = 255


def decode_frame(frame: bytes) -> list[Piece]:
    """The pieces of a frame. Raises PeerError subclasses only."""
    return [piece_of(value) for value in as_list(cbor.decode(frame, LINK_FRAME_MAX_BYTES), "frame", most=PIECES_MAX)]


def decode_piece(data: bytes) -> Piece:
    """One piece that came in parts."""
    return piece_of(cbor.decode(data, PIECE_MAX_BYTES))


_LENGTHS = {0: 4, 1: 5, 2: 7, 3: 5, 4: 2, 5: 4, 6: 4, 7: 3, 8: 2, 9: 3, 10: 1, 11: 2}


def piece_of(value: Any) -> Piece:
    """The piece that a decoded list is."""
    if type(value) is not list or not value or type(value[0]) is not int or _LENGTHS.get(value[0]) != len(value):
        raise BadField("A piece is not of a known shape.")
    match value:
        case [2, alias, member, number, epoch, form, body]:
            _epoch_of_form(epoch, form)
            sealed = octets(body, "body", most=ENTRY_MAX_BYTES + 64)
            return EntryPiece(_alias(alias), _member(member), uint(number, "number", least=1), epoch, form, sealed)
        case [4, taken]:
            return Got(uint(taken, "taken"))
        case [3, stream, total, offset, data]:
            return _part(uint(stream, "stream"), uint(total, "total", least=1, most=PIECE_MAX_BYTES), offset, data)
        case [0, version, mine, yours]:
            return Hello(uint(version, "version"), uint(mine, "mine"), uint(yours, "yours"))
        case [1, alias, line, terms, held]:
            known = LineId(octets(line, "line", exactly=ID_BYTES))
            return Summary(_alias(alias), known, uint(terms, "terms", least=1), _feeds(held))
        case [5, alias, member, number]:
            return Want(_alias(alias), _member(member), uint(number, "number", least=1))
        case [6, alias, epoch, sealed]:
            return WrapPiece(_alias(alias), uint(epoch, "epoch", least=1), octets(sealed, "wrap", most=4_096))
        case [7, alias, epoch]:
            return WantWrap(_alias(alias), uint(epoch, "epoch", least=1))
        case _:
            return _rare_of(value)


def _rare_of(value: list[Any]) -> Rare:
    match value:
        case [8, card]:
            return CardPiece(octets(card, "card", most=CARD_MAX_BYTES))
        case [9, signed, cards]:
            held_cards = as_list(cards, "cards", most=LINE_MEMBERS_MAX)
            return Proposal(
                octets(signed, "entry", most=ENTRY_MAX_BYTES),
                tuple(octets(card, "card", most=CARD_MAX_BYTES) for card in held_cards),
            )
        case [11, sealed]:
            return VoicePiece(octets(sealed, "sealed notes", most=VOICE_SEALED_MAX_BYTES))
        case _:
            return Ask()


def _alias(value: Any) -> int:
    return uint(value, "alias", most=ALIAS_MAX)


def _member(value: Any) -> int:
    return uint(value, "member", most=LINE_MEMBERS_MAX - 1)


def _epoch_of_form(epoch: Any, form: Any) -> None:
    if (uint(form, "form", most=FULL) == CLEAR) != (uint(epoch, "epoch") == 0):
        raise BadField("A clear form names an epoch, or a sealed one names none.")


def _part(stream: int, total: int, offset: Any, data: Any) -> Part:
    stretch = octets(data, "data", most=LINK_PIECE_MAX_BYTES)
    if not stretch or uint(offset, "offset") + len(stretch) > total:
        raise BadField("A part is empty, or reaches beyond its piece.")
    return Part(stream, total, offset, stretch)


def _feeds(value: Any) -> tuple[Held, ...]:
    feeds = tuple(_held(feed) for feed in as_list(value, "held", most=LINE_MEMBERS_MAX))
    members = [feed.member for feed in feeds]
    if members != sorted(set(members)):
        raise BadField("A summary does not name its feeds in rising order, each once.")
    return feeds


def _held(value: Any) -> Held:
    member, number, wanted, beyond = as_list(value, "held", most=4, exactly=4)
    if type(wanted) is not bool:
        raise BadField("wanted is not yes or no.")
    least = uint(number, "number") + 2
    ranges: list[tuple[int, int]] = []
    for pair in as_list(beyond, "beyond", most=BEYOND_MAX):
        first, last = as_list(pair, "range", most=2, exactly=2)
        ranges.append((uint(first, "first", least=least), uint(last, "last", least=first)))
        least = last + 2
    return Held(_member(member), number, wanted, tuple(ranges))


def piece_context(line: LineId, sealer: PostId, member: int, number: int, epoch: int, form: int) -> bytes:
    """The additional data under which an entry's body is sealed."""
    return cbor.encode_ordered(["openline/piece/1", line, sealer, member, number, epoch, form])


def nonce(member: int, number: int, form: int) -> bytes:
    """The nonce: unique for an entry and a form under one epoch key (RFC 8452 forgives a repeat all the same)."""
    return bytes([form]) + member.to_bytes(3, "big") + number.to_bytes(8, "big")


def wrap_info(line: LineId, author: PostId, epoch: int, member: PostId) -> bytes:
    """HPKE info of a wrapped epoch secret: it can be opened for this use alone."""
    return cbor.encode(["openline/wrap/1", line, author, epoch, member])
