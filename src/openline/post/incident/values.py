"""Incidents as JSON holds them: the picture, the table of parties and assessments, the timeline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openline.exchanges.incident import (
    Asked,
    Assessment,
    Correction,
    Spoken,
    State,
    Tie,
    Version,
    origin,
    words_of,
)
from openline.exchanges.incident.knowledge import NOW, Signed, knowledge
from openline.exchanges.notice import area_of
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.post.incident.words import what_of
from openline.post.names import Names
from openline.post.notice.values import area_value, time_value
from openline.post.queries import entry_value
from openline.proof.sentences import utc
from openline.terms import LineId, PostId
from openline.wire.contact import Words
from openline.wire.incident import Description, Source, Sources, When


def summary_value(names: Names, folded: Folded[State]) -> dict[str, Any]:
    """An incident in short."""
    state = folded.state
    said = origin(state)
    return {
        **entry_value(names, state.opening),
        "open": state.open,
        **described_value(state.when, state.description),
        "origin": {"status": said.status, "preliminary": said.preliminary},
        "parties": [names.post(each) for each in state.parties],
        "waits_for_us": [each.id.hex() for each in waiting(names, state)],
    }


def waiting(names: Names, state: State) -> list[Asked | Correction]:
    """What this post was asked and has not answered."""
    asked: list[Asked | Correction] = [*state.investigations, *state.quiets, *state.corrections]
    return [each for each in asked if any(names.is_own(post) for post in each.waits_for)]


def picture_value(names: Names, line: LineId, folded: Folded[State], signed: Signed) -> dict[str, Any]:
    """An incident with everything that was said of it."""
    state = folded.state
    members = _members(names, line)
    return {
        **summary_value(names, folded),
        "silent": [names.post(each) for each in members if each not in state.parties],
        "sources": [
            *([] if state.sources is None else _sources(names, state.author, state.sources.sources)),
            *(value for each in state.named for value in _sources(names, each.author, each.sources)),
        ],
        "sources_withheld": state.sources is None,
        "assessments": [assessment_value(names, each) for each in state.assessments],
        "table": [_row(names, state, each) for each in (*state.parties, *_rest(members, state.parties))],
        "investigations": [_asked_value(names, each) for each in state.investigations],
        "quiets": [_asked_value(names, each) for each in state.quiets],
        "corrections": [_correction_value(names, each) for each in state.corrections],
        "ties": [_tie_value(names, each) for each in state.ties],
        "ends": [_spoken_value(names, each) for each in state.ends],
        "timeline": [
            {
                **entry_value(names, kept),
                "what": what_of(state, kept, names.post),
                "held": _held(names, kept, members, signed),
            }
            for kept in folded.entries
            if folded.why_not(kept.entry.id) is None
        ],
        "ignored": [{"id": each.entry.hex(), "why": each.why} for each in folded.ignored],
    }


def _members(names: Names, line: LineId) -> tuple[PostId, ...]:
    held = names.machine_line(line)
    return () if held is None else tuple(held.terms.active())


def _rest(members: Iterable[PostId], parties: tuple[PostId, ...]) -> list[PostId]:
    return [each for each in members if each not in parties]


def described_value(when: When, description: Description | None) -> dict[str, Any]:
    """Title, place and time; None where they are withheld."""
    area = None if description is None or description.area is None else area_value(area_of(description.area))
    return {
        "title": None if description is None else description.title,
        "place": None if description is None else description.place,
        "area": area,
        "happened": utc(when.at),
        "until": time_value(when.until),
    }


def _sources(names: Names, by: PostId, sources: Iterable[Source]) -> list[dict[str, Any]]:
    return [
        {"by": names.post(by), "text": each.text, "where": each.where, "at": time_value(each.at)} for each in sources
    ]


def assessment_value(names: Names, assessment: Assessment) -> dict[str, Any]:
    """An assessment: its version that stands, those before it, and each stance with the version that it is on."""
    return {
        "assessment": assessment.id.hex(),
        **_version_value(names, assessment.standing),
        "earlier": [_version_value(names, each) for each in assessment.versions[:-1]],
        "withdrawn": None if assessment.withdrawn is None else _spoken_value(names, assessment.withdrawn),
        "stances": [
            {
                **entry_value(names, each.kept),
                "stance": each.stance.name.lower().replace("_", "-"),
                "on": each.on.hex(),
                "of_this_version": assessment.is_fresh(each),
                "counts": assessment.stance_of(each.author) is each,
                "text": _text(each.words),
            }
            for each in assessment.stances
        ],
    }


def _version_value(names: Names, version: Version) -> dict[str, Any]:
    finding, sources = version.finding, version.sources or Sources()
    return {
        **entry_value(names, version.kept),
        "what": None if finding is None else finding.what,
        "origin": None if finding is None else finding.origin,
        "confidence": words_of(version.judgement.confidence),
        "confirmed": version.judgement.confirmed,
        "sources": _sources(names, version.author, sources.sources),
    }


def _row(names: Names, state: State, party: PostId) -> dict[str, Any]:
    """What one party says of each assessment that is not withdrawn: its own, its stance, or nothing."""
    cells = []
    for each in state.assessments:
        if each.withdrawn is not None:
            continue
        stood = each.stance_of(party)
        said = "own" if each.author == party else "" if stood is None else stood.stance.name.lower().replace("_", "-")
        cells.append(
            {
                "assessment": each.id.hex(),
                "version": each.standing.id.hex(),
                "said": said,
                "earlier": stood is not None and not each.is_fresh(stood),
                "proof": None if stood is None else stood.id.hex(),
            }
        )
    return {"party": names.post(party), "own": names.is_own(party), "cells": cells}


def _asked_value(names: Names, each: Asked) -> dict[str, Any]:
    return {
        **entry_value(names, each.kept),
        "asked": [_answer_value(names, each, post) for post in each.asked],
        "quiet_until": None if each.quiet is None else utc(each.quiet.until),
        "text": _text(each.words),
        "withdrawn": None if each.withdrawn is None else _spoken_value(names, each.withdrawn),
        "finished": None if each.finished is None else _spoken_value(names, each.finished),
    }


def _answer_value(names: Names, asked: Asked | Correction, post: PostId) -> dict[str, Any]:
    answer = asked.answer_of(post)
    said = None if answer is None else _spoken_value(names, answer)
    return {"party": names.post(post), "answer": None if answer is None else answer.word.name.lower(), "entry": said}


def _correction_value(names: Names, each: Correction) -> dict[str, Any]:
    return {
        **entry_value(names, each.kept),
        **described_value(each.when, each.description),
        "needs": [_answer_value(names, each, post) for post in each.needs],
        "in_effect": each.taken,
        "withdrawn": None if each.withdrawn is None else _spoken_value(names, each.withdrawn),
    }


def _tie_value(names: Names, each: Tie) -> dict[str, Any]:
    withdrawn = None if each.withdrawn is None else _spoken_value(names, each.withdrawn)
    return {
        **entry_value(names, each.kept),
        "other": each.other.hex(),
        "text": _text(each.words),
        "withdrawn": withdrawn,
    }


def _spoken_value(names: Names, each: Spoken) -> dict[str, Any]:
    return {**entry_value(names, each.kept), "word": each.word.name.lower(), "text": _text(each.words)}


def _text(words: Words | None) -> str | None:
    return None if words is None else words.text


def _held(names: Names, kept: Kept, members: Iterable[PostId], signed: Signed) -> list[dict[str, Any]]:
    """Which other member had the entry, by which entry of its own, dated by its own clock; the first to sign first."""
    others = [each for each in members if each != kept.entry.header.author]
    known = [knowledge(kept, each, NOW, signed) for each in others]
    first = sorted((each.signed_at, each.party, each.proof) for each in known if each.signed_at and each.proof)
    return [{"by": names.post(party), "proof": proof.hex(), "at": utc(at)} for at, party, proof in first]
