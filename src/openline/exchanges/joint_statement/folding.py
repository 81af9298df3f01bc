"""How the entries of a joint statement become its state, in canonical order (spec/joint-statement.md, The fold)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import BadField, NoPlace
from openline.exchanges.joint_statement.state import Approved, Closed, Edit, Line, Proposal, State, Status, Word
from openline.feeds import folding
from openline.feeds.folding import Folded
from openline.feeds.order import precedes
from openline.feeds.record import Kept
from openline.limits import JOINT_LINES_MAX, JOINT_PROPOSALS_MAX
from openline.terms import EntryId, PostId
from openline.wire.entry import Entry
from openline.wire.joint_statement import (
    Change,
    LineChange,
    Outcome,
    Stance,
    approval_of,
    change_of,
    closing_of,
    opening_of,
    verdict_of,
)
from openline.wire.kinds import Kind

OPENINGS: Final = frozenset({Kind.JOINT_STATEMENT})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.JOINT_STATEMENT: opening_of,
    Kind.JOINT_CHANGE: change_of,
    Kind.JOINT_WORD: verdict_of,
    Kind.JOINT_APPROVAL: approval_of,
    Kind.JOINT_CLOSED: closing_of,
}


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The statement that these entries make."""
    return folding.fold(entries, begin, step)


def begin(kept: Kept) -> State:
    """The state after the entry that opens it. Raises BadField for one that opens none."""
    header = kept.entry.header
    if header.kind != Kind.JOINT_STATEMENT or header.exchange is not None or header.act is None:
        raise BadField("An officer opens a joint statement.")
    opening, words = opening_of(kept.entry)
    return State(kept.entry.id, header.author, opening, words, header.traffic, header.refers, newest=header.time)


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.traffic != state.traffic:
        raise NoPlace("its traffic class is not that of the statement")
    if header.author not in state.parties:
        raise NoPlace("its author is no party of the statement")
    if header.act is None:
        raise NoPlace("no officer signed it")
    if header.refers[:1] != (state.id,):
        raise NoPlace("it does not refer to the statement")
    match header.kind:
        case Kind.JOINT_CHANGE:
            state = _change(_still_open(state), kept)
        case Kind.JOINT_WORD:
            state = _word(_still_open(state), kept)
        case Kind.JOINT_APPROVAL:
            state = _approve(state, kept)
        case Kind.JOINT_CLOSED:
            state = _close(_still_open(state), kept)
        case _:
            raise NoPlace("its kind has no place in a joint statement")
    return msgspec.structs.replace(state, newest=max(state.newest, header.time))


def _still_open(state: State) -> State:
    if state.closed is not None:
        raise NoPlace("the statement is released" if state.closed.released else "the statement is withdrawn")
    return state


def _change(state: State, kept: Kept) -> State:
    (change, words), header = change_of(kept.entry), kept.entry.header
    if not {each.language for each in change.texts} <= set(state.opening.languages):
        raise NoPlace("the statement is not in that language")
    line = header.refers[1] if len(header.refers) > 1 else None
    held = None if line is None else state.line(line)
    if held is None and (change.change != Change.ADD or line not in (None, state.id)):
        raise NoPlace("it names no line of the statement")
    if change.revision > state.revision:
        raise NoPlace("it names a version that the text does not have")
    before = {} if held is None or change.change == Change.ADD else _before(held, change)
    proposal = Proposal(kept, change, line, before, words)
    if header.author == state.drafter:
        if change.revision != state.revision:
            raise NoPlace("the text has changed since the version that it was made on")
        return _apply(state, proposal, None)
    waiting = [each for each in state.proposals if each.author == header.author and each.status == Status.OPEN]
    if len(waiting) >= JOINT_PROPOSALS_MAX:
        raise NoPlace(f"{JOINT_PROPOSALS_MAX} changes that its author proposed wait for the drafter's word")
    return msgspec.structs.replace(state, proposals=(*state.proposals, proposal))


def _before(line: Line, change: LineChange) -> dict[str, str]:
    if change.change == Change.STRIKE:
        return line.texts
    return {each.language: line.texts[each.language] for each in change.texts if each.language in line.texts}


