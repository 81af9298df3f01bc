"""Exchanges with a machine of their own: what this post writes in them, what people are told of them, what is due.

The engine holds no state of an exchange (docs/decisions/0050): when entries of one came, or its hour has come, it asks
the shell for all its entries (Refold), folds them, and tells what is new. The table "due" remembers, for each exchange
that waits for something, when to look again; so nothing is forgotten by a crash between keeping and telling.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import partial
from itertools import islice
from typing import Any

from openline.engine import checks, numbering, reaching, second_person, together
from openline.engine.content import Content
from openline.engine.effects import Answer, Refold
from openline.engine.events import Refolded, Say
from openline.engine.line import Line
from openline.engine.machines import OF_KIND, Machine
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.engine.writing import check_writable, writable, write, write_content
from openline.errors import Misuse, NotAllowed, NotReady, PeerError, TooManyWords
from openline.feeds.folding import Draft, Folded, Told
from openline.feeds.record import Drop, Kept, Put, Record
from openline.limits import CROSSED_MAX, DUE_AT_ONCE_MAX, FLASH_WORDS_MAX, FOLDED_AT_ONCE_MAX
from openline.terms import EntryId, Instant, LineId, Precedence
from openline.wire import cbor
from openline.wire.entry import Act, Entry, Header
from openline.wire.kinds import Kind

NEVER = Instant(0)


def gather(record: Record, line: LineId, opening: EntryId) -> tuple[Kept, ...]:
    """All entries of an exchange, those of requests that are one with it included: what Refolded and Say hold.

    None where an entry of another kind than those that open has named no exchange, whatever its body looks like.
    """
    first = record.entry(line, opening)
    machine = None if first is None else OF_KIND.get(first.entry.header.kind)
    if first is not None and machine is not None and first.entry.header.kind not in machine.openings:
        return ()
    lacking = second_person.apart(record, line)
    heads: tuple[EntryId, ...] = (opening,)
    if first is not None and machine is not None and machine.group is not None:
        heads = machine.group(_near(record, line, machine, first), opening)
    return tuple(kept for head in heads for kept in record.exchange(line, head) if kept.entry.id not in lacking)


def _near(record: Record, line: LineId, machine: Machine, first: Kept) -> list[Kept]:
    """The openings among which those that are one exchange with the first are looked for, itself included."""
    if machine.met is None or machine.group is None:
        refers = first.entry.header.refers[:1]
        found = record.about(line, sorted(machine.openings), refers[0]) if refers else []
        return found if any(kept.entry.id == first.entry.id for kept in found) else [first]
    near, look = {first.entry.id: first}, [first]
    while look and len(near) < CROSSED_MAX:
        at = look.pop(0)
        peer = machine.met(at)
        later = at.knew.get(peer, 0) + 1 if peer is not None else 0
        others = record.opened(line, peer, at.entry.header.kind, later, CROSSED_MAX) if peer is not None else []
        tied = set(machine.group([at, *others], at.entry.id))
        fresh = [kept for kept in others if kept.entry.id in tied and kept.entry.id not in near]
        near.update({kept.entry.id: kept for kept in fresh})
        look += fresh
    return list(near.values())


def say(state: State, turn: Turn, line: Line, command: Say) -> None:
    """Write an entry of an exchange, if its machine takes it as things stand here. The answer is its id."""
    content = saying(state, turn, line, command)
    turn.emit(Answer(command.request, write_said(state, turn, line, content, officer=command.officer).id))


def saying(state: State, turn: Turn, line: Line, command: Say) -> Content:
    """What an entry of an exchange is to say. Raises the OpenlineError that forbids it."""
    check_writable(state, line)
    machine = OF_KIND.get(command.kind)
    if machine is None or (command.opening is None) != (command.kind in machine.openings):
        raise Misuse("There is no such entry of an exchange.")
    if command.traffic not in line.terms.classes:
        raise NotAllowed(f"The terms of this line do not allow {command.traffic.name} traffic.")
    if all(line.feeds[post].number == 0 for post in line.others()):
        raise NotReady("No other member has accepted this line yet. Ask them to, by another way.")
    try:
        if machine.series is not None and command.opening is None:
            command = numbering.filled(line, machine, command, _draft(state, turn, line, command).entry)
        _check_words(command)
        _check_place(state, turn, line, machine, command)
    except PeerError as error:
        raise Misuse(f"That cannot be written: {error}") from error
    return Content(
        kind=command.kind,
        items=command.items,
        precedence=command.precedence,
        traffic=command.traffic,
        exchange=command.opening,
        refers=command.refers,
    )


def write_said(
    state: State, turn: Turn, line: Line, content: Content, *, officer: int = 0, act: Act | None = None
) -> Entry:
    """Write an entry of an exchange, by an officer's key here or with this act."""
    entry = write_content(state, turn, line, content, officer=officer, act=act)
    noticed(state, turn, line, entry)
    return entry


