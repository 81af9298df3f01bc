"""An exercise that ships, played by its scripts with real posts, each command given as a person types it.

What each command printed is written down; afterwards the posts still run, some with a desk, and can be looked at. What
differs from one run to the next is replaced by names: an entry goes by that of its step, in capital letters; other ids,
digests and the true times at which the replay was signed become "…"; times that the story names stay as it names them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple

import msgspec
import pytest

from openline.cli import main
from openline.cli.common import Options
from openline.cli.playing import orders, shelf
from openline.cli.playing.cast import PASSPHRASE, Cast
from openline.cli.playing.ears import Ears
from openline.cli.playing.run import Run
from openline.cli.rehearsal.processes import Processes, environment
from openline.errors import ExerciseFailed
from openline.exercises import filling, times
from openline.exercises.incident import Exercise, Step
from openline.exercises.script import Act, Done, Event, Order, Script
from openline.exercises.times import Clock
from openline.post.loop import now

SPEED = 1_200.0
LEFT_OUT = "…"
COLUMNS = 110

_ID = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{8,64}\b")
DIFFERS = (
    re.compile(r"the link is lost|a dial failed: wss://.*?(?=\.? \(|$| since)", re.MULTILINE),
    re.compile(r"\b\d{5}( \d{5}){11}\b"),
    re.compile(r"(?<=SILENT; ).*"),
)
"""What else differs: how a post first notices a lost link, the digits of cards, how far a claim just put got."""

_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z")


class Given(NamedTuple):
    """A command of the script as it was given: when in the story, by its own times, and what it printed."""

    step: Step
    at: int
    typed: str
    said: str


class _Heard(Script):
    """A script that writes down which order was carried out, and after which entry."""

    def __init__(self, exercise: Exercise, out: str, printed: list[str]) -> None:
        super().__init__(exercise, (), out)
        self.done: list[tuple[Order, str]] = []
        self._printed = printed

    def handle(self, event: Event, clock: Clock, wall: int) -> list[Act]:
        if isinstance(event, Done):
            self.done.append((event.order, self._printed[-1]))
        return super().handle(event, clock, wall)


class Replay:
    """See the top of this file. `given` are the commands in their order; `files` is where their files are."""

    def __init__(self, name: str, folder: Path, desks: Iterable[str]) -> None:
        self.exercise = shelf.taken(name)[1]
        self.folder = folder
        self.files = folder / "files"
        for each in ("logs", "homes", "cards", "files"):
            (folder / each).mkdir()
        for paper in self.exercise.file:
            (self.files / paper.name).write_text(paper.text, encoding="utf-8")
        self.given: list[Given] = []
        self.processes = Processes(folder / "logs", environment(PASSPHRASE), 0, ExerciseFailed)
        self.cast = Cast(self.exercise, desks, folder, self.processes)
        self._printed: list[str] = []
        self.script = _Heard(self.exercise, str(self.files), self._printed)
        self._names: dict[str, str] = {}
        self._began = utc(now() - times.span("1d"))

    def play(self) -> None:
        """To its end; every step of the script was done."""
        self.cast.open(lambda _: None)
        queue: SimpleQueue[Any] = SimpleQueue()
        ears = Ears(queue, now)
        try:
            for name, post in self.cast.posts.items():
                ears.listen(name, post.home)
            self.processes.until(ears.all_listen, "every desk that watches")
            run = Run(self.exercise, self.cast, self.script, queue, lambda _: None, speed=SPEED, skip=True, wall=now)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(orders, "said_by", self._type)
                run.play()
        finally:
            ears.close()
        assert [row.text for row in run.rows if row.sort == "not done"] == []
        self._write_down()

    def _type(self, home: Path, words: Iterable[str]) -> tuple[int, Any]:
        """What a command answers, given without --json; what it printed is kept."""
        code, value, said = typed([*words, "--home", str(home)])
        if code != 0:
            return code, {"error": {"code": "refused", "message": said}}
        self._printed.append(said)
        return code, value

    def _write_down(self) -> None:
        """Each order as it is told: its time by the story, and names for what it wrote."""
        for name, entry in self.script.named.items():
            self._names.setdefault(entry, name.upper())
        at: dict[str, int] = {}
        for order, said in self.script.done:
            when = self._when(order, at)
            at[order.step.party] = at[self.script.named.get(order.step.name, "")] = when
            at |= dict.fromkeys(_ID.findall(said)[:1], when)
            self.given.append(Given(order.step, when, self._as_typed(order, when), said))
        stable = [each._replace(said=self.stable(each.said)) for each in self.given]
        self.given = sorted(stable, key=lambda each: each.at)

    def _when(self, order: Order, at: dict[str, int]) -> int:
        """The story time of an order, as if nothing took time on the way; `at` has those of entries and of parties."""
        step, begins = order.step, self.script.begins
        if step.at:
            return times.moment(step.at, begins)
        author = self.script.log.entries[order.trigger].author
        when = self._up(step.party, at.get(order.trigger, at.get(author, begins)))
        return when + (times.span(step.after) if step.after else 0)

    def _up(self, party: str, at: int) -> int:
        """When a party's post runs, from a story time on."""
        for fault in self.exercise.fault:
            begins = times.moment(fault.at, self.script.begins)
            ends = begins + times.span(fault.lasts)
            if fault.down == party and begins <= at < ends:
                return ends
        return at

    def _as_typed(self, order: Order, when: int) -> str:
        """The command as it stands in the script, places filled with what this page calls them."""

        def fill(found: re.Match[str]) -> str:
            place = found[1]
            if filling.is_time(place):
                return utc(filling.story_of(place, when))
            if place in (filling.IT, filling.OPENING):
                entry = order.trigger if place == filling.IT else self.script.log.root(order.trigger)
                return self._names.get(entry, LEFT_OUT)
            if place == filling.OUT:
                return "."
            return place.rpartition(".")[2].upper()

        words = " ".join(filling.PLACE.sub(fill, order.step.do).split()).replace(" ./", " ")
        more = orders.as_exercise(order.words)[len(order.words) :]
        return wrapped(" ".join(["openline", words, *more]))

    def look(self, party: str, words: str) -> str:
        """What a command shows at a party now; names of steps in capital letters stand for what these wrote."""
        for name, entry in self.script.named.items():
            words = re.sub(rf"\b{name.upper()}\b(?!-)", entry, words)
        home = self.cast.posts[party].home if party else self.folder / "nobody"
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.files)
            code, _, said = typed([*filling.words(words), "--home", str(home)])
        assert code == 0, (words, said)
        return self.stable(said)

    def stable(self, text: str) -> str:
        """A text without what differs from run to run."""
        text = text.replace(f"{self.files}/", "")
        text = _TIME.sub(lambda found: found[0] if found[1] < self._began else LEFT_OUT, text)
        for pattern in DIFFERS:
            text = pattern.sub(LEFT_OUT, text)
        return _ID.sub(lambda found: self._name_of(found[0]), text)

    def _name_of(self, digits: str) -> str:
        found = [name for entry, name in self._names.items() if entry.startswith(digits)]
        return found[0] if found else LEFT_OUT


