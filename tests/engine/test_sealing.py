"""An entry crosses a link and comes out the same, whatever its form; and nothing else comes out."""

from __future__ import annotations

import msgspec
import pytest

from openline.engine.events import Send
from openline.engine.line import EpochKeys
from openline.engine.link import Link
from openline.engine.sealing import entry_of, entry_piece
from openline.errors import BadField, BadSeal, PeerError
from openline.terms import LineId
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.link import CLEAR, FULL, SHORT, EntryPiece
from tests.engine.pair import Post, Wire


@pytest.fixture
def spoken() -> tuple[Post, Post, LineId, Entry]:
    """Alpha has said something to Bravo, and Bravo has signed for it."""
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    alpha.do(Send, line=line, text="Turn boat 17 back.")
    wire.wait(10)
    (message,) = alpha.entries(line, alpha, Kind.MESSAGE)
    return alpha, bravo, line, message


def link_to(post: Post, other: Post) -> Link:
    return post.engine.state.links[post.wire.link_between(post, other)]


def piece_of(sender: Post, taker: Post, line: LineId, entry: Entry, full: bool = False) -> EntryPiece:
    return entry_piece(sender.engine.state, sender.line(line), link_to(sender, taker), entry, full)


def read(taker: Post, sender: Post, author: Post, line: LineId, piece: EntryPiece) -> Entry:
    keys: EpochKeys | None = taker.line(line).epochs.get((sender.id, piece.epoch))
    return entry_of(taker.line(line), link_to(taker, sender), author.id, piece, keys)


@pytest.mark.parametrize("full", [False, True])
def test_what_is_sealed_is_rebuilt(spoken: tuple[Post, Post, LineId, Entry], full: bool) -> None:
    alpha, bravo, line, message = spoken
    piece = piece_of(alpha, bravo, line, message, full)
    assert piece.form == (FULL if full else SHORT)
    assert read(bravo, alpha, alpha, line, piece) == message


def test_what_must_be_readable_first_is_clear(spoken: tuple[Post, Post, LineId, Entry]) -> None:
    alpha, bravo, line, _ = spoken
    for entry in alpha.entries(line, alpha, Kind.TERMS, Kind.EPOCH):
        piece = piece_of(alpha, bravo, line, entry)
        assert (piece.form, piece.epoch) == (CLEAR, 0)
        assert read(bravo, alpha, alpha, line, piece) == entry


def test_anothers_entry_is_passed_on_in_full_under_the_senders_seal(spoken: tuple[Post, Post, LineId, Entry]) -> None:
    alpha, bravo, line, message = spoken
    piece = piece_of(bravo, alpha, line, message)
    assert piece.form == FULL
    assert read(alpha, bravo, alpha, line, piece) == message


@pytest.mark.parametrize("full", [False, True])
def test_nothing_opens_under_another_number_or_with_another_byte(
    spoken: tuple[Post, Post, LineId, Entry], full: bool
) -> None:
    alpha, bravo, line, message = spoken
    piece = piece_of(alpha, bravo, line, message, full)
    for wrong in (
        msgspec.structs.replace(piece, number=piece.number + 1),
        msgspec.structs.replace(piece, form=FULL if piece.form == SHORT else SHORT),
        msgspec.structs.replace(piece, body=piece.body[:-1] + bytes([piece.body[-1] ^ 1])),
    ):
        with pytest.raises(BadSeal):
            read(bravo, alpha, alpha, line, wrong)


def test_a_short_form_is_its_authors_alone(spoken: tuple[Post, Post, LineId, Entry]) -> None:
    alpha, bravo, line, message = spoken
    with pytest.raises(BadField, match="somebody else"):
        read(bravo, alpha, bravo, line, piece_of(alpha, bravo, line, message))


def test_a_clear_piece_holds_the_entry_that_it_names(spoken: tuple[Post, Post, LineId, Entry]) -> None:
    alpha, bravo, line, _ = spoken
    piece = piece_of(alpha, bravo, line, alpha.entries(line, alpha, Kind.TERMS)[0])
    with pytest.raises(BadField, match="not the one"):
        read(bravo, alpha, alpha, line, msgspec.structs.replace(piece, number=2))
    with pytest.raises(PeerError):
        read(bravo, alpha, alpha, line, msgspec.structs.replace(piece, body=piece.body[:-1]))