def _apply(state: State, proposal: Proposal, accepted: Kept | None) -> State:
    """The text with a change in it. Raises NoPlace where the line is not as it was when the change was made."""
    change, revision, entry = proposal.change, state.revision + 1, proposal.kept.entry.id
    texts = {each.language: each.text for each in change.texts}
    lines = list(state.lines)
    if change.change == Change.ADD:
        if len(lines) >= JOINT_LINES_MAX:
            raise NoPlace(f"a statement has at most {JOINT_LINES_MAX} lines")
        line, before = Line(entry, texts, dict.fromkeys(texts, revision)), {}
        lines.insert(_after(state, proposal.line), line)
    else:
        at, held = next((at, each) for at, each in enumerate(lines) if each.id == proposal.line)
        touched = (
            held.changed if change.change == Change.STRIKE else {each: held.changed.get(each, 0) for each in texts}
        )
        if held.struck or max(touched.values()) > change.revision:
            raise NoPlace("that line has changed since: propose it on the text as it stands")
        before = _before(held, change)
        if change.change == Change.STRIKE:
            line = msgspec.structs.replace(held, struck=revision)
        else:
            changed = {**held.changed, **dict.fromkeys(texts, revision)}
            line = msgspec.structs.replace(held, texts={**held.texts, **texts}, changed=changed)
        lines[at] = line
    edit = Edit(revision, proposal.kept, accepted, line.id, change.change, before, texts, proposal.words)
    return msgspec.structs.replace(state, lines=tuple(lines), revision=revision, edits=(*state.edits, edit))


def _after(state: State, line: EntryId | None) -> int:
    """Where a line goes: at the end, at the beginning where it names the statement itself, or after another."""
    if line is None:
        return len(state.lines)
    return next((at + 1 for at, each in enumerate(state.lines) if each.id == line), 0)


def _word(state: State, kept: Kept) -> State:
    (verdict, words), header = verdict_of(kept.entry), kept.entry.header
    proposal = state.proposal(header.refers[1]) if len(header.refers) > 1 else None
    if proposal is None:
        raise NoPlace("it names no change that was proposed")
    if proposal.status != Status.OPEN:
        raise NoPlace(f"that change is {proposal.status.value} already")
    own = header.author == proposal.author
    if own and verdict.stance == Stance.ACCEPTS:
        raise NoPlace("who proposed a change does not accept it")
    status: Status = proposal.status
    if own:
        status = Status.TAKEN_BACK
    elif header.author == state.drafter and verdict.stance == Stance.ACCEPTS:
        state, status = _apply(state, proposal, kept), Status.ACCEPTED
    elif header.author == state.drafter:
        status = Status.REJECTED
    said = (*proposal.said, Word(kept, verdict.stance, words))
    settled = msgspec.structs.replace(proposal, said=said, status=status)
    proposals = tuple(settled if each is proposal else each for each in state.proposals)
    return msgspec.structs.replace(state, proposals=proposals)


def _approve(state: State, kept: Kept) -> State:
    (approval, _), header = approval_of(kept.entry), kept.entry.header
    closed = state.closed
    if closed is not None and not closed.released:
        raise NoPlace("the statement is withdrawn")
    own = [each for each in state.approvals if each.party == header.author and each.digest == approval.digest]
    standing = [each for each in own if each.back is None]
    if approval.taken_back:
        if not standing:
            raise NoPlace("there is no approval to take back")
        if closed is not None and precedes(closed.kept, kept):
            raise NoPlace("the statement is released, and what was signed stands")
        approvals = tuple(
            msgspec.structs.replace(each, back=kept) if each in standing else each for each in state.approvals
        )
        return msgspec.structs.replace(state, approvals=approvals)
    officer = header.act.officer if header.act is not None else 0
    if any(each.officer == officer for each in standing):
        raise NoPlace("this officer has approved that version already")
    if approval.digest == state.digest() and not state.complete:
        raise NoPlace("a line lacks a language")
    if closed is not None and approval.digest != state.digest():
        raise NoPlace("another version is released")
    return msgspec.structs.replace(state, approvals=(*state.approvals, Approved(kept, approval.digest, officer)))


def _close(state: State, kept: Kept) -> State:
    (closing, words), header = closing_of(kept.entry), kept.entry.header
    if header.author != state.drafter:
        raise NoPlace("only the drafter releases or withdraws the statement")
    if closing.outcome == Outcome.RELEASED:
        if closing.digest != state.digest():
            raise NoPlace("it releases another version than the text as it stands")
        if header.time < state.opening.not_before:
            raise NoPlace("its time is before the time of release")
        if len(state.approved(kept)) < state.needed:
            raise NoPlace("too few parties have approved this version")
    return msgspec.structs.replace(state, closed=Closed(kept, closing, words))


def objection(folded: Folded[State], entry: EntryId, me: PostId) -> str | None:
    """Why post `me` should not approve, though the fold takes it: nobody approves what was not read."""
    made = next((each for each in folded.state.approvals if each.kept.entry.id == entry), None)
    if made is not None and made.digest != folded.state.digest():
        return "The text has changed since that version: read it again, and approve what it says now."
    return None
