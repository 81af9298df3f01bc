"""The clock of what nobody has taken: urgent messages that wait, here or with the other members (PRODUCT E8).

A FLASH that waits alarms after 2 minutes, an IMMEDIATE after 10, and again each time as long has passed, up to a bound.
What opens an exchange is in hand once an officer took it or passed it on, or it was answered; an answer or a correction
once an officer saw it, too. A call request, a claim, an inquiry, or a question whether this post called waits until an
officer here answers it; what becomes of our own, their exchanges tell. So does a STOP, which pages as a FLASH does
whatever its precedence: until an officer read it back or passed it on, or it is withdrawn; its own alarm rings
(spec/stop.md). The clock starts when the message came, or was written, and is kept like the message.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openline.engine.line import Line, Untaken
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.errors import PeerError
from openline.feeds.record import Drop, Put, Record
from openline.limits import UNTAKEN_ALARMS_MAX, UNTAKEN_MAX_ENTRIES
from openline.terms import ID_BYTES, EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire import cbor
from openline.wire.claim import claim_of
from openline.wire.contact import closing_of, request_of
from openline.wire.entry import Entry
from openline.wire.hoax import question_of
from openline.wire.inquiry import inquiry_of
from openline.wire.kinds import Kind
from openline.wire.stop import head_of

TABLE: Final = "untaken"

UNTAKEN_MS: Final[Mapping[Precedence, int]] = {Precedence.FLASH: 2 * 60_000, Precedence.IMMEDIATE: 10 * 60_000}
"""How long a message may wait before people are alarmed, and how long it is between two alarms."""

_TAKES = frozenset({Kind.TAKEN, Kind.PASSED_ON})
_SEES = frozenset({Kind.SEEN, Kind.ACKNOWLEDGED, Kind.TAKEN, Kind.PASSED_ON})
_ANSWERS = {
    Kind.CALL_ANSWER: Kind.CALL_REQUEST,
    Kind.HOAX_ANSWER: Kind.HOAX_QUESTION,
    Kind.STOP_READ_BACK: Kind.STOP,
    Kind.STOP_PASSED: Kind.STOP,
    Kind.CLAIM_ANSWER: Kind.CLAIM,
    Kind.INQUIRY_ANSWER: Kind.INQUIRY,
}
STOPS: Final = frozenset({Kind.STOP, Kind.STOP_ADDED})
"""What pages as a FLASH does, and has a ladder of its own."""

_WHAT = {
    Kind.CALL_REQUEST: " call request",
    Kind.HOAX_QUESTION: " question whether this post called",
    Kind.CLAIM: " claim",
    Kind.INQUIRY: " inquiry",
}
_ENDS = frozenset({Kind.STOP_WITHDRAWN, Kind.CLAIM_WITHDRAWN, Kind.INQUIRY_JUDGED})
"""By which its author says that what it wrote waits for nothing any more."""
_VALUE_MAX_BYTES = 16 << 10


def noticed(state: State, turn: Turn, line: Line, entry: Entry, *, acted: bool) -> None:
    """An entry has come to be kept here, of whatever author; `acted` where an officer's act on it holds."""
    header = entry.header
    target = header.refers[0] if header.refers else None
    if target is not None:
        if header.kind == Kind.GIVEN_UP or (header.kind in _ENDS and acted):
            _taken_back(turn, line, target, header.author)
        elif header.kind == Kind.MESSAGE or (header.kind in _SEES and acted):
            _in_hand(state, turn, line, target, header.author, takes=header.kind not in _SEES - _TAKES)
    if acted and header.kind in _ANSWERS and target is not None:
        _in_hand(state, turn, line, target, header.author, takes=True)
    if header.kind == Kind.CALL_OUTCOME:
        _closed(state, turn, line, entry)
    if header.precedence in UNTAKEN_MS or header.kind in STOPS:
        _waits(state, turn, line, entry)


