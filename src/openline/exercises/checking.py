"""The sense of an exercise whose tables have their shape: names, times, sentences, and commands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Final

from openline.errors import Misuse
from openline.exercises import filling, sentences, times
from openline.exercises.findings import Findings
from openline.exercises.incident import FORMAT, Exercise, Fault, Goal, Party, Step
from openline.limits import EXERCISE_PARTIES_MAX

Judge = Callable[[str], str]
"""What is wrong with a command whose places are filled; "" where nothing is. This room has no commands."""

_NAME: Final = re.compile(r"\w(?:[\w .'-]{0,30}\w)?")
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_STEP_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_SAMPLE_ID: Final = "00000000"
_SAMPLE_TIME: Final = "2030-01-01T00:00Z"
_LEAST: Final = (("party", 2), ("line", 1), ("step", 1), ("goal", 1))


def check(exercise: Exercise, findings: Findings, judge: Judge) -> None:
    """Find all that makes no sense."""
    _Check(exercise, findings, judge).all()


class _Check:
    def __init__(self, exercise: Exercise, findings: Findings, judge: Judge) -> None:
        self._exercise = exercise
        self._findings = findings
        self._judge = judge
        self._parties = [party.name for party in exercise.party]
        self._steps = [step.name for step in exercise.step if step.name]
        self._begins = 0

    def all(self) -> None:
        """From the head of the file to its goals."""
        self._head()
        self._names()
        nth_office = 0
        for nth, party in enumerate(self._exercise.party):
            self._party(party, nth, nth_office)
            nth_office += len(party.office)
        self._lines_and_facts()
        for nth, step in enumerate(self._exercise.step):
            self._step(step, nth)
        for nth, fault in enumerate(self._exercise.fault):
            self._fault(fault, nth)
        for nth, goal in enumerate(self._exercise.goal):
            self._goal(goal, nth)

    def _head(self) -> None:
        exercise, findings = self._exercise, self._findings
        if exercise.format != FORMAT:
            findings.say(f"This program reads format {FORMAT}: write format = {FORMAT}.", key="format")
        for key in ("title", "about", "invented"):
            if not getattr(exercise, key).strip():
                findings.say(f"{key!r} is empty.", key=key)
        self._begins = findings.attempt(times.instant, exercise.begins, key="begins") or 0
        if findings.attempt(times.span, exercise.lasts, key="lasts") == 0:
            findings.say("An exercise lasts longer than nothing.", key="lasts")
        for name, least in _LEAST:
            if len(getattr(exercise, name)) < least:
                findings.say(f"An exercise has at least {least} [[{name}]].")
        if len(exercise.party) > EXERCISE_PARTIES_MAX:
            text = f"An exercise has at most {EXERCISE_PARTIES_MAX} parties."
            findings.say(text, "party", EXERCISE_PARTIES_MAX)

    def _names(self) -> None:
        for nth, paper in enumerate(self._exercise.file):
            if not _FILE_NAME.fullmatch(paper.name):
                text = f"{paper.name!r} cannot name a file: letters, digits, points, - and _, a letter or digit first."
                self._findings.say(text, "file", nth, "name")
        for table in ("party", "line", "step", "goal", "file"):
            names = [each.name for each in getattr(self._exercise, table)]
            for name, count in Counter(filter(None, names)).items():
                if count > 1:
                    last = max(nth for nth, each in enumerate(names) if each == name)
                    text = f"{name!r} is the name of {count} of them: give each its own."
                    self._findings.say(text, table, last, "name")

    def _party(self, party: Party, nth: int, nth_office: int) -> None:
        if not _NAME.fullmatch(party.name):
            text = f"{party.name!r} cannot name a party: up to 32 letters, digits and spaces, no space at an end."
            self._findings.say(text, "party", nth, "name")
        if not party.officer.strip():
            self._findings.say(f"Nobody is on watch at {party.name}: name an officer.", "party", nth, "officer")
        for at, office in enumerate(party.office, nth_office):
            for holder in office.holders:
                for day in filter(None, (holder.from_, holder.until)):
                    self._findings.attempt(_day, day, table="party.office", nth=at, key="holders")

    def _lines_and_facts(self) -> None:
        findings = self._findings
        for nth, line in enumerate(self._exercise.line):
            findings.unknown(line.members, self._parties, "party", "line", nth, "members")
            if len(set(line.members)) < max(2, len(line.members)):
                findings.say("A line has at least two members, each once.", "line", nth, "members")
        for nth, fact in enumerate(self._exercise.fact):
            findings.attempt(times.moment, fact.at, self._begins, table="fact", nth=nth, key="at")
            if not fact.sources:
                findings.say("A fact names its sources.", "fact", nth, "sources")
            findings.unknown(fact.sources, self._exercise.sources, "source", "fact", nth, "sources")

    def _step(self, step: Step, nth: int) -> None:
        findings = self._findings
        if step.name and (not _STEP_NAME.fullmatch(step.name) or step.name in filling.OWN):
            text = f"{step.name!r} cannot name a step: small letters, digits, - and _, a letter first; nor can "
            findings.say(f"{text}{', '.join(filling.OWN)}.", "step", nth, "name")
        if step.party or step.do:
            findings.unknown((step.party,), self._parties, "party", "step", nth, "party")
        self._when(step, nth)
        if bool(step.do) == bool(step.tell):
            findings.say("A step has either 'do', a command, or 'tell', what is learnt beside the line.", "step", nth)
        if step.writes:
            findings.attempt(sentences.kind_of, step.writes, table="step", nth=nth, key="writes")
        findings.unknown(step.sources, self._exercise.sources, "source", "step", nth, "sources")
        if step.do:
            self._command(
                step.do,
                "step",
                nth,
                "do",
                reaction=bool(step.when) and not step.when.rstrip().endswith(sentences.PLAYED),
            )

    def _when(self, step: Step, nth: int) -> None:
        findings = self._findings
        if bool(step.at) == bool(step.when):
            findings.say("A step has either 'at', a time, or 'when', what it reacts to.", "step", nth)
        if step.at:
            findings.attempt(times.moment, step.at, self._begins, table="step", nth=nth, key="at")
            for key in ("after", "every"):
                if getattr(step, key) and not step.when:
                    findings.say(f"{key!r} belongs to a reaction: with 'at' it means nothing.", "step", nth, key)
        if step.when:
            read = sentences.read
            findings.attempt(read, step.when, self._parties, self._steps, table="step", nth=nth, key="when")
        if step.after:
            findings.attempt(times.span, step.after, table="step", nth=nth, key="after")

    def _command(self, command: str, table: str, nth: int, key: str, *, reaction: bool = False) -> None:
        self._findings.attempt(self._judged, command, table=table, nth=nth, key=key, reaction=reaction)

    def _judged(self, command: str, *, reaction: bool) -> None:
        def sample(found: re.Match[str]) -> str:
            place = found[1]
            if filling.is_time(place):
                filling.story_of(place, 0)
                return _SAMPLE_TIME
            name = place.split(".")[0]
            if name in (filling.IT, filling.OPENING) and not reaction:
                raise Misuse(f"{{{name}}} is what a reaction reacts to: here, name a step.")
            if name not in self._steps and name not in filling.OWN:
                raise Misuse(f"{{{place}}} names no step; there are: {', '.join(self._steps) or 'none'}.")
            return _SAMPLE_ID

        sampled = filling.PLACE.sub(sample, command)
        filling.words(sampled)
        if wrong := self._judge(sampled):
            raise Misuse(wrong)

    def _fault(self, fault: Fault, nth: int) -> None:
        findings = self._findings
        findings.attempt(times.moment, fault.at, self._begins, table="fault", nth=nth, key="at")
        if fault.lasts:
            findings.attempt(times.span, fault.lasts, table="fault", nth=nth, key="lasts")
        if sum(map(bool, (fault.cut, fault.slow, fault.down))) != 1:
            findings.say("A fault has one of 'cut', 'slow' and 'down'.", "fault", nth)
        if fault.bits_per_second < 1:
            findings.say("'bits-per-second' is a number above 0.", "fault", nth, "bits-per-second")
        pair, key = fault.cut or fault.slow, "cut" if fault.cut else "slow"
        findings.unknown(pair, self._parties, "party", "fault", nth, key)
        shared = [set(line.members) for line in self._exercise.line if set(pair) <= set(line.members)]
        if pair and (len(pair) != 2 or len(set(pair)) != 2 or not shared):
            findings.say(f"{key!r} names two parties that share a line.", "fault", nth, key)
        findings.unknown(filter(None, (fault.down,)), self._parties, "party", "fault", nth, "down")

    def _goal(self, goal: Goal, nth: int) -> None:
        findings = self._findings
        findings.unknown((goal.party,), self._parties, "party", "goal", nth, "party")
        if sum(map(bool, (goal.to, goal.never, goal.look))) != 1:
            findings.say("A goal has one of 'to' (in time), 'never' and 'look' (at an answer).", "goal", nth)
        for key, said in (("from", goal.from_), ("to", goal.to), ("never", goal.never)):
            if said:
                read = sentences.read
                findings.attempt(read, said, self._parties, self._steps, table="goal", nth=nth, key=key)
            if said.rstrip().endswith(sentences.PLAYED):
                findings.say("A goal counts what is written; who plays a party is none of it.", "goal", nth, key)
        if bool(goal.to) != bool(goal.within):
            findings.say("'to' and 'within' belong together.", "goal", nth, "to" if goal.to else "within")
        if goal.within:
            findings.attempt(times.span, goal.within, table="goal", nth=nth, key="within")
        if goal.by:
            findings.attempt(times.moment, goal.by, self._begins, table="goal", nth=nth, key="by")
        if goal.look:
            self._command(goal.look, "goal", nth, "look")
            if not goal.find or goal.is_ is None:
                text = "'look' needs 'find', the place in the answer, and 'is', what should be there."
                findings.say(text, "goal", nth, "look")


def _day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise Misuse(f"{text!r} is no day: write 2023-10-01.") from None
