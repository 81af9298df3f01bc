"""A verified entry finds its place: kept, chained, acknowledged, told; or it is evidence (spec/feeds.md)."""

from __future__ import annotations

from openline.engine import (
    cards,
    checkpoints,
    conversing,
    epochs,
    evidence,
    membership,
    restoring,
    second_person,
    untaken,
)
from openline.engine.effects import Arrived, Changed
from openline.engine.line import Line
from openline.engine.link import Link
from openline.engine.machines import OF_KIND
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.errors import BadField, BadSignature, ForkedFeed, KeyRevoked, NotAMember, OpenlineError, PeerError
from openline.feeds.feed import Feed, Place
from openline.feeds.record import KeepEntry
from openline.identity.acts import check_act
from openline.identity.card import NOTHING, Card
from openline.terms import EntryId, Instant, PostId, Precedence
from openline.wire.bodies import message_of, note_of, whom_of
from openline.wire.entry import Entry, entry_to_be_signed
from openline.wire.full import decode_full
from openline.wire.kinds import BARE, QUIET, Kind
from openline.wire.link import Want

FLOOD_MEMBERS_MAX = 8
"""Up to so many members, FLASH and IMMEDIATE go on to everybody at once, unasked."""

DOUBT_MS = 60_000
"""How long evidence that does not verify waits for the key that may have signed it, before its author is accused."""


class Unready(Exception):
    """What is needed to judge an entry has not come yet."""


class Unheld(Unready):
    """An entry of a removed member that no other member has signed for: it does not count, unless one does."""


def admit(state: State, turn: Turn, link: Link, line: Line, entry: Entry) -> None:
    """Verify an entry and find its place. Raises Unready, BadSignature, ForkedFeed or another PeerError."""
    verify(state, line, entry)
    if entry.header.kind == Kind.KEYS and entry.header.author != state.me:
        cards.told(state, turn, entry)
    if entry.header.author in line.rewinding:
        raise Unready
    feed = line.feeds[entry.header.author]
    place = feed.admit(entry)
    match place.place:
        case Place.HELD:
            return
        case Place.OFF:
            turn.emit(KeepEntry(entry, turn.at))
            return
        case Place.FROZEN:
            raise ForkedFeed("An entry of a feed with two histories is not taken until its owner names the true one.")
        case Place.FORKED:
            turn.emit(KeepEntry(entry, turn.at))
            evidence.forked(state, turn, line, feed, entry)
            return
        case Place.WAITING | Place.CHAINED:
            pass
    turn.emit(KeepEntry(entry, turn.at))
    arrived(state, turn, link, line, entry)
    conversing.noticed(state, turn, line, entry)
    for joined in place.chained:
        chained(state, turn, line, joined)
    if place.chained:
        state.moved_heads[(line.id, feed.author)] = None
        weigh_chain(state, turn, line, feed)
        if feed.author == state.me:
            restoring.whole_again(state, turn, line)
    if feed.fork is not None:
        evidence.forked(state, turn, line, feed, entry)


def verify(state: State, line: Line, entry: Entry) -> None:
    """The author is a member under terms that are in force, and one of its feed keys signed this."""
    header = entry.header
    terms = line.version(header.terms)
    if terms is None:
        raise Unready
    if header.author not in terms.active():
        raise NotAMember("The author was no member under the terms that the entry names.")
    if any(line.index(have.feed) < 0 or have.feed == header.author for have in header.have):
        raise BadField("The have-vector names a feed that is none of another member of the line.")
    card = state.card_of(header.author)
    if card is None:
        raise Unready
    if header.author not in line.active and not _held_by_others(line, entry):
        raise Unheld
    key = card.verify_feed(entry.signature, entry_to_be_signed(entry.payload))
    if key is None and header.kind == Kind.KEYS:
        key = cards.grown(card, entry).verify_feed(entry.signature, entry_to_be_signed(entry.payload))
    if key is None:
        raise BadSignature("The signature is not its author's.")
    if key.revocations is None:
        return
    good = card.good_until(key, line.id) or NOTHING
    if _beside_the_true_one(line, entry, good):
        raise KeyRevoked("Signed with a key that its owner revoked, and not the entry that its owner vouches for.")
    if header.number > good[0] and not _held_by_others(line, entry):
        raise KeyRevoked("Signed with a key that its owner revoked, after the last entry it vouches for.")