def _waits(state: State, turn: Turn, line: Line, entry: Entry) -> None:
    """What is urgent begins to wait, if it waits for anybody."""
    header = entry.header
    if header.kind in _ANSWERS.values():
        if header.author != state.me and state.me in _asked(entry) and _concerns(state, line, entry):
            _begin(state, turn, line, entry.id, entry, opens=True)
    elif header.kind == Kind.MESSAGE and _concerns(state, line, entry):
        _begin(state, turn, line, entry.id, entry, opens=header.exchange is None)
    elif header.author != state.me and _changes(state, entry) and _concerns(state, line, entry):
        _again(state, turn, line, entry)


def _changes(state: State, entry: Entry) -> bool:
    kind = entry.header.kind
    return kind == Kind.CORRECTION or (kind == Kind.STOP_ADDED and state.me in _asked(entry))


def _asked(entry: Entry) -> tuple[PostId, ...]:
    """The posts that are called, that a question, a claim or an inquiry is put to, or whom a STOP is for.

    None where it cannot be read.
    """
    try:
        match entry.header.kind:
            case Kind.STOP | Kind.STOP_ADDED:
                return head_of(entry).to
            case Kind.CALL_REQUEST:
                return tuple(called.post for called in request_of(entry).called)
            case Kind.CLAIM:
                return claim_of(entry)[0].parties
            case Kind.INQUIRY:
                return (inquiry_of(entry)[0].post,)
            case _:
                post = question_of(entry).post
    except PeerError:
        return ()
    return () if post is None else (post,)


def _closed(state: State, turn: Turn, line: Line, entry: Entry) -> None:
    """A contact has its outcome: the request of who closes it with us, or of whom we close with, waits no more."""
    try:
        closing = closing_of(entry)
    except PeerError:
        return
    author = entry.header.author
    if author != state.me and closing.post != state.me:
        return
    other = closing.post if author == state.me else author
    for message, held in list(line.untaken.items()):
        if (
            held.kind == Kind.CALL_REQUEST
            and held.author == other
            and (author == state.me or message in entry.header.refers)
        ):
            _drop(turn, line, message)


def _taken_back(turn: Turn, line: Line, target: EntryId, author: PostId) -> None:
    """Its author says that what it wrote waits for nothing any more."""
    held = line.untaken.get(target)
    if held is not None and held.author == author:
        _drop(turn, line, target)


def _concerns(state: State, line: Line, entry: Entry) -> bool:
    """What others wrote before this post was a member waits for nobody here."""
    terms = line.version(entry.header.terms)
    return entry.header.author == state.me or terms is None or state.me in terms.active()


def _begin(state: State, turn: Turn, line: Line, message: EntryId, entry: Entry, *, opens: bool) -> None:
    header = entry.header
    taken_by = tuple(sorted(post for target, post in line.taken_early if target == message))
    if header.author != state.me and state.me in taken_by:
        return
    _make_room(turn, line, header.author)
    precedence = Precedence.FLASH if header.kind in STOPS else Precedence(header.precedence)
    due = Instant(turn.at + UNTAKEN_MS[precedence])
    line.untaken[message] = Untaken(
        header.author,
        header.number,
        precedence,
        TrafficClass(header.traffic),
        opens,
        turn.at,
        due,
        0,
        taken_by,
        header.kind,
    )
    _keep(turn, line, message)


def _again(state: State, turn: Turn, line: Line, entry: Entry) -> None:
    """What somebody here has in hand is corrected: it waits again, until somebody has seen the new text."""
    target = entry.header.refers[0] if entry.header.refers else None
    if target is not None and target not in line.untaken:
        _begin(state, turn, line, target, entry, opens=False)


def _make_room(turn: Turn, line: Line, author: PostId) -> None:
    """One author's messages push out no other's; the least urgent goes first, of these the one that alarmed most."""
    held = {message: each for message, each in line.untaken.items() if each.author == author}
    if len(held) >= UNTAKEN_MAX_ENTRIES:
        least = min(held, key=lambda message: (held[message].precedence, -held[message].told, held[message].since))
        turn.note("too many urgent messages wait: no alarm rings for this one any more", least.hex())
        _drop(turn, line, least)


def _in_hand(state: State, turn: Turn, line: Line, message: EntryId, by: PostId, *, takes: bool) -> None:
    if line.unheard is not None and takes:
        line.taken_early.add((message, by))
    held = line.untaken.get(message)
    if held is None or by == held.author or (held.opens and not takes):
        return
    if held.author != state.me:
        if by == state.me:
            _drop(turn, line, message)
    elif by not in held.taken_by:
        held.taken_by = tuple(sorted((*held.taken_by, by)))
        if _missing(line, held):
            _keep(turn, line, message)
        else:
            _drop(turn, line, message)


