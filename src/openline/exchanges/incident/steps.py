"""The steps of an incident: which entry is taken in which state, and what it makes of it (spec/incident.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

import msgspec

from openline.errors import BadField, NoPlace
from openline.exchanges.incident.state import (
    Asked,
    Assessment,
    Correction,
    Named,
    Said,
    Spoken,
    State,
    Stood,
    Tie,
    Version,
)
from openline.feeds import folding
from openline.feeds.folding import Folded
from openline.feeds.order import precedes
from openline.feeds.record import Kept
from openline.limits import INCIDENT_OPEN_MAX, INCIDENT_STANDING_MAX
from openline.terms import EntryId
from openline.wire import incident as wire
from openline.wire.entry import Entry
from openline.wire.incident import Word
from openline.wire.kinds import Kind

OPENINGS: Final = frozenset({Kind.INCIDENT})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.INCIDENT: wire.opened_of,
    Kind.INCIDENT_ASSESSED: wire.assessed_of,
    Kind.INCIDENT_STANCE: wire.stance_of,
    Kind.INCIDENT_SOURCE: wire.sources_of,
    Kind.INCIDENT_INVESTIGATED: wire.joint_of,
    Kind.INCIDENT_QUIET: wire.quiet_of,
    Kind.INCIDENT_CORRECTION: wire.correction_of,
    Kind.INCIDENT_WORD: wire.word_of,
}

Part = TypeVar("Part", Assessment, Asked, Correction, Tie)
Own = TypeVar("Own", bound=Said)


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The incident that these entries make."""
    return folding.fold(entries, begin, step)


def begin(kept: Kept) -> State:
    """The state after the entry that opens it. Raises BadField for one that opens none."""
    if kept.entry.header.refers or kept.entry.header.act is None:
        raise BadField("An incident refers to nothing, and an officer signs it.")
    when, description, sources = wire.opened_of(kept.entry)
    return State(opening=kept, when=when, description=description, sources=sources, joined=(kept,))


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.traffic != state.traffic:
        raise NoPlace("its traffic class is not that of the incident")
    if header.act is None:
        raise NoPlace("no officer signed it")
    if header.refers[:1] != (state.id,):
        raise NoPlace("it does not refer to the incident")
    take = _STEPS.get(header.kind)
    if take is None:
        raise NoPlace("its kind has no place in an incident")
    state = take(state, kept)
    if header.author in state.parties:
        return state
    return msgspec.structs.replace(state, joined=(*state.joined, kept))


def _target(kept: Kept) -> EntryId:
    if len(kept.entry.header.refers) != 2:
        raise NoPlace("it does not name the one entry that it speaks of")
    return kept.entry.header.refers[1]


def _alone(kept: Kept) -> None:
    if len(kept.entry.header.refers) != 1:
        raise NoPlace("it refers to more than the incident")


def _swapped(parts: tuple[Part, ...], old: Part, new: Part) -> tuple[Part, ...]:
    return tuple(new if each is old else each for each in parts)


def _added(parts: tuple[Own, ...], new: Own) -> tuple[Own, ...]:
    if sum(each.author == new.author for each in parts) >= INCIDENT_OPEN_MAX:
        raise NoPlace(f"its author has {INCIDENT_OPEN_MAX} of these in this incident already")
    return (*parts, new)


def _assess(state: State, kept: Kept) -> State:
    version = Version(kept, *wire.assessed_of(kept.entry))
    if len(kept.entry.header.refers) == 1:
        own = [each for each in state.assessments if each.author == version.author and each.withdrawn is None]
        if len(own) >= INCIDENT_STANDING_MAX:
            raise NoPlace(f"its author has {INCIDENT_STANDING_MAX} assessments that stand: it withdraws one first")
        return msgspec.structs.replace(state, assessments=(*state.assessments, Assessment((version,))))
    before = state.assessment(_target(kept))
    if before is None or before.author != version.author:
        raise NoPlace("only its author revises an assessment; others take a stance, or make their own")
    if before.withdrawn is not None:
        raise NoPlace("the assessment is withdrawn: it is made anew")
    after = msgspec.structs.replace(before, versions=(*before.versions, version))
    return msgspec.structs.replace(state, assessments=_swapped(state.assessments, before, after))


def _stand(state: State, kept: Kept) -> State:
    before = state.assessment(_target(kept))
    if before is None:
        raise NoPlace("it names no assessment of this incident")
    stood = Stood(kept, _target(kept), *wire.stance_of(kept.entry))
    if before.author == stood.author:
        raise NoPlace("who made an assessment revises it, and takes no stance on it")
    after = msgspec.structs.replace(before, stances=(*before.stances, stood))
    return msgspec.structs.replace(state, assessments=_swapped(state.assessments, before, after))


def _name(state: State, kept: Kept) -> State:
    _alone(kept)
    named = Named(kept, wire.sources_of(kept.entry).sources)
    return msgspec.structs.replace(state, named=_added(state.named, named))


def _investigate(state: State, kept: Kept) -> State:
    _alone(kept)
    asked = Asked(kept, *wire.joint_of(kept.entry))
    return msgspec.structs.replace(state, investigations=_added(state.investigations, asked))


def _hush(state: State, kept: Kept) -> State:
    _alone(kept)
    quiet, words = wire.quiet_of(kept.entry)
    return msgspec.structs.replace(state, quiets=_added(state.quiets, Asked(kept, quiet.asked, words, quiet)))