def _beside_the_true_one(line: Line, entry: Entry, good: tuple[int, EntryId]) -> bool:
    """Whether another entry with this number is held on the chain of the last good one: a theft, and no fork."""
    author = entry.header.author
    held = line.id_at(author, entry.header.number)
    number, last = good
    return held not in (None, entry.id) and (not number or line.id_at(author, number) == last)


def _stolen(line: Line, entry: Entry, card: Card) -> bool:
    """Whether an entry is under a revoked key and beside the true one."""
    key = card.verify_feed(entry.signature, entry_to_be_signed(entry.payload))
    if key is None or key.revocations is None:
        return False
    return _beside_the_true_one(line, entry, card.good_until(key, line.id) or NOTHING)


def _held_by_others(line: Line, entry: Entry) -> bool:
    """Whether an active member has signed that it holds this entry of an author who may write no more."""
    author, number = entry.header.author, entry.header.number
    return any(line.claimed(post, author) >= number for post in line.active if post != author)


def arrived(state: State, turn: Turn, link: Link, line: Line, entry: Entry) -> None:
    """A new entry is kept: acknowledge it, tell of it, pass it on where it is wanted."""
    header = entry.header
    if header.author == state.me:
        restoring.shown(state, turn, line, entry)
        try:
            _own_again(state, turn, link, line, entry)
        except PeerError as error:
            turn.note(f"{error.code}: {error}", header.author.hex())
        return
    line.changed.add(header.author)
    if header.kind not in QUIET:
        line.spoken += 1
    if header.kind not in QUIET or header.author not in line.active:  # a removed member's counts once it is signed for
        line.due = header.precedence if line.due is None else max(line.due, header.precedence)
        line.due_to.add(header.author)
        state.moved_lines[line.id] = None
    if header.author == link.peer:
        _clock(line, link.peer, turn.at - header.time)
    acted = header.act is not None and _check_act(state, turn, line, entry)
    untaken.noticed(state, turn, line, entry, acted=acted)
    second_person.noticed(state, turn, line, entry)
    turn.emit(Arrived(entry, turn.at))
    urgent = header.precedence >= Precedence.IMMEDIATE and len(line.active) <= FLOOD_MEMBERS_MAX
    for other in state.links_of(line):
        if other.peer not in (link.peer, header.author) and (urgent or (line.id, header.author) in other.wants):
            other.push(line, entry)
    if link.peer in line.feeds and (line.id, header.author) in link.offered:
        link.offered[(line.id, header.author)].add(header.number)
    try:
        _of_kind(state, turn, link, line, entry)
    except PeerError as error:
        _unreadable(state, turn, line, entry, error)


def _unreadable(state: State, turn: Turn, line: Line, entry: Entry, error: PeerError) -> None:
    name, number = state.name_of(entry.header.author), entry.header.number
    turn.alarm(line.id, error.code, f"{name} signed entry {number}, which cannot be read: {error}", entry.id)


def _clock(line: Line, peer: PostId, late_ms: int) -> None:
    """How far a peer's clock seems off. An entry that waited seems late, so the smallest value says most."""
    known = line.skew.get(peer)
    line.skew[peer] = late_ms if known is None or late_ms < known else known + (late_ms - known) // 50


def _own_again(state: State, turn: Turn, link: Link, line: Line, entry: Entry) -> None:
    """After a restore, one of our own lost entries has come back."""
    header = entry.header
    if header.kind == Kind.MESSAGE:
        line.serials[header.traffic] = max(line.serials.get(header.traffic, 0), message_of(entry).serial)
        state.moved_lines[line.id] = None
    elif header.kind == Kind.EPOCH:
        epochs.stated(state, turn, line, entry)
    elif header.kind == Kind.TERMS and header.number > 1:
        membership.signed(state, turn, line, entry)
    elif header.kind == Kind.EVIDENCE:
        _evidence(state, turn, link, line, entry)
    line.changed.update(post for post in line.feeds if post != state.me)
    untaken.noticed(state, turn, line, entry, acted=header.act is not None)
    second_person.noticed(state, turn, line, entry)
    turn.emit(Arrived(entry, turn.at))


def _check_act(state: State, turn: Turn, line: Line, entry: Entry) -> bool:
    card = state.card_of(entry.header.author)
    try:
        if card is not None:
            check_act(entry.header, card)
        return card is not None
    except OpenlineError as error:
        name = state.name_of(entry.header.author)
        text = f"{name} sent entry {entry.header.number} with an officer's act that fails: {error}"
        turn.alarm(line.id, error.code, text, entry.id)
        return False


