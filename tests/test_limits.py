"""Maxima fit into each other: what one allows, the next can carry."""

from __future__ import annotations

import hashlib

from openline import limits
from openline.keys.sealing import OVERHEAD_BYTES
from openline.terms import Instant, PostId
from openline.wire import cbor
from openline.wire.bodies import Message, message_item
from openline.wire.entry import SALT_BYTES
from openline.wire.lineterms import LineTerms, Member, encode_terms
from openline.wire.link import PIECE_MAX_BYTES, Held, Part, Proposal, Summary, WrapPiece, encode_piece, join
from tests.make import author, line_id


def ids(count: int) -> list[bytes]:
    """Ids, all different."""
    return [hashlib.sha256(b"%d" % at).digest() for at in range(count)]


def test_every_limit_is_a_whole_number_above_zero() -> None:
    values = {name: value for name, value in vars(limits).items() if name.isupper()}
    assert values
    assert {name for name, value in values.items() if type(value) is not int or value < 1} == set()


def test_the_longest_message_fits_into_an_entry_of_half_the_largest_size() -> None:
    item = message_item(Message("a" * limits.TEXT_MAX_BYTES, 1))
    assert len(item) < limits.ENTRY_MAX_BYTES // 2
    assert author(line_id("channel"), "alpha").write(item).items == (item,)


def test_the_largest_terms_fit() -> None:
    members = tuple(Member(PostId(post), active=True) for post in ids(limits.LINE_MEMBERS_MAX))
    name = "n" * limits.NAME_MAX_BYTES
    terms = LineTerms(name=name, version=1, previous=None, members=members, time=Instant(0), nonce=bytes(16))
    assert len(encode_terms(terms)) < limits.TERMS_MAX_BYTES


def test_a_part_and_a_wrap_and_a_note_fit_into_a_frame() -> None:
    part = Part((1 << 63) - 1, PIECE_MAX_BYTES, 0, bytes(limits.LINK_PIECE_MAX_BYTES))
    wrap = WrapPiece(1, 1, bytes(OVERHEAD_BYTES + 32))
    assert len(join([encode_piece(part), encode_piece(wrap)])) < limits.LINK_FRAME_MAX_BYTES


def test_the_largest_summary_goes_in_parts() -> None:
    ranges = tuple((number, number) for number in range(1 << 62, (1 << 62) + 2 * limits.BEYOND_MAX, 2))
    held = tuple(Held(at, 1, True, ranges) for at in range(limits.LINE_MEMBERS_MAX))
    assert len(encode_piece(Summary(0, line_id("channel"), 1, held))) < PIECE_MAX_BYTES


def test_a_proposal_of_a_full_line_goes_in_parts() -> None:
    """Cards of 16 years of weekly sealing keys are too long together; an eighth of that fits for every member."""
    card = bytes(limits.CARD_MAX_BYTES // 8)
    whole = Proposal(bytes(limits.ENTRY_MAX_BYTES), (card,) * limits.LINE_MEMBERS_MAX)
    size = len(encode_piece(whole))
    assert size <= PIECE_MAX_BYTES


def test_the_salts_of_all_items_fit_beside_them() -> None:
    assert limits.ITEMS_MAX < 256
    assert limits.ITEMS_MAX * (SALT_BYTES + 8) < limits.HEADER_MAX_BYTES < limits.ENTRY_MAX_BYTES


def test_a_window_never_keeps_a_frame_from_going() -> None:
    assert limits.LINK_WINDOW_MIN_BYTES < limits.LINK_PIECE_MAX_BYTES < limits.LINK_FRAME_MAX_BYTES
    assert limits.LINK_FRAME_MAX_BYTES < limits.LINK_WINDOW_MAX_BYTES


def test_sizes_are_written_in_few_bytes() -> None:
    assert len(cbor.encode(limits.ENTRY_MAX_BYTES)) == 5
    assert len(cbor.encode(limits.LINE_MEMBERS_MAX)) == 2
