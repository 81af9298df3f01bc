"""Did you call us? A question to one post, the answers of its officers; and reports of hoax calls (spec/hoax.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import NoPlace
from openline.feeds import folding
from openline.feeds.folding import Folded, Told
from openline.feeds.record import Kept
from openline.terms import Instant, PostId, Precedence
from openline.wire.entry import Entry
from openline.wire.hoax import Answer, Claim, Verdict, answer_of, question_of, report_of
from openline.wire.kinds import Kind

OPENINGS: Final = frozenset({Kind.HOAX_QUESTION, Kind.HOAX_REPORT})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.HOAX_QUESTION: question_of,
    Kind.HOAX_ANSWER: answer_of,
    Kind.HOAX_REPORT: report_of,
}

WAITS_MS: Final[Mapping[int, int]] = {
    Precedence.FLASH: 2 * 60_000,
    Precedence.IMMEDIATE: 10 * 60_000,
    Precedence.PRIORITY: 60 * 60_000,
    Precedence.ROUTINE: 3 * 3_600_000,
}
"""How long a question may wait for its answer before both sides are told, and again each time as long."""

TIMES: Final = 5
"""How often that is told."""


class Answered(msgspec.Struct, frozen=True):
    """One answer, and the entry that holds it."""

    entry: Entry
    answer: Answer


class State(msgspec.Struct, frozen=True):
    """A question or a report: the call as it seemed, and what the post that was asked has said of it."""

    opening: Kept
    claim: Claim
    answers: tuple[Answered, ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether it asks, or tells."""
        return self.opening.entry.header.kind == Kind.HOAX_QUESTION

    @property
    def standing(self) -> Answered | None:
        """The newest answer: an officer may find out more."""
        return self.answers[-1] if self.answers else None


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The question or report that these entries make."""
    return folding.fold(entries, begin, step)


def begin(kept: Kept) -> State:
    """The state after the opening entry. Raises NoPlace where no officer signed it."""
    header = kept.entry.header
    if header.act is None:
        raise NoPlace("no officer signed it")
    return State(kept, question_of(kept.entry) if header.kind == Kind.HOAX_QUESTION else report_of(kept.entry))


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.kind != Kind.HOAX_ANSWER or not state.is_question:
        raise NoPlace("its kind has no place here")
    if header.refers != (state.opening.entry.id,):
        raise NoPlace("it does not refer to the question")
    if header.traffic != state.opening.entry.header.traffic:
        raise NoPlace("its traffic class is not that of the question")
    if header.author != state.claim.post:
        raise NoPlace("only the post that was asked answers")
    if header.act is None:
        raise NoPlace("no officer signed it")
    return msgspec.structs.replace(state, answers=(*state.answers, Answered(kept.entry, answer_of(kept.entry))))


# What people are told


def told(
    before: Folded[State] | None, after: Folded[State], me: PostId, name_of: Callable[[PostId], str]
) -> tuple[Told, ...]:
    """What is new for the people at post `me`: the post asked, the one that asks, and all others of a report."""
    state, header = after.state, after.state.opening.entry.header
    level = Precedence(header.precedence)
    if before is None and header.author != me:
        name = name_of(header.author)
        if not state.is_question:
            whose = "" if state.claim.post is None else f" for {name_of(state.claim.post)}"
            text = f"{name} reports a hoax call in which somebody spoke{whose}: {_words(state.claim)}."
            return (Told("hoax-reported", text, after.head, level),)
        if state.claim.post == me:
            text = f"{name} asks whether this post called: {_words(state.claim)}. Answer yes or no."
            return (Told("did-you-call", text, after.head, level),)
    known = () if before is None else before.state.answers
    if header.author != me or len(state.answers) <= len(known):
        return ()
    said = state.answers[-1]
    officer = name_of(said.entry.header.author)
    text = f"{officer} answers: {_VERDICTS[said.answer.verdict]} ({_words(state.claim)})."
    return (Told("did-you-answered", text, said.entry.id, level),)


_VERDICTS: Final[Mapping[Verdict, str]] = {
    Verdict.YES: "YES, the call was theirs",
    Verdict.NO: "NO, the call was not theirs",
    Verdict.UNKNOWN: "it is not known there whether the call was theirs",
}


def _words(claim: Claim) -> str:
    person = " of ".join(each for each in (claim.name, claim.office) if each)
    shown = f"showing {claim.shown}" if claim.shown else ""
    return ", ".join(each for each in (person, f"by {claim.channel}", shown) if each)


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When a question that nobody has answered is told again, later than `after`."""
    if not state.is_question or state.answers or me not in (state.claim.post, state.opening.entry.header.author):
        return None
    if state.claim.post == me and state.opening.entry.header.precedence >= Precedence.IMMEDIATE:
        return None  # here it alarms and pages as untaken
    every = WAITS_MS[state.opening.entry.header.precedence]
    times = (Instant(state.opening.at + every * count) for count in range(1, TIMES + 1))
    return next((at for at in times if at > after), None)


def overdue(state: State, me: PostId, at: Instant, name_of: Callable[[PostId], str]) -> tuple[Told, ...]:
    """What people are told when that time has come."""
    if state.answers or state.claim.post is None:
        return ()
    header = state.opening.entry.header
    minutes = (at - state.opening.at) // 60_000
    asked = name_of(state.claim.post)
    who, whom = ("here", name_of(header.author)) if state.claim.post == me else (f"at {asked}", "us")
    text = f"Nobody {who} has answered {whom} for {minutes} minutes: {_words(state.claim)}."
    return (Told("did-you-waits", text, state.opening.entry.id, Precedence(header.precedence)),)
