"""What happens next in an exercise: a machine to which the time and what came are arguments, and which asks for acts.

    events: Came, Done, Failed, Put (by the director), Sat (a person, at a party's desk), Passed (nothing but time)
    acts:   Order, Tell, Recall (a fact), Break and Mend (a fault), Lost (a step that could not be done)

Steps of parties that people play are not done; what these people write takes the name of the step that it stands for.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import msgspec

from openline.errors import Misuse
from openline.exercises import filling, sentences, times
from openline.exercises.incident import Exercise, Fact, Fault, Step
from openline.exercises.sentences import Sentence
from openline.exercises.sightings import Entry, Log, Sighting
from openline.exercises.times import Clock

AGAIN_MS: Final = 300
TRIES_MAX: Final = 20
"""A command that is refused is given again, for what it needs may be on its way: so often, after so long (wall)."""


class Came(msgspec.Struct, frozen=True):
    """The record of a party came to hold an entry."""

    party: str
    entry: Entry


class Done(msgspec.Struct, frozen=True):
    """An order was carried out; `answer` is what the command printed with --json."""

    order: Order
    answer: Any


class Failed(msgspec.Struct, frozen=True):
    """An order was refused."""

    order: Order
    why: str


class Put(msgspec.Struct, frozen=True):
    """The director puts in a step by hand, now."""

    step: Step


class Sat(msgspec.Struct, frozen=True):
    """A person has sat down at the desk of a party, which people play from now on."""

    party: str


class Passed(msgspec.Struct, frozen=True):
    """Time passed."""


class Order(msgspec.Struct, frozen=True):
    """Give a command at the post of a party. `nth` is the step, -1 for one put in by hand; `tries` were made before."""

    nth: int
    step: Step
    words: tuple[str, ...]
    trigger: str = ""
    tries: int = 0


class Tell(msgspec.Struct, frozen=True):
    """Say something to a party, or to all where there is none."""

    step: Step


class Recall(msgspec.Struct, frozen=True):
    """Tell a fact."""

    fact: Fact


class Break(msgspec.Struct, frozen=True):
    """A fault begins."""

    fault: Fault


class Mend(msgspec.Struct, frozen=True):
    """A fault ends."""

    fault: Fault


class Lost(msgspec.Struct, frozen=True):
    """A step could not be done, and why."""

    step: Step
    why: str


Event = Came | Done | Failed | Put | Sat | Passed
Act = Order | Tell | Recall | Break | Mend | Lost


class _Give(msgspec.Struct, frozen=True):
    """A step to do when its time has come."""

    nth: int
    step: Step
    trigger: str = ""
    tries: int = 0


class Script:
    """See the top of this file. `named`: the entry that each step wrote; `log`: what came, and judges the goals."""

    def __init__(self, exercise: Exercise, played: Iterable[str], out: str) -> None:
        self.exercise = exercise
        self.played = frozenset(played)
        self.begins = times.instant(exercise.begins)
        self.ends = self.begins + times.span(exercise.lasts)
        self.log = Log()
        self.named: dict[str, str] = {}
        self.answers: dict[str, Any] = {filling.OUT: out}
        self.horizon = self.begins
        self._due: list[tuple[int, int, _Give | Recall | Break | Mend]] = []
        self._count = 0
        parties = [party.name for party in exercise.party]
        names = [step.name for step in exercise.step if step.name]
        self._waiting: dict[int, Sentence] = {
            nth: sentences.read(step.when, parties, names) for nth, step in enumerate(exercise.step) if step.when
        }
        self._unbound = self._nameable(self.played)
        for party in sorted(self.played):
            self._sat(party, self.begins)
        for fact in exercise.fact:
            self._plan(times.moment(fact.at, self.begins), Recall(fact))
        for fault in exercise.fault:
            at = times.moment(fault.at, self.begins)
            self._plan(at, Break(fault))
            if fault.lasts:
                self._plan(at + times.span(fault.lasts), Mend(fault))
        for nth, step in enumerate(exercise.step):
            if step.at:
                self._plan(times.moment(step.at, self.begins), _Give(nth, step))

    def _plan(self, at: int, what: _Give | Recall | Break | Mend) -> None:
        self._count += 1
        heapq.heappush(self._due, (at, self._count, what))

    def next_due(self) -> int | None:
        """The story time of the next thing that will happen by itself, if there is any."""
        return self._due[0][0] if self._due else None

    def coming(self, most: int) -> list[tuple[int, str]]:
        """The next things that will happen by themselves: the story time of each, and what it is in words."""
        return [(at, _in_words(what)) for at, _, what in heapq.nsmallest(most, self._due, key=lambda due: due[:2])]

    def quiet_until(self, now: int) -> int:
        """Up to when a jump would spoil nothing: nothing happens by itself, and no entry names a time before it."""
        due = self.ends if not self._due else min(self._due[0][0], self.ends)
        return now if now < self.horizon < due else max(now, due)

    def handle(self, event: Event, clock: Clock, wall: int) -> list[Act]:
        """What is to be done now that this happened."""
        now = clock.at(wall)
        acts: list[Act] = []
        match event:
            case Came(party, entry):
                self._came(Sighting(now, wall, party, entry))
            case Done(order, answer):
                self._done(order.step, answer)
            case Failed(order, why):
                if order.tries + 1 < TRIES_MAX and order.nth >= 0:
                    again = max(now, clock.at(wall + AGAIN_MS))
                    self._plan(again, _Give(order.nth, order.step, order.trigger, order.tries + 1))
                else:
                    acts.append(Lost(order.step, why))
            case Put(step):
                self._plan(now, _Give(-1, step))
            case Sat(party) if party not in self.played:
                self.played |= {party}
                self._unbound += [each for each in self._nameable({party}) if each.name not in self.named]
                self._sat(party, now)
            case Sat() | Passed():
                pass
        return acts + self._fall_due(clock, wall)

    def _came(self, sighting: Sighting) -> None:
        if not self.log.add(sighting):
            return
        entry = sighting.entry
        if entry.author == sighting.party and entry.author in self.played:
            self._bind(entry)
        for nth, sentence in list(self._waiting.items()):
            if sentences.holds(sentence, sighting, self.log, self.named):
                self._react(nth, sighting.at, entry.id)

    def _nameable(self, parties: Collection[str]) -> list[Step]:
        """Steps of these parties whose names go to what people write."""
        return [step for step in self.exercise.step if step.name and step.writes and step.party in parties]

    def _sat(self, party: str, at: int) -> None:
        """People play a party: what waits for that falls due."""
        for nth, sentence in list(self._waiting.items()):
            if sentence.played == party:
                self._react(nth, at, "")

    def _bind(self, entry: Entry) -> None:
        """What people wrote takes the name of the first step that it can stand for."""
        for step in self._unbound:
            if (step.party, step.writes) == (entry.author, entry.kind):
                self._unbound.remove(step)
                self._name(step, {"id": entry.id})
                return

    def _done(self, step: Step, answer: Any) -> None:
        if step.name:
            self._name(step, answer)
            for each in list(self.log.sightings):
                if each.entry.id == self.named.get(step.name) and each.party == each.entry.author:
                    for nth, sentence in list(self._waiting.items()):
                        if sentence.done == step.name:
                            self._react(nth, each.at, each.entry.id)

    def _name(self, step: Step, answer: Any) -> None:
        self.answers[step.name] = answer
        entry = filling.written(answer)
        if isinstance(entry, str):
            self.named[step.name] = entry

    def _react(self, nth: int, at: int, trigger: str) -> None:
        step = self.exercise.step[nth]
        if not step.every or not trigger:
            del self._waiting[nth]
        self._plan(at + (times.span(step.after) if step.after else 0), _Give(nth, step, trigger))

    def _fall_due(self, clock: Clock, wall: int) -> list[Act]:
        acts: list[Act] = []
        while self._due and self._due[0][0] <= clock.at(wall):
            what = heapq.heappop(self._due)[2]
            acts += self._give(what, clock, wall) if isinstance(what, _Give) else [what]
        return acts

    def _give(self, give: _Give, clock: Clock, wall: int) -> list[Act]:
        step = give.step
        if step.tell:
            return [Tell(step)]
        if step.party in self.played and give.nth >= 0:
            return []
        try:
            words, latest = filling.filled(step.do, self._known(give.trigger), clock, wall)
        except Misuse as error:
            return [Lost(step, str(error))]
        self.horizon = max(self.horizon, latest)
        return [Order(give.nth, step, tuple(words), give.trigger, give.tries)]

    def _known(self, trigger: str) -> Mapping[str, Any]:
        if not trigger:
            return self.answers
        return {**self.answers, filling.IT: trigger, filling.OPENING: self.log.root(trigger)}


def _in_words(what: _Give | Recall | Break | Mend) -> str:
    match what:
        case Recall(fact):
            return f"fact: {fact.text}"
        case Break(fault) | Mend(fault):
            whose = fault.down or " and ".join(fault.cut or fault.slow)
            return f"fault {'begins' if isinstance(what, Break) else 'ends'}: {whose}"
        case _Give():
            return f"{what.step.party}: {' '.join((what.step.do or what.step.tell).split())}".removeprefix(": ")
