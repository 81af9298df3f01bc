"""Whether the goals of an exercise were met: times against goals, from what each record came to hold and when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, Literal

import msgspec

from openline.exercises import sentences, times
from openline.exercises.incident import Exercise, Goal
from openline.exercises.sightings import Log, Sighting

State = Literal["met", "late", "missed", "no occasion"]
COUNTED: Final = ("met", "late", "missed")


class Result(msgspec.Struct, frozen=True):
    """What became of a goal. Times are the story's; `took_ms` and `within_ms` are there for goals in time alone."""

    goal: str
    party: str
    state: State
    text: str
    began: int | None = None
    ended: int | None = None
    took_ms: int | None = None
    within_ms: int | None = None


def judged(
    exercise: Exercise, log: Log, named: Mapping[str, str], end: int, looks: Mapping[str, Any]
) -> tuple[Result, ...]:
    """All goals, as things stood at story time `end`; `looks` holds what was found for each goal that looks."""
    parties = [party.name for party in exercise.party]
    steps = [step.name for step in exercise.step if step.name]
    begins = times.instant(exercise.begins)
    made = []
    for goal in exercise.goal:
        if goal.look:
            made.append(_looked(goal, looks))
        elif goal.never:
            made.append(_never(goal, log, named, parties, steps))
        else:
            made.append(_in_time(goal, log, named, parties, steps, begins, end))
    return tuple(made)


def _looked(goal: Goal, looks: Mapping[str, Any]) -> Result:
    value = looks.get(goal.name)
    met = type(value) is type(goal.is_) and value == goal.is_
    text = f"{goal.find} is {_said(value)}" + ("." if met else f", and should be {_said(goal.is_)}.")
    return Result(goal.name, goal.party, "met" if met else "missed", text)


def _said(value: Any) -> str:
    return "nothing" if value is None else str(value)


def _never(goal: Goal, log: Log, named: Mapping[str, str], parties: Collection[str], steps: Collection[str]) -> Result:
    sentence = sentences.read(goal.never, parties, steps)
    for each in log.sightings:
        if sentences.holds(sentence, each, log, named):
            return Result(goal.name, goal.party, "missed", f"It happened: {goal.never}.", ended=each.at)
    return Result(goal.name, goal.party, "met", "It did not happen.")


def _in_time(
    goal: Goal,
    log: Log,
    named: Mapping[str, str],
    parties: Collection[str],
    steps: Collection[str],
    begins: int,
    end: int,
) -> Result:
    within = times.span(goal.within)
    first: Sighting | None = None
    if goal.from_:
        wanted = sentences.read(goal.from_, parties, steps)
        first = next((each for each in log.sightings if sentences.holds(wanted, each, log, named)), None)
        if first is None:
            text = f"There was no occasion: {goal.from_} did not happen."
            return Result(goal.name, goal.party, "no occasion", text, within_ms=within)
    began = begins if first is None else first.at
    wanted = sentences.read(goal.to, parties, steps)
    for each in log.sightings:
        if each.at >= began and _same_matter(first, each, log) and sentences.holds(wanted, each, log, named):
            took = each.at - began
            state: State = "met" if took <= within else "late"
            text = f"After {times.lasted(took)}, of {times.lasted(within)}."
            return Result(goal.name, goal.party, state, text, began, each.at, took, within)
    waited = times.lasted(end - began)
    return Result(goal.name, goal.party, "missed", f"Not within {waited}.", began, None, None, within)


def _same_matter(first: Sighting | None, then: Sighting, log: Log) -> bool:
    """What refers to something must refer to that with which the clock started; a new word is taken as it is."""
    if first is None or not then.entry.refers:
        return True
    return log.root(then.entry.id) == log.root(first.entry.id)


def counts(results: Collection[Result]) -> dict[str, int]:
    """How many goals came out in which way."""
    made = {state: sum(each.state == state for each in results) for state in (*COUNTED, "no occasion")}
    return {"goals": len(results), **made}
