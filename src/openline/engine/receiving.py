"""What comes in on a link: pieces, opened, rebuilt, verified, and only then admitted (spec/link.md).

Whoever hands over bytes that do not verify is to blame, never the named author. What cannot be read yet, because a
secret, terms or a card has not come, waits in the link; it is bounded, and what is dropped comes again after a summary.
"""

from __future__ import annotations

from openline.engine import admitting, cards, epochs, farewells, proposals, summaries, voice
from openline.engine.effects import Carried
from openline.engine.line import Line
from openline.engine.link import Link
from openline.engine.sealing import entry_of
from openline.engine.sending import due_answer
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.errors import (
    BadLink,
    BadSeal,
    BadSignature,
    ForkedFeed,
    KeyRevoked,
    NotRebuilt,
    OpenlineError,
    PeerError,
    TooFarAhead,
)
from openline.feeds.ranges import Numbers
from openline.limits import PENDING_MAX_BYTES, PENDING_MAX_ENTRIES
from openline.terms import LineId, PostId
from openline.wire.link import (
    CLEAR,
    FULL,
    LINK_VERSION,
    PIECE_MAX_BYTES,
    Ask,
    CardPiece,
    EntryPiece,
    Got,
    Hello,
    Part,
    Piece,
    Proposal,
    Summary,
    VoicePiece,
    Want,
    WantWrap,
    WrapPiece,
    decode_frame,
    decode_piece,
    wrap_info,
)

STREAMS_MAX = 8
FAULTS_MAX = 8
WRAP_AGAIN_MS = 5_000
UNPROVED_MAX = 16


def frame_in(state: State, turn: Turn, link: Link, frame: bytes) -> None:
    """Take a frame. What is wrong with it is the peer's fault, and too many faults end the link."""
    link.taken += len(frame)
    link.flow.heard_at = turn.at
    try:
        pieces = decode_frame(frame)
    except PeerError as error:
        fault(state, turn, link, error)
        return
    if not (len(pieces) == 1 and isinstance(pieces[0], Got)):
        due_answer(link, turn.at, at_once=False)
    for piece in sorted(pieces, key=_rank):
        try:
            piece_in(state, turn, link, piece)
        except PeerError as error:
            fault(state, turn, link, error)


def _rank(piece: Piece) -> int:
    """A summary may be older than the count in its frame: weighed after it, it would ask again for what is there."""
    return 0 if isinstance(piece, Hello | Summary) else 1 if isinstance(piece, Got) else 2


def fault(state: State, turn: Turn, link: Link, error: OpenlineError) -> None:
    """The peer handed over something that breaks the rules."""
    link.faults += 1
    link.lost = True
    turn.note(f"{error.code}: {error}", link.peer.hex())
    if link.faults == FAULTS_MAX:
        turn.alarm(None, error.code, f"{state.name_of(link.peer)} keeps sending what breaks the rules: {error}")


def piece_in(state: State, turn: Turn, link: Link, piece: Piece) -> None:
    """One piece. Raises PeerError."""
    match piece:
        case EntryPiece():
            line = _line(state, link, piece.alias)
            if line is not None:
                entry_in(state, turn, link, line, piece)
        case Got(taken):
            _got(state, turn, link, taken)
        case Part():
            _part(state, turn, link, piece)
        case Hello():
            hello(state, turn, link, piece)
        case Summary():
            summaries.take(state, turn, link, piece)
            farewells.give(state, link, piece)
        case Want(alias, member, number):
            _want(state, link, _line(state, link, alias), member, number)
        case WrapPiece():
            _wrap(state, turn, link, piece)
        case WantWrap(alias, epoch):
            _want_wrap(state, turn, link, _line(state, link, alias), epoch)
        case VoicePiece():
            voice.heard(state, turn, link, piece)
        case CardPiece() | Proposal() | Ask():
            _other_piece(state, turn, link, piece)


def _other_piece(state: State, turn: Turn, link: Link, piece: CardPiece | Proposal | Ask) -> None:
    if isinstance(piece, CardPiece):
        cards.shown(state, turn, piece.card)
    elif isinstance(piece, Proposal):
        if not farewells.taken(state, turn, link, piece):
            proposals.proposed(state, turn, link, piece)
    else:
        due_answer(link, turn.at, at_once=True)


