"""Writing an entry of our own: compose, sign, keep, and let it wait on every link whose peer may read it."""

from __future__ import annotations

import msgspec

from openline.engine import second_person
from openline.engine.content import Content
from openline.engine.line import NO_SALT_KEY, Line
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.engine.untaken import noticed
from openline.errors import NotAllowed, NotReady, OpenlineError
from openline.feeds.record import KeepEntry
from openline.identity.acts import check_act, sign_act
from openline.keys.ed25519 import SigningKey
from openline.limits import BEYOND_MAX, BEYONDS_MAX, ENTRY_MAX_BYTES
from openline.terms import EntryId, Instant, Precedence, TrafficClass
from openline.wire.entry import (
    DRAFT_BYTES,
    Act,
    Entry,
    Have,
    Header,
    commitment,
    encode_header,
    entry_id,
    entry_to_be_signed,
    salts,
)
from openline.wire.kinds import QUIET, Kind


def write(
    state: State,
    turn: Turn,
    line: Line,
    kind: Kind,
    items: tuple[bytes, ...] = (),
    *,
    officer: int = 0,
    precedence: Precedence = Precedence.ROUTINE,
    traffic: TrafficClass = TrafficClass.OPERATION,
    exchange: EntryId | None = None,
    refers: tuple[EntryId, ...] = (),
) -> Entry:
    """Add an entry to our feed on a line. Raises NotReady or NotAllowed where the line cannot be written to."""
    content = Content(kind=kind, items=items, precedence=precedence, traffic=traffic, exchange=exchange, refers=refers)
    return _write(state, turn, line, content, officer, None)


def write_content(
    state: State, turn: Turn, line: Line, content: Content, *, officer: int = 0, act: Act | None = None
) -> Entry:
    """Add an entry that people asked for: with this act, or one by the key that the post holds for the officer.

    Raises NotReady, NotAllowed or TwoPersons; BadField or BadSignature for an act that is not one on this entry.
    """
    header, _ = bare(state, line, content, None if act is None else act.draft, turn.at)
    about = act or (Act(officer, b"", "", turn.at, b"") if officer else None)
    second_person.check(line, msgspec.structs.replace(header, act=about), content.items)
    return _write(state, turn, line, content, officer, act)


def _write(state: State, turn: Turn, line: Line, content: Content, officer: int, act: Act | None) -> Entry:
    check_writable(state, line)
    if sum(len(held) for held in content.items) > ENTRY_MAX_BYTES // 2:
        raise NotAllowed("That is too large for one entry: half a megabyte is the most.")
    if act is None and officer:
        draft = turn.random(DRAFT_BYTES)
        header, _ = bare(state, line, content, draft, turn.at)
        act = post_act(state, header, officer, draft, turn.at)
    elif act is not None:
        header, _ = bare(state, line, content, act.draft, turn.at)
        check_act(msgspec.structs.replace(header, act=act), state.card)
    header, salted = bare(state, line, content, None if act is None else act.draft, turn.at)
    header = msgspec.structs.replace(header, act=act)
    header = msgspec.structs.replace(header, have=take_changes(line))
    payload = encode_header(header)
    signature = state.key.sign(entry_to_be_signed(payload))
    entry = Entry(
        id=entry_id(payload), header=header, payload=payload, signature=signature, items=content.items, salts=salted
    )
    keep_own(state, turn, line, entry)
    return entry


def bare(
    state: State, line: Line, content: Content, draft: bytes | None, at: Instant
) -> tuple[Header, tuple[bytes, ...]]:
    """The header of our next entry, without an act and a have-vector, and the salts of its items."""
    feed = line.mine
    number = feed.number + 1
    salt_key = NO_SALT_KEY if line.epoch is None else line.epoch.salt
    salted = salts(salt_key, number, draft, len(content.items))
    header = Header(
        line=line.id,
        author=state.me,
        number=number,
        previous=feed.last if number > 1 else None,
        time=at,
        terms=line.terms.version,
        epoch=0 if line.epoch is None else line.epoch.number,
        kind=content.kind,
        exchange=content.exchange,
        traffic=content.traffic,
        precedence=content.precedence,
        refers=content.refers,
        commitments=tuple(commitment(salt, held) for salt, held in zip(salted, content.items, strict=True)),
    )
    return header, salted