def _correct(state: State, kept: Kept) -> State:
    """It needs the word of every other party whose first entry its author had, or that it followed."""
    _alone(kept)
    when, description = wire.correction_of(kept.entry)
    author = kept.entry.header.author
    had = [first.entry.header.author for first in state.joined if precedes(first, kept)]
    correction = Correction(kept, when, description, tuple(each for each in had if each != author))
    state = msgspec.structs.replace(state, corrections=_added(state.corrections, correction))
    return _settled(state, correction)


def _settled(state: State, correction: Correction) -> State:
    """The correction takes effect once all who have to accept it do."""
    if not correction.agreed or correction.taken or correction.withdrawn is not None:
        return state
    taken = msgspec.structs.replace(correction, taken=True)
    return msgspec.structs.replace(
        state,
        when=taken.when,
        description=taken.description,
        corrections=_swapped(state.corrections, correction, taken),
    )


# Words on the incident, and on what is in it


def _word(state: State, kept: Kept) -> State:
    spoken = Spoken(kept, *wire.word_of(kept.entry))
    match spoken.word:
        case Word.CLOSED:
            _alone(kept)
            if spoken.author != state.author:
                raise NoPlace("only who opened an incident closes it")
            if not state.open:
                raise NoPlace("the incident is closed already")
            return msgspec.structs.replace(state, ends=(*state.ends, spoken))
        case Word.REOPENED:
            _alone(kept)
            if state.open:
                raise NoPlace("the incident is open")
            return msgspec.structs.replace(state, ends=(*state.ends, spoken))
        case Word.SAME:
            if _target(kept) == state.id:
                raise NoPlace("an incident is not said to be the same as itself")
            tie = Tie(kept, _target(kept), spoken.words)
            return msgspec.structs.replace(state, ties=_added(state.ties, tie))
        case Word.WITHDRAWN:
            return _withdraw(state, spoken, _target(kept))
        case Word.FINISHED:
            return _finish(state, spoken, _target(kept))
        case _:
            return _answer(state, spoken, _target(kept))


def _withdraw(state: State, spoken: Spoken, target: EntryId) -> State:
    assessment = state.assessment(target)
    if assessment is not None:
        after = _withdrawn(assessment, spoken)
        return msgspec.structs.replace(state, assessments=_swapped(state.assessments, assessment, after))
    for name in ("investigations", "quiets", "corrections", "ties"):
        parts = getattr(state, name)
        held = _find(parts, target)
        if held is not None:
            if getattr(held, "taken", False) or getattr(held, "finished", None) is not None:
                raise NoPlace("it has taken effect, or is finished")
            return msgspec.structs.replace(state, **{name: _swapped(parts, held, _withdrawn(held, spoken))})
    raise NoPlace("it names nothing that can be withdrawn")


def _withdrawn(part: Part, spoken: Spoken) -> Part:
    if part.author != spoken.author:
        raise NoPlace("only its author withdraws it")
    if part.withdrawn is not None:
        raise NoPlace("it is withdrawn already")
    return msgspec.structs.replace(part, withdrawn=spoken)


def _finish(state: State, spoken: Spoken, target: EntryId) -> State:
    held = _find(state.investigations, target)
    if held is None or spoken.author not in (held.author, *held.accepted):
        raise NoPlace("only who takes part in an investigation says that it is finished")
    if held.over:
        raise NoPlace("the investigation is over already")
    after = msgspec.structs.replace(held, finished=spoken)
    return msgspec.structs.replace(state, investigations=_swapped(state.investigations, held, after))


def _answer(state: State, spoken: Spoken, target: EntryId) -> State:
    """An answer that crossed a withdrawal is kept beside it."""
    for name in ("investigations", "quiets"):
        parts = getattr(state, name)
        asked = _find(parts, target)
        if asked is not None:
            if spoken.author not in asked.asked:
                raise NoPlace("its author was not asked")
            after = msgspec.structs.replace(asked, answers=(*asked.answers, spoken))
            return msgspec.structs.replace(state, **{name: _swapped(parts, asked, after)})
    held = _find(state.corrections, target)
    if held is None:
        raise NoPlace("it names nothing that can be accepted or declined")
    if held.author == spoken.author:
        raise NoPlace("who proposed a correction does not answer it")
    answered = msgspec.structs.replace(held, answers=(*held.answers, spoken))
    state = msgspec.structs.replace(state, corrections=_swapped(state.corrections, held, answered))
    return _settled(state, answered)


def _find(parts: Sequence[Own], target: EntryId) -> Own | None:
    return next((each for each in parts if each.id == target), None)


_STEPS: Final[Mapping[int, Callable[[State, Kept], State]]] = {
    Kind.INCIDENT_ASSESSED: _assess,
    Kind.INCIDENT_STANCE: _stand,
    Kind.INCIDENT_SOURCE: _name,
    Kind.INCIDENT_INVESTIGATED: _investigate,
    Kind.INCIDENT_QUIET: _hush,
    Kind.INCIDENT_CORRECTION: _correct,
    Kind.INCIDENT_WORD: _word,
}


def objection(folded: Folded[State], entry: EntryId, me: bytes) -> str | None:
    """Why post `me` should not write a stance, though the fold takes it: nobody judges what was not read."""
    for assessment in folded.state.assessments:
        stood = next((each for each in assessment.stances if each.id == entry), None)
        if stood is not None and assessment.withdrawn is not None:
            return "That assessment is withdrawn: there is nothing left to take a stance on."
        if stood is not None and not assessment.is_fresh(stood):
            return "That assessment was revised since: read it again, and take a stance on the version that stands."
    return None