def _check_words(command: Say) -> None:
    words = sum(_words(cbor.decode(item, len(item))) for item in command.items)
    if command.precedence >= Precedence.IMMEDIATE and words > FLASH_WORDS_MAX:
        raise TooManyWords(
            f"{words} words; {command.precedence.name} has at most {FLASH_WORDS_MAX}. "
            "Send the core now, and the rest as PRIORITY after it."
        )


def _words(value: Any) -> int:
    if isinstance(value, str):
        return len(value.split())
    if isinstance(value, dict):
        return sum(map(_words, value.values()))
    return sum(map(_words, value)) if isinstance(value, list) else 0


def _check_place(state: State, turn: Turn, line: Line, machine: Machine, command: Say) -> None:
    """What would count for nothing at the other end is not written here: the same fold decides."""
    draft = _draft(state, turn, line, command)
    machine.readers[Kind(command.kind)](draft.entry)
    folded = machine.fold((*command.exchange, draft))
    if folded is None:
        raise NotReady("The entry that opens this exchange is not here, or cannot be read.")
    why = folded.why_not(draft.entry.id) or machine.objection(folded, draft.entry.id, state.me)
    why = why or machine.forbidden(draft.entry, line.rules)
    if command.opening is None:
        why = why or machine.barred(folded.state, line.rules)
    if why is not None:
        raise NotAllowed(f"{why[:1].upper()}{why[1:]}".removesuffix(".") + ".")


def _draft(state: State, turn: Turn, line: Line, command: Say) -> Kept:
    """The entry that is to be written, before it is signed: enough to be folded."""
    identifier = EntryId(hashlib.sha256(b"draft" + b"".join(command.items)).digest())
    header = Header(
        line=line.id,
        author=state.me,
        number=line.mine.number + 1,
        previous=line.mine.last if line.mine.number else None,
        time=turn.at,
        terms=line.terms.version,
        epoch=0,
        kind=command.kind,
        exchange=command.opening,
        traffic=command.traffic,
        precedence=command.precedence,
        refers=command.refers,
        act=Act(command.officer, b"", "", turn.at, b"") if command.officer else None,
    )
    entry = Entry(id=identifier, header=header, payload=b"", signature=b"", items=command.items)
    return Kept(entry, turn.at, {post: feed.number for post, feed in line.feeds.items() if post != state.me})


# What comes, and what is due


def noticed(state: State, turn: Turn, line: Line, entry: Entry) -> None:
    """An entry of an exchange was kept: its exchange is folded at the end of the turn, or after a crash."""
    if entry.header.kind not in OF_KIND:
        return
    key = (line.id, entry.header.exchange or entry.id)
    told, _ = state.due.get(key, (NEVER, NEVER))
    _remember(state, turn, key, told, turn.at)
    try:
        numbering.came(state, turn, line, entry)
        checks.came(state, turn, line, entry)
    except PeerError as error:
        turn.note(f"{error.code}: {error}", entry.id.hex())
    state.news.setdefault(key, []).append(entry.id)


def tick(state: State, turn: Turn) -> None:
    """Exchanges whose hour has come are folded at the end of this turn; of very many, the rest at the next ticks."""
    come = (key for key, (_, at) in state.due.items() if at <= turn.at and key not in state.news)
    state.news.update({key: [] for key in list(islice(come, DUE_AT_ONCE_MAX))})


def settle(state: State, turn: Turn) -> None:
    """Answer link checks; ask for the entries of every exchange that has news, or whose hour has come."""
    checks.settle(state, turn)
    waiting: dict[tuple[LineId, EntryId], list[EntryId]] = {}
    for key, news in state.news.items():
        if state.slow.get(key, NEVER) > turn.at:
            waiting[key] = news
        else:
            turn.emit(Refold(*key, tuple(news)))
            state.folding[key] = state.folding.get(key, 0) + 1
    state.news = waiting


