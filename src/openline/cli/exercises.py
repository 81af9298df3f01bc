"""Commands for exercises: look at them, check one, play it, and read what came of it."""

from __future__ import annotations

import importlib
import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from cyclopts import App, Parameter

from openline.cli.common import DEFAULTS, DONE, REFUSED, Common, app, err, out, print_json
from openline.cli.playing import evidence, shelf
from openline.cli.playing.cast import PASSPHRASE, Cast
from openline.cli.playing.company import on_stage
from openline.cli.playing.director import Director
from openline.cli.playing.run import Run
from openline.cli.rehearsal.processes import SIGNALLED, Processes, Stopped, environment
from openline.errors import BadExercise, CannotRead, CannotWrite, ExerciseFailed, Misuse, UnknownName
from openline.exercises import report as reports
from openline.exercises import scoring, story, times
from openline.exercises.incident import Exercise
from openline.exercises.script import Script
from openline.exercises.story import Report, Row
from openline.limits import CONTROL_ANSWER_MAX_BYTES
from openline.post.home.homes import read_file
from openline.post.loop import now

if TYPE_CHECKING:
    from openline.cli.playing.page import Page

SPEED: Final = 60.0
SPEED_MIN: Final = 0.1
SPEED_MAX: Final = 100_000.0
REPORT, PAGE, FILE = "report.json", "report.html", "exercise.toml"

ExerciseName = Annotated[str, Parameter(name="FILE", help="A file, or the name of an exercise that ships.")]
RunFolder = Annotated[Path, Parameter(name="DIR", help="The directory of the run.")]

exercise = App(name="exercise", help="Play an incident for training: by scripts, by people, at any speed.")
app.command(exercise)


@exercise.command(name="list")
def list_(*, common: Common = DEFAULTS) -> int:
    """Show the exercises that ship.

    Example: openline exercise list
    """
    value = []
    for name in shelf.shipped():
        each = shelf.taken(name)[1]
        parties = [party.name for party in each.party]
        value.append({"name": name, "title": each.title, "lasts": each.lasts, "parties": parties, "about": each.about})

    def words(value: Any) -> None:
        for each in value["exercises"]:
            out.print(f"{each['name']}: {each['title']}", style="bold", markup=False)
            out.print(f"    {each['about']}", markup=False)
            out.print(f"    lasts {each['lasts']}; parties: {', '.join(each['parties'])}", markup=False)

    return common.say({"exercises": value}, words)


@exercise.command
def check(name: ExerciseName, /, *, common: Common = DEFAULTS) -> int:
    """Look whether the file of an exercise holds together: each fault with its line and what to write.

    Example: openline exercise check mine.toml
    """
    _, findings = shelf.examined(name)
    value = {"ok": not findings, "findings": [{"line": each.line, "text": each.text} for each in findings]}

    def words(_: Any) -> None:
        for each in findings:
            out.print(f"{name}:{each.line}: {each.text}", markup=False)
        if not findings:
            out.print("Nothing is wrong with it.")

    common.say(value, words)
    return REFUSED if findings else DONE


