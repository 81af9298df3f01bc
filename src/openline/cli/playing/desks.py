"""Three desks that anybody may sit down at: an evening played by real posts, until somebody presses Ctrl-C.

Scripts play all sides. Whoever signs in at a desk plays that side from then on: its script is silent, and the others go
on. At the end every record is exported and verified, and stays.
"""

from __future__ import annotations

import signal
import time
from importlib import resources
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

from rich.text import Text

from openline.cli.playing import evidence, orders
from openline.cli.playing.cast import PASSPHRASE, Cast
from openline.cli.playing.company import on_stage
from openline.cli.playing.run import REST_SECONDS, Run
from openline.cli.playing.seats import Seats
from openline.cli.rehearsal.processes import Processes, Stopped, environment
from openline.cli.rehearsal.stage import Stage
from openline.exercises import reading, times
from openline.exercises.incident import Exercise
from openline.exercises.script import Script
from openline.exercises.story import Row, Verdict
from openline.post.loop import now

SPEED: Final = 60.0
FILE: Final = "desks.toml"
FOLDERS: Final = ("logs", "homes", "cards", "files", "proof")
STAYS: Final = ("cards", "proof")
"""What is needed to verify the records: all that is left of an evening whose homes are not kept."""

_QUIET: Final = ("received", "alarm", "not done")
"""What desks show, or what did not happen: the terminal tells neither."""


def load() -> Exercise:
    """The evening that is played."""
    data = resources.files("openline.cli.playing").joinpath(FILE).read_bytes()
    return reading.read(data, orders.judge)


class Desks:
    """One such evening, told on a stage, in a directory that holds the folders of FOLDERS."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._stage = stage
        self._folder = folder
        self._exercise = load()
        self._processes = Processes(folder / "logs", environment(PASSPHRASE), 0)
        names = [party.name for party in self._exercise.party]
        self._cast = Cast(self._exercise, names, folder, self._processes, guide=True)

    def keep_open(self) -> dict[str, Any]:
        """Until Ctrl-C: where the desks were, what was proved, and how to verify it.

        Raises DemoFailed when a post ends by itself, Stopped when another signal came.
        """
        queue: SimpleQueue[Any] = SimpleQueue()
        script = Script(self._exercise, (), str(self._folder / "files"))
        with on_stage(self._cast, queue, self._stage.note):
            seats = Seats(self._cast)
            run = Run(
                self._exercise, self._cast, script, queue, self._tell,
                speed=SPEED, skip=False, wall=now, seated=seats.taken,
            )  # fmt: skip
            self._invite(seats)
            try:
                run.play()
                while True:
                    self._processes.check()
                    time.sleep(REST_SECONDS)
            except KeyboardInterrupt:
                if self._processes.asked != signal.SIGINT:
                    raise Stopped(self._processes.asked) from None
            self._stage.note("Every record is exported and verified.")
            run.settle()
            verdicts = evidence.verdicts(self._cast, script.log, self._folder)
        value = {
            "desks": [{"party": each.party, "officer": each.officer, "desk": each.desk} for each in seats.seats],
            "played": sorted(script.played),
            "records": [
                {"party": each.party, "ok": each.ok, "same": each.same, "entries": each.entries} for each in verdicts
            ],
            "folder": str(self._folder),
        }
        self._close(verdicts)
        return value

    def _invite(self, seats: Seats) -> None:
        """Where people sit down, and what then happens."""
        stage, exercise = self._stage, self._exercise
        stage.heading("THREE DESKS ARE OPEN", "bold white on blue")
        stage.console.print(f"EXERCISE. {exercise.about} {exercise.invented}")
        stage.console.print(
            "Open one in a browser on this machine and sign in: from then on you are on watch there. The others go on "
            f"by script, {SPEED:.0f} times as fast as the clock, and answer you. The page shows the first five minutes."
        )
        widest = max(len(each.party) for each in seats.seats)
        for each, party in zip(seats.seats, exercise.party, strict=True):
            line = Text(f"    {each.party:{widest}}  ", style="bold")
            line.append(each.desk, style="bold cyan")
            line.append(f"  officer {each.officer}  password ", style="")
            line.append(each.password, style="bold cyan")
            stage.console.print(line, soft_wrap=True)
            stage.console.print(Text(f"    {party.role}", style="dim"))
        stage.console.print("Ctrl-C ends it and proves every record. What happens, by the incident's clock:")

    def _tell(self, row: Row) -> None:
        if row.sort not in _QUIET:
            who = f"{row.party}: " if row.party else ""
            at = times.utc(row.at)[11:16]
            self._stage.console.print(Text(f"    {at}Z  {row.sort:8}  {who}{row.text}"), soft_wrap=True)

    def _close(self, verdicts: tuple[Verdict, ...]) -> None:
        stage = self._stage
        stage.heading("THE DESKS ARE CLOSED", "bold white on blue")
        for each in verdicts:
            said = "proved" if each.ok and each.same else "NOT THE SAME" if each.ok else "NOT PROVED"
            stage.note(f"{said}: the line {each.line} as {each.party} has it, {each.entries} entries.")
        stage.note("Every process has ended.")