def _line(state: State, link: Link, alias: int) -> Line | None:
    identifier = link.theirs.get(alias)
    return None if identifier is None else state.lines.get(identifier)


def hello(state: State, turn: Turn, link: Link, piece: Hello) -> None:
    """The peer's first word: say what we hold of each line that we share."""
    if piece.version != LINK_VERSION:
        raise BadLink(f"The other post speaks link version {piece.version}; this program speaks {LINK_VERSION}.")
    if link.greeted:
        raise BadLink("The first word on a link was said twice.")
    link.greeted, link.knows = True, piece.yours
    voice.again(state, turn, link.peer)
    if piece.yours < state.card.sequence:
        link.say(CardPiece(state.card.encode()), first=bool(state.card.branches))
    for line in state.lines.values():
        if link.peer in line.active and state.me in line.active:
            proposals.invite(state, link, line)
            summaries.summarise(state, turn, link, line)


def _got(state: State, turn: Turn, link: Link, taken: int) -> None:
    for identifier, feed, number in link.flow.got(taken, turn.at):
        line = state.lines.get(LineId(identifier))
        if line is not None and feed == state.me and line.claimed(link.peer, state.me) < number:
            turn.emit(Carried(line.id, number, link.peer, turn.at))


def _part(state: State, turn: Turn, link: Link, part: Part) -> None:
    held = link.parts.get(part.stream)
    if held is None:
        if part.offset:
            raise BadLink("A part came without the one before it.")
        if len(link.parts) >= STREAMS_MAX:
            raise BadLink("Too many pieces are sent in parts at once.")
        held = link.parts[part.stream] = bytearray()
    if sum(map(len, link.parts.values())) + len(part.data) > PIECE_MAX_BYTES:
        link.parts.clear()
        raise BadLink("Pieces sent in parts hold too much at once.")
    if part.offset != len(held) or len(held) + len(part.data) > part.total:
        del link.parts[part.stream]
        raise BadLink("A part does not follow the one before it.")
    held += part.data
    if len(held) == part.total:
        del link.parts[part.stream]
        whole = decode_piece(bytes(held))
        if isinstance(whole, Part):
            raise BadLink("A part is made of parts.")
        piece_in(state, turn, link, whole)


def _want(state: State, link: Link, line: Line | None, member: int, number: int) -> None:
    post = None if line is None else line.member(member)
    if line is None or post is None:
        return
    feed = (line.id, post)
    if feed in link.offered:
        link.offered[feed].discard(number)
        if len(link.full) < PENDING_MAX_ENTRIES:
            link.full.add((line.id, post, number))
        link.behind.add(feed)
        _show_card(state, link, post)


def _show_card(state: State, link: Link, post: PostId) -> None:
    """Whoever asks again for another's entry may lack the key that signed it, shown to us alone."""
    card = state.peers.get(post)
    if card is not None and link.gave_cards.get(post, 1) < card.sequence:
        link.gave_cards[post] = card.sequence
        link.say(CardPiece(card.encode()))


def _want_wrap(state: State, turn: Turn, link: Link, line: Line | None, epoch: int) -> None:
    if line is None or link.peer not in line.active:
        return
    if (epoch, link.peer) in line.wraps:
        given = link.gave_wraps.get((line.id, epoch))
        if given is not None and turn.at - given < WRAP_AGAIN_MS // 2:
            return
        link.gave_wraps[(line.id, epoch)] = turn.at
        link.say(WrapPiece(link.alias(line.id), epoch, line.wraps[(epoch, link.peer)]))
    elif line.epoch is not None and line.epoch.number == epoch:
        epochs.wrap_missing(state, turn, line)


