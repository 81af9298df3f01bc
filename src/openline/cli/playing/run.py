"""An exercise in the hands of the loop: what falls due is done, what posts tell is heard, the director is obeyed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import Any, Final

from openline.cli.playing import orders
from openline.cli.playing.cast import Cast
from openline.cli.playing.director import Asked, Request
from openline.cli.playing.ears import Heard
from openline.errors import Misuse, OpenlineError
from openline.exercises import filling, story, times
from openline.exercises.incident import Exercise, Fault, Goal, Step
from openline.exercises.script import (
    Act,
    Break,
    Came,
    Done,
    Event,
    Failed,
    Lost,
    Mend,
    Order,
    Passed,
    Put,
    Recall,
    Sat,
    Script,
    Tell,
)
from openline.exercises.sightings import Sighting, entry_of
from openline.exercises.story import Row, Sort
from openline.exercises.times import Clock

REST_SECONDS: Final = 0.05
"""The loop looks at its clock at least so often."""

SETTLE_MS: Final = 20_000
"""So long, at most, records are given to become the same when the exercise is over (wall)."""

QUIET_MS: Final = 100
"""So long nothing must have come before quiet time is skipped (wall)."""

ROWS_SHOWN: Final = 200
COMING_SHOWN: Final = 8
"""How much a director is shown of what was, and of what comes."""

UNDER_WAY_MS: Final = 3_000
"""The same while something that was written is not yet with all to whom a path is whole."""


class Run:
    """See the top of this file. `rows` is the timeline so far; `say` is told each as it comes.

    `over_at` is the story time at which it was over, `ended` why. `seated` is asked again and again at which desks
    people have sat down; the scripts of those parties are silent from then on.
    """

    def __init__(
        self,
        exercise: Exercise,
        cast: Cast,
        script: Script,
        queue: SimpleQueue[Any],
        say: Callable[[Row], None],
        *,
        speed: float,
        skip: bool,
        wall: Callable[[], int],
        seated: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self.exercise = exercise
        self.cast = cast
        self.script = script
        self.rows: list[Row] = []
        self.looks: dict[str, Any] = {}
        self.ended = ""
        self.over_at = script.begins
        self._queue = queue
        self._say = say
        self._skip = skip
        self._wall = wall
        self._seated = seated
        self._began = self._last_heard = wall()
        self.clock = Clock(script.begins, wall(), speed, runs=True)
        self._looking = sorted(
            ((times.moment(goal.by, script.begins) if goal.by else script.ends, nth) for nth, goal in self._looks())
        )
        self._faults: list[Fault] = []
        self._made: dict[str, Step] = {}

    def _looks(self) -> list[tuple[int, Goal]]:
        return [(nth, goal) for nth, goal in enumerate(self.exercise.goal) if goal.look]

    @property
    def now(self) -> int:
        """Story time."""
        return self.clock.at(self._wall())

    def play(self) -> None:
        """To its end: by its time, or by the director."""
        self._handle(Passed())
        while not self.ended:
            self._take(self._rest())
            self.cast.processes.check()
            for party in self._seated():
                self._row("people", "People play this side from now on.", party)
                self._handle(Sat(party))
            self._handle(Passed())
            self._look()
            if self._skip:
                self._jump_over_quiet()
            if self.now >= self.script.ends:
                self.ended = "its time was over"
        self.over_at = min(self.now, self.script.ends)
        for fault in list(self._faults):
            self._mend(fault)
        self.settle()
        self._look(everything=True)

    def settle(self) -> None:
        """Let all tell each other what they said, within some seconds."""
        until = self._wall() + SETTLE_MS
        while self._wall() < until and self._is_under_way():
            self._take(REST_SECONDS)

    def _is_under_way(self) -> bool:
        """Whether anything that was written is not with all members of its line."""
        lacking = self.script.log.lacking
        return any(lacking(line.name, name) for line in self.exercise.line for name in line.members)

    def _rest(self) -> float:
        due = self.script.next_due()
        if due is None or not self.clock.runs:
            return REST_SECONDS
        return min(REST_SECONDS, max(0.0, (self.clock.wall_at(due) - self._wall()) / 1_000))

    def _take(self, seconds: float) -> None:
        """Everything that waits; where nothing does, wait so long."""
        try:
            item = self._queue.get(timeout=seconds) if seconds > 0 else self._queue.get_nowait()
            while True:
                self._one(item)
                item = self._queue.get_nowait()
        except Empty:
            return

    def _one(self, item: Heard | Asked) -> None:
        if isinstance(item, Asked):
            try:
                item.answer.put(self._directed(item.request))
            except OpenlineError as error:
                item.answer.put(error)
            return
        event = item.event
        if item.wall < self._began:
            return
        if event["what"] == "alarm":
            self._row("alarm", f"{event['code']}: {event['text']}", item.party, entry=event["about"] or "")
        elif event["what"] == "entry":
            self._last_heard = self._wall()
            self._came(item)

    def _came(self, heard: Heard) -> None:
        entry = entry_of(heard.event)
        sighting = Sighting(self.clock.at(heard.wall), heard.wall, heard.party, entry)
        if (heard.party, entry.id) not in self.script.log.held:
            step = self._made.get(entry.id, story.NOBODY)
            self._add(story.wrote(sighting, step) if entry.author == heard.party else story.received(sighting))
        self._handle(Came(heard.party, entry), heard.wall)

    def _handle(self, event: Event, wall: int = 0) -> None:
        for act in self.script.handle(event, self.clock, wall or self._wall()):
            self._perform(act)

    def _perform(self, act: Act) -> None:
        match act:
            case Order():
                self._order(act)
            case Tell(step):
                self._row("told", step.tell, step.party, sources=step.sources, known=step.fact)
            case Recall(fact):
                self._row("fact", fact.text, sources=fact.sources)
            case Break(fault):
                self._faults.append(fault)
                self._row("fault", self.cast.breaks(fault))
            case Mend(fault):
                self._mend(fault)
            case Lost(step, why):
                self._row("not done", f"{step.do}: {why}", step.party)

    def _mend(self, fault: Fault) -> None:
        if fault in self._faults:
            self._faults.remove(fault)
            self._row("fault", self.cast.mends(fault))

    def _order(self, order: Order) -> None:
        party = order.step.party
        if party in self.cast.down:
            answer, why = None, f"The post of {party} is down."
        else:
            answer, why = orders.carry_out(self.cast.posts[party].home, order.words)
        self._last_heard = self._wall()
        entry = filling.written(answer)
        if isinstance(entry, str):
            self._made[entry] = order.step
        self._handle(Failed(order, why) if why else Done(order, answer))

    def _look(self, *, everything: bool = False) -> None:
        """Look at answers whose time has come."""
        while self._looking and (everything or self._looking[0][0] <= self.now):
            goal = self.exercise.goal[self._looking.pop(0)[1]]
            self.looks[goal.name] = self._looked(goal)

    def _looked(self, goal: Goal) -> Any:
        try:
            words, _ = filling.filled(goal.look, self.script.answers, self.clock, self._wall())
        except OpenlineError:
            return None
        if goal.party in self.cast.down:
            return None
        answer, _ = orders.carry_out(self.cast.posts[goal.party].home, words)
        return filling.found(answer, goal.find.split("."))

    def _jump_over_quiet(self) -> None:
        wall = self._wall()
        quiet_ms = UNDER_WAY_MS if not self._faults and self._is_under_way() else QUIET_MS
        if not self.clock.runs or wall - self._last_heard < quiet_ms:
            return
        now = self.clock.at(wall)
        due = min([self.script.quiet_until(now), *(at for at, _ in self._looking)])
        if due > now:
            self.clock = self.clock.moved(wall, due)

    def _add(self, row: Row) -> None:
        self.rows.append(row)
        self._say(row)

    def _row(self, sort: Sort, text: str, party: str = "", **more: Any) -> None:
        wall = self._wall()
        self._add(Row(self.clock.at(wall), wall, sort, text, party, **more))

    # The director

    def _directed(self, request: Request) -> dict[str, Any]:
        match request.do:
            case "pause":
                self.clock = self.clock.standing(self._wall())
                self._row("director", "The clock stands.")
            case "go":
                self.clock = self.clock.running(self._wall())
                self._row("director", "The clock runs.")
            case "jump":
                self._jump(request.to)
            case "inject":
                self._inject(request)
            case "end":
                self._row("director", "The exercise is ended.")
                self.ended = "the director ended it"
            case "status":
                pass
        return self.status()

    def _jump(self, to: str) -> None:
        due = self.script.next_due()
        wanted = times.moment(to, self.script.begins) if to else (self.script.ends if due is None else due)
        if wanted < self.now:
            raise Misuse(f"It is {times.utc(self.now)} already: an exercise does not go back.")
        self.clock = self.clock.moved(self._wall(), min(wanted, self.script.ends))
        self._row("director", f"The clock is put forward to {times.utc(self.now)}.")

    def _inject(self, request: Request) -> None:
        names = [party.name for party in self.exercise.party]
        if request.party not in names and (request.party or request.command):
            raise Misuse(f"There is no party {request.party!r}; there are: {', '.join(names)}.")
        if bool(request.command) == bool(request.tell):
            raise Misuse("Inject either a command or something to tell.")
        if request.command and (wrong := orders.judge(filling.PLACE.sub("00000000", request.command))):
            raise Misuse(wrong)
        step = Step(party=request.party, do=request.command, tell=request.tell)
        self._row("director", f"Put in by hand: {request.command or request.tell}", request.party)
        self._handle(Put(step))

    def status(self) -> dict[str, Any]:
        """How it stands, for the director."""
        due = self.script.next_due()
        return {
            "title": self.exercise.title,
            "story": times.utc(self.now),
            "begins": times.utc(self.script.begins),
            "ends": times.utc(self.script.ends),
            "runs": self.clock.runs,
            "speed": self.clock.speed,
            "next": None if due is None else times.utc(due),
            "parties": [
                {
                    "party": post.name,
                    "officer": post.officer,
                    "played": post.name in self.script.played,
                    "down": post.name in self.cast.down,
                    "home": str(post.home),
                    "desk": post.desk or None,
                }
                for post in self.cast.posts.values()
            ],
            "rows": len(self.rows),
            "last": [
                {"at": times.utc(row.at), "sort": row.sort, "party": row.party, "text": row.text}
                for row in self.rows[-ROWS_SHOWN:]
            ],
            "coming": [{"at": times.utc(at), "what": what} for at, what in self.script.coming(COMING_SHOWN)],
        }
