"""Processes that end with whoever started them: whatever happens, each is ended by its own id and waited for.

Each is the leader of a group of its own, so that Ctrl-C in a terminal reaches only us, and we end them in order.
SIGINT, SIGTERM, SIGHUP (unless nohup has it ignored) and the time limit become an exception, but never between a start
and its being written down.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, Final, TypeVar

from openline.errors import DemoFailed, LocalError

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM)
SIGNALLED: Final = 128
"""What a shell adds to the number of the signal that ended a command."""

END_SECONDS: Final = 5.0
STEP_SECONDS: Final = 120.0
POLL_SECONDS: Final = 0.02
LOG_MAX_CHARACTERS: Final = 600

Result = TypeVar("Result")


class Stopped(KeyboardInterrupt):
    """A person, or the system, asked us to stop: `number` is the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


class Child:
    """A process that was started: `said` holds its stdout, `log` its stderr."""

    def __init__(self, what: str, process: subprocess.Popen[bytes], said: Path, log: Path) -> None:
        self.what = what
        self.process = process
        self.said = said
        self.log = log
        self.must_run = False

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return self.said.read_text(errors="replace")

    @property
    def last_words(self) -> str:
        """The end of what it has said on stderr."""
        return self.log.read_text(errors="replace").strip()[-LOG_MAX_CHARACTERS:]


class Processes:
    """All processes of one demo, whose output goes into `folder`; to be used as a context, in the main thread.

    What goes wrong is raised as `failed`. A limit of 0 seconds is none.
    """

    def __init__(
        self,
        folder: Path,
        environment: dict[str, str],
        limit_seconds: float,
        failed: type[LocalError] = DemoFailed,
    ) -> None:
        self.folder = folder
        self.failed = failed
        self.children: list[Child] = []
        self._environment = environment
        self._limit_seconds = limit_seconds
        self._asked = 0
        self._held = 0
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Processes:
        for number in SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._came)
        signal.setitimer(signal.ITIMER_REAL, self._limit_seconds)
        return self

    def __exit__(self, *_: object) -> None:
        self._held += 1
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._end_all()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @property
    def asked(self) -> int:
        """The signal that came last, 0 where none has."""
        return self._asked

    def _came(self, number: int, frame: FrameType | None) -> None:
        self._asked = number
        if not self._held:
            self._raise()

    def _raise(self) -> None:
        if self._asked == signal.SIGALRM:
            raise self.failed(f"It is not done after {self._limit_seconds:.0f} seconds.")
        raise Stopped(self._asked)

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
        if self._asked and not self._held:
            self._raise()

    def start(self, what: str, words: Sequence[str | Path]) -> Child:
        """Start a command. Raises `failed` where the system does not let us."""
        stem = self.folder / f"{len(self.children):02} {what.replace('/', ' ')}"
        said, log = stem.with_suffix(".out"), stem.with_suffix(".log")
        try:
            with self._undisturbed(), said.open("wb") as out, log.open("wb") as err:
                process = subprocess.Popen(
                    words,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=err,
                    env=self._environment,
                    process_group=0,
                )
                child = Child(what, process, said, log)
                self.children.append(child)
        except OSError as error:
            raise self.failed(f"{what} could not be started: {error.strerror or error}.") from error
        return child

    def finish(self, child: Child) -> int:
        """Wait for a command to end by itself; its exit status. Raises `failed` when it takes too long."""
        self.until(lambda: child.process.poll() is not None, child.what)
        return child.process.returncode

    def answers(self, children: Iterable[Child]) -> list[dict[str, Any]]:
        """What commands say that run at the same time, and must succeed."""
        said = []
        for child in children:
            if self.finish(child) != 0:
                raise self.failed(f"“{child.what}” failed. {child.output} {child.last_words}".strip())
            said.append(json.loads(child.output))
        return said

    def until(self, condition: Callable[[], Result], what: str, seconds: float = STEP_SECONDS) -> Result:
        """The first true value of `condition`. Raises `failed` when none comes, or when a post has ended."""
        end = time.monotonic() + seconds
        while not (value := condition()):
            self.check()
            if time.monotonic() > end:
                raise self.failed(f"Waited {seconds:.0f} seconds in vain: {what}.")
            time.sleep(POLL_SECONDS)
        return value

    def check(self) -> None:
        """Raises `failed` when a process that must run has ended."""
        for child in self.children:
            if child.must_run and child.process.poll() is not None:
                child.must_run = False
                raise self.failed(
                    f"{child.what} (process {child.process.pid}) ended by itself with status "
                    f"{child.process.returncode}. The last it said: {child.last_words or 'nothing'}"
                )

    def kill(self, child: Child) -> None:
        """End a process as a loss of power would."""
        child.must_run = False
        child.process.kill()
        child.process.wait()

    def _end_all(self) -> None:
        """End what still runs: politely, and after some seconds not."""
        running = [child.process for child in self.children if child.process.poll() is None]
        for process in running:
            process.terminate()
        end = time.monotonic() + END_SECONDS
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, end - time.monotonic()))
            if process.poll() is None:
                process.kill()
                process.wait()

    def as_json(self) -> list[dict[str, Any]]:
        """What was started, and how each ended."""
        return [
            {"what": child.what, "pid": child.process.pid, "status": child.process.returncode}
            for child in self.children
        ]


def environment(passphrase: str) -> dict[str, str]:
    """What the commands of the demo get: nothing of a post that this person may have."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENLINE_")}
    return {**kept, "OPENLINE_PASSPHRASE": passphrase}


def openline(*words: str | Path) -> list[str | Path]:
    """The command `openline`, as this program runs it."""
    return [sys.executable, "-P", "-m", "openline.cli", *words]
