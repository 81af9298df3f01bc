"""A parcel is a link that is there for one journey: its frames are packed at once, and read as if they came on a link.

What a link does in a conversation, a parcel does blindly: it proposes the line, shows our card, says what is held here,
and gives everything that the peer has not signed for, in full form, for it may be the only thing that ever arrives
(spec/carry.md). Sealing and signing the whole is the shell's.
"""

from __future__ import annotations

from openline.engine import proposals, receiving
from openline.engine.effects import Answer, Parcel
from openline.engine.events import CarriedIn, CarryOut
from openline.engine.line import Line
from openline.engine.link import CARRIED_LINK, Link
from openline.engine.sealing import entry_piece
from openline.engine.sending import parts_of
from openline.engine.state import State
from openline.engine.summaries import summarise
from openline.engine.turn import Turn
from openline.errors import NotAllowed
from openline.limits import LINK_FRAME_MAX_BYTES
from openline.terms import PostId
from openline.wire.link import PIECES_MAX, CardPiece, WrapPiece, encode_piece, join

WHOLE_MAX_BYTES = LINK_FRAME_MAX_BYTES // 2
"""A longer piece is cut, so that every frame is one that a link would take."""


def lacking(line: Line, peer: PostId) -> dict[PostId, tuple[tuple[int, int], ...]]:
    """For each feed of a line, the ranges of numbers held here that `peer` has not signed for."""
    lacks = {}
    for post, feed in line.feeds.items():
        claimed = line.claimed(peer, post)
        ranges = tuple((max(first, claimed + 1), last) for first, last in feed.held().ranges() if last > claimed)
        if post != peer and ranges:
            lacks[post] = ranges
    return lacks


def carry_out(state: State, turn: Turn, event: CarryOut) -> None:
    """Pack everything of a line that the peer has not signed for, and that it may read."""
    line = state.line(event.line)
    link = Link(CARRIED_LINK, event.peer, turn.at)
    if event.peer not in line.active:
        raise NotAllowed("That post is not an active member of the line.")
    proposals.invite(state, link, line)
    link.say(CardPiece(state.card.encode()))
    summarise(state, turn, link, line)
    if line.epoch is not None and (line.epoch.number, event.peer) in line.wraps:
        wrap = line.wraps[(line.epoch.number, event.peer)]
        link.say(WrapPiece(link.alias(line.id), line.epoch.number, wrap))
    pieces = [*link.outbox.control, *link.outbox.long]
    pieces += [
        encode_piece(entry_piece(state, line, link, entry, full=True))
        for entry in event.entries
        if line.may_read(event.peer, entry.header.terms)
    ]
    turn.emit(Parcel(event.request, event.peer, tuple(_frames(pieces))))


def _frames(pieces: list[bytes]) -> list[bytes]:
    frames: list[bytes] = []
    batch: list[bytes] = []
    size = 0
    for stream, piece in enumerate(pieces):
        cut = [piece] if len(piece) <= WHOLE_MAX_BYTES else parts_of(piece, stream, WHOLE_MAX_BYTES // 2)
        for part in cut:
            if batch and (size + len(part) > WHOLE_MAX_BYTES or len(batch) == PIECES_MAX):
                frames.append(join(batch))
                batch, size = [], 0
            batch.append(part)
            size += len(part)
    return [*frames, join(batch)] if batch else frames


def carried_in(state: State, turn: Turn, event: CarriedIn) -> None:
    """Read a parcel, and answer how many entries were new, wait unread, or broke a rule."""
    before = {line.id: line.entries() for line in state.lines.values()}
    link = Link(CARRIED_LINK, event.peer, turn.at)
    link.greeted = True
    state.links[CARRIED_LINK] = link
    try:
        for frame in event.frames:
            receiving.frame_in(state, turn, link, frame)
            if state.recheck:
                receiving.retry(state, turn)
    finally:
        del state.links[CARRIED_LINK]
    new = sum(line.entries() - before.get(line.id, 0) for line in state.lines.values())
    turn.emit(Answer(event.request, {"new": new, "unread": len(link.waiting), "faults": link.faults}))