def _missing(line: Line, held: Untaken) -> list[PostId]:
    return [post for post in line.others() if post not in held.taken_by]


def _keep(turn: Turn, line: Line, message: EntryId) -> None:
    held = line.untaken[message]
    value = [
        held.author,
        held.number,
        int(held.precedence),
        int(held.traffic),
        held.opens,
        held.since,
        held.due,
        held.told,
        list(held.taken_by),
        held.kind,
    ]
    turn.emit(Put(TABLE, line.id + message, cbor.encode(value)))


def _drop(turn: Turn, line: Line, message: EntryId) -> None:
    del line.untaken[message]
    turn.emit(Drop(TABLE, line.id + message))


def reload(record: Record, state: State) -> None:
    """What waited when the post stopped."""
    for key, value in record.objects(TABLE).items():
        line = state.lines.get(LineId(key[:ID_BYTES]))
        if line is None:
            continue
        *rest, taken_by, kind = cbor.decode(value, _VALUE_MAX_BYTES)
        author, number, precedence, traffic, opens, since, due, told = rest
        line.untaken[EntryId(key[ID_BYTES:])] = Untaken(
            PostId(author),
            number,
            Precedence(precedence),
            TrafficClass(traffic),
            opens,
            Instant(since),
            Instant(due),
            told,
            tuple(PostId(post) for post in taken_by),
            kind,
        )


def remind(state: State, turn: Turn) -> None:
    """Alarm for what has waited long enough; forget what no member is left to take."""
    for line in state.lines.values():
        for message, held in list(line.untaken.items()):
            own = held.author == state.me
            if state.me not in line.active or (own and not _missing(line, held)):
                _drop(turn, line, message)
                continue
            every = UNTAKEN_MS[held.precedence]
            if held.kind in STOPS:
                continue
            if held.told >= UNTAKEN_ALARMS_MAX or held.due > turn.at + every:
                # A clock that was set back must not silence what waits.
                held.due = min(held.due, Instant(turn.at + every))
            elif held.due <= turn.at:
                held.told += 1
                held.due = Instant(turn.at + every)
                _alarm(state, turn, line, message, held)
                _keep(turn, line, message)


def _alarm(state: State, turn: Turn, line: Line, message: EntryId, held: Untaken) -> None:
    own = held.author == state.me
    missing = _missing(line, held)
    kind = "" if held.traffic == TrafficClass.OPERATION else f"{held.traffic.name} "
    thing = "" if held.kind not in _ANSWERS.values() else _WHAT[Kind(held.kind)]
    what = f"this {kind}{held.precedence.name}{thing}" + ("" if own else f" of {state.name_of(held.author)}")
    verb = "answered" if held.kind in _ANSWERS.values() else "taken" if held.opens else "seen"
    where = f"at {_names(state, missing)}" if own else "here"
    minutes = max(1, (turn.at - held.since) // 60_000)
    after = f"{minutes} minute{'' if minutes == 1 else 's'} after it {'was written' if own else 'came'}"
    text = f"Nobody {where} has {verb} {what}, {after}."
    if own:
        text += _proved(state, line, held, missing)
    if held.told == UNTAKEN_ALARMS_MAX:
        text += " This is the last alarm about it."
    if own:
        turn.alarm(line.id, "untaken-there", text, message, held.precedence)
    else:
        turn.alarm(line.id, "untaken", text, message, held.precedence)


def _proved(state: State, line: Line, held: Untaken, missing: list[PostId]) -> str:
    """What the members who have not taken it have signed of it."""
    holding = [post for post in missing if line.claimed(post, state.me) >= held.number]
    silent = [post for post in missing if post not in holding]
    text = f" {_names(state, holding)} signed that it is delivered." if holding else ""
    return text + (f" Nothing that {_names(state, silent)} signed shows that it arrived." if silent else "")


def _names(state: State, posts: list[PostId]) -> str:
    names = [state.name_of(post) for post in posts]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