def typed(words: list[str]) -> tuple[int, Any, str]:
    """Status, answer and printed words of a command in this process, as at a terminal."""
    values: list[Any] = []

    def say(self: Options, value: Any, show: Any) -> int:
        values.append(msgspec.json.decode(msgspec.json.encode(value)))
        show(value)
        return 0

    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed), redirect_stderr(printed):
        patch.setenv("OPENLINE_PASSPHRASE", PASSPHRASE)
        patch.setattr(Options, "say", say)
        code = main.status(words)
    return code, values[-1] if values else None, printed.getvalue()


def utc(at: int) -> str:
    """A story time to the minute."""
    return datetime.fromtimestamp(at / 1_000, UTC).strftime("%Y-%m-%dT%H:%MZ")


def wrapped(command: str) -> str:
    """A command on lines of some hundred columns, broken before options, as a shell takes it."""
    lines = [""]
    for part in re.split(r" (?=--[a-z])", command):
        if lines[-1] and len(lines[-1]) + len(part) + 3 > COLUMNS:
            lines.append(f"    {part}")
        else:
            lines[-1] = f"{lines[-1]} {part}" if lines[-1] else part
    return " \\\n".join(lines)


@contextmanager
def replayed(name: str, folder: Path, desks: Iterable[str]) -> Iterator[Replay]:
    """A replay that has come to its end, and whose posts run."""
    made = Replay(name, folder, desks)
    try:
        with made.processes:
            made.play()
            yield made
    finally:
        made.cast.close()