@exercise.command
def run(
    name: ExerciseName,
    /,
    *,
    speed: Annotated[float, Parameter(help="How many times as fast as the story: 1 with people, else 60.")] = 0.0,
    play: Annotated[tuple[str, ...], Parameter(help="A party that people play; repeat for several.")] = (),
    direct: Annotated[bool, Parameter(help="Serve the director's page, on this machine.")] = False,
    skip: Annotated[bool, Parameter(help="Skip the time in which nothing happens. Not with people.")] = False,
    out_dir: Annotated[Path | None, Parameter(name="--out", help="A new directory for posts, records, report.")] = None,
    common: Common = DEFAULTS,
) -> int:
    """Play an exercise with real posts on this machine, prove its record, and write a report.

    Example: openline exercise run przewodow-2022 --play Poland --out run
    """
    short, data = shelf.data_of(name)
    played = shelf.taken(name)[1]
    speed = speed or (1.0 if play else SPEED)
    _check_options(played, play, speed, skip=skip)
    folder = _folder(short, out_dir)
    (folder / FILE).write_bytes(data)
    for paper in played.file:
        (folder / "files" / paper.name).write_text(paper.text, encoding="utf-8")
    try:
        report = _Player(short, played, play, folder, to_stderr=common.json).perform(speed, skip=skip, direct=direct)
    except KeyboardInterrupt as stopped:
        said = f"Stopped by {str(stopped) or 'Ctrl-C'}: what the posts hold is in {folder / 'homes'}."
        if common.json:
            print_json({"error": {"code": "stopped", "message": said, "advice": ""}})
        else:
            err.print(said, markup=False)
        return SIGNALLED + (stopped.number if isinstance(stopped, Stopped) else signal.SIGINT)
    _write(folder, report)
    value = {**story.as_json(report), "folder": str(folder)}
    if common.json:
        print_json(value)
    else:
        _print_results(value)
        out.print(f"The report is {folder / PAGE}", markup=False, soft_wrap=True)
    return DONE if value["ok"] else REFUSED


def _check_options(played: Exercise, play: tuple[str, ...], speed: float, *, skip: bool) -> None:
    names = [party.name for party in played.party]
    for each in play:
        if each not in names:
            raise UnknownName(f"There is no party {each!r}; there are: {', '.join(names)}.")
    if not SPEED_MIN <= speed <= SPEED_MAX:
        raise Misuse(f"{speed:g} is no speed: write a number from {SPEED_MIN:g} to {SPEED_MAX:g}.")
    if skip and play:
        raise Misuse("Time is not skipped while people play: leave out --skip.")


def _folder(short: str, given: Path | None) -> Path:
    """The directory of a run: new, or empty. Raises Misuse or CannotWrite."""
    stamp = datetime.fromtimestamp(now() / 1_000, UTC).strftime("%Y%m%dT%H%M%SZ")
    folder = (Path(f"{short}-{stamp}") if given is None else given.expanduser()).absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Misuse(f"{given} is not empty: name a new directory.")
        for name in ("logs", "homes", "cards", "files"):
            (folder / name).mkdir()
    except OSError as error:
        raise CannotWrite(f"No directory for the run can be made: {error}.") from error
    return folder


class _Player:
    """One run from its first process to its report."""

    def __init__(self, short: str, played: Exercise, people: tuple[str, ...], folder: Path, *, to_stderr: bool) -> None:
        self._short = short
        self._exercise = played
        self._people = people
        self._folder = folder
        self._out = err if to_stderr else out

    def perform(self, speed: float, *, skip: bool, direct: bool) -> Report:
        """Play it to its end, and prove it."""
        began, ticked = now(), time.monotonic()
        self._out.print(f"EXERCISE: {self._exercise.title}", style="bold", markup=False)
        self._out.print(f"Invented for play: {self._exercise.invented}", markup=False)
        processes = Processes(self._folder / "logs", environment(PASSPHRASE), 0, ExerciseFailed)
        cast = Cast(self._exercise, self._people, self._folder, processes)
        queue: SimpleQueue[Any] = SimpleQueue()
        with on_stage(cast, queue, lambda text: self._out.print(text, markup=False)):
            self._invite(cast)
            script = Script(self._exercise, self._people, str(self._folder / "files"))
            director, page = Director(self._folder, queue), page_of(queue) if direct else None
            try:
                if page is not None:
                    self._out.print(f"Director's page: {page.link}", markup=False)
                running = Run(self._exercise, cast, script, queue, self._tell, speed=speed, skip=skip, wall=now)
                running.play()
            finally:
                director.close()
                if page is not None:
                    page.close()
            self._out.print("The exercise is over: every record is exported and verified.")
            verdicts = evidence.verdicts(cast, script.log, self._folder)
        return Report(
            name=self._short,
            exercise=self._exercise,
            played=self._people,
            speed=speed,
            began=began,
            seconds=round(time.monotonic() - ticked, 1),
            story_ended=running.over_at,
            ended=running.ended,
            rows=tuple(running.rows),
            results=scoring.judged(self._exercise, script.log, script.named, running.over_at, running.looks),
            verdicts=verdicts,
            exercise_only=all(each.traffic == "exercise" for each in script.log.entries.values()),
        )

    def _invite(self, cast: Cast) -> None:
        """Where people sit down."""
        for name in self._people:
            post = cast.posts[name]
            self._out.print(f"{name} is played by people. On watch: {post.officer}.", style="bold", markup=False)
            self._out.print(f"    Desk: {post.desk}   sign in, once, with {post.first}", markup=False)
            at = f"OPENLINE_PASSPHRASE={PASSPHRASE} OPENLINE_HOME='{post.home}'"
            self._out.print(f"    Command line: {at} openline inbox", markup=False)
        self._out.print(f"Director: openline exercise status {self._folder}", markup=False)

    def _tell(self, row: Row) -> None:
        if row.sort == "received":
            return
        who = f"{row.party}: " if row.party else ""
        at = times.utc(row.at)[:16].replace("T", " ")
        self._out.print(f"{at}  {row.sort:9} {who}{row.text}", markup=False)


