"""Where the parties of an incident agree and where they do not, from their own words alone (spec/incident.md).

No text is compared with another: two assessments agree where one author has said so of the other's.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from openline.exchanges.incident.state import Assessment, State
from openline.terms import PostId
from openline.wire.incident import Confidence, Stance

SUPPORTS = frozenset({Stance.CONCURS, Stance.NO_CONTRADICTION})


class Origin(msgspec.Struct, frozen=True):
    """What the standing assessments come to, in one word, and whether any of them is preliminary.

    `status` is `unknown`, `disputed`, `several`, or how sure the least sure of them is: `not stated`, `possible`,
    `likely`, `almost certain`.
    """

    status: str
    preliminary: bool = False


def standing(state: State) -> tuple[Assessment, ...]:
    """The assessments that are not withdrawn."""
    return tuple(each for each in state.assessments if each.withdrawn is None)


def origin(state: State) -> Origin:
    """Disputed by a stance on a version that stands; several where two parties name one and neither backs the other."""
    named = [each for each in standing(state) if each.standing.finding is not None and each.standing.finding.origin]
    if not named:
        return Origin("unknown")
    preliminary = not all(each.standing.judgement.confirmed for each in named)
    if any(_disputed(each) for each in named):
        return Origin("disputed", preliminary)
    if len(_camps(named)) > 1:
        return Origin("several", preliminary)
    least = min(each.standing.judgement.confidence for each in named)
    return Origin(words_of(least), preliminary)


def words_of(confidence: Confidence) -> str:
    """A confidence as people read it."""
    return confidence.name.lower().replace("_", " ")


def _disputed(assessment: Assessment) -> bool:
    return any(stance == Stance.DISPUTES for stance in _fresh(assessment).values())


def _fresh(assessment: Assessment) -> dict[PostId, Stance]:
    """The newest stance of each party on the version that stands."""
    return {each.author: each.stance for each in assessment.stances if assessment.is_fresh(each)}


def _camps(named: Iterable[Assessment]) -> list[set[PostId]]:
    """The authors, those together who back each other, directly or through others."""
    every = list(named)
    camps: list[set[PostId]] = []
    ties = [{each.author} for each in every]
    authors = {each.author for each in every}
    for each in every:
        ties += [{each.author, by} for by, stance in _fresh(each).items() if stance in SUPPORTS and by in authors]
    for tie in ties:
        apart = [camp for camp in camps if not camp & tie]
        camps = [*apart, tie.union(*(camp for camp in camps if camp & tie))]
    return camps