def check_writable(state: State, line: Line) -> None:
    """Raise unless our feed may grow now."""
    if state.me not in line.active:
        raise NotAllowed("This post was removed from the line; its record can be read, not continued.")
    if line.unheard is not None:
        waiting = ", ".join(sorted(state.name_of(post) for post in line.unheard))
        raise NotReady(
            f"This post was restored and must first fetch what it wrote since from {waiting}. "
            "Wait until they are reached, or confirm a new start with `line resume`."
        )
    if line.held_back:
        raise NotReady(
            "A member says that it holds more of our feed than is here. "
            "Wait ten seconds, until it has shown that or is not believed, and try again."
        )
    if line.mine.fork is not None:
        raise NotReady("This post's own feed has two histories; name the true one with `keys branch`.")


def writable(state: State, line: Line) -> bool:
    """Whether our feed may grow now."""
    try:
        check_writable(state, line)
    except OpenlineError:
        return False
    return True


def post_act(state: State, header: Header, officer: int, draft: bytes, at: Instant) -> Act:
    """The act of an officer whose key the post holds. Raises NotAllowed."""
    key, role = post_key(state, officer)
    return sign_act(header, officer=officer, role=role, draft=draft, time=at, key=key)


def post_key(state: State, officer: int) -> tuple[SigningKey, str]:
    """The key that the post holds for an officer, and the role in which that officer signs. Raises NotAllowed."""
    held = state.card.officer(officer)
    key = state.own.officer(officer)
    if held is None or held.ended is not None or held.revoked or key is None:
        raise NotAllowed(f"Officer {officer} cannot sign here: the card ends that officer, or the key is elsewhere.")
    return key, held.roles[0] if held.roles else ""


def take_changes(line: Line) -> tuple[Have, ...]:
    """What changed in our have-vector since our last entry; signing it acknowledges it, so nothing is due then.

    A restored post says nothing of a feed before it holds again what it had signed for: a claim never shrinks.

    Whatever entry it is that acknowledges, the authors concerned get it at once: it is their receipt.
    """
    whole = [post for post in sorted(line.changed) if line.feeds[post].number >= line.mine.claims.get(post, 0)]
    most = min(BEYOND_MAX, BEYONDS_MAX // max(1, len(whole)))
    changed = tuple(line.feeds[post].have(most) for post in whole)
    line.changed.difference_update(whole)
    line.due = None
    line.eager |= line.due_to
    line.due_to.clear()
    return changed


def keep_own(state: State, turn: Turn, line: Line, entry: Entry) -> None:
    """Chain, keep and send an entry of our own."""
    eager = set(line.eager)
    line.eager.clear()
    line.mine.append(entry)
    line.mine.trees.clear()
    line.mine.shrunk.clear()
    turn.emit(KeepEntry(entry, turn.at))
    state.moved_heads[(line.id, state.me)] = None
    if entry.header.kind not in QUIET:
        line.spoken += 1
        line.spoken_at = entry.header.number
        state.moved_lines[line.id] = None
        noticed(state, turn, line, entry, acted=entry.header.act is not None)
        second_person.noticed(state, turn, line, entry)
    lazily = entry.header.kind in QUIET and entry.header.precedence < Precedence.IMMEDIATE
    for link in state.links_of(line):
        link.unsay(line.id, state.me, entry.header.number)
        if lazily and link.peer not in eager:
            if not link.lazy:
                link.lazy_at = turn.at
            link.lazy.append((line.id, entry))
        else:
            link.push(line, entry)


def acknowledge(state: State, turn: Turn) -> None:
    """Sign for everything that came in this turn and was kept: one entry for each line, at once to the authors."""
    for line in state.lines.values():
        if line.due is None or line.id in state.signing or not line.writes() or not line.mine.number:
            continue
        write(state, turn, line, Kind.ACK, precedence=line.due)
