"""What leaves on a link: entries sealed for the way, cut into pieces, as many as the window allows (spec/link.md)."""

from __future__ import annotations

from openline.engine.effects import Fetch, Transmit, Wake
from openline.engine.flow import GOT_DELAY_MS
from openline.engine.line import Line
from openline.engine.link import Link
from openline.engine.outbox import Outgoing
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.keys import aead
from openline.limits import FETCH_MAX_ENTRIES, LINK_PIECE_MAX_BYTES, LINK_WINDOW_MIN_BYTES, OUTBOX_MAX_BYTES
from openline.terms import Instant, LineId, PostId
from openline.wire.entry import Entry
from openline.wire.full import encode_full
from openline.wire.kinds import CLEAR, Kind
from openline.wire.link import CLEAR as CLEAR_FORM
from openline.wire.link import (
    FULL,
    PIECES_MAX,
    SHORT,
    Ask,
    EntryPiece,
    Got,
    Held,
    Part,
    Summary,
    WrapPiece,
    encode_piece,
    join,
    nonce,
    piece_context,
)
from openline.wire.short import encode_short

FRAME_GOAL_BYTES = 24 << 10
PIECE_LEAST_BYTES = 256
PART_OVERHEAD_BYTES = 64


class Reader:
    """What the short form needs to know of this link's peer (wire.short.Sender)."""

    def __init__(self, line: Line, peer: PostId, base: Instant) -> None:
        self.base = base
        self._line = line
        self._peer = peer

    def index(self, post: PostId) -> int:
        """The number of a member on the wire."""
        return self._line.index(post)

    def holds(self, feed: PostId, number: int) -> bool:
        """Whether the peer wrote this entry, or has signed that it holds it."""
        return feed == self._peer or self._line.claimed(self._peer, feed) >= number


def entry_piece(state: State, line: Line, link: Link, entry: Entry, full: bool) -> EntryPiece:
    """An entry as it crosses this link: clear where it must be readable first, short where that can be, else full."""
    header = entry.header
    member = line.index(header.author)
    keys = line.epoch
    if header.kind in CLEAR or keys is None:
        return EntryPiece(link.alias(line.id), member, header.number, 0, CLEAR_FORM, encode_full(entry))
    form = SHORT if header.author == state.me and header.epoch == keys.number and not full else FULL
    plain = encode_short(entry, Reader(line, link.peer, keys.base)) if form == SHORT else encode_full(entry)
    context = piece_context(line.id, state.me, member, header.number, keys.number, form)
    sealed = aead.seal(keys.seal, nonce(member, header.number, form), plain, context)
    return EntryPiece(link.alias(line.id), member, header.number, keys.number, form, sealed)


def pump(state: State, turn: Turn, link: Link) -> None:
    """Send what waits on a link, highest first, until the window is full."""
    flush_lazy(state, link)
    while True:
        pieces, numbers = _gather(state, turn, link)
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


def _gather(state: State, turn: Turn, link: Link) -> tuple[list[bytes], tuple[tuple[bytes, bytes, int], ...]]:
    """Pieces for one frame, and the entries that are whole with them."""
    pieces: list[bytes] = []
    numbers: list[tuple[bytes, bytes, int]] = []
    size = 0
    while link.outbox.control and size < FRAME_GOAL_BYTES and len(pieces) < PIECES_MAX - 4:
        length = len(link.outbox.control[0])
        most = min(LINK_PIECE_MAX_BYTES, max(LINK_WINDOW_MIN_BYTES, link.flow.window()))
        if length > most + PART_OVERHEAD_BYTES:
            _cut_control(link, most)
            continue
        if length > PIECE_LEAST_BYTES and link.flow.room() <= size:
            break
        pieces.append(link.outbox.control.popleft())
        size += len(pieces[-1])
    while size < FRAME_GOAL_BYTES and len(pieces) < PIECES_MAX - 4:
        outgoing = link.outbox.peek()
        if outgoing is None or link.flow.room() - size <= 0:
            break
        line = state.lines[outgoing.line]
        for piece in _next_pieces(state, line, link, outgoing, link.flow.room() - size):
            pieces.append(piece)
            size += len(piece)
        if outgoing.sent >= len(outgoing.sealed):
            link.outbox.pop()
            numbers.append((outgoing.line, outgoing.entry.header.author, outgoing.entry.header.number))
    return pieces, tuple(numbers)


def _cut_control(link: Link, most: int) -> None:
    """A long piece of control becomes parts: a frame that fills a slow link for long looks like silence."""
    whole = link.outbox.control.popleft()
    link.streams += 1
    link.outbox.control.extendleft(reversed(parts_of(whole, link.streams, most)))


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


def fetched(state: State, link: Link, line: Line, feed: PostId, entries: tuple[Entry, ...]) -> None:
    """What the record gave; the feed stays behind until the record has nothing more."""
    link.fetching.discard((line.id, feed))
    for entry in entries:
        link.push(line, entry)


def summarise(state: State, turn: Turn, link: Link, line: Line) -> None:
    """Tell the peer what is held here, and which feeds are wanted from it."""
    held = []
    for at, member in enumerate(line.terms.members):
        feed = line.feeds[member.post]
        after = feed.number + 2
        numbers = line.settled(member.post).ranges()
        beyond = tuple((max(first, after), last) for first, last in numbers if last >= after)[:64]
        held.append(Held(at, feed.number, wants(state, turn.at, link, line, member.post), beyond))
    link.announced_at = turn.at
    link.announced[line.id] = sizes(line)
    link.say(Summary(link.alias(line.id), line.id, line.terms.version, tuple(held)))


def sizes(line: Line) -> tuple[int, ...]:
    """How far each feed is chained here."""
    return tuple(feed.number for feed in line.feeds.values())


RELAY_AFTER_MS = 1_000


def wants(state: State, at: Instant, link: Link, line: Line, feed: PostId) -> bool:
    """Whether a feed is wanted from this peer: its own is; another's where its author gives nothing."""
    if feed == link.peer:
        return True
    if feed == state.me:
        return line.unheard is not None
    since = link.behind_since.get((line.id, feed))
    return state.link_to(feed) is None or (since is not None and at - since >= RELAY_AFTER_MS)


def announce(state: State, turn: Turn, link: Link, identifier: LineId) -> None:
    """Tell a peer what is held of a line, when it is likely to lack some of it."""
    line = state.lines[identifier]
    if link.announced.get(identifier) == sizes(line):
        return
    for post, feed in line.feeds.items():
        offered = link.offered.get((identifier, post))
        if post not in (state.me, link.peer) and offered is not None and feed.number not in offered and feed.number:
            summarise(state, turn, link, line)
            return