def page_of(queue: SimpleQueue[Any]) -> Page:
    """The director's page; what it needs is loaded only where there is one."""
    return importlib.import_module("openline.cli.playing.page").Page(queue)  # type: ignore[no-any-return]


def _write(folder: Path, report: Report) -> None:
    """Raises CannotWrite."""
    try:
        (folder / REPORT).write_bytes(msgspec.json.format(msgspec.json.encode(report)))
        (folder / PAGE).write_text(reports.page(report), encoding="utf-8")
    except OSError as error:
        raise CannotWrite(f"The report cannot be written: {error}.") from error


def _read(folder: Path) -> Report:
    """The report of a run. Raises CannotRead or BadExercise."""
    file = folder.expanduser() / REPORT
    if not file.is_file():
        raise CannotRead(f"There is no {file}: the run has not ended, or that is not its directory.")
    try:
        return msgspec.json.decode(read_file(file, 4 * CONTROL_ANSWER_MAX_BYTES), type=Report)
    except msgspec.DecodeError as error:
        raise BadExercise(f"{file} is no report of this program: {error}.") from error


@exercise.command
def score(folder: RunFolder, /, *, common: Common = DEFAULTS) -> int:
    """Show how a run came out: times against goals, and the verdict on each record.

    Example: openline exercise score run
    """
    return common.say(story.as_json(_read(folder)), _print_results)


@exercise.command
def report(folder: RunFolder, /, *, common: Common = DEFAULTS) -> int:
    """Write the report of a run again, one page to read or print, and say where it is.

    Example: openline exercise report run
    """
    held = _read(folder)
    _write(folder.expanduser(), held)
    value = {**story.as_json(held), "page": str(folder.expanduser().absolute() / PAGE)}
    return common.say(value, lambda value: out.print(value["page"], markup=False, soft_wrap=True))


def _print_results(value: Any) -> None:
    for each in value["results"]:
        good = each["state"] in ("met", "no occasion")
        out.print(f"{each['state']:12}", style="green" if good else "bold red", end="")
        out.print(f"{each['party']}: {each['goal']}. {each['text']}", markup=False)
    for row in value["rows"]:
        if row["sort"] == "not done":
            out.print(f"NOT DONE    {row['party']}: {row['text']}", style="bold red", markup=False)
    counts = value["counts"]
    out.print(f"{counts['met']} of {counts['goals']} goals met, {counts['late']} late, {counts['missed']} missed.")
    for each in value["verdicts"]:
        good = each["ok"] and each["same"]
        said = "proved" if good else "PROVED, BUT NOT THE SAME" if each["ok"] else "NOT PROVED"
        where = f"{each['line']} as {each['party']} has it, {each['entries']} entries"
        out.print(
            f"{said}: {where} {' '.join(each['faults'])}".rstrip(), style="green" if good else "bold red", markup=False
        )
