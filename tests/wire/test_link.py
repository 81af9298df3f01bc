"""Frames and pieces: each piece comes back, and what breaks one rule is refused whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError, TooLarge
from openline.limits import (
    BEYOND_MAX,
    CARD_MAX_BYTES,
    ENTRY_MAX_BYTES,
    LINE_MEMBERS_MAX,
    LINK_FRAME_MAX_BYTES,
    LINK_PIECE_MAX_BYTES,
)
from openline.terms import LineId, PostId
from openline.wire import cbor
from openline.wire.link import (
    ALIAS_MAX,
    CLEAR,
    FULL,
    PIECE_MAX_BYTES,
    PIECES_MAX,
    SHORT,
    Ask,
    CardPiece,
    EntryPiece,
    Got,
    Held,
    Hello,
    Part,
    Piece,
    Proposal,
    Summary,
    Want,
    WantWrap,
    WrapPiece,
    decode_frame,
    decode_piece,
    encode_piece,
    join,
    nonce,
    piece_context,
    piece_of,
    value_of,
    wrap_info,
)
from tests.wire.anything import LARGEST, changed, ids, refused, uints

aliases = st.integers(0, ALIAS_MAX)
members = st.integers(0, LINE_MEMBERS_MAX - 1)
numbers = st.integers(1, LARGEST)
chunks = st.binary(max_size=30)


@st.composite
def helds(draw: st.DrawFn) -> Held:
    """What is held of one feed."""
    number = draw(st.integers(0, 1 << 60))
    ranges, at = [], number
    for hole, run in draw(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 5)), max_size=4)):
        ranges.append((at + hole + 1, at + hole + 1 + run))
        at += hole + 1 + run
    return Held(draw(members), number, draw(st.booleans()), tuple(ranges))


@st.composite
def entry_pieces(draw: st.DrawFn) -> EntryPiece:
    """An entry in one of its forms."""
    form = draw(st.sampled_from([CLEAR, SHORT, FULL]))
    epoch = draw(numbers) if form else 0
    return EntryPiece(draw(aliases), draw(members), draw(numbers), epoch, form, draw(chunks))


@st.composite
def parts(draw: st.DrawFn) -> Part:
    """A stretch that lies within its piece."""
    data = draw(st.binary(min_size=1, max_size=30))
    offset = draw(st.integers(0, PIECE_MAX_BYTES - len(data)))
    return Part(draw(uints), draw(st.integers(offset + len(data), PIECE_MAX_BYTES)), offset, data)


summaries = st.builds(
    lambda alias, line, terms, feeds: Summary(alias, line, terms, tuple(sorted(feeds, key=lambda held: held.member))),
    aliases,
    ids.map(LineId),
    numbers,
    st.lists(helds(), unique_by=lambda held: held.member, max_size=4),
)
pieces: st.SearchStrategy[Piece] = st.one_of(
    st.builds(Hello, uints, uints, uints),
    summaries,
    entry_pieces(),
    parts(),
    st.builds(Got, uints),
    st.builds(Want, aliases, members, numbers),
    st.builds(WrapPiece, aliases, numbers, chunks),
    st.builds(WantWrap, aliases, numbers),
    st.builds(CardPiece, chunks),
    st.builds(Proposal, chunks, st.lists(chunks, max_size=3).map(tuple)),
    st.just(Ask()),
)


@given(st.lists(pieces, max_size=30))
def test_a_frame_comes_back_piece_by_piece(sent: list[Piece]) -> None:
    frame = join([encode_piece(piece) for piece in sent])
    assert decode_frame(frame) == sent
    assert frame == cbor.encode([value_of(piece) for piece in sent])


@given(pieces)
def test_a_piece_that_came_in_parts_comes_back(piece: Piece) -> None:
    assert decode_piece(encode_piece(piece)) == piece


@given(st.lists(pieces, max_size=3), st.data())
def test_changed_bytes_are_what_they_say_or_an_error(sent: list[Piece], data: st.DataObject) -> None:
    frame = changed(join([encode_piece(piece) for piece in sent]), data)
    try:
        taken = decode_frame(frame)
    except PeerError:
        return
    assert join([encode_piece(piece) for piece in taken]) == frame


@given(st.binary(max_size=100))
def test_any_bytes_are_pieces_or_an_error(data: bytes) -> None:
    try:
        taken = decode_frame(data)
    except PeerError:
        return
    assert join([encode_piece(piece) for piece in taken]) == data


LINE = bytes(32)
ENTRY: list[Any] = [2, 0, 0, 1, 1, SHORT, b""]


def held(*feeds: Any) -> list[Any]:
    """A summary of these feeds."""
    return [1, 0, LINE, 1, list(feeds)]


BROKEN: dict[str, Any] = {
    "null": None,
    "map": {0: 1},
    "empty": [],
    "code as bytes": [b"\x0a"],
    "code false": [False, 1, 0, 0],
    "code negative": [-1],
    "code 11": [11],
    "hello short": [0, 1, 0],
    "hello long": [0, 1, 0, 0, 0],
    "hello version true": [0, True, 0, 0],
    "hello sequence negative": [0, 1, -1, 0],
    "summary alias large": [1, ALIAS_MAX + 1, LINE, 1, []],
    "summary line short": [1, 0, bytes(31), 1, []],
    "summary terms 0": [1, 0, LINE, 0, []],
    "summary without list": [1, 0, LINE, 1, None],
    "summary of too many": held(*[[at, 0, True, []] for at in range(LINE_MEMBERS_MAX + 1)]),
    "held of member 64": held([LINE_MEMBERS_MAX, 0, True, []]),
    "held twice": held([1, 0, True, []], [1, 0, True, []]),
    "held out of order": held([2, 0, True, []], [1, 0, True, []]),
    "held number negative": held([0, -1, True, []]),
    "held number true": held([0, True, True, []]),
    "wanted 1": held([0, 0, 1, []]),
    "held long": held([0, 0, True, [], 0]),
    "beyond null": held([0, 0, True, None]),
    "range without a hole": held([0, 5, True, [[6, 9]]]),
    "range within": held([0, 5, True, [[3, 4]]]),
    "range falling": held([0, 5, True, [[9, 8]]]),
    "ranges out of order": held([0, 5, True, [[20, 21], [8, 9]]]),
    "ranges that meet": held([0, 5, True, [[8, 9], [10, 11]]]),
    "ranges that overlap": held([0, 5, True, [[8, 11], [10, 15]]]),
    "range of three": held([0, 5, True, [[8, 9, 10]]]),
    "ranges too many": held([0, 5, True, [[at * 2, at * 2] for at in range(4, BEYOND_MAX + 5)]]),
    "entry number 0": [2, 0, 0, 0, 1, SHORT, b""],
    "entry of member 64": [2, 0, LINE_MEMBERS_MAX, 1, 1, SHORT, b""],
    "entry form 3": [2, 0, 0, 1, 1, 3, b""],
    "entry form true": [2, 0, 0, 1, 1, True, b""],
    "entry in clear of an epoch": [2, 0, 0, 1, 1, CLEAR, b""],
    "entry sealed under no epoch": [2, 0, 0, 1, 0, FULL, b""],
    "entry body text": [*ENTRY[:6], ""],
    "entry body too long": [*ENTRY[:6], bytes(ENTRY_MAX_BYTES + 65)],
    "part empty": [3, 0, 5, 0, b""],
    "part of nothing": [3, 0, 0, 0, b"a"],
    "part beyond its piece": [3, 0, 5, 4, b"ab"],
    "part negative": [3, 0, 5, -1, b"ab"],
    "part of too much": [3, 0, PIECE_MAX_BYTES + 1, 0, b"a"],
    "part too long": [3, 0, PIECE_MAX_BYTES, 0, bytes(LINK_PIECE_MAX_BYTES + 1)],
    "got negative": [4, -1],
    "got true": [4, True],
    "want number 0": [5, 0, 0, 0],
    "wrap epoch 0": [6, 0, 0, b""],
    "wrap too long": [6, 0, 1, bytes(4_097)],
    "want wrap epoch 0": [7, 0, 0],
    "card text": [8, "card"],
    "card too long": [8, bytes(CARD_MAX_BYTES + 1)],
    "proposal card text": [9, b"", ["card"]],
    "proposal of too many": [9, b"", [b""] * (LINE_MEMBERS_MAX + 1)],
    "proposal entry too long": [9, bytes(ENTRY_MAX_BYTES + 1), []],
    "ask with more": [10, 0],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_piece_that_breaks_one_rule_is_refused(name: str) -> None:
    refused(decode_piece, BROKEN[name], BadField)
    with pytest.raises(BadField):
        piece_of(BROKEN[name])


@pytest.mark.parametrize("value", [None, {}, 10, b"", [[10], []], [10]])
def test_a_frame_is_a_list_of_pieces(value: Any) -> None:
    refused(decode_frame, value, BadField)


def test_one_bad_piece_spoils_its_frame() -> None:
    with pytest.raises(BadField):
        decode_frame(join([encode_piece(Ask()), b"\x81\x0b", encode_piece(Ask())]))


@pytest.mark.parametrize("count", [0, 1, 23, 24, PIECES_MAX])
def test_a_frame_holds_up_to_its_limit(count: int) -> None:
    assert decode_frame(join([encode_piece(Ask())] * count)) == [Ask()] * count
    refused(decode_frame, [[10]] * (PIECES_MAX + 1), BadField)


def test_a_frame_has_its_largest_size_and_no_larger() -> None:
    room = LINK_FRAME_MAX_BYTES - len(join([encode_piece(CardPiece(bytes(60_000)))])) + 60_000
    largest = join([encode_piece(CardPiece(bytes(room)))])
    assert len(largest) == LINK_FRAME_MAX_BYTES
    assert decode_frame(largest) == [CardPiece(bytes(room))]
    with pytest.raises(TooLarge):
        decode_frame(join([encode_piece(CardPiece(bytes(room + 1)))]))


@given(st.lists(st.tuples(members, numbers, st.sampled_from([SHORT, FULL])), min_size=2, max_size=2, unique=True))
def test_no_two_entries_or_forms_have_one_nonce(places: list[tuple[int, int, int]]) -> None:
    one, other = (nonce(*place) for place in places)
    assert len(one) == len(other) == 12
    assert one != other


def test_what_is_sealed_is_bound_to_its_place() -> None:
    line, post, other = LineId(bytes(32)), PostId(b"a" * 32), PostId(b"b" * 32)
    contexts = [
        piece_context(line, post, 1, 2, 3, SHORT),
        piece_context(LineId(b"l" * 32), post, 1, 2, 3, SHORT),
        piece_context(line, other, 1, 2, 3, SHORT),
        piece_context(line, post, 2, 2, 3, SHORT),
        piece_context(line, post, 1, 3, 3, SHORT),
        piece_context(line, post, 1, 2, 4, SHORT),
        piece_context(line, post, 1, 2, 3, FULL),
        wrap_info(line, post, 3, other),
        wrap_info(line, other, 3, post),
        wrap_info(line, post, 4, other),
        wrap_info(LineId(b"l" * 32), post, 3, other),
    ]
    assert len(set(contexts)) == len(contexts)