def refolded(state: State, turn: Turn, line: Line, event: Refolded) -> None:
    """The entries of an exchange, as the record holds them: tell what is new, and remember when to look again."""
    key = (line.id, event.opening)
    state.slow.pop(key, None)
    if state.folding.get(key, 0) > 1:
        state.folding[key] -= 1
    else:
        state.folding.pop(key, None)
    if len(event.entries) > FOLDED_AT_ONCE_MAX:
        state.slow[key] = Instant(turn.at + len(event.entries))
    told, _ = state.due.get(key, (NEVER, NEVER))
    first = next((kept for kept in event.entries if kept.entry.id == event.opening), None)
    machine = None if first is None else OF_KIND.get(first.entry.header.kind)
    folded = None if machine is None else machine.fold(event.entries)
    if machine is None or folded is None:
        _forget(state, turn, key)
        return
    news = set(event.news)
    if news:
        before = machine.fold(kept for kept in event.entries if kept.entry.id not in news)
        _tell(turn, line, machine.told(before, folded, state.me, state.name_of))
    due = machine.due(folded.state, state.me, told)
    if due is not None and due <= turn.at:
        _tell(turn, line, machine.overdue(folded.state, state.me, turn.at, state.name_of))
        told, due = turn.at, machine.due(folded.state, state.me, turn.at)
    together.look(state, turn, line, folded)
    _state_what_is_owed(state, turn, line, machine, folded)
    for kept in folded.entries:
        if kept.entry.header.exchange is None and (due is None or kept.entry.id != folded.head):
            _forget(state, turn, (line.id, kept.entry.id))
    if due is not None:
        _remember(state, turn, (line.id, folded.head), told, due)
    if machine.watches(folded.state, state.me):
        state.watched[(line.id, folded.head)] = None
    else:
        state.watched.pop((line.id, folded.head), None)


def _state_what_is_owed(state: State, turn: Turn, line: Line, machine: Machine, folded: Folded[Any]) -> None:
    """Write what this post states by itself, unless it has written more here than this fold knows: then it comes again.

    A fold may be older than what was written since it was asked for; nothing is stated twice.
    """
    key = (line.id, folded.head)
    newest = max(
        (each.entry.header.number for each in folded.entries if each.entry.header.author == state.me), default=0
    )
    if newest < state.stated.get(key, 0) or not writable(state, line):
        return
    owed = machine.owed(folded.state, state.me, partial(reaching.facts, state, line), state.name_of)
    for draft in (*owed, *together.owed(state, line, folded), *_refusals(state, line, machine, folded)):
        entry = write(
            state,
            turn,
            line,
            Kind(draft.kind),
            draft.items,
            precedence=draft.precedence,
            traffic=folded.state.traffic,
            exchange=draft.opening,
            refers=draft.refers,
        )
        state.stated[key] = entry.header.number
        if draft.kind == Kind.TOGETHER_REVEALED:
            together.forget(state, turn, line.id, folded.head)
        noticed(state, turn, line, entry)


def _refusals(state: State, line: Line, machine: Machine, folded: Folded[Any]) -> tuple[Draft, ...]:
    """What this post refuses because the rules do not allow it, by the terms under which it was opened."""
    opening = next(kept.entry for kept in folded.entries if kept.entry.id == folded.head)
    terms = line.version(opening.header.terms)
    if terms is None or state.me not in terms.active():
        return ()
    why = machine.barred(folded.state, line.rules_of(terms))
    draft = None if why is None else machine.refusal(folded.state, state.me, why)
    return () if draft is None else (draft,)


def _tell(turn: Turn, line: Line, news: Iterable[Told]) -> None:
    for each in news:
        feed = None if each.rests_on is None else line.feeds.get(each.rests_on)
        if feed is None or (feed.fork is None and feed.branch is None):
            turn.alarm(line.id, each.code, each.text, each.about, each.precedence)


def _remember(state: State, turn: Turn, key: tuple[LineId, EntryId], told: Instant, at: Instant) -> None:
    if state.due.get(key) != (told, at):
        state.due[key] = (told, at)
        turn.emit(Put("due", key[0] + key[1], cbor.encode([told, at])))


def _forget(state: State, turn: Turn, key: tuple[LineId, EntryId]) -> None:
    if state.due.pop(key, None) is not None:
        turn.emit(Drop("due", key[0] + key[1]))
