"""What people are told of an incident: what is new, and what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from openline.exchanges.incident.state import State
from openline.feeds.folding import Folded, Told
from openline.feeds.record import Kept
from openline.terms import Instant, PostId, Precedence
from openline.wire import incident as wire
from openline.wire.incident import Stance, Word
from openline.wire.kinds import Kind

NameOf = Callable[[PostId], str]

ANSWER_MS: Final = 30 * 60_000
"""How long after it was asked a post that has not answered is reminded: the handling goal of IMMEDIATE."""

STANCES: Final = {
    Stance.CONCURS: "concurs with",
    Stance.NO_CONTRADICTION: "has seen nothing that contradicts",
    Stance.DISPUTES: "disputes",
    Stance.NO_POSITION: "takes no position on",
}


def told(before: Folded[State] | None, after: Folded[State], me: PostId, name_of: NameOf) -> tuple[Told, ...]:
    """What is new for the people at post `me`: any member of the line may have a say in an incident."""
    known = set() if before is None else {kept.entry.id for kept in before.entries}
    known |= {each.entry for each in after.ignored}
    news = [kept for kept in after.entries if kept.entry.id not in known and kept.entry.header.author != me]
    return tuple(each for kept in news if (each := _new(after.state, kept, me, name_of)) is not None)


def _new(state: State, kept: Kept, me: PostId, name_of: NameOf) -> Told | None:
    header, entry = kept.entry.header, kept.entry.id
    level, name, what = Precedence(header.precedence), name_of(header.author), f"the incident {_called(state)}"
    match header.kind:
        case Kind.INCIDENT:
            return Told("incident-opened", f"{name} opened {what}.", entry, level)
        case Kind.INCIDENT_ASSESSED:
            verb = "revised its assessment of" if len(header.refers) > 1 else "made an assessment of"
            return Told("incident-assessed", f"{name} {verb} {what}.", entry, level)
        case Kind.INCIDENT_STANCE:
            held = state.assessment(header.refers[1])
            whose = "an assessment" if held is None else f"the assessment of {name_of(held.author)}"
            stance = STANCES[wire.stance_of(kept.entry)[0]]
            return Told("incident-stance", f"{name} {stance} {whose} of {what}.", entry, level)
        case Kind.INCIDENT_INVESTIGATED:
            partners = wire.joint_of(kept.entry)[0]
            verb = "asks this post to investigate" if me in partners else "investigates"
            return Told("incident-investigation", f"{name} {verb} {what}.", entry, level)
        case Kind.INCIDENT_QUIET:
            asked = me in wire.quiet_of(kept.entry)[0].asked
            whom = "this post" if asked else "others"
            return Told("incident-quiet", f"{name} asks {whom} not to comment on {what} for a while.", entry, level)
        case Kind.INCIDENT_SOURCE:
            return Told("incident-changed", f"{name} named a source on {what}.", entry, Precedence.ROUTINE)
        case Kind.INCIDENT_CORRECTION:
            text = f"{name} proposes another title, place or time of {what}."
            return Told("incident-changed", text, entry, level)
        case _:
            return _word(state, kept, name, what)


def _word(state: State, kept: Kept, name: str, what: str) -> Told:
    word, refers, entry = wire.word_of(kept.entry)[0], kept.entry.header.refers, kept.entry.id
    level = Precedence(kept.entry.header.precedence)
    if word in (Word.CLOSED, Word.REOPENED):
        return Told("incident-changed", f"{name} {word.name.lower()} {what}.", entry, level)
    if word == Word.SAME:
        return Told("incident-changed", f"{name} says that {what} is the same as another one.", entry, level)
    verb = "withdrew" if word == Word.WITHDRAWN else word.name.lower()
    if state.assessment(refers[1]) is not None:
        return Told("incident-assessed", f"{name} {verb} its assessment of {what}.", entry, level)
    if any(each.id == refers[1] for each in state.investigations):
        return Told("incident-investigation", f"{name} {verb} an investigation of {what}.", entry, level)
    if any(each.id == refers[1] for each in state.quiets):
        return Told("incident-quiet", f"{name} {verb} a request not to comment on {what}.", entry, level)
    return Told("incident-changed", f"{name} {verb} a correction or a tie of {what}.", entry, level)


def _called(state: State) -> str:
    return state.id.hex()[:12] if state.description is None else f'"{state.title}"'


# What is due


class Deadline(NamedTuple):
    """When something is due: an answer of this post, as long as it `waits`, or the end of a request not to comment."""

    at: Instant
    told: Told
    waits: bool


def deadlines(state: State, me: PostId, name_of: NameOf) -> Iterator[Deadline]:
    """What will be due at post `me`, or was; nothing more of an incident that is closed but the end of a silence."""
    what, level = f"the incident {_called(state)}", Precedence.PRIORITY
    for each in (*state.investigations, *state.quiets):
        signed, until = each.kept.entry.header.time, None if each.quiet is None else each.quiet.until
        at = Instant(signed + ANSWER_MS if until is None else min(until, signed + ANSWER_MS))
        if state.open and me in each.waits_for:
            verb = "to investigate" if until is None else "not to comment on"
            text = f"{name_of(each.author)} asked this post {verb} {what}, and has no answer."
            yield Deadline(at, Told("incident-waits", text, each.id, level), waits=True)
        if until is not None and not each.over and me in (each.author, *each.accepted):
            text = f"The time in which this post was not to comment on {what} is over."
            yield Deadline(until, Told("incident-quiet-over", text, each.id, level), waits=False)


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When time alone makes something due at post `me`, later than `after`."""
    return min((each.at for each in deadlines(state, me, lambda post: "") if each.at > after), default=None)


def overdue(state: State, me: PostId, at: Instant, name_of: NameOf) -> tuple[Told, ...]:
    """What people are told when that time has come, and what this post has not answered yet."""
    past = [each for each in deadlines(state, me, name_of) if each.at <= at]
    newest = max((each.at for each in past), default=at)
    return tuple(each.told for each in past if each.waits or each.at == newest)
