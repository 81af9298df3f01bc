"""A command on a terminal of its own, and the processes that are still there when it has ended."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time
from pathlib import Path
from types import TracebackType

from tests.pair import environment

PROGRAM = [sys.executable, "-m", "openline.cli"]
CTRL_C = b"\x03"
END_SECONDS = 30.0


def running(folder: Path) -> list[str]:
    """Commands that run now and name this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in words:
            found.append(words)
    return found


class Terminal:
    """Runs until its block ends at the latest; its temporary files are in `folder`. `text` is what it has shown."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.text = ""
        self._shown = b""
        self._over = False
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            terminal = environment(TMPDIR=str(folder), TERM="xterm-256color", COLUMNS="100")
            os.execve(PROGRAM[0], [*PROGRAM, *words], terminal)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if not self._over:
            self.send(signal.SIGTERM)
            self.ended(END_SECONDS)
        os.close(self._terminal)

    @property
    def colours(self) -> bool:
        """Whether it has shown any."""
        return b"\x1b[" in self._shown

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the command."""
        os.kill(self._pid, number)

    def ctrl_c(self) -> None:
        """Press Ctrl-C."""
        os.write(self._terminal, CTRL_C)

    def until(self, pattern: str, seconds: float) -> None:
        """Wait until it shows this."""
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text):
            assert time.monotonic() < end, f"It never showed {pattern}: {self.text}"
            assert self._read(), self.text

    def ended(self, seconds: float) -> int:
        """Its exit status, once it has ended by itself."""
        end = time.monotonic() + seconds
        while self._read():
            if time.monotonic() > end:
                self.send(signal.SIGKILL)
        self._over = True
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def _read(self) -> bool:
        """Take what it shows; whether there may be more."""
        if not select.select([self._terminal], [], [], 0.2)[0]:
            return True
        try:
            self._shown += os.read(self._terminal, 1 << 16)
        except OSError:
            return False
        self.text = re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", self._shown.decode(errors="replace")).replace("\r\n", "\n")
        return True
