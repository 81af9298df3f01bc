"""The sequence of pieces: one encoding, one order, one end, and never more in memory than one piece."""

from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadEncoding, BadField, CutBundle, PeerError, TooLarge, UnknownVersion
from openline.limits import ENTRY_MAX_BYTES
from openline.terms import Instant, LineId, PostId
from openline.wire import cbor
from openline.wire.bundle import (
    MOST_BYTES,
    Heading,
    Part,
    Seal,
    decode_heading,
    decode_seal,
    encode_heading,
    encode_piece,
    encode_seal,
    read_pieces,
)

HEADING = Heading(LineId(b"l" * 32), PostId(b"p" * 32), Instant(7), "names")
START = encode_piece(Part.HEADING, encode_heading(HEADING))
END = encode_piece(Part.SEAL, encode_seal(Seal(b"d" * 32, b"s" * 64)))


def read(data: bytes) -> list[tuple[Part, bytes]]:
    return [(piece.part, piece.content) for piece in read_pieces(io.BytesIO(data))]


def entry(content: bytes) -> bytes:
    return encode_piece(Part.ENTRY, content)


def test_heading_and_seal_come_back() -> None:
    assert decode_heading(encode_heading(HEADING)) == HEADING
    seal = Seal(b"d" * 32, b"s" * 64)
    assert decode_seal(encode_seal(seal)) == seal


@given(st.lists(st.binary(max_size=70_000), max_size=6), st.lists(st.binary(max_size=300), max_size=3))
def test_pieces_come_back_and_the_seal_knows_all_before_it(entries: list[bytes], cards: list[bytes]) -> None:
    pieces = [START, *(encode_piece(Part.CARD, card) for card in cards), *map(entry, entries)]
    found = list(read_pieces(io.BytesIO(b"".join(pieces) + END)))
    assert [piece.content for piece in found[1:-1]] == [*cards, *entries]
    assert found[-1].digest == hashlib.sha256(b"".join(pieces)).digest()
    assert {piece.digest for piece in found[:-1]} == {b""}


class Trickle(io.BytesIO):
    """Gives one byte at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(1)


def test_it_may_come_byte_by_byte() -> None:
    data = START + entry(b"x" * 300) + END
    assert [(piece.part, piece.content) for piece in read_pieces(Trickle(data))] == read(data)


@given(st.binary(max_size=100))
def test_any_bytes_read_or_raise_what_is_documented(junk: bytes) -> None:
    for data in (junk, START + junk, START + junk + END):
        try:
            read(data)
        except PeerError as error:
            assert isinstance(error, BadEncoding | BadField | CutBundle | TooLarge)  # noqa: PT017


@pytest.mark.parametrize("cut", range(1, len(START + entry(b"x" * 30) + END)))
def test_cut_anywhere_it_is_cut(cut: int) -> None:
    with pytest.raises(CutBundle):
        read((START + entry(b"x" * 30) + END)[:-cut])


@pytest.mark.parametrize(
    ("pieces", "error"),
    [
        ([END], BadField),
        ([entry(b"x")], BadField),
        ([START, START, END], BadField),
        ([START, entry(b"x"), encode_piece(Part.CARD, b"c"), END], BadField),
        ([START, END, END], BadField),
        ([START, END, b"\x00"], CutBundle),
        ([START, cbor.encode([3, b"x"]), END], BadEncoding),
        ([START, cbor.encode([2, "x"]), END], BadEncoding),
        ([START, cbor.encode([2, b"x", 0]), END], BadEncoding),
        ([START, b"\x82\x02\x58\x01x", END], BadEncoding),
        ([START, b"\x82\x02\x59\x00\x30" + b"x" * 48, END], BadEncoding),
        ([START, b"\x82\x02\x5a\x00\x00\x30\x00" + b"x" * 0x3000, END], BadEncoding),
        ([START, b"\x82\x02\x5f\x41x\xff", END], BadEncoding),
        ([START, b"\x82\x02\x5b" + (1 << 40).to_bytes(8), END], BadEncoding),
        ([START, b"\x82\x02\x5a" + (ENTRY_MAX_BYTES + 1).to_bytes(4), END], TooLarge),
        ([], CutBundle),
    ],
)
def test_what_is_refused(pieces: list[bytes], error: type[PeerError]) -> None:
    with pytest.raises(error):
        read(b"".join(pieces))


def test_a_length_above_its_maximum_is_refused_before_it_is_read() -> None:
    class Counting(io.BytesIO):
        asked = 0

        def read(self, size: int | None = -1, /) -> bytes:
            Counting.asked = max(Counting.asked, size or 0)
            return super().read(size)

    with pytest.raises(TooLarge):
        list(read_pieces(Counting(START + b"\x82\x02\x5a\xff\xff\xff\xff")))
    assert Counting.asked <= 1 << 18


def test_another_format_is_unknown() -> None:
    with pytest.raises(UnknownVersion):
        decode_heading(encode_heading(HEADING).replace(b"bundle/1", b"bundle/2"))


@pytest.mark.parametrize("value", [None, [], [1], ["openline/bundle/1"], ["openline/bundle/1", b"", b"", 1, ""]])
def test_what_is_no_heading_is_refused(value: object) -> None:
    with pytest.raises(BadField):
        decode_heading(cbor.encode(value))


def test_every_part_has_a_maximum() -> None:
    assert set(MOST_BYTES) == set(Part)