def _of_kind(state: State, turn: Turn, link: Link, line: Line, entry: Entry) -> None:
    header = entry.header
    if header.kind == Kind.EVIDENCE:
        _shown(state, turn, link, line, entry, turn.at)
    elif header.kind in (Kind.MESSAGE, Kind.CORRECTION):
        message_of(entry)
    elif header.kind == Kind.PASSED_ON:
        whom_of(entry)
    elif header.kind in OF_KIND:
        OF_KIND[header.kind].readers[Kind(header.kind)](entry)
    elif header.kind in BARE and entry.items:
        raise BadField("an entry of this kind has no body.")
    elif header.kind == Kind.EPOCH:
        epochs.stated(state, turn, line, entry)
    elif header.kind == Kind.TERMS and header.number > 1:
        membership.signed(state, turn, line, entry)
    elif header.kind == Kind.TERMS:
        turn.emit(Changed(line.id, f"{state.name_of(header.author)} has joined the line"))


def _shown(state: State, turn: Turn, link: Link, line: Line, entry: Entry, since: Instant) -> None:
    """Judge evidence, now or later: what it shows may be signed by a key of which this post has not heard yet."""
    try:
        _evidence(state, turn, link, line, entry)
    except BadSignature:
        if turn.at - since >= DOUBT_MS:
            raise
        state.doubted.append((since, link, line, entry))


def judge_again(state: State, turn: Turn) -> None:
    """Evidence that could not be verified when it came."""
    doubted, state.doubted = state.doubted, []
    for since, link, line, entry in doubted:
        try:
            _shown(state, turn, link, line, entry, since)
        except PeerError as error:
            _unreadable(state, turn, line, entry, error)


def _evidence(state: State, turn: Turn, link: Link, line: Line, entry: Entry) -> None:
    """Another member saw two histories: take the entry that it shows, and ask for the one that is not here."""
    shown = decode_full(note_of(entry))
    if shown.header.line != line.id or shown.header.author not in line.feeds or None in shown.items:
        raise BadField("The evidence shows no entry of this line.")
    feed = line.feeds[shown.header.author]
    card = state.card_of(feed.author)
    if card is None or card.verify_feed(shown.signature, entry_to_be_signed(shown.payload)) is None:
        raise BadSignature("The evidence shows an entry that its author never signed.")
    if _stolen(line, shown, card):
        return
    if line.id_at(feed.author, shown.header.number) not in (None, shown.id) and feed.admit(shown).place == Place.FORKED:
        turn.emit(KeepEntry(shown, turn.at))
        evidence.forked(state, turn, line, feed, shown)
        return
    try:
        admit(state, turn, link, line, shown)
    except (Unready, ForkedFeed, KeyRevoked):
        return
    if feed.fork is None and feed.author != state.me:
        for other in state.links_of(line):
            other.asked.add((line.id, feed.author, shown.header.number))
            other.say(Want(other.alias(line.id), line.index(feed.author), shown.header.number))


def chained(state: State, turn: Turn, line: Line, entry: Entry) -> None:
    """An entry joined its chain: its have-vector counts now, and is held against what is known."""
    author = entry.header.author
    for have in entry.header.have:
        if line.refused.pop(have.feed, None) is not None:
            for link in state.links_of(line):
                link.lost = True
        ours = line.id_at(have.feed, have.number)
        if have.feed == state.me:
            if have.number and ours == have.id:
                evidence.proved(turn, line, author, have.number)
            restoring.heard_of_own(state, turn, line, author, have.number, entry=entry.id)
        elif have.feed not in line.feeds:
            continue
        if have.number and ours is None:
            line.foretold[author, have.feed] = entry
        evidence.compare(state, turn, line, entry, have, ours)


def weigh_chain(state: State, turn: Turn, line: Line, feed: Feed) -> None:
    """Checkpoints and shrunken claims that came with newly chained entries, and what was signed of them before."""
    evidence.foretold(state, turn, line, feed)
    for entry, root in feed.trees:
        checkpoints.weigh(state, turn, line, entry, root)
    feed.trees.clear()
    for entry, other in feed.shrunk:
        line.suspected.append((turn.at, entry, other))
    feed.shrunk.clear()
