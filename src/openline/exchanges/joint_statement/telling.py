"""What people are told of a joint statement, and when (docs/guides/alarms.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from openline.exchanges.joint_statement.state import State, Status
from openline.feeds.folding import Folded, Told
from openline.feeds.record import Kept
from openline.terms import Instant, PostId, Precedence
from openline.wire.kinds import Kind
from openline.wire.rules import Rules

REMIND_MS: Final = 24 * 3_600_000
"""How long after its last entry a party that has not approved a complete text is reminded of it."""

NameOf = Callable[[PostId], str]


def barred(state: State, rules: Rules) -> str | None:
    """Why the rules of the line do not allow a statement: they may ask for two persons."""
    if state.opening.one_person and Kind.JOINT_APPROVAL in rules.two_persons:
        return "The rules of the line ask for two persons who approve: leave out --one-person."
    return None


def told(before: Folded[State] | None, after: Folded[State], me: PostId, name_of: NameOf) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    state = after.state
    if me not in state.parties:
        return ()
    known = {kept.entry.id for kept in before.entries} if before is not None else set()
    news = [kept for kept in after.entries if kept.entry.id not in known and after.why_not(kept.entry.id) is None]
    said = [each for kept in news if kept.entry.header.author != me for each in _told(state, kept, name_of)]
    return (*said, *_void(before, state, me), *_newly(before, after, me))


def _told(state: State, kept: Kept, name_of: NameOf) -> list[Told]:
    """What another party's entry says."""
    header, name = kept.entry.header, name_of(kept.entry.header.author)
    match header.kind:
        case Kind.JOINT_STATEMENT:
            text = f"{name} drafts a joint statement, and this post is a party to it."
            return [Told("statement-drafted", text, kept.entry.id, Precedence.PRIORITY)]
        case Kind.JOINT_CHANGE:
            what = "changed" if header.author == state.drafter else "proposes a change of"
            return [Told("statement-changed", f"{name} {what} a joint statement.", kept.entry.id, Precedence.PRIORITY)]
        case Kind.JOINT_WORD:
            text = f"{name} spoke on a change that was proposed to a joint statement."
            return [Told("statement-changed", text, kept.entry.id, Precedence.PRIORITY)]
        case Kind.JOINT_APPROVAL:
            if any(each.back is not None and each.back.entry.id == kept.entry.id for each in state.approvals):
                crossed = " It crossed the release." if state.closed is not None else ""
                text = f"{name} took back its approval of a joint statement.{crossed}"
                return [Told("statement-taken-back", text, kept.entry.id)]
            text = f"An officer of {name} approved a joint statement."
            return [Told("statement-approved", text, kept.entry.id, Precedence.PRIORITY)]
        case _:
            return []


def _void(before: Folded[State] | None, state: State, me: PostId) -> tuple[Told, ...]:
    """That a change of the text took this post's approval from it."""
    if before is None or not before.state.signers(me) or before.state.digest() == state.digest():
        return ()
    text = "The text of a joint statement has changed: what this post approved counts no more. Read it again."
    return (Told("statement-void", text, state.edits[-1].kept.entry.id if state.edits else state.id),)


def _newly(before: Folded[State] | None, after: Folded[State], me: PostId) -> tuple[Told, ...]:
    """That enough have approved, and that it is out or withdrawn."""
    state, then = after.state, None if before is None else before.state
    if state.closed is not None and (then is None or then.closed is None):
        if state.closed.released:
            return (Told("statement-released", "A joint statement is released.", state.closed.kept.entry.id),)
        return (Told("statement-withdrawn", "A joint statement is withdrawn.", state.closed.kept.entry.id),)
    if me == state.drafter and state.ready and (then is None or not then.ready):
        text = "Enough parties have approved a joint statement: it waits for its release."
        return (Told("statement-ready", text, after.head),)
    return ()


def _hours(state: State, me: PostId) -> list[tuple[Instant, Told]]:
    """What becomes due for post `me`, and when."""
    if state.closed is not None or me not in state.parties:
        return []
    if me == state.drafter and state.ready:
        text = "The time of release of a joint statement has come, and enough parties have approved it."
        return [(state.opening.not_before, Told("statement-due", text, state.id))] if state.opening.not_before else []
    if state.complete and me not in state.approved():
        text = "A joint statement waits for this post: approve it, or propose a change."
        return [(Instant(state.newest + REMIND_MS), Told("statement-waits", text, state.id, Precedence.PRIORITY))]
    if me == state.drafter and any(each.status == Status.OPEN for each in state.proposals):
        text = "A change proposed to a joint statement waits for the drafter: accept it or reject it."
        return [(Instant(state.newest + REMIND_MS), Told("statement-waits", text, state.id, Precedence.PRIORITY))]
    return []


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When the people at post `me` are told next."""
    return min((at for at, _ in _hours(state, me) if at > after), default=None)


def overdue(state: State, me: PostId, at: Instant, name_of: NameOf) -> tuple[Told, ...]:
    """What they are told then."""
    return tuple(said for hour, said in _hours(state, me) if hour <= at)