def _wrap(state: State, turn: Turn, link: Link, piece: WrapPiece) -> None:
    line = _line(state, link, piece.alias)
    key = (link.peer, piece.epoch)
    if line is None or key in line.epochs:
        return
    info = wrap_info(line.id, link.peer, piece.epoch, state.me)
    for number, *_ in reversed(state.own.sealing_seeds):
        sealing = state.own.sealing(number)
        try:
            secret = sealing.open(piece.sealed, info) if sealing is not None else None
        except PeerError:
            continue
        if secret is not None and len(secret) == 32:
            early = [each for each in line.unproved if each[0] == link.peer]
            if len(early) >= UNPROVED_MAX:
                del line.unproved[early[0]]
            line.unproved[key] = secret
            epochs.prove(state, turn, line, key)
            return
    raise BadSeal("A secret was sealed for a key that this post does not hold, or not for this use.")


def entry_in(state: State, turn: Turn, link: Link, line: Line, piece: EntryPiece) -> None:
    """Open, rebuild, verify and admit one entry, or let it wait, or ask for it in full. Raises PeerError."""
    author = line.member(piece.member)
    if author is None or (author == state.me and line.unheard is None and piece.number <= line.mine.number):
        if author is None:
            wait(link, line, piece)
        return
    asked = (line.id, author, piece.number)
    held = link.peer != author and line.id_at(author, piece.number) is not None and not line.feeds[author].fork
    if held and asked not in link.asked:
        return
    keys = line.epochs.get((link.peer, piece.epoch))
    if piece.form != CLEAR and keys is None:
        wait(link, line, piece)
        _ask_wrap(turn, link, line, piece.epoch)
        return
    try:
        entry = entry_of(line, link, author, piece, keys)
        admitting.admit(state, turn, link, line, entry)
    except admitting.Unheld:
        line.refused.setdefault(author, Numbers()).add(piece.number)
    except admitting.Unready:
        wait(link, line, piece)
    except (NotRebuilt, BadSignature):
        if author in state.forked_cards:
            line.refused.setdefault(author, Numbers()).add(piece.number)
        elif (piece.form == FULL and author == link.peer) or asked in link.asked:
            raise
        else:
            _ask_once(link, line, author, piece)
    except TooFarAhead as error:
        link.lost = True
        turn.note(f"{error.code}: {error}", author.hex())
    except (ForkedFeed, KeyRevoked) as error:
        line.refused.setdefault(author, Numbers()).add(piece.number)
        turn.note(f"{error.code}: {error}", author.hex())


def _ask_once(link: Link, line: Line, author: PostId, piece: EntryPiece) -> None:
    """Ask for an entry in full, and of who passed it on for the author's card as well: it may know a newer key."""
    if len(link.asked) >= PENDING_MAX_ENTRIES:
        link.asked.clear()
    link.asked.add((line.id, author, piece.number))
    link.say(Want(link.alias(line.id), piece.member, piece.number))


def _ask_wrap(turn: Turn, link: Link, line: Line, epoch: int) -> None:
    asked = link.asked_wraps.get((line.id, epoch))
    if asked is None or turn.at - asked >= WRAP_AGAIN_MS:
        link.asked_wraps[(line.id, epoch)] = turn.at
        link.say(WantWrap(link.alias(line.id), epoch))


def ask_again(turn: Turn, link: Link, line: Line) -> None:
    """Ask again for the secrets without which entries wait here."""
    waiting = {piece.epoch: piece.form for identifier, piece in link.waiting if identifier == line.id}
    for epoch, form in waiting.items():
        if form != CLEAR and (link.peer, epoch) not in line.epochs:
            _ask_wrap(turn, link, line, epoch)


def retry(state: State, turn: Turn) -> None:
    """Try again what waited, as something new is known."""
    state.recheck = False
    for link in list(state.links.values()):
        early, link.early = link.early, {}
        for summary in early.values():
            summaries.take(state, turn, link, summary)
        waiting, link.waiting = link.waiting, []
        for identifier, piece in waiting:
            try:
                if identifier in state.lines:
                    entry_in(state, turn, link, state.lines[identifier], piece)
            except PeerError as error:
                fault(state, turn, link, error)


def wait(link: Link, line: Line, piece: EntryPiece) -> None:
    """Hold an entry that cannot be read yet."""
    held = sum(len(waiting.body) for _, waiting in link.waiting) + len(piece.body)
    if len(link.waiting) < PENDING_MAX_ENTRIES and held <= PENDING_MAX_BYTES:
        link.waiting.append((line.id, piece))
    else:
        link.lost = True
