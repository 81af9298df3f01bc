"""What leaves on a link: entries sealed for the way, cut into pieces, as many as the window allows (spec/link.md)."""

from __future__ import annotations

from collections import deque

from openline.engine.effects import Fetch, Transmit, Wake
from openline.engine.flow import GOT_DELAY_MS
from openline.engine.line import Line
from openline.engine.link import Link
from openline.engine.outbox import Outgoing
from openline.engine.sealing import entry_piece
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.limits import FETCH_MAX_ENTRIES, LINK_PIECE_MAX_BYTES, LINK_WINDOW_MIN_BYTES, OUTBOX_MAX_BYTES
from openline.terms import Instant, PostId, Precedence
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.link import (
    PIECES_MAX,
    Ask,
    Got,
    Part,
    WrapPiece,
    encode_piece,
    join,
)

FRAME_GOAL_BYTES = 24 << 10
PIECE_LEAST_BYTES = 256
PART_OVERHEAD_BYTES = 64


def pump(state: State, turn: Turn, link: Link) -> None:
    """Send what waits on a link, highest first, until the window is full."""
    flush_lazy(state, link)
    if not (link.outbox or link.behind or link.taken > link.told):
        return
    while True:
        pieces, numbers = _gather(state, link)
        counted = link.taken > link.told and (bool(pieces) or _answer_due(link, turn.at))
        if not pieces and not counted:
            break
        if counted:
            pieces.append(encode_piece(Got(link.taken)))
            link.told, link.answer_at = link.taken, None
        only_count = counted and len(pieces) == 1
        size = sum(len(piece) for piece in pieces)
        if not only_count and link.outbox and link.flow.room() <= size + PIECE_LEAST_BYTES:
            pieces.append(encode_piece(Ask()))
        frame = join(pieces)
        if only_count:
            link.flow.went_unanswered(len(frame))
        else:
            link.flow.went(len(frame), turn.at, numbers)
        link.sent_at = turn.at
        turn.emit(Transmit(link.id, frame))
    if link.answer_at is not None and link.taken > link.told:
        turn.emit(Wake(link.answer_at))
    refill(state, turn, link)


def _answer_due(link: Link, at: Instant) -> bool:
    return link.answer_at is not None and at >= link.answer_at


def due_answer(link: Link, at: Instant, *, at_once: bool) -> None:
    """Tell the peer soon, or in this turn, how many bytes have been taken."""
    when = at if at_once else Instant(at + GOT_DELAY_MS)
    if link.answer_at is None or when < link.answer_at:
        link.answer_at = when


def _gather(state: State, link: Link) -> tuple[list[bytes], tuple[tuple[bytes, bytes, int], ...]]:
    """Pieces for one frame, and the entries that are whole with them."""
    pieces: list[bytes] = []
    numbers: list[tuple[bytes, bytes, int]] = []
    if not link.outbox:
        return [], ()
    size = _take_control(link, link.outbox.control, pieces, 0)
    if not link.outbox.has_urgent():
        size = _take_control(link, link.outbox.long, pieces, size)
    while size < FRAME_GOAL_BYTES and len(pieces) < PIECES_MAX - 4:
        outgoing = link.outbox.peek()
        if outgoing is None or link.flow.room() - size <= 0:
            break
        if link.fetching and outgoing.entry.header.precedence < Precedence.FLASH:
            break  # what the record gives next may be higher
        line = state.lines[outgoing.line]
        for piece in _next_pieces(state, line, link, outgoing, link.flow.room() - size):
            pieces.append(piece)
            size += len(piece)
        if outgoing.sent >= len(outgoing.sealed):
            link.outbox.pop()
            numbers.append((outgoing.line, outgoing.entry.header.author, outgoing.entry.header.number))
    return pieces, tuple(numbers)


def _take_control(link: Link, control: deque[bytes], pieces: list[bytes], size: int) -> int:
    """Take pieces of control into a frame that has `size` bytes; the bytes that it has then.

    A long one is cut into parts: a frame that fills a slow link for long looks like silence.
    """
    most = min(LINK_PIECE_MAX_BYTES, max(LINK_WINDOW_MIN_BYTES, link.flow.window()))
    while control and size < FRAME_GOAL_BYTES and len(pieces) < PIECES_MAX - 4:
        length = len(control[0])
        if length > most + PART_OVERHEAD_BYTES:
            link.streams += 1
            control.extendleft(reversed(parts_of(control.popleft(), link.streams, most)))
            continue
        if length > PIECE_LEAST_BYTES and link.flow.room() <= size:
            break
        pieces.append(control.popleft())
        size += len(pieces[-1])
    return size


def parts_of(piece: bytes, stream: int, most: int) -> list[bytes]:
    """A piece as parts of one stream, each with at most so many bytes of it."""
    return [encode_piece(Part(stream, len(piece), at, piece[at : at + most])) for at in range(0, len(piece), most)]


def _next_pieces(state: State, line: Line, link: Link, outgoing: Outgoing, room: int) -> list[bytes]:
    """The next piece of an entry; before an epoch's statement the wrap that goes with it."""
    before: list[bytes] = []
    if not outgoing.sealed:
        entry = outgoing.entry
        if entry.header.kind == Kind.EPOCH and entry.header.author == state.me:
            wrap = line.wraps.get((entry.header.epoch, link.peer))
            if wrap is not None:
                before.append(encode_piece(WrapPiece(link.alias(line.id), entry.header.epoch, wrap)))
        outgoing.sealed = encode_piece(entry_piece(state, line, link, entry, outgoing.full))
    most = max(PIECE_LEAST_BYTES, min(LINK_PIECE_MAX_BYTES, room))
    if not outgoing.sent and len(outgoing.sealed) <= most:
        outgoing.sent = len(outgoing.sealed)
        return [*before, outgoing.sealed]
    if not outgoing.sent:
        link.streams += 1
        outgoing.stream = link.streams
    data = outgoing.sealed[outgoing.sent : outgoing.sent + most]
    part = Part(outgoing.stream, len(outgoing.sealed), outgoing.sent, data)
    outgoing.sent += len(data)
    return [*before, encode_piece(part)]


def flush_lazy(state: State, link: Link) -> None:
    """Entries that are in no hurry go along with others, or when their time has come."""
    if link.lazy and link.outbox:
        send_lazy(state, link)


def send_lazy(state: State, link: Link) -> None:
    """Let the entries that are in no hurry wait with the others now."""
    for identifier, entry in link.lazy:
        link.push(state.lines[identifier], entry)
    link.lazy.clear()


def refill(state: State, turn: Turn, link: Link) -> None:
    """Ask the record for more of what the peer lacks when there is room for it."""
    if link.outbox.bytes > OUTBOX_MAX_BYTES // 2:
        return
    for feed in sorted(link.behind - link.fetching):
        line = state.lines[feed[0]]
        missing = line.feeds[feed[1]].held().without(link.offered[feed])
        if not missing:
            link.behind.discard(feed)
            continue
        link.fetching.add(feed)
        ranges = missing.ranges()[:256]
        turn.emit(Fetch(link.id, feed[0], feed[1], ranges, FETCH_MAX_ENTRIES, OUTBOX_MAX_BYTES // 4))


def fetched(link: Link, line: Line, feed: PostId, entries: tuple[Entry, ...]) -> None:
    """What the record gave; the feed stays behind until the record has nothing more."""
    link.fetching.discard((line.id, feed))
    for entry in entries:
        link.push(line, entry)
