"""What happened in an exercise, in its order: the rows of its timeline, and the whole as the report tells it."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from openline.exercises import scoring, times
from openline.exercises.incident import Exercise, Step
from openline.exercises.scoring import Result
from openline.exercises.sightings import Entry, Sighting

Sort = Literal["fact", "told", "wrote", "received", "alarm", "fault", "director", "people", "not done"]
REPORT_FORMAT: Final = 1
NOBODY: Final = Step()
"""In place of a step where no script did it."""


class Row(msgspec.Struct, frozen=True):
    """At story time `at`, when the wall's clock said `wall`; `party` is empty where it concerns all.

    `known` says what of it is no invention, and `sources` from where; `command` is what a script wrote it with, where
    the entry says nothing of its content by itself.
    """

    at: int
    wall: int
    sort: Sort
    text: str
    party: str = ""
    entry: str = ""
    sources: tuple[str, ...] = ()
    known: str = ""
    command: str = ""


class Verdict(msgspec.Struct, frozen=True):
    """What `verify` found in the record of a line as a party exported it, and whether it is that of the others."""

    line: str
    party: str
    ok: bool
    entries: int
    file: str
    faults: tuple[str, ...] = ()
    same: bool = True


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of a run. `ended` is why it ended; `exercise_only`, that nothing was signed as anything else."""

    format: int = REPORT_FORMAT
    name: str
    exercise: Exercise
    played: tuple[str, ...]
    speed: float
    began: int
    seconds: float
    story_ended: int
    ended: str
    rows: tuple[Row, ...]
    results: tuple[Result, ...]
    verdicts: tuple[Verdict, ...]
    exercise_only: bool

    @property
    def proved(self) -> bool:
        """Whether every record was proved, and nothing in any was signed as other than exercise."""
        return self.exercise_only and all(each.ok and each.same for each in self.verdicts)

    @property
    def complete(self) -> bool:
        """Whether every step of the script was done."""
        return not any(row.sort == "not done" for row in self.rows)


def wrote(sighting: Sighting, step: Step = NOBODY) -> Row:
    """The row of an entry at the party that wrote it, with the step of the script that did, if any."""
    text, command = in_words(sighting.entry), "" if sighting.entry.text else " ".join(step.do.split())
    return Row(
        sighting.at, sighting.wall, "wrote", text, sighting.party, sighting.entry.id, step.sources, step.fact, command
    )


def received(sighting: Sighting) -> Row:
    """The row of an entry that came to a party."""
    text = f"{in_words(sighting.entry)}, from {sighting.entry.author}"
    return Row(sighting.at, sighting.wall, "received", text, sighting.party, sighting.entry.id)


def in_words(entry: Entry) -> str:
    """An entry in a few words: how urgent, what it is, on which line, and its text."""
    urgent = f"{entry.precedence.upper()} " if entry.precedence in ("flash", "immediate") else ""
    text = f" “{entry.text}”" if entry.text else ""
    return f"{entry.line}: {urgent}{entry.kind}{text}"


def as_json(report: Report) -> dict[str, Any]:
    """The report with its sums and its times as text, for `--json`."""
    value: dict[str, Any] = msgspec.to_builtins(report)
    for row in value["rows"]:
        row["at"], row["wall"] = times.utc(row["at"]), times.utc(row["wall"], "milliseconds")
    for result in value["results"]:
        for name in ("began", "ended"):
            result[name] = None if result[name] is None else times.utc(result[name])
    value |= {"began": times.utc(report.began), "story_ended": times.utc(report.story_ended)}
    sums = {"proved": report.proved, "complete": report.complete, "counts": scoring.counts(report.results)}
    return {"ok": report.proved and report.complete, **sums, **value}
